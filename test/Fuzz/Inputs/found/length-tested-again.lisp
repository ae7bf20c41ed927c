; The reads of the packet's address became one, the tests of its length behind the call did not: the verifier took the
; compared pointer for one behind the end, which is used where the second test fails.
;;; seed 8171
;;; cpus v3 v3
;;; run main

(defglobal zero u64)
(defmap m0 :type :array :key u32 :value u16 :max-entries 2)
(defglobal g0 i8)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog target (:type :xdp)
  (let ((v1 (getmap m0 0)) (v2 (/ v1 7)))
    0
    0
    (with-tcp (data3 end4 h5)
      (setf (getmap m0 1) v2)
      (unless (logand v2 15)
        (with-packet (data8 end9 :min-len 34) (with-ipv6 (data11 end12 h13) (setf v1 0))))
      (setf (eth-dst-mac-lo data3) (load i8 h5 3)))
    0
    0
    (setf (getmap out 0) v1)
    0))
