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

; Loops whose rounds are straight code. What remains of the sum is the type of the
; packet.
(defprog straight (:type :xdp)
  (let* ((data (xdp-data)) (sum 0) (last 0) (a 1) (b 1))
    (when (> (+ data 14) (xdp-data-end))
      (return XDP_ABORTED))
    (dotimes (i 3)
      (incf sum (load u16 (+ data 8 (* 2 i)))))
    (dotimes (i 8)
      (setf last i)
      (let ((c (+ a b)))
        (setf a b b c)))
    (setf (getmap out 3) (ntohs (- sum (load u16 data 8) (load u16 data 10))))
    (setf (getmap out 4) (+ b (* 1000 last))))
  XDP_PASS)
; BPF: run straight eth
; CHECK-NEXT: straight: XDP_PASS (2)
; BPF: expect out 3=2048
; BPF: expect out 4=7055
; CHECK-NEXT: {{^}}5 values as expected
