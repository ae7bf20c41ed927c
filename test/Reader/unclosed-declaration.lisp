; A declaration inside of an unclosed one hints at the place, and is read anew.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}unclosed-declaration.lisp:[[#@LINE+7]]:1: error: this `(` is never closed
;  CHECK-NEXT:(defmap a :type :array
;  CHECK-NEXT:^
;  CHECK-NEXT:{{.*}}unclosed-declaration.lisp:[[#@LINE+6]]:1: note: this form begins in column 1 inside of it: perhaps a `)` is missing before here
;  CHECK-NEXT:(defmap b :type :array
;  CHECK-NEXT:^
;  CHECK-NEXT:{{.*}}unclosed-declaration.lisp:[[#@LINE+14]]:1: note: the text ends here
(defmap a :type :array
  :key-size 4 :value-size 8 :max-entries 1
(defmap b :type :array
  :key-size 4 :value-size 8 :max-entries 1)

; The second mistake is still found.
;       CHECK:{{.*}}unclosed-declaration.lisp:[[#@LINE+3]]:1: error: this `(` is never closed
;  CHECK-NEXT:(defprog p (:type :xdp)
;  CHECK-NEXT:^
(defprog p (:type :xdp)
  XDP_PASS

;  CHECK-NOT:{{.*}}error:{{.*}}
