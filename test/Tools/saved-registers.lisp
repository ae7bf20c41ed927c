; A number for two places takes a slot more and no register that the machine code would have to save; not for size.

; RUN: whistler disasm %s | FileCheck %s --check-prefix=SPEED --implicit-check-not=r6
; RUN: whistler disasm %s -Os | FileCheck %s --check-prefix=SIZE

(defmap one :type :array :key u32 :value u64 :max-entries 2)
(defmap other :type :array :key u32 :value u64 :max-entries 2)

(defprog count (:type :xdp)
  (incf (getmap one 0))
  (incf (getmap other 0))
  XDP_PASS)
; SPEED: r1 = 1
; SPEED: lock *(u64 *)(r0 +0) += r1
; SPEED: r1 = 1
; SPEED: lock *(u64 *)(r0 +0) += r1

; SIZE: r{{[6-9]}} = 1
; SIZE-NOT: = 1
; SIZE-COUNT-2: lock *(u64 *)(r0 +0) += r{{[6-9]}}
