; Through LLVM, two tests of pointers for null became one of a number made of both.
;;; seed 11540
;;; cpus v4 v4
;;; run main

(defstruct s0 (f0 u16) (f2 i64))
(defmap m0 :type :array :key u32 :value s0 :max-entries 2)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defn (fun0 :global t) ((a1 u64) (a2 u8)) 0)
(defprog main (:type :xdp)
  (with-packet (data6 end7 :min-len 14)
    (let ((v8 (load i16 data6 8))
          (v9 (load u8 data6))
          (v10)
          (k11 (make-s0 :f0 0 :f2 (logand v9 7))))
      (decf
        v9
        (s<=
          (mod
            (if-let (p12 (map-lookup m0 16258321728645034406))
              (progn (setq v10 (log2 18446744071576818924)) 0 (setf v8 v10) v10)
              (s0-f2 k11))
            (/ (load u8 k11) 549755813888))
          (if-let (p12 (map-lookup m0 16258321728645034406))
            (progn (setq v10 (log2 18446744071576818924)) (setf v8 v10))
            (s0-f2 k11))))
      (when v10 (setq v8 (cast u64 v9)) 0)
      (let ((v43 (when-let ((p45 (getmap m0 0))) (setf (s0-f0 p45) v8))))
        (memset data6 7 (load i64 data6 2) 4)))))
