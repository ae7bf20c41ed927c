; A comparison of a packet pointer was left out that had been loaded once more: to
; the verifier that is another pointer, and it refused what is read through it.
;;; seed 300000
;;; cpus v3 v4
;;; run main
;;; entry m0 07000000 0000ffff00fffaffff28ffffff39ffffff00b000ff80ffff9e00000000ffc465
;;; entry m0 03000000 00890ffff3ce00000000000000ff990000ff3f18ff0071ff00ffffffffffdbff
;;; entry m2 07 00ff
;;; entry m2 01 a5ff
;;; packet 4e18f47f646a353376273e9808000000000000000000000000000000000000000000
;;; packet b71bff00ffff000000ff6c00000000ff00ff3e94ff
;;; packet edb0e39a1072a3db54110729080045e8001b5bb1ebb907062fd44bf7bc12bc37fb09ef9ee0f655dc1c
;;; packet 00ff00150000ffffd7ff00058a1700005eff77ffff0000ff00ff0000ff0096000000c8d185fc902afff4d4e5ff0000570000ffe7ff00ff00e3ff00af000e00ffffffffff0000ff76ffae00ff
;;; packet 4b835c5b2d960100bbe74221080045980014360d32e54c0600000000000000000000
;;; packet bf76f7489ded05d36c7039398100dba386dd6000007e00213a5cb2585749efedb49bd44ed9ed5607e7ccf625d3a496a10fb639516135dcb191269d5311ada18ce41b6ad90700b5872b7693c15904844d38e939b074bc13acc0a2d3
;;; packet 25ac9c2eab307d45e5beb8f108004532002c5956d5a9b72f248314542b19d1a93381564255415d6038152a288188337ceb2addfc642ebcbd2724

(defstruct s0 (f0 i32))
(defstruct s1 (f0 s0) (f1 u16) (f2 s0) (f3 (array i8 4)) (f4 (array u64 2)))
(defmap m0 :type :percpu-array :key u32 :value s1 :max-entries 8)
(defmap m1 :type :array :key u32 :value i8 :max-entries 8)
(defmap m2 :type :hash :key u8 :value u16 :max-entries 256 :map-flags BPF_F_NO_PREALLOC)
(defglobal g0 i16 64)
(defglobal g1 u64 20)
(defglobal g2 i8 37)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defn fun0 ((c1 (ptr --sk-buff)) (a2 (ptr s0)) (a3 i8) (a4 i64))
  ->
  i16
  (setf a4 (ntohll a4))
  (decf (s0-f0 a2) (load u16 a2 2))
  (cast i8 a4))
(defn step ((a7 (ptr)) (a8 (ptr)) (a6 (ptr i8)) (a5 (ptr u64)))
  ->
  i64
  (store u64 a5 0 (logxor (load u64 a5) (load i8 a6)))
  0)
(defprog main (:type :cgroup-skb)
  (with-packet (data9 end10 :min-len 30)
    (let ((v11 u8 (when-let ((v12 g2)) (setf v12 (logand v12 11 v12) v12 (/ 12 v12)) v12))
          (v13 (load u16 (global-ptr g1) 1))
          (v14
            (block b15
              (setq v13 (load i32 data9 4))
              (unless (/= v11 v13) (return-from b15 g1))
              (load i32 (global-ptr g1) 4)))
          (v16 (if (>= (load u8 (global-ptr g0) 1) 2) v13 v11))
          (v17
            i8
            (progn
              (setq v16 (>>> v11 29))
              (setq v13 (s< 16383 v16) v11 (ntohll (load i16 data9 18)))
              (load i32 data9 9)))
          (k18 (make-s1)))
      (setf (getmap out 0) v11)
      (setf (getmap out 1) v13)
      (setf (getmap out 2) v14)
      (setf (getmap out 3) v16)
      (setf (getmap out 4) v17)
      (let ((v19 u16 (>>> (load u8 data9 6) v14)) (v20 i32 7)) (setf (s1-f1 k18) v16))
      (when (logand v17 268435456)
        (when (<= v16 -2)
          (setf v17 (cast i32 v11))
          (setf v17 (load u16 (global-ptr g0) 0))
          (setf v14 (if (< 15 v14) v17 v11)))
        (with-icmp (data21 end22 h23 :options t) (setf v16 v16) (setf v11 (/ v13 4294967296)))
        (incf v14))
      (decf
        (s1-f1 k18)
        (if-let (p24 (map-lookup m0 (logand (min v13 v14) 7)))
          (progn
            (setf (s1-f4 p24 (logand v16 1)) v17)
            (block b25
              (setf
                v16
                (block b26
                  (setf v11 (getmap m2 5))
                  (setq v17 (+ v17 (load i16 (global-ptr g1) 4)))
                  (unless (= v17 g1) (return-from b26 v16))
                  65536))
              (setf v16 (cast u64 (load u32 data9 5)))
              (setq v14 (/ v14 -1))
              (setf v17 (ctx len)))
            (let ((p27 (map-lookup m2 (logand (>>> v11 v13) 7))))
              (when (and (= p27 0) (s> (load i64 data9 14) (load u16 data9 5)))
                (setf v17 (logxor v17 1)))
              (setf v17 v16)
              (when p27
                (setf v17 (if-let (v28 g2) (load i8 p24 14) v11))
                (setf v11 (case (logand v14 3) (1 g0) (otherwise v16)))))
            (/ (load i8 k18 4) 18446744073709551359))
          (block b29
            (setf v16 (when-let ((p30 (getmap m0 v14))) (setq v17 (cast u32 v16)) v14))
            (when (/= v13 137438953471) (return-from b29 -53343))
            g2)))
      (let ((v31 v14))
        (setf v11 (logxor v11 (for-each-map-elem m1 step (stack-addr v31) 0)))
        (setf v16 (logxor v16 v31)))
      (setf (getmap out 0) v11)
      (setf (getmap out 1) v13)
      (setf (getmap out 2) v14)
      (setf (getmap out 3) v16)
      (setf (getmap out 4) v17)
      (logand
        (/=
          v17
          (>> (<< (load i8 data9 15) 6) 6)
          (>>
            (<<
              (case (logand v16 7)
                ((1 0 2) v11)
                (otherwise (ntohs (load u16 (global-ptr g0) 0))))
              (incf v14 (load i32 data9 5)))
            (incf v14 (load i32 data9 5)))
          (load u64 (global-ptr g1) 0))
        1))))
