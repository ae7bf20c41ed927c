; Comparisons that are used as numbers and branched on, and values that a branch has found to be a constant.

; REQUIRES: bpf-kernel
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile -O1 %s -o %t.1.o
; RUN: %bpf-run %t.1.o %s | FileCheck %s
; RUN: %whistler compile %s -o %t.2.o
; RUN: %bpf-run %t.2.o %s | FileCheck %s
; RUN: %whistler compile -Os --mcpu=v4 %s -o %t.s.o
; RUN: %bpf-run %t.s.o %s | FileCheck %s

(defmap counts :type :array :key u32 :value u64 :max-entries 4)

; The number is used behind the branch on both ways, and where they meet.
(defprog number (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((x (load u8 data 0)) (y (load u8 data 1)) (c 0) (d 0))
      (setf c (<= x y))
      (if c
          (progn (incf (getmap counts 0) c) (setf d 20))
          (progn (incf (getmap counts 1) (1+ c)) (setf d (+ c 40))))
      (+ c d))))
; BPF: run number hex:0305000000000000000000000000
; CHECK: number: 21
; BPF: run number hex:0505000000000000000000000000
; CHECK-NEXT: number: 21
; BPF: run number hex:0605000000000000000000000000
; CHECK-NEXT: number: 40
; BPF: expect counts 0=2 1=1

; Both are decided by the branch, one by its opposite; in a loop, too.
(defprog opposite (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((sum 0))
      (dotimes (i 4)
        (let ((x (load u8 data i)) (small (< x 9)) (large (>= x 9))
              (chosen (if (< x 9) x 100)))
          (when (< x 9)
            (setf sum (+ sum chosen))
            (setf small 7))
          (setf sum (+ sum small large))))
      sum)))
; BPF: run opposite hex:0108090a00000000000000000000
; CHECK-NEXT: opposite: 25

; What was compared is passed on, of 64 and of 32 bits.
(defprog tested (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((x (load u64 data 0)) (y (load u32 data 8)) (z (load u8 data 12)))
      (unless x (setf z x))
      (when (= y 4294967295) (setf z (>> y 28)))
      (+ z 100))))
; BPF: run tested hex:00000000000000000000000033ff
; CHECK-NEXT: tested: 100
; BPF: run tested hex:0000000001000000ffffffff33ff
; CHECK-NEXT: tested: 115
; BPF: run tested hex:00000000010000000000000033ff
; CHECK-NEXT: tested: 151
