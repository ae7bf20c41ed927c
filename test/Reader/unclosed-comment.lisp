; A block comment nests, and is reported at its outermost start.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

(defprog p (:type :xdp)
;       CHECK:{{.*}}unclosed-comment.lisp:[[#@LINE+3]]:3: error: this `#|` comment is never closed
;  CHECK-NEXT:  #| outer #| inner |#
;  CHECK-NEXT:  ^~
  #| outer #| inner |#
  XDP_PASS)

;  CHECK-NOT:{{.*}}error:{{.*}}
