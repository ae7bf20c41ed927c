; Colons in the wrong places of a symbol.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}package-prefix.lisp:[[#@LINE+4]]:9: error: too many colons in `a:b:c`
;  CHECK-NEXT:(defmap a:b:c :type :array)
;  CHECK-NEXT:        ^~~~~
;  CHECK-NEXT:  hint: write `|a:b|` for a name that contains a colon
(defmap a:b:c :type :array)
;       CHECK:{{.*}}package-prefix.lisp:[[#@LINE+3]]:16: error: no name follows the `:` of `type:`
;  CHECK-NEXT:(defmap counts type: array)
;  CHECK-NEXT:               ^~~~~
(defmap counts type: array)
;       CHECK:{{.*}}package-prefix.lisp:[[#@LINE+4]]:16: error: no package stands before the `::` of `::type`
;  CHECK-NEXT:(defmap counts ::type :array)
;  CHECK-NEXT:               ^~~~~~
;  CHECK-NEXT:  hint: write `:` for a keyword
(defmap counts ::type :array)

;  CHECK-NOT:{{.*}}error:{{.*}}
