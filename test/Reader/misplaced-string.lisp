; A quote left out early turns the strings behind it inside out.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}misplaced-string.lisp:[[#@LINE+9]]:37: error: this string is never closed
;  CHECK-NEXT:(defprog q (:type :xdp :license "GPL")
;  CHECK-NEXT:                                    ^
;  CHECK-NEXT:{{.*}}misplaced-string.lisp:[[#@LINE+4]]:33: note: this string holds a line that begins with `(`: perhaps it should end before that
;  CHECK-NEXT:(defprog p (:type :xdp :license "GPL)
;  CHECK-NEXT:                                ^

(defprog p (:type :xdp :license "GPL)
  XDP_PASS)
(defprog q (:type :xdp :license "GPL")
  XDP_PASS)

;  CHECK-NOT:{{.*}}error:{{.*}}
