; A context field that may be written is a place for `incf` too.
; RUN: whistler compile --emit=asm %s -o - | FileCheck %s

; CHECK: p:
; CHECK: [[MARK:[rw][0-9]]] = *(u32 *)(r1 +8)
; CHECK: [[MARK]] += 5
; CHECK: *(u32 *)(r1 +8) = r
(defprog p (:type :tc)
  (incf (ctx mark) 5)
  TC_ACT_OK)
