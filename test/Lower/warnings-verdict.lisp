; The verdicts of one type of programs are numbers that mean something else to
; others.
; RUN: whistler compile %s -o %t.o 2>%t.err
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines

(defprog filter (:type :tc)
  (with-tcp (data end tcp)
;      CHECK:{{.*}}warnings-verdict.lisp:[[#@LINE+3]]:13: warning: `XDP_DROP` is a verdict of `:xdp` programs, and its number means something else in one of type `:tc`
; CHECK-NEXT:    (return XDP_DROP))
; CHECK-NEXT:            ^~~~~~~~
    (return XDP_DROP))
  TC_ACT_OK)

(defprog guard (:type :cgroup-skb)
;      CHECK:{{.*}}warnings-verdict.lisp:[[#@LINE+3]]:3: warning: `TC_ACT_SHOT` is a verdict of `:tc` programs, and its number means something else in one of type `:cgroup-skb`
; CHECK-NEXT:  TC_ACT_SHOT)
; CHECK-NEXT:  ^~~~~~~~~~~
  TC_ACT_SHOT)

; Compared or stored they are numbers, and a function may be anybody's.
(defn verdict () -> u32 (return XDP_TX))
(defprog reader (:type :tc)
  (when (= (ctx mark) XDP_DROP) (setf (ctx mark) XDP_PASS))
  (verdict))

;  CHECK-NOT:{{.*(error|warning):.*}}
