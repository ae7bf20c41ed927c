;; Logarithms of all sizes, and with a limit.

;; REQUIRES: bpf-kernel
;; RUN: %whistler compile %s -o %t.o
;; RUN: %bpf-run %t.o %s | FileCheck %s
;; RUN: %whistler compile -O0 %s -o %t.o
;; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap logs :type :array :key u32 :value u64 :max-entries 8)

;; The first eight bytes of the packet.
(defprog logarithms (:type :tc)
  (with-packet (data end :min-len 14)
    (let ((x (load u64 data 0)))
      (setf (getmap logs 0) (log2 x)
            (getmap logs 1) (min (log2 x) 25)
            (getmap logs 2) (min (log2 x) 30)
            (getmap logs 3) (min (log2 x) 31)
            (getmap logs 4) (min (log2 x) 0)
            (getmap logs 5) (log2 (logand x #xffff))
            (getmap logs 6) (log2 (>> x 60))
            (getmap logs 7) (log2 (min x 1)))))
  TC_ACT_OK)

;; BPF: run logarithms hex:00000000000000000000000000000000
;; BPF: map logs
;; CHECK: logs[0] = 0
;; CHECK-NEXT: logs[1] = 0
;; CHECK-NEXT: logs[2] = 0
;; CHECK-NEXT: logs[3] = 0
;; CHECK-NEXT: logs[4] = 0
;; CHECK-NEXT: logs[5] = 0
;; CHECK-NEXT: logs[6] = 0
;; CHECK-NEXT: logs[7] = 0
;; BPF: run logarithms hex:ffffffffffffffff0000000000000000
;; BPF: map logs
;; CHECK: logs[0] = 63
;; CHECK-NEXT: logs[1] = 25
;; CHECK-NEXT: logs[2] = 30
;; CHECK-NEXT: logs[3] = 31
;; CHECK-NEXT: logs[4] = 0
;; CHECK-NEXT: logs[5] = 15
;; CHECK-NEXT: logs[6] = 3
;; CHECK-NEXT: logs[7] = 0
;; 2^25 - 1
;; BPF: run logarithms hex:ffffff01000000000000000000000000
;; BPF: map logs
;; CHECK: logs[0] = 24
;; CHECK-NEXT: logs[1] = 24
;; CHECK-NEXT: logs[2] = 24
;; 2^25
;; BPF: run logarithms hex:00000002000000000000000000000000
;; BPF: map logs
;; CHECK: logs[0] = 25
;; CHECK-NEXT: logs[1] = 25
;; CHECK-NEXT: logs[2] = 25
;; 2^32
;; BPF: run logarithms hex:00000000010000000000000000000000
;; BPF: map logs
;; CHECK: logs[0] = 32
;; CHECK-NEXT: logs[1] = 25
;; CHECK-NEXT: logs[2] = 30
;; CHECK-NEXT: logs[3] = 31
