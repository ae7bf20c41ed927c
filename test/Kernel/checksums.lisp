;; Ones' complement sums that are folded twice, once or not enough, at the
;; limits of what two folds can do.

;; REQUIRES: bpf-kernel
;; RUN: %whistler compile %s -o %t.o
;; RUN: %bpf-run %t.o %s | FileCheck %s
;; RUN: %whistler compile -O0 %s -o %t.o
;; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap sums :type :array :key u32 :value u64 :max-entries 8)

(defmacro fold (sum) `(+ (logand ,sum #xffff) (>> ,sum 16)))

;; A number of 64 bits, two of 32 bits and one of 16 bits.
(defprog checksums (:type :tc)
  (with-packet (data end :min-len 18)
    (let* ((x (load u64 data 0))
           (before (load u32 data 8))
           (after (load u32 data 12))
           (old (load u16 data 16))
           (once (fold x))
           (small (+ before old))
           (small-once (fold small))
           (large (+ before old 1))
           (large-once (fold large))
           (gain (+ (logxor (logand before #xffff) #xffff)
                    (logxor (>> before 16) #xffff)
                    (logand after #xffff)
                    (>> after 16)))
           (corrected (+ (logxor old #xffff) gain))
           (corrected-once (fold corrected))
           (again (+ old 7 gain))
           (again-once (fold again))
           (halves (+ old (logand after #xffff) (>> after 16)))
           (halves-once (fold halves)))
      (setf (getmap sums 0) (cast u16 (fold once))
            (getmap sums 1) (fold small-once)
            (getmap sums 2) (fold large-once)
            (getmap sums 3) (cast u16 (logxor (fold corrected-once) #xffff))
            (getmap sums 4) (fold again-once)
            (getmap sums 5) (fold halves-once)
            (getmap sums 6) (let ((sum (+ old 8))) (+ sum (>> sum 3)))
            (getmap sums 7) (cast u16 (let ((sum (+ x 8))) (fold sum))))))
  TC_ACT_OK)

;; BPF: run checksums hex:000000000000000000000000000000000000
;; BPF: map sums
;; CHECK: sums[0] = 0
;; CHECK-NEXT: sums[1] = 0
;; CHECK-NEXT: sums[2] = 1
;; CHECK-NEXT: sums[3] = 0
;; CHECK-NEXT: sums[4] = 7
;; CHECK-NEXT: sums[5] = 0
;; CHECK-NEXT: sums[6] = 9
;; CHECK-NEXT: sums[7] = 8
;; BPF: run checksums hex:ffffffffffffffffffffffffffffffffffff
;; BPF: map sums
;; CHECK: sums[0] = 65534
;; CHECK-NEXT: sums[1] = 65535
;; CHECK-NEXT: sums[2] = 65536
;; CHECK-NEXT: sums[3] = 0
;; CHECK-NEXT: sums[4] = 7
;; CHECK-NEXT: sums[5] = 65535
;; CHECK-NEXT: sums[6] = 73735
;; CHECK-NEXT: sums[7] = 7
;; BPF: run checksums hex:ffff0000ffff0000ffffffff00000000ffff
;; BPF: map sums
;; CHECK: sums[0] = 65534
;; CHECK-NEXT: sums[1] = 65535
;; CHECK-NEXT: sums[2] = 65536
;; CHECK-NEXT: sums[3] = 65535
;; CHECK-NEXT: sums[4] = 7
;; CHECK-NEXT: sums[5] = 65535
;; CHECK-NEXT: sums[6] = 73735
;; CHECK-NEXT: sums[7] = 8
;; BPF: run checksums hex:ffff0100000000000000fffffffffefffeff
;; BPF: map sums
;; CHECK: sums[0] = 1
;; CHECK-NEXT: sums[1] = 65534
;; CHECK-NEXT: sums[2] = 65535
;; CHECK-NEXT: sums[3] = 0
;; CHECK-NEXT: sums[4] = 5
;; CHECK-NEXT: sums[5] = 65533
;; CHECK-NEXT: sums[6] = 73734
;; CHECK-NEXT: sums[7] = 9
;; BPF: run checksums hex:ffff00000100000078563412214365870080
;; BPF: map sums
;; CHECK: sums[0] = 0
;; CHECK-NEXT: sums[1] = 59564
;; CHECK-NEXT: sums[2] = 59565
;; CHECK-NEXT: sums[3] = 7718
;; CHECK-NEXT: sums[4] = 57825
;; CHECK-NEXT: sums[5] = 19079
;; CHECK-NEXT: sums[6] = 36873
;; CHECK-NEXT: sums[7] = 8
;; BPF: run checksums hex:0100feffffffffff00000000ffffffff0000
;; BPF: map sums
;; CHECK: sums[0] = 65534
;; CHECK-NEXT: sums[1] = 0
;; CHECK-NEXT: sums[2] = 1
;; CHECK-NEXT: sums[3] = 0
;; CHECK-NEXT: sums[4] = 7
;; CHECK-NEXT: sums[5] = 65535
;; CHECK-NEXT: sums[6] = 9
;; CHECK-NEXT: sums[7] = 7
;; BPF: run checksums hex:f0debc9a78563412ffffffff010000000000
;; BPF: map sums
;; CHECK: sums[0] = 53285
;; CHECK-NEXT: sums[1] = 65535
;; CHECK-NEXT: sums[2] = 1
;; CHECK-NEXT: sums[3] = 65534
;; CHECK-NEXT: sums[4] = 8
;; CHECK-NEXT: sums[5] = 1
;; CHECK-NEXT: sums[6] = 9
;; CHECK-NEXT: sums[7] = 31156
