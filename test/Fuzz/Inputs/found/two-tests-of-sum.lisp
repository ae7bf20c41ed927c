; A comparison was made twice, once as a number and once by a branch: the second
; time the verifier knew the outcome, told apart all that its operands were sums of,
; and did not come to an end.
;;; seed 19010
;;; cpus v3 v3
;;; run main
;;; entry m0 00000000 0000d80000000048
;;; entry m1 0100000000000000 0000
;;; entry m2 10000000c2f7fb67 0000ffffacd20000
;;; entry m2 1b000000eae7c732 1d00ffff6000ff00
;;; packet cc696aa7e37b7b99382597fa0800471900767051e2d4d206b5b81d82d52e95f403e755b13e19382f94b6db95f1b46b1b4f4379093f5199864dc9f4edd3ba5de56882d8b7aaf0c85bda455f7651e8ec5960c55355fc597f6089f1d37de2382a3cef8be2bca5c018096118215b09a9d34dbcf77724e1d9f0d27d5bafef5df8e9a94680c95f
;;; packet 7723d6122e8795a7e50f35c508004598001b08dba9702a0633110fac1f14d85af1a9bac37af1465e91
;;; packet 0000eeff00ffdcffc500000000ff0000ffdc3d7effffff52
;;; packet 5ab4c1cc2085cd6d31c570960800
;;; packet 5331b914ebdac328a15a5b0b81009cf2080046dd002cfea86243e10110a23798e2b24035949ee9f4bf0f877591b205a5119d0c11b921cb431d397dbef265

(defglobal zero u64 0)
(defstruct prefix (bits u32) (address u32))
(defmap m0 :type :percpu-array :key u32 :value u64 :max-entries 8)
(defmap m1 :type :hash :key i64 :value i16 :max-entries 256)
(defmap m2 :type :lpm-trie :key prefix :value u64 :max-entries 64 :map-flags BPF_F_NO_PREALLOC)
(defglobal g0 i8 76)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defn (fun0 :inline nil) ((c1 (ptr xdp-md)) (a2 u64) (a3 u64))
  ->
  i8
  0
  (cond
    ((logand (max (load u8 (global-ptr g0)) 12) 2251799813685248)
     (s>= (<< a3 a3) (when (>= a3 a2) a3)))
    ((s> 36028797018963967 14) (not (log2 a2)))))
(defn step ((a6 (ptr)) (a7 (ptr)) (a5 (ptr u64)) (a4 (ptr u64)))
  ->
  i64
  (store u64 a4 0 (+ (load u64 a4) (load u64 a5)))
  0)
(defprog main (:type :xdp)
  (with-packet (data8 end9 :min-len 30)
    (let ((v10 (log2 g0))
          (v11 u64 v10)
          (v12 i32 (mod v11 18446744073052693891))
          (v13 (fun0 (ctx-ptr) v11 (load u16 data8 10)))
          (k14
            (make-prefix
              :bits
              (logand (max v12 (load i64 data8 7)) 7)
              :address
              (logand (fun0 (ctx-ptr) (load i8 data8 19) v13) 7))))
      (setf (getmap out 0) v10)
      (setf (getmap out 1) v11)
      (setf (getmap out 2) v12)
      (setf (getmap out 3) v13)
      (case (logand 9007199254740991 7)
        (4294967296 (block b15 (setq v12 v12)))
        (4294967297
         (cond
           ((> v10 17592186044416)
            (setf v12 (ntohll 693711601))
            (setq v11 (max v13 (load i32 data8 18))))
           ((s> v11 576460752303423489) (setf v10 (or v13 v10)))
           ((s< v11 70368744177664)
            (setq v10 v13)
            (setf
              v10
              (let*
                ((v16 v10) (v17 4294967296))
                (setf v12 (logand v17 (load i8 data8 1) v12))
                v10)))))
        (t
          (setq v11 (load u64 data8 1))
          (cond
            ((= 12 4398046511103)
             (setf
               v11
               (block b18
                 (setq v12 (fun0 (ctx-ptr) v11 v10))
                 (unless (> v12 (load u8 data8 25)) (return-from b18 v11))
                 v12))
             (setf v11 (ntohll v13))))))
      (setq v13 (fun0 (ctx-ptr) g0 v10))
      (let ((v19 (fun0 (ctx-ptr) v13 12))
            (v20 (< (get-smp-processor-id) 65536))
            (v22 (logior g0 v11))
            (v23 (max (load u8 data8 5) 1023 8388609))
            (v24 (cast u64 v10))
            (v25 (load u32 data8 8))
            (v26 (prefix-address k14))
            (v27
              (block b28
                (setf v10 v13)
                (setq v11 v12)
                (unless (s> v12 10) (return-from b28 v11))
                g0))
            (v29 (fun0 (ctx-ptr) 18446744073709551410 (load u8 data8 28)))
            (v30 (and v12 v13 v13))
            (v31 (fun0 (ctx-ptr) (load u8 data8 21) v11))
            (v32 (- v10))
            (v33 (getmap m1 (logand v11 7)))
            (v34 (max v13 v11 v13 v10))
            (v35 (log2 v12))
            (v36
              (let ((v37 i64 v11))
                (setf
                  v37
                  (<= v37 v11)
                  v11
                  (cond
                    ((= v12 4503599627370497) v10)
                    ((s>= v12 15) (load u8 k14 4))
                    (0)
                    (t (load i64 data8 13))))
                v37)))
        (setf (prefix-bits k14) v23)
        (let ((v38 v20)) (setq v22 v34) (setq v34 (fun0 (ctx-ptr) 17179869183 9)))
        (map-delete
          m1
          (logand
            (case (load u8 k14 6)
              ((4294967298 4294967297 4294967296) (load i32 data8 8))
              ((4294967299 4294967301) v20)
              (4294967300 v11)
              (t v12))
            7))
        (setf
          v12
          (logxor v12 (- v27 v22 v30 v34 v19 v32 v26 v24 v29 v36 v33 v23 v25 v35 v20 v31))))
      (when-let ((p39
                   (map-lookup
                     m0
                     (logand
                       (case (cast i8 (load i8 (global-ptr g0) 0))
                         ((4294967298 4294967300) (* v10 (load i8 data8 25) v11))
                         ((4294967297 4294967299) (cond ((< v13 17) v10) (t v11)))
                         (4294967296 (decf v11 v12)))
                       7))))
        (store i16 data8 16 (map-update m2 (+ data8 4) (prefix-address k14))))
      (setq v11 (s> (ntohs (load u16 data8 4)) v10 v10))
      (setf
        v13
        (s>=
          (+ v11 (load i32 k14 0))
          v11
          (block b40
            (setf v12 (s<= v13 v12))
            (setf
              v10
              (when-let ((v41 v12) (v42 65536))
                (setf
                  v41
                  (>>> v12 (load u8 (global-ptr g0)))
                  v12
                  (case (logand (load i16 k14 4) 15) (0 (load u16 data8 4)) (t v42)))
                v42))
            (when (> (ntohs (load u16 k14 6)) 0) (return-from b40 v12))
            v11)))
      (block b43
        (case (logand (if (s< v11 g0) (log2 (load i8 data8 29)) (load i16 k14 6)) 7)
          (252
           (setf v11 (fun0 (ctx-ptr) v10 (load i8 data8 18)))
           (setf (prefix-bits k14) (* v13 v11 v11 v13)))
          ((254 250)
           (let ((v44 (logxor v10 4)))
             (remmap m2 (+ data8 13))
             (let ((v45 i64 v12)) (setf v11 (getmap m0 (logand -153359197849016970 7))))
             (let ((v46 (logand v11 7)))
               (if-let (p47 (map-lookup m1 v46))
                 (store i16 p47 0 (+ (load i16 p47) v44))
                 (setf (getmap m1 v46) v44)))
             (when (s>= (load u64 data8 5) v12)
               (setq v44 (prefix-address k14))
               (setf v13 (progn (setq v10 (load i32 data8 18) v44 (ntohs v13)) v11)))
             (setf v12 v44)))
          ((253 251)
           (setf
             v12
             (case (logand g0 7)
               (255 v12)
               (254 6)
               ((250 251 253) v10)
               (252 (load i64 data8 17))
               (t v12)))))
        (unless (< v13 (case v12 (3 v12) (2 v13) (1 v12)) (ash 16 40) (getmap m2 (+ data8 17)))
          (setf
            (getmap m1 (logand (fun0 (ctx-ptr) v13 v12) 7))
            (block b48
              (setf v11 (getmap m0 6))
              (unless (>= v11 231597553) (return-from b48 v11))
              v11))
          (let ((v49 u64 (ntohs v10)))
            (store i8 data8 9 255)
            (with-icmp (data50 end51 h52) (setf v49 (1- v49)) (setf v12 (icmp-id h52))))
          (dotimes (i53 33) (setf (prefix-address k14) v13)))
        (let ((v54
                i16
                (let*
                  ((v55 i16 2) (v56 u16 (load u8 data8 4)))
                  (setf g0 v10)
                  (getmap m1 (logand v11 7))))
              (v57 v11)
              (v58
                u16
                (let ((v59 u32 (logior v54 8589934592 v10 v11)))
                  (let ((v60 g0)) (setq v54 (max v10 v60)))
                  (with-icmp (data61 end62 h63 :options :check)
                    (setf v57 (cast u32 (load i32 data8 13)))
                    (setq v59 (/ g0 g0)))
                  (log2 (load i8 (global-ptr g0) 0)))))
          (let ((v64 u8 (getmap m0 (logand 64600 7)))
                (v65 u8 (/ v13 7))
                (v66 u8 (setf v64 v64)))
            (decf v11 (load i8 data8 3))
            (block b67 (setq v13 (fun0 (ctx-ptr) v10 v54)) (setq v66 (load i32 k14 4))))
          (store i16 k14 4 v12)
          (setf v57 (- g0))
          (when (logand v57 33554432)
            (setf v58 (fun0 (ctx-ptr) v54 v13))
            (let ((data68 (xdp-data)) (end69 (xdp-data-end)))
              (when (< end69 (+ data68 34)) (return v13))
              (setq v11 (>= 281474976710655 v54))
              (setf v54 (1+ v57))
              (setf v10 (1- v57)))
            (case (logand v10 7)
              (0 (setq v12 (load i8 data8 10)) (setf v54 (/ (load i16 k14) 8589934593)))
              (t
                (setf v57 (unless (s> (load u8 data8 5) 134217729) v58))
                (setq v58 (lognot v57)))))))
      (setq
        v10
        (case v13 (3 v10) (0 v11) (1 v11) (2 v13) (t v10))
        v12
        (s> (load u64 k14) (load i16 k14 2)))
      (setq v11 (min v11 v12))
      (let ((v70
              i32
              (min 18446744073709551540 (ntohll (load u64 data8 3)) v13 (load i8 data8 10)))
            (v71 u64 (load u8 (global-ptr g0))))
        (store u32 k14 4 v12)
        (decf g0 v71))
      (map-update
        m0
        (case v12
          (4294967296 v11)
          (4294967298 (load i16 k14 4))
          (4294967297 v13)
          (otherwise (load u8 data8 15)))
        (case g0 (2 255) ((0 3) v10) (1 1438043896) (otherwise (ntohs (load u16 k14 2))))
        BPF_ANY)
      (setf
        v10
        (fun0
          (ctx-ptr)
          (+ (lognot (load u32 data8 3)) (load i64 data8 8) v12)
          (block b72
            (decf g0 v13)
            (setf g0 v11)
            (unless (>= v13 10) (return-from b72 (1- v13)))
            (getmap m0 6))))
      (let ((v73
              i32
              (or
                (block b74
                  (atomic-add k14 4 v10 i32)
                  (unless (<= v10 v12 v13) (return-from b74 (log2 (load i32 data8 1))))
                  (logior (load u64 data8 12) (load i64 data8 4)))
                (atomic-cmpxchg k14 0 (if (< (load u32 k14) 2) v11 v11) (load u32 data8 20))
                (cast i32 (ctx ingress-ifindex))))
            (v75 (getmap m2 (+ data8 9)))
            (v76 v12))
        (decf v10))
      (setf (prefix-bits k14) (htons (prefix-bits k14)))
      (incf (getmap m0 (logand 0 7)) (prefix-address k14))
      (incf (prefix-bits k14) (>> (htonll v13) 32))
      (let ((v77 (- (progn (setq v11 (fun0 (ctx-ptr) v10 g0)) v10) (log2 v10))))
        (decf v10 (<= (load u16 (stack-addr v77) 0) v10 v11))
        (store u32 data8 14 (atomic-fetch-or k14 0 v77 u32))
        (setf v11 (fun0 (ctx-ptr) (load u64 data8 20) (ctx rx-queue-index)))
        (setf v11 v77))
      (let ((v78 i8 (prefix-bits k14))
            (v79
              (fun0
                (ctx-ptr)
                (with-udp (data80 end81 h82)
                  (decf (getmap m2 (+ data80 13)))
                  (setf (getmap m1 (logand -771672853 7)) 71)
                  (block b83
                    (setf v11 (- 18446744073709502055))
                    (unless (s<= 5 v10) (return-from b83 v12))
                    (load i16 h82 2)))
                (getmap m0 1)))
            (v84 u32 (- (when-let ((v85 (* -2 v78)) (v86 v11)) 0 g0) (load u64 k14))))
        0)
      (let ((v87 (+ zero (ntohll (load u64 data8 4)))))
        (setf v13 (logxor v13 (for-each-map-elem m0 step (stack-addr v87) 0)))
        (setf v13 (+ v13 v87)))
      (setf (getmap out 0) v10)
      (setf (getmap out 1) v11)
      (setf (getmap out 2) v12)
      (setf (getmap out 3) v13)
      (ctx ingress-ifindex))))
