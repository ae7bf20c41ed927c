; What two erased operations use was erased twice: -O2 crashed.
;;; seed 822362
;;; cpus v1 v2
;;; run main

(defstruct s0 (f0 u64))
(defstruct s2 (f1 u64))
(defstruct prefix (bits u32) (address u32))
(defglobal g0 i32)
(defn fun0 (i64) -> i16 (decf g0) (logior))
(defprog main (:type :tc)
  (with-packet (data6 end7 :min-len 14)
    (let ((v8) (v12) (k13 (make-prefix :address 1)) (k14 (make-s0)))
      1
      0
      0
      (with-packet (data69 end70 :min-len 51) (decf g0 (logior g0 1))))))
