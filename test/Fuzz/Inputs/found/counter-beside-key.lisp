; LLVM stored the counter of a loop in half a word of the stack, and the map's key in
; the other half: the verifier forgot the counter, and found the loop endless.
;;; seed 19832
;;; cpus v3 v1
;;; run main

(defglobal zero u64 0)
(defmap m0 :type :array :key u32 :value u32 :max-entries 2)
(defmap m1 :type :hash :key i8 :value u16 :max-entries 256)
(defglobal g0 i16 33)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :xdp)
  (with-packet (data1 end2 :min-len 14)
    (let ((v3 u16 (logxor 6 (load i32 data1 5))) (v4 i32 (logxor (load i64 data1 0) v3 13)))
      (setf (getmap out 0) v3)
      (setf (getmap out 1) v4)
      (dotimes (i5 16)
        (dotimes (i6 8) (setf (getmap m1 (logand 256 7)) v4) (store i8 data1 7 i6)))
      (unless (= v3 18446744073709509422) (setf v4 (cast u8 (load i16 (global-ptr g0) 0))))
      (let ((v9 (cast i16 v4)))
        (setf g0 v9)
        (setf v3 (cast u16 v4))
        (progn
          (setf v4 (logxor v4 (s>= v9 (load i32 data1 2))))
          (setf v9 (+ v9 (* -1 v4)))
          (setf v4 (logxor v4 (if (= (load i8 (global-ptr g0) 1) 4095) v4 v9)))
          (let ((v11 i64 v3) (v12 (load u8 data1 1)))
            (setq v11 (with-icmp (data13 end14 h15) (setf v3 (or v9 v12 v12)) g0)))))
      (setf (getmap out 1) v4)
      (setf v3 (/= v3 v4)))))
