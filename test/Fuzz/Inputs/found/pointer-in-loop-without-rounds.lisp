; The header's address was an integer in code that is never reached: not compiled
; everywhere.
;;; seed 30764
;;; cpus v4 v1
;;; run main
;;; packet 4c76d9762ce7a02407679b27080045000028835d400040060000c0a80001c0a80002003500500000000100000002501020000000000001020304

(defprog main (:type :xdp)
  (let ((sum 7))
    (dotimes (i 0 sum)
      (with-ipv4 (data end ip :vlan t)
        (setf sum (load u32 ip 4))))))
