; A global variable as the count of a shift was refused: not compiled everywhere.
;;; seed 12
;;; cpus v1 v3
;;; run main
;;; packet 4c76d9762ce7a02407679b27080045000028835d400040060000c0a80001c0a80002003500500000000100000002501020000000000001020304

(defglobal distance u16 67)
(defmap out :type :array :key u32 :value u64 :max-entries 1)
(defprog main (:type :xdp)
  (with-packet (data end :min-len 14)
    (setf (getmap out 0) (>>> (<< (load u64 data 4) distance) distance)))
  (incf distance)
  XDP_PASS)
