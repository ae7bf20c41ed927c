; A context field that may be written is a place for `incf` too.
; RUN: whistler compile --emit=asm %s -o - | FileCheck %s

; CHECK: p:
; CHECK: r[[MARK:[0-9]]] = *(u32 *)(r1 +8)
; CHECK: {{[rw]}}[[MARK]] += 5
; CHECK: *(u32 *)(r1 +8) = r
(defprog p (:type :tc)
  (incf (ctx mark) 5)
  TC_ACT_OK)
