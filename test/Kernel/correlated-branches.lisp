; Pointers that are checked under a condition, and used under the same one or one that follows from it.

; REQUIRES: bpf-kernel
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile -O1 %s -o %t.1.o
; RUN: %bpf-run %t.1.o %s | FileCheck %s
; RUN: %whistler compile %s -o %t.2.o
; RUN: %bpf-run %t.2.o %s | FileCheck %s

(defmap entries :type :hash :key u32 :value u64 :max-entries 16)
(defmap counts :type :array :key u32 :value u64 :max-entries 4)
(defmap records :type :ringbuf :max-entries 4096)

; BPF: set entries 1=77

; Leaves where both hold, and then uses what one has shown.
(defprog both (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((entry (map-lookup entries (load u8 data 17))) (x (load u8 data 16)))
      (when (and entry (> x 100))
        (return 100))
      (when entry
        (return (load u64 entry)))))
  50)
; BPF: run both hex:00000000000000000000000000000000ff010000
; CHECK: both: 100
; BPF: run both hex:0000000000000000000000000000000005010000
; CHECK-NEXT: both: 77
; BPF: run both hex:0000000000000000000000000000000005020000
; CHECK-NEXT: both: 50

; The verifier forgets that x is not 5.
(defprog equal (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((entry (map-lookup entries (load u8 data 17))) (x (load u8 data 16)))
      (when (= x 5)
        (unless entry (return 1)))
      (incf (getmap counts 0))
      (incf (getmap counts 1))
      (when (= x 5)
        (return (load u64 entry)))))
  50)
; BPF: run equal hex:0000000000000000000000000000000005010000
; CHECK-NEXT: equal: 77
; BPF: run equal hex:0000000000000000000000000000000005020000
; CHECK-NEXT: equal: XDP_DROP (1)
; BPF: run equal hex:0000000000000000000000000000000006020000
; CHECK-NEXT: equal: 50

; The comparison of two numbers.
(defprog greater (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((entry (map-lookup entries (load u8 data 17)))
          (x (load u8 data 16)) (y (load u8 data 18)))
      (when (and (> x y) (not entry))
        (return 1))
      (incf (getmap counts 0))
      (unless (<= x y)
        (return (load u64 entry)))))
  50)
; BPF: run greater hex:0000000000000000000000000000000005010400
; CHECK-NEXT: greater: 77
; BPF: run greater hex:0000000000000000000000000000000005020400
; CHECK-NEXT: greater: XDP_DROP (1)
; BPF: run greater hex:0000000000000000000000000000000005020500
; CHECK-NEXT: greater: 50

; A condition that is kept.
(defprog flag (:type :xdp)
  (with-packet (data end :min-len 20)
    (let* ((entry (map-lookup entries (load u8 data 17))) (x (load u8 data 16))
           (ok (= x 5))
           (found (and entry (< x 6))))
      (when ok
        (unless entry (return 1)))
      (incf (getmap counts 0))
      (when ok
        (return (load u64 entry)))
      (when found
        (return (1+ (load u64 entry))))))
  50)
; BPF: run flag hex:0000000000000000000000000000000005010000
; CHECK-NEXT: flag: 77
; BPF: run flag hex:0000000000000000000000000000000005020000
; CHECK-NEXT: flag: XDP_DROP (1)
; BPF: run flag hex:0000000000000000000000000000000004010000
; CHECK-NEXT: flag: 78
; BPF: run flag hex:0000000000000000000000000000000004020000
; CHECK-NEXT: flag: 50

; One case of several.
(defprog cases (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((entry (map-lookup entries (load u8 data 17))) (x (load u8 data 16)))
      (when (and (= x 5) (not entry))
        (return 1))
      (incf (getmap counts 0))
      (case x
        (3 (return 30))
        (4 (return 40))
        (5 (return (load u64 entry))))))
  50)
; BPF: run cases hex:0000000000000000000000000000000005010000
; CHECK-NEXT: cases: 77
; BPF: run cases hex:0000000000000000000000000000000005020000
; CHECK-NEXT: cases: XDP_DROP (1)
; BPF: run cases hex:0000000000000000000000000000000004020000
; CHECK-NEXT: cases: 40
; BPF: run cases hex:0000000000000000000000000000000006020000
; CHECK-NEXT: cases: 50

; The length of a packet.
(defprog lengths (:type :xdp)
  (let ((data (xdp-data)) (end (xdp-data-end)) (x (ctx rx-queue-index)))
    (when (and (= x 0) (> (+ data 34) end))
      (return 1))
    (incf (getmap counts 0))
    (when (= x 0)
      (return (load u8 data 33))))
  50)
; BPF: run lengths hex:0000000000000000000000000000000000000000
; CHECK-NEXT: lengths: XDP_DROP (1)
; BPF: run lengths hex:000000000000000000000000000000000000000000000000000000000000000000420000
; CHECK-NEXT: lengths: 66

; Greater than 10 is greater than 5, too.
(defprog range (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((entry (map-lookup entries (load u8 data 17))) (x (load u8 data 16)))
      (when (> x 5)
        (unless entry (return 1)))
      (incf (getmap counts 0))
      (when (> x 10)
        (return (load u64 entry)))))
  50)
; BPF: run range hex:000000000000000000000000000000000b010000
; CHECK-NEXT: range: 77
; BPF: run range hex:0000000000000000000000000000000006020000
; CHECK-NEXT: range: XDP_DROP (1)
; BPF: run range hex:000000000000000000000000000000000a010000
; CHECK-NEXT: range: 50

; A record that is reserved, filled and submitted under the same condition.
(defprog record (:type :xdp)
  (with-packet (data end :min-len 20)
    (let* ((x (load u8 data 16)) (y (load u8 data 18))
           (record (if (/= x y) (ringbuf-reserve records 8) 0)))
      (when (/= x y)
        (unless record (return 1)))
      (incf (getmap counts 0))
      (when (/= x y)
        (store u64 record 0 (+ x y))
        (ringbuf-submit record)
        (return 3))))
  50)
; BPF: listen records
; BPF: run record hex:0000000000000000000000000000000005010300
; CHECK-NEXT: record: XDP_TX (3)
; BPF: run record hex:0000000000000000000000000000000005010500
; CHECK-NEXT: record: 50
; BPF: records records
; CHECK-NEXT: records: 8

; In a loop, where values come from the round before.
(defprog rounds (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((x (load u8 data 16)) (sum 0) (last 0))
      (dotimes (i 4)
        (when (= last x) (incf sum 10))
        (if (= (logand i 1) 0) (setf last 5) (setf last (+ i 1)))
        (when (= last 5) (incf sum)))
      (return sum)))
  50)
; Rounds see 0, 5, 2 and 5 in last, and two of them leave 5 in it.
; BPF: run rounds hex:0000000000000000000000000000000005000000
; CHECK-NEXT: rounds: 22
; BPF: run rounds hex:0000000000000000000000000000000002000000
; CHECK-NEXT: rounds: 12
; BPF: run rounds hex:0000000000000000000000000000000000000000
; CHECK-NEXT: rounds: 12
; BPF: run rounds hex:0000000000000000000000000000000007000000
; CHECK-NEXT: rounds: XDP_PASS (2)
; BPF: expect counts 1=2
; CHECK: {{^[0-9]+}} values as expected
