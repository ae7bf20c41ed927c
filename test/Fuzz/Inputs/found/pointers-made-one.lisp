; LLVM made one of a pointer behind all headers, which the verifier knew to be behind
; the packet's end after a comparison, and an equal one computed from another base.
;;; seed 16752
;;; cpus v4 v4
;;; run main

(defglobal g2 i8)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :tc)
  (with-packet (data1 end2 :min-len 14)
    (let ((v3 (load i8 (global-ptr g2))))
      (setf (getmap out 0) v3)
      (with-eth (data16 end17)
        (with-icmp (data19 end20 h21 :vlan t :options :check) (setf v3 0)))
      (memset data1 2 0 11)
      (if-let (p26 v3) (get-prandom-u32))
      (with-udp (data28 end29 h30 :options t) 1))))
