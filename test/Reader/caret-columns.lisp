; Columns count bytes; the caret stands under the character all the same.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}caret-columns.lisp:[[#@LINE+3]]:3: error: `#z` is no reader syntax
;  CHECK-NEXT:        (#z)
;  CHECK-NEXT:         ^~
	(#z)
;       CHECK:{{.*}}caret-columns.lisp:[[#@LINE+3]]:11: error: `#z` is no reader syntax
;  CHECK-NEXT:("日本" #z)
;  CHECK-NEXT:        ^~
("日本" #z)

;  CHECK-NOT:{{.*}}error:{{.*}}
