; The bound of a minimum was not seen behind operands that lead far: not compiled
; everywhere.
;;; seed 51
;;; cpus v3 v4
;;; run main
;;; packet 4c76d9762ce7a02407679b27080045000028835d400040060000c0a80001c0a80002003500500000000100000002501020000000000001020304

(defstruct table (bytes (array u8 3)))
(defmacro many-choices (count)
  (list* (quote progn)
         (loop for i below count
               collect (list (quote setf)
                             (quote v) (list (quote if) (list (quote >) (quote w) i)
                                             (quote (+ v w)) (quote (- v 3)))
                             (quote w) (quote (logxor v w))))))
(defprog main (:type :xdp)
  (with-packet (data end :min-len 14)
    (let ((table (make-table)) (v (load u32 data 2)) (w (load u16 data 8)))
      (setf (table-bytes table 1) 5)
      (many-choices 40)
      (+ w (table-bytes table (min v 2))))))
