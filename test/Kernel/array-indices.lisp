; Indices that the compiler finds to be within their arrays, whether the verifier would
; find the same or not.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v1 %s -o %t.v1.o
; RUN: %bpf-run %t.v1.o %s | FileCheck %s

(defstruct table (small (array u8 3)) (wide (array u64 7)) (log (array u32 64)))
(defmap tables :type :array :key u32 :value table :max-entries 1)
(defmap out :type :array :key u32 :value u64 :max-entries 16)
(defglobal counters (array u32 10))

(defn at ((table (ptr table)) (i u64)) -> u64
  (table-wide table i))
(defn (at-apart :inline nil) ((table (ptr table)) (i u32)) -> u64
  (incf (table-wide table i)))

(defprog indexing (:type :xdp)
  (with-packet (data end :min-len 32)
    (let ((x (load u64 data 16))
          (b (load u8 data 24))
          (n (load u8 data 25)))
      (when-let ((table (map-lookup tables 0)))
        (setf (table-small table (mod x 3)) 11
              (table-wide table (/ b 37)) (+ 100 b)
              (table-log table (log2 x)) 5)
        (incf (table-wide table (mod b 7)))
        (setf (getmap out 0) (table-small table (mod x 3))
              (getmap out 1) (table-wide table (min b 6))
              (getmap out 2) (table-log table (log2 x)))
        ; Compared with another variable that is bounded itself.
        (let ((limit (logand n 7)))
          (when (< b limit)
            (setf (getmap out 3) (+ 1 (at table b)))))
        ; A comparison that the remainder before it decides.
        (let ((k (mod x 5)))
          (when (< k 5)
            (setf (table-wide table k) k
                  (getmap out 4) (at-apart table k))))
        (let ((k (mod x 4)))
          (when (<= k 6)
            (setf (getmap out 5) (at-apart table (min k 5)))))
        ; A loop's own index, up, and down from the end.
        (setf (getmap out 6) 0)
        (dotimes (i 7)
          (incf (getmap out 6) (* (1+ i) (table-wide table (- 6 i))))
          (incf (table-small table (/ i 3)))
          (when (> i 0)
            (incf (table-log table (+ 20 (1- i))) (table-wide table (1- i)))))
        (unless (= n 0)
          (when (< n 8)
            (setf (getmap out 10) (+ 40 (table-wide table (- n 1))))))
        (when (>= b 64)
          (setf (getmap out 11) (+ 50 (table-log table (min (- b 64) 63)))))
        (setf (getmap out 7) (table-small table 0)
              (getmap out 8) (table-small table 2))
        ; Negative ones are left out, too.
        (let ((signed i8 b))
          (when (and (s>= signed 0) (s< signed 7))
            (setf (getmap out 9) (+ 1 (table-wide table signed))))))))
  XDP_PASS)
; x is 1000, b 3, n 5: x mod 3 is 1, log2 9, x mod 5 and x mod 4 are 0.
; BPF: run indexing hex:00000000000000000000000000000000e8030000000000000305000000000000
; BPF: expect out 0=11 1=1 2=5 3=2 4=1 5=2 6=18 7=3 8=1 9=2 10=40 11=0
; BPF: expect tables 0=hex:030e010000000000020000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005000000000000000000000000000000000000000000000000000000000000000000000000000000000000000200000000000000000000000100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
; x is 2^64-1, b 255.
; BPF: run indexing hex:00000000000000000000000000000000ffffffffffffffffff05000000000000
; BPF: expect out 0=11 2=5 11=55

; CHECK: indexing: XDP_PASS (2)
; CHECK-NEXT: indexing: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected
