; A value that was found to be 0 was moved, and compared where the verifier knew the
; outcome: it told apart all that the value was made of, and did not come to an end.
;;; seed 120043
;;; cpus v3 v4
;;; run main
;;; entry m0 040000003f4bb49f 7cff0000cb00d8ff
;;; entry m1 0500000000000000 00bd1f00ffff00ff00ffffde0000ffff
;;; entry m1 0300000000000000 ff00e7ffc400ff41ff0000ffff00ffff
;;; entry m2 0b000000828e0dbd 00
;;; entry m2 07000000350f068c ff
;;; entry m3 01000101010101010000000100000001 00000000f4fe00ff00002e0000ff00ffa9ff00700000ffffffff0011001c9800
;;; entry m3 01010001010000010100000100010000 5e1000d7e100ff0024ffff0000ff009f0000ffc0ffff00670000ffdc4f5cde00
;;; entry m3 00000001000000000001000101010100 00ffffffff00ac2ae300001829ffb370850000ff00ffffffd6ffffff00c6ffe2
;;; entry m3 00010000000001010000010001010000 0000dfffff00ffffff2cff5d9c0000ff00d8e7ffff00e7ff00ff1c6200ff4fff
;;; packet c0366b45c0fb8885d229874e0800451e006e2db7bf4ecb064d5055758e5ec1842a4fdd9cea1859a39134904a9974ac4caf30c02398554248ff3a0dbaacddf598fdf82f0948f0a6736cfe173e2cb23a8a4be811535070a14e9e1321353991fba5669902f3729641a3f6626bef24378fda079ea29b174efd94f215ef7b
;;; packet d7fafd93dae1a76fb7cff4a586dd600000cd00003a7759778609944f890c9c4a077e55e78bec197514fb982527cdb88ee8a434518b2c
;;; packet c100ff00009fff00ff07ff00ff98ff00000000e8c8ffff0082c3e4614700000900000000ff00ffff8a0000
;;; packet 00ffd3000c0000c000ffffffffff000000ffffff000000c400008c00c60000b7ff00ffff00ca7900003734ffa400b2ff5e00c600ffe7080000b0ff00ff1c47ff5bfe30000000000eff
;;; packet a8a7732c5c9f5cd8f81b5593080045030014b7

(defstruct s0 (f0 (array u64 2)))
(defstruct s1 (f0 u32) (f1 u32) (f2 i64) (f3 (array i32 3)))
(defstruct prefix (bits u32) (address u32))
(defmap m0 :type :lpm-trie :key prefix :value u64 :max-entries 64 :map-flags BPF_F_NO_PREALLOC)
(defmap m1 :type :percpu-hash :key i64 :value s0 :max-entries 256 :map-flags BPF_F_NO_PREALLOC)
(defmap m2 :type :lpm-trie :key prefix :value u8 :max-entries 64 :map-flags BPF_F_NO_PREALLOC)
(defmap m3 :type :lru-hash :key s0 :value s1 :max-entries 1024)
(defglobal g0 u32 80)
(defglobal g1 i32 39)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :xdp)
  (let ((v1 i32 (load u32 (global-ptr g0)))
        (v2 i32 (not (load u8 (global-ptr g0) 2)))
        (v3 (mod v1 65536))
        (v4 i8 v1)
        (k9
          (make-prefix
            :bits
            (logand (case (logand v1 7) ((252 250) v3) (251 v3) (otherwise v3)) 7)
            :address
            (logand
              (with-packet (data5 end6 :min-len 20)
                (setf v4 (htonl v4))
                (setf
                  v1
                  (when-let ((p8 (map-lookup m2 (+ data5 4))))
                    (setf v1 v2)
                    (setf v4 (case (logand v2 3) ((65536 65537) v2) (t (load i8 data5 19))))
                    v3))
                v2)
              7)))
        (k10 (make-s0)))
    (setf (getmap out 0) v1)
    (setf (getmap out 1) v2)
    (setf (getmap out 2) v3)
    (setf (getmap out 3) v4)
    (setf (prefix-bits k9) (logand v3 v2))
    (if (s< v4 v4)
      (progn
        (when-let ((p11 (map-lookup m2 k9))) (setf v1 (prefix-address k9)))
        (let ((p12 (map-lookup m3 k10)))
          (when (and p12 (/= 2097153 v2)) (return 0))
          (setq v1 (logxor v1 v2))
          (when p12 (setf v2 (/ v4 g1)) (setq v2 v1) (setq v2 (s1-f0 p12)))))
      (progn (incf v4 v3)))
    (progn
      (setf v3 (logxor v3 v1))
      (setf v4 (+ v4 (+ 256 v4)))
      (setf v1 (logxor v1 (/ v1 281474976710656)))
      (setf v2 (logxor v2 (if (> v4 v4) v2 v2)))
      (setf v1 (+ v1 (s< (load i16 (global-ptr g0) 1) v1)))
      (setf v4 (+ v4 (cast u16 (load i64 k9))))
      (setf v3 (logxor v3 (= (ntohs (load u16 (global-ptr g1) 2)) v1)))
      (setf v4 (- v4 (>= (load u8 (global-ptr g0)) v1 v2 (load u8 (global-ptr g0)))))
      (setf v1 (- v1 (cast i32 v2)))
      (setf v1 (- v1 (cond ((s< g0 4) 65535) (v4) (t v3))))
      (setf v3 (+ v3 (atomic-cmpxchg k9 0 v1 v1 i32)))
      (setf v3 (logxor v3 (incf v1 v4)))
      (setf v2 (+ v2 g0))
      (setf v4 (+ v4 32769))
      (setf v4 (+ v4 (>> v3 16))))
    (setf (s0-f0 k10 0) (1- (when (<= (load i8 (global-ptr g1) 1) v4) v2)))
    (let ((data13 (xdp-data)) (end14 (xdp-data-end)))
      (when (<= (+ data13 34) end14)
        (setf (getmap m0 (+ data13 20)) v4)
        (let ((v15 u64 v2))
          (setf v2 (load i64 data13 18))
          (setq v1 (<< v1 g0) v1 (if (>= v4 9007199254740992) -7173833622162968200 v1))
          (setf v1 v15))
        (setf v4 (load u32 (global-ptr g1)))))
    (setf (prefix-bits k9) (1- (= v1 v3)))
    (store u64 k9 0 (with-eth (data16 end17) (setf v3 (if (= v4 4) 1)) (setq v2 (+ g0 v3)) v2))
    (incf g1 (ntohl (load u32 (global-ptr g0) 0)))
    (memset k10 0 v4 14)
    (store i8 (global-ptr g1) 3 (ctx ingress-ifindex))
    (decf v4 (s>= (cast u8 (load i8 (global-ptr g1) 2)) (map-delete m3 k10)))
    (cond
      ((< (load u8 k9 2) g1)
       (let ((v19
               (with-ipv4 (data20 end21 h22 :vlan t)
                 (setf v2 (getmap m0 (+ h22 4)))
                 (setq v2 (prefix-address k9))
                 1))
             (v23 (log2 v3))
             (v24 (s0-f0 k10 (logand v1 1)))
             (v25 (/= v3 v4))
             (v26 (cast i16 (load u8 k10 3)))
             (v27
               (case (load i32 (global-ptr g1))
                 (254 v4)
                 (251 (load i8 (global-ptr g0)))
                 ((253 252 250) (load i16 (global-ptr g0) 2))))
             (v28 (incf v3 v2))
             (v29 v1)
             (v30
               (with-eth (data31 end32)
                 (setf v2 (eth-src-mac-hi data31))
                 (setq v1 (logand v3 v3))
                 v1))
             (v34
               (with-ipv4 (data35 end36 h37)
                 (setf v4 (case v3 (0 v4) (1 v3) (otherwise v1)))
                 v1))
             (v38
               (when-let ((v39 v1) (v40 v1)) (setf v39 (- (load i8 (global-ptr g1) 0) v1)) v1))
             (v41 (s>= v1 v1))
             (v42 (log2 v1))
             (v43 v1)
             (v44 v1)
             (v45 (s0-f0 k10 (logand (load i16 (global-ptr g1) 2) 1)))
             (v46 (decf v2 12)))
         (incf g1 v38)
         (let ((v47 v41)) (setf v30 v25) (setf v29 v47))
         (when-let ((p48 (map-lookup-ptr m3 k10)))
           (let ((p49 (map-lookup m0 (make-prefix :bits (logand 3983407225502625080 7)))))
             (when (not p49) (return (load i8 k10 4)))
             (setf
               v24
               (let*
                 ((v50 i8 (load i64 p49)) (v51 i8 v2))
                 (setq v27 g1)
                 (setf v34 (s1-f1 p48) v3 (ctx rx-queue-index))
                 v27))
             (setq v41 (+ (load u32 p49 2) (load i16 (global-ptr g1)) v29 g0))
             (setf v27 (ntohs (load u16 k10 12))))
           (atomic-add p48 0 v44 u64))
         (setf
           v2
           (+ v2 (logxor v46 v41 v43 v34 v38 v26 v24 v42 v30 v29 v25 v27 v28 v44 v19 v23 v45)))))
      (t
        (with-packet (data52 end53 :min-len 20)
          (setf
            (getmap m3 (make-s0))
            (make-s1
              :f0
              (s0-f0 k10 0)
              :f1
              (logand v2 v4 (load i16 (global-ptr g0) 2))
              :f2
              (if (s<= (ntohs (load u16 data52 16)) v3) g0 v2)))
          (dotimes (i55 1)
            (setf
              (getmap m3 (make-s0))
              (make-s1 :f0 (load u16 data52 10) :f1 (load i16 (global-ptr g0) 2) :f2 v3)))
          (setf (getmap m3 (+ data52 4)) (make-s1 :f2 (mod (load i8 (global-ptr g0) 3) v1))))))
    (let ((v56 u16 -28))
      (when (and
              (>= v56 2)
              (/=
                (load i32 (global-ptr g0))
                (load u32 (global-ptr g1))
                v1
                (load i32 (global-ptr g0))))
        (return 0))
      (when (< v56 2) (setf g1 131398799) (setf v1 (+ v1 (s0-f0 k10 v56)))))
    (unless v2 (setf v3 g0 v3 v2))
    (decf g0 (- (case (load i16 k10 12) (0 v4) (1 v3) (t v1)) (if-let (v57 33) v3 v4)))
    (remmap m0 k9)
    (setf v2 (>>> (>= v4 v3 v3 g1) 32))
    (block b59
      (setf v4 v4)
      (let ((p60 (getmap m3 k10)))
        (when (or (not p60) (and (<= v3 g1) (/= (load i16 (global-ptr g1) 2) 14))) (return 5))
        (setq v3 (/ v3 11))
        (setf v3 (cast u16 -951701413) v2 (or v3 v3 18014398509481985))
        (setf v4 (if (s> (load u16 p60 19) v2) (load u64 p60 1) v3)))
      (setf (s0-f0 k10 1) v2))
    (unless (not (>= (load u32 (global-ptr g0)) 7))
      (setf (getmap m0 k9) v3)
      (decf (prefix-bits k9) (load u32 (global-ptr g0) 0)))
    (decf g0 (/ (load i16 k10) v4))
    (setf v3 (cast u32 (+ v4 v3)))
    (if (s<
          (log2 1)
          (with-packet (data61 end62 :min-len 14)
            (setf v4 (>>> (<< v4 (load i64 k10 8)) (load i64 k10 8)))
            v1))
      (progn
        (when-let ((p64 (map-lookup m3 k10)))
          (let ((v65 u16 v3))
            (when (>= v65 3) (return v3))
            (setf v4 (ash 13 -20))
            (setf (s1-f3 p64 v65) 72057594037927936))
          (incf g0 v4)))
      (progn
        (store i32 (global-ptr g0) 0 (getmap m2 k9))
        (setq v3 (min v4 (load i8 (global-ptr g1) 0)))))
    (when (logand v4 144115188075855872) (map-delete m0 k9))
    (decf v1)
    (setf g1 (if (logand (load u16 k9 4) 576460752303423488) (- 11)))
    (when (> 6 v1) (setf v3 (load u32 (global-ptr g0) 0)))
    (let ((data66 (xdp-data))
          (end67 (xdp-data-end))
          (part68
            (+ data66 (logand (logand (>= v4 (load i16 (global-ptr g1) 2)) (+ v3 196 v4)) 15))))
      (when (> (+ part68 42) end67) (return v1))
      (with-tcp (data69 end70 h71 :vlan t :options :check) 0)
      (progn
        (when (= g0 11) (setf v3 (logxor v3 (s> 62422 v4))))
        (when (/= g0 -85661013) (setf v1 (+ v1 (= (ntohs (load u16 (global-ptr g0) 0)) v3))))
        (when (/= g0 2616963613) (setf v2 (+ v2 v2)))))
    (when-let ((p72 (map-lookup m0 k9)))
      (store i16 p72 0 (s< (load i32 (global-ptr g1) 0) v1 131072)))
    (store i8 (global-ptr g1) 2 v2)
    (cond
      ((not v2)
       (let ((v73 u16 (ctx rx-queue-index)))
         (when (and (>= v73 2) (> g1 3497604472)) (return v3))
         (when (< v73 2) (decf (s0-f0 k10 v73) 65535) (setf (s0-f0 k10 v73) v4))))
      ((and (= g1 0) (s<= g1 13) (s>= v4 g1))
       (store u16 k10 4 (if (> v2 (load u32 k9 4)) v3 v3))
       (block b74 (setq v2 v1)))
      (t (setf v4 (s>= v2 v4 (load u8 k9 2) v4))))
    (incf v2)
    (cond
      ((not (< v1 52))
       (unless (= v1 18446744073709551362) (setf v4 (load u64 k9) v2 17))
       (store u16 (global-ptr g0) 0 v2))
      ((<= (load u8 (global-ptr g1) 2) (load u16 (global-ptr g0) 1)) 0))
    (let ((v75 (s>= v2 (prefix-address k9))) (v76 (log2 (load i32 k9 0))) (v77 65535))
      (setf v75 v76))
    (decf v2 (logxor (load u32 (global-ptr g0) 0) v3))
    (let ((v78 u32 (/ v1 g1)) (v79 v78) (v80 u32 (<< v2 (load i64 k10))))
      (incf g0 (load i64 k10 8))
      (with-tcp (data81 end82 h83 :options :check)
        (setf v1 (if (s> v4 255) (load i16 k9 6) v79))
        (setf v79 (/ v79 5)))
      (store i8 k9 1 g1)
      (with-ipv4 (data84 end85 h86 :vlan t :options :check)
        (setf v80 (1+ v78))
        (setf
          v80
          (/ (ntohll (load u64 k10 8)) v78)
          v79
          (when-let ((p87 (map-lookup m1 (logand v78 7))))
            (setq v80 (>> (<< v78 (load i32 h86 4)) (load i32 h86 4)))
            v80))))
    (setf (getmap out 0) v1)
    (setf (getmap out 1) v2)
    (setf (getmap out 2) v3)
    (setf (getmap out 3) v4)
    (s>
      (+
        (progn (setf v2 (- v1 v2) v3 (if (/= (ntohs (load u16 (global-ptr g0) 2)) 3) v3 v4)) v2)
        (load u16 k9 6))
      v4)))
