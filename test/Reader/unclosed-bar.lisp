; A symbol in bars without its end.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}unclosed-bar.lisp:[[#@LINE+3]]:9: error: this `|` is never closed
;  CHECK-NEXT:(defmap |pkt-count :type :array
;  CHECK-NEXT:        ^
(defmap |pkt-count :type :array
  :key-size 4)

;  CHECK-NOT:{{.*}}error:{{.*}}
