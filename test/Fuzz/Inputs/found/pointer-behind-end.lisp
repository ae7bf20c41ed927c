; The pointer behind the Ethernet header was compared with the packet's end, and
; used where another comparison had found more of the packet to be there: on the way
; on which the verifier took both for true, it knew the pointer to be behind the end.
;;; seed 5712
;;; cpus v4 v1
;;; run main

(defglobal g2 u8)
(defprog main (:type :xdp)
  (let ((v1 1) (v2 v1))
    (with-ipv6 (data6 end7 h8) (decf (eth-type data6)))
    (with-eth (data13 end14) (dotimes (i16 24) (setf g2 i16)))
    (memset (global-ptr g2) 0 0 1)
    (with-tcp (data18 end19 h20 :vlan t) v2)))
