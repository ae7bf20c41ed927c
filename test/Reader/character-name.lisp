; A character name that does not exist; a near one is suggested.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}character-name.lisp:[[#@LINE+4]]:18: error: unknown character name `Spaec`
;  CHECK-NEXT:(defconstant +a+ #\Spaec)
;  CHECK-NEXT:                 ^~~~~~~
;  CHECK-NEXT:  hint: write `#\Space`
(defconstant +a+ #\Spaec)
;       CHECK:{{.*}}character-name.lisp:[[#@LINE+4]]:18: error: unknown character name `Tetragrammaton`
;  CHECK-NEXT:(defconstant +b+ #\Tetragrammaton)
;  CHECK-NEXT:                 ^~~~~~~~~~~~~~~~
;  CHECK-NEXT:  hint: write the code point, as in `#\U+3BB`
(defconstant +b+ #\Tetragrammaton)

;  CHECK-NOT:{{.*}}error:{{.*}}
