; One comparison decided a branch of a chain and another branch, and went with the chain: -O2 crashed.
;;; seed 7623
;;; cpus v2 v1
;;; run main
;;; packet 00f413557eff0062ffff83ff00eaffff000041008400541c00ffb1ffef00ffff00ffff71100000ffff6effffffff00ff00ff0c2700ff000000008600ffff9600ff00
;;; packet 40fc796cc9f41d1b4567e75d0800450c0014b50f6e9b8a11b44c7a55a4c424279617
;;; packet 8b27e729fcc1da83dfd529ca81003583080048f600381e8147d77a11283d8c7fbe2b014de48a81685dd51487558085ae5a9c6166645d689d16f17d9fa02886f80266f91ddf02d3289a02

(defglobal zero u64)
(defstruct s1 (f1 i32))
(defstruct s2 (f0 u8) (f1 i16) (f2 (array i8 3)) (f3 u64))
(defmap m0 :type :hash :key u8 :value u8 :max-entries 256)
(defmap m1 :type :hash :key i64 :value s1 :max-entries 256 :map-flags BPF_F_NO_PREALLOC)
(defglobal g0 u16)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :xdp)
  (with-packet (data1 end2 :min-len 14)
    (let ((v3) (v4 (lognot v3)) (v5 u64 (cast i16 g0)) (v6) u16)
      0
      (let (v26)
        (setf v6 g0)
        (when v6 (case (logand g0 7) (2 (case (logand v6 7) ((3 1 2) 5)))))))))
