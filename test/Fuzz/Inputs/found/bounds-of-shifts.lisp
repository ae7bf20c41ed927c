; -O2 removed comparisons that only a shift by a variable count decides, of which the
; verifier knows no bound: refused in part.
;;; seed 100285
;;; cpus v4 v3
;;; run main
;;; entry m 00000000 0102030405060708090a0b0c0d0e0f10
;;; packet 4c76d9762ce7a02407679b27080045000028835d400040060000c0a80001c0a80002003500500000000100000002501020000000000001020304
;;; packet 00000000000000000000000000000000000000000000000000000000

(defstruct table (values (array u16 2)))
(defmap m :type :array :key u32 :value-size 16 :max-entries 1)
(defprog main (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((table (make-table))
          (count i16 (load u16 data 4))
          (i u32 (>> 1 count))
          (j (>> 5 (logand count 7)))
          (sum 0))
      (when (>= i 2)
        (return 0))
      (setf (table-values table i) 7)
      (setf sum (table-values table 1))
      (when (>= j 7)
        (return 1))
      (when-let ((p (map-lookup m 0)))
        (incf sum (load u16 (+ p (* j 2)))))
      sum)))
