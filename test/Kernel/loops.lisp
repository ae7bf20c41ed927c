; Long loops are bounded loops that the verifier follows to their end.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defprog twenty-thousand (:type :xdp)
  (let ((sum 0))
    (dotimes (i 20000)
      (incf sum i))
    (setf (getmap out 0) sum))
  XDP_PASS)
; BPF: run twenty_thousand eth
; CHECK: twenty_thousand: XDP_PASS (2)
; BPF: expect out 0=199990000

; The count is a product of run-time values that the loop's limit bounds.
(defprog early-exit (:type :xdp)
  (let ((rounds 0) (limit (+ 5 (ctx rx-queue-index))))
    (block search
      (dotimes (i 1000)
        (when (= i limit) (return-from search 0))
        (incf rounds)))
    (setf (getmap out 1) rounds))
  XDP_PASS)
; BPF: run early_exit eth
; CHECK-NEXT: early_exit: XDP_PASS (2)
; BPF: expect out 1=5

(defprog nested (:type :xdp)
  (let ((count 0))
    (dotimes (i 30)
      (dotimes (j 30 (incf count 1000))
        (when (< j i) (incf count))))
    (dotimes (k 0) (incf count 1000000))
    (setf (getmap out 2) count))
  XDP_PASS)
; BPF: run nested eth
; CHECK-NEXT: nested: XDP_PASS (2)
; BPF: expect out 2=30435
; CHECK-NEXT: {{^}}3 values as expected
