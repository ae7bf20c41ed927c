; The bound of the outer loop's index was not found in the inner loop, as too much was asked.
;;; seed 6988
;;; cpus v3 v1
;;; run main

(defstruct s1 (f2 (array u32 2)))
(defmap m0 :type :array :key u32 :value u16 :max-entries 8)
(defprog main (:type :xdp)
  (let ((v3) (v4) (k7 (make-s1)))
    (dotimes (i13 2)
      (s1-f2 k7 i13)
      (when-let ((p20))
        (block b21 (cond (i13) (0) ((> v4 i13)) (4294967297)) (case v3 ((6 4)) (7) (0)))
        (let (v26) 0 (case 0 (5) (0) (1) (2)))))))
