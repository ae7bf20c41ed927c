; Indices that are known at run time only, bounded in every way that the
; compiler follows: the verifier has to follow them too, at each optimisation
; level.

; REQUIRES: bpf-kernel
; RUN: whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: whistler compile -O1 %s -o %t.1.o
; RUN: %bpf-run %t.1.o %s | FileCheck %s
; RUN: whistler compile -O2 %s -o %t.2.o
; RUN: %bpf-run %t.2.o %s | FileCheck %s

(defstruct table (count u32) (flag u8) (rows (array u64 8)) (bytes (array u8 256)))
(defglobal holder table (:rows (10 11 12 13 14 15 16 17)))
(defglobal limit u32 6 :const t)
(defmacro x () '(ktime-get-ns))

(defprog mask () (table-rows holder (logand (x) 7)))
(defprog mask-or () (table-rows holder (logior (logand (x) 3) 4)))
(defprog minimum () (table-rows holder (min (x) 7)))
(defprog minimum-swapped () (table-rows holder (min 7 (x))))
(defprog remainder () (table-rows holder (mod (x) 8)))
;; The verifier follows no remainders.
(defprog remainder-6 () (table-rows holder (mod (x) 6)))
(defprog shifted () (table-rows holder (>> (x) 61)))
(defprog divided () (table-bytes holder (/ (logand (x) 1023) 4)))
(defprog byte () (table-bytes holder (table-flag holder)))
(defprog cast () (table-bytes holder (cast u8 (x))))
(defprog variable () (let ((i u8 (x))) (table-bytes holder i)))
(defprog compare () (let ((i (x))) (when (< i 8) (table-rows holder i))))
(defprog compare-swapped () (let ((i (x))) (when (> 8 i) (table-rows holder i))))
(defprog at-most () (let ((i (x))) (if (<= i 7) (table-rows holder i) 1)))
(defprog equal () (let ((i (x))) (if (= i 7) (table-rows holder i) 1)))
(defprog not-less () (let ((i (x))) (unless (>= i 8) (table-rows holder i))))
(defprog early () (let ((i (x))) (when (>= i 8) (return 0)) (table-rows holder i)))
(defprog early-or () (let ((i (x))) (when (or (< i 2) (> i 9)) (return 0)) (table-rows holder (- i 2))))
(defprog early-block () (let ((i (x))) (block b (when (> i 7) (return-from b 0)) (table-rows holder i))))
(defprog unless-early () (let ((i (x))) (unless (< i 8) (return 0)) (table-rows holder i)))
(defprog both () (let ((i (x))) (when (and (> (x) 3) (< i 8)) (table-rows holder i))))
(defprog nested () (let ((i (x))) (when (< i 100) (when (< i 8) (table-rows holder i)))))
(defprog condition () (let ((i (x))) (cond ((> i 20) 1) ((> i 7) 2) (t (table-rows holder i)))))
(defprog signed () (let ((i (x))) (when (and (s>= i 0) (s< i 8)) (table-rows holder i))))
(defprog signed-early () (let ((i (x))) (when (s< i 0) (return 0)) (when (s> i 7) (return 0)) (table-rows holder i)))
(defprog signed-int () (let ((i i32 (x))) (when (and (s> i -1) (s<= i 7)) (table-rows holder i))))
(defprog up () (let ((s 0)) (dotimes (i 8) (incf s (table-rows holder i))) s))
(defprog up-offset () (let ((s 0)) (dotimes (i 4) (incf s (table-rows holder (+ i 4)))) s))
(defprog up-limit () (let ((n (min (x) 8)) (s 0)) (dotimes (i 100) (when (>= i n) (return s)) (incf s (table-rows holder i))) s))
(defprog up-limit-2 () (let ((n limit) (s 0)) (when (> n 8) (return 0)) (dotimes (i 100) (when (>= i n) (return s)) (incf s (table-rows holder i))) s))
(defprog counter () (let ((s 0) (k 0)) (dotimes (i 100) (when (< k 8) (incf s (table-rows holder k)) (incf k))) s))
(defprog ring () (let ((s 0) (k 0)) (dotimes (i 100) (incf s (table-rows holder k)) (setf k (logand (+ k 1) 7))) s))
(defprog wrap () (let ((s 0) (k 0)) (dotimes (i 100) (incf s (table-rows holder k)) (incf k) (when (>= k 8) (setf k 0))) s))
(defprog down () (let ((s 0)) (dotimes (i 8) (incf s (table-rows holder (- 7 i)))) s))
(defprog last-one () (let ((n (table-count holder))) (when (and (> n 0) (<= n 8)) (table-rows holder (- n 1)))))
(defprog last-ne () (let ((n (table-count holder))) (when (= n 0) (return 0)) (when (> n 8) (return 0)) (table-rows holder (1- n))))
(defprog through () (let ((i (x)) (j 0)) (when (< i 8) (setf j i)) (table-rows holder j)))
(defprog clamp () (let ((i (x))) (when (> i 7) (setf i 7)) (table-rows holder i)))
(defprog selected () (let ((i (if (> (x) 5) 3 4))) (table-rows holder i)))
(defprog truth () (let* ((i (x)) (ok (< i 8))) (when ok (table-rows holder i))))
(defprog truth-not () (let* ((i (x)) (bad (>= i 8))) (if (not bad) (table-rows holder i) 0)))
(defprog boolean () (table-rows holder (> (x) 5)))
(defprog log () (table-bytes holder (log2 (x))))
(defprog merged () (let ((i (x))) (if (< i 4) (table-rows holder 0) (when (>= i 8) (return 0))) (table-rows holder i)))
(defprog case-one () (let ((i (x))) (case i ((1 2 3) (table-rows holder i)) (t 0))))
(defn pick ((i u32)) (table-rows holder i))
(defprog param () (+ (pick 3) (pick (logand (x) 7))))
(defn choose ((i u64)) (logand i 7))
(defprog result () (+ (table-rows holder (choose (x))) (table-rows holder (choose 1))))
(defprog multiply () (table-rows holder (* 2 (logand (x) 3))))
(defprog other-variable () (let ((i (x)) (j (x))) (when (< j 8) (when (< i j) (table-rows holder i)))))
(defprog max-var () (table-rows holder (min (max (x) 2) 7)))
(defprog minus-bound () (let ((i (x))) (when (and (>= i 10) (< i 18)) (table-rows holder (- i 10)))))
(defn visit ((i u32) (sum (ptr u64)))
  (when (< i 8)
    (atomic-add sum 0 (table-rows holder i)))
  0)
(defprog called-back () (let ((s 0)) (loop 12 visit (stack-addr s) 0) s))
(defprog element-17-mod-6 () (table-rows holder (mod (+ (logand (x) 0) 17) 6)))
(defprog element-41-div-8 () (table-rows holder (/ (+ (logand (x) 0) 41) 8)))

; BPF: load
; CHECK: mask: xdp
; BPF: run up ramp:64
; CHECK: up: 108
; BPF: run down ramp:64
; CHECK: down: 108
; BPF: run up_offset ramp:64
; CHECK: up_offset: 62
; BPF: run up_limit_2 ramp:64
; CHECK: up_limit_2: 75
; BPF: run called_back ramp:64
; CHECK: called_back: 108
; BPF: run element_17_mod_6 ramp:64
; CHECK: element_17_mod_6: 15
; BPF: run element_41_div_8 ramp:64
; CHECK: element_41_div_8: 15
