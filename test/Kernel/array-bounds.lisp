; Every bound that the compiler takes for one the verifier takes too, at each
; optimisation level.

; REQUIRES: bpf-kernel
; RUN: whistler compile %s -o %t.o
; RUN: %bpf-run %t.o -e load -e 'run bounded eth/ipv4/tcp' | FileCheck %s
; RUN: whistler compile -O1 %s -o %t.1.o
; RUN: %bpf-run %t.1.o -e load -e 'run bounded eth/ipv4/tcp' | FileCheck %s
; RUN: whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o -e load -e 'run bounded eth/ipv4/tcp' | FileCheck %s

; CHECK: bounded: XDP_ABORTED (0)

(defstruct table
  (eight (array u32 8))
  (six (array u16 6))
  (bytes (array u8 256)))

(defmap tables :type :array :key u32 :value table :max-entries 1)

(defn fourth ((table (ptr table)) (i u32)) -> u32
  (table-eight table (+ i 4)))

(defprog bounded (:type :xdp)
  (let ((i (get-prandom-u32))
        (sum 0))
    (when-let ((table (getmap tables 0)))
      (incf sum (table-eight table (logand i 7)))
      (incf sum (table-eight table (mod i 8)))
      (incf sum (table-eight table (/ (logand i 63) 8)))
      (incf sum (table-eight table (min i 7)))
      (incf sum (table-six table (min (mod i 6) 5)))
      (incf sum (table-six table (min (/ (logand i 63) 11) 5)))
      (incf sum (table-eight table (>> (cast u8 i) 5)))
      (incf sum (table-eight table (+ (logand i 3) (* 2 (logand i 1)))))
      (incf sum (fourth table (logand i 3)))
      (let ((byte u8 i))
        (incf sum (table-bytes table byte)))
      (dotimes (j 8)
        (incf sum (table-eight table j)))
      (let ((k i32 i))
        (when (and (s>= k 0) (s< k 8))
          (incf sum (table-eight table k))))
      (when (< i 8)
        (incf sum (table-eight table i)))
      (let ((rest (mod i 6)))
        (when (< rest 6)
          (incf sum (table-six table rest))))
      (when (>= i 8)
        (return sum))
      (incf sum (table-eight table i)))
    sum))
