; A value was computed twice; one copy was compared with a bound, and the other one
; used as the index, as they were equal. The verifier knew nothing of that one.
;;; seed 20231
;;; cpus v4 v1
;;; run main

(defglobal zero u64 0)
(defstruct s0 (f0 i8) (f1 u32) (f2 (array i8 2)) (f3 u32))
(defstruct s1 (f0 (array i8 2)) (f1 (array i8 8)))
(defstruct prefix (bits u32) (address u32))
(defmap m0 :type :array :key u32 :value s0 :max-entries 4)
(defmap m1 :type :lpm-trie :key prefix :value u64 :max-entries 64 :map-flags BPF_F_NO_PREALLOC)
(defmap m2 :type :lpm-trie :key prefix :value u32 :max-entries 64 :map-flags BPF_F_NO_PREALLOC)
(defglobal g0 i16 99)
(defglobal g1 (array u16 16) (57 10 73 16 9 0 0 122))
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :tc)
  (let ((v1 u8 (map-update m0 0 (make-s0 :f1 4 :f3 2097152)))
        (v2 i32 v1)
        (v3 u8 (not g0))
        (v4 u16 (if (s> (load u8 (global-ptr g0) 0) 18446744073709551513) v1))
        (v5 i16 (s< v1 v4))
        (k7 (make-prefix :address (logand (let* ((v6 i8 v5)) (setq v5 (ntohs v1)) v6) 7)))
        (k8 (make-s1)))
    (setf (getmap out 0) v1)
    (setf (getmap out 1) v2)
    (setf (getmap out 2) v3)
    (setf (getmap out 3) v4)
    (setf (getmap out 4) v5)
    (let ((v9 u16 (htons (if (= v5 8191) (aref g1 (logand v4 15)))))
          (v10 u64 (if (s< 13 365008479) (ntohll (load u64 k8 0)) (load i8 k8))))
      (setf
        (getmap m2 k7)
        (or
          (let*
            ((v11 i32 (load i8 k7 3)) (v12 v10))
            (setf v2 g0)
            (setf v1 (> -2 (load i16 g1 25)))
            v4)
          (<< (load u8 k7 1) v1)))
      (decf g0 (load i32 g1 23)))
    (case (logand g0 7)
      ((254 252 250)
       (with-tcp (data13 end14 h15)
         (setf v4 (<< v2 56) v4 (load u16 g1 4))
         (setf v2 v1)
         (setq v2 (load i8 h15 4)))
       (memcpy k7 0 k8 0 6))
      ((251 253)
       (dotimes (i16 12)
         (setf v5 (+ zero v5))
         (dotimes (i17 2 (load u32 k7 4))
           (setf (getmap m2 k7) g0)
           (incf (prefix-bits k7) (load i16 (global-ptr g0))))
         (setq v5 v3))))
    (setq v5 (log2 (if (= (logand v2 255) 0) (s1-f1 k8 (min v2 7)) (<= v5 (load i32 g1 7)))))
    (setf (prefix-address k7) (htonll (load i8 g1 25)))
    (when (>= v4 v1 v2 v1)
      (let ((v18 u32 (s1-f1 k8 5))
            (v19 i16 (logand (not v5) (max (load i8 g1 1) v5 g0 (load i16 g1 7)) (mod v2 v2))))
        (when (or (/= v18 7946558011185309752) (s>= v19 134217727)) (return (load i64 g1 8)))
        (setf v19 (+ -545253560 (load u64 k7)))
        (when (/= v18 7946558011185309752) (setq v19 (unless (s> 1099511627775 128) v5)))
        (unless (s>= v19 134217727) (setf v5 (- v5 (load u8 g1 14)))))
      (if (< v2 256)
        (progn
          (setq
            v4
            (ntohl (load u32 k7 4))
            v2
            (let ((v20 i16 2)) (setq v1 (case 17 (0 v4) (otherwise v4))) v5))
          (setf
            v3
            (with-tcp (data21 end22 h23 :vlan t)
              (setf v1 (load i32 h23 7))
              (setq v4 (htonll v3))
              -2)))
        (progn (setf v5 v2 v2 (/= 17870283321406128128 v1)) (setf v1 (load i32 k7 4)))))
    (setf v1 (= v4 10))
    (incf (prefix-bits k7) (getmap m2 (make-prefix :bits (logand 5 7) :address (logand v5 7))))
    (setf
      g0
      (<<
        (with-tcp (data24 end25 h26) (setf v3 g0) (load i64 h26 12))
        (logior 1099511627775 v1)))))
