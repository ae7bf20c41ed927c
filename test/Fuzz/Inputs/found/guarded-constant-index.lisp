; An index was refused in code that is never reached, since the value is known to be
; stopped by the test in front: not compiled everywhere.
;;; seed 49
;;; cpus v1 v4
;;; run main
;;; packet 4c76d9762ce7a02407679b27080045000028835d400040060000c0a80001c0a80002003500500000000100000002501020000000000001020304

(defstruct table (bytes (array i8 3)))
(defmap out :type :array :key u32 :value u64 :max-entries 1)
(defprog main (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((table (make-table)) (sum (load u8 data 5)) (index 18442240474082181119))
      (unless (/= (load u32 data 4) 0)
        (setf index (- 3)))
      (setf (getmap out 0) (incf sum))
      (when (>= index 3)
        (return (load u64 data 3)))
      (dotimes (i 17)
        (incf sum i))
      (+ sum (table-bytes table index)))))
