; An edge led past a loop left the loop to itself, and the search for what comes to
; it had no end: -O2 did not stop.
;;; seed 400779
;;; cpus v4 v4
;;; run main
;;; entry m0 0000 81
;;; entry m0 0400 00
;;; packet 483f4511f0ea6e514424949b08004543003ccea164fefb11729607931e2ae0283f857f69c2df439a0af4e030b02aad2c8eca131c6135110eddd232ad4ba91a778401f3426c4956bfd0ab
;;; packet 6e8cc5a85b724d4b5a23e0e686dd6000001f0008110a4ce28392ff48161e41c4308d7b8d2379ef9beb11b83e5ba360580018f7095f91dce017d724df0340
;;; packet fffffffffbd330ff006b3900ff00ffd7f60075000000ff00ffff001eff0000ff645aff006c27ffffcc00ff00ff00ffae00ffff77007953000000ffff008fffff000000ff007a00
;;; packet c6a39e0502a1fb75a4c27bd5080045f1001b1f9a2923141194fd44c5b530174166d074a51a7104e22e

(defstruct s0 (f0 i32) (f1 u8))
(defstruct s1 (f0 u16) (f1 (array i8 3)))
(defmap m0 :type :hash :key u16 :value i8 :max-entries 256)
(defglobal g0 (array u16 4) (0 0))
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :xdp)
  (with-packet (data1 end2 :min-len 14)
    (let ((v3 u16 0)
          (v4 i16 (ntohll v3))
          (v5 (or -58 (load i64 g0 0)))
          (v6 i8 (logand 255 v3))
          (k9
            (make-s0
              :f0
              (logand (load i8 data1 10) 7)
              :f1
              (logand
                (if-let (p7 (map-lookup m0 (logand 72057594037927935 7)))
                  (progn
                    (setq v6 (let* ((v8 u64 65535)) (setq v8 4611686018427387904) v5))
                    (setf v5 (incf v3 18446603336221196289))
                    (setf v6 (getmap m0 (logand v3 7)))
                    2)
                  (- v3 v4))
                7))))
      (setf (getmap out 0) v3)
      (setf (getmap out 1) v4)
      (setf (getmap out 2) v5)
      (setf (getmap out 3) v6)
      (setf (getmap m0 6) v6)
      (store u16 k9 4 (mod (if (<= (load u8 data1 2) 1057074829) v4 v4) (1- v5)))
      (when (= (logand (cast i32 v5) 15) 2)
        (dotimes (i10 100 v6) (setq v6 v5))
        (setf
          (s0-f1 k9)
          (logand
            (>> (load u16 data1 0) 1)
            (case (ntohll (load u64 data1 5))
              ((3 2) v5)
              (5 v4)
              (0 8)
              (1 1)
              (4 0)
              (otherwise v3))))
        (cond
          ((= v6 (load i32 g0 2)) (decf v3 (getmap m0 (logand v6 7))))
          (t
            (when (logand v6 144115188075855872)
              (when-let ((p11 (map-lookup m0 (logand v5 7))))
                (setf v3 v3)
                (setq v6 (aref g0 1)))
              (let ((v12 i64 (load u8 data1 8)))
                (setq v6 (load i64 g0) v6 (load u64 data1 3))
                (setf v6 (>>> v5 8))
                (setf v4 (+ (load u32 k9) v3)))
              (let ((data13 (xdp-data)) (end14 (xdp-data-end)))
                (when (<= (+ data13 29) end14)
                  (setf v6 (lognot v3))
                  (setq v5 (+ v6 v6 67108864))
                  (setf v3 (aref g0 (logand (load i64 k9 0) 3)))
                  (setf v5 (logand -1792606158 7)))))
            (when-let ((p16
                         (map-lookup
                           m0
                           (logand (let ((v15 i64 (load u32 g0))) (setf v4 (getmap m0 1)) v5) 7))))
              (store i32 data1 3 v3)))))
      (block b17
        (block b18
          (let ((v19 (decf v5 v3)))
            (let ((v20 u64 v5))
              (setf
                v20
                (cond ((s< v5 15) v5) ((/= 576460752303423489 v19) 3) ((load i16 k9)) (t v4)))
              (setf v4 v20)
              (setf v5 v20))
            (block b21 (setf v19 (s> v6 (load i16 k9 6))))
            (setf v3 v19))
          (with-tcp (data22 end23 h24 :vlan t)
            (progn
              (when (= (logand (load u64 g0) 68719476736) 0) (setf v6 (+ v6 v6)))
              (when (logand (load u64 g0) 1048576) (setf v3 (logxor v3 v3)))
              (when (logand (load u64 g0) 34359738368) (setf v6 (+ v6 256)))
              (when (logand (load u64 g0) 256) (setf v6 (- v6 v5)))
              (when (logand (load u64 g0) 67108864) (setf v3 (+ v3 (load u8 k9 6))))
              (when (= (logand (load u64 g0) 1152921504606846976) 1152921504606846976)
                (setf v4 (logxor v4 (load u8 data1 1))))
              (when (logand (load u64 g0) 131072) (setf v3 (+ v3 v6))))))
        (setf (getmap m0 (logand (- (mod v4 4) (not v4)) 7)) v5))
      (setf v6 (- (s0-f1 k9) (/ (s0-f0 k9) 3)))
      (unless (< v4 255)
        (let ((v25 i16 (load i16 k9 0)) (v26 (load u32 g0 3)))
          (setf v5 (unless (s<= 13 v25) v26))
          (setf v5 (ntohl (load u32 data1 2))))
        (let ((v27 i16 v6))
          (setq v5 (logxor v3 v6) v5 (cond ((< -1 2) (load i16 data1 5)) (t v4)))
          (setq v3 (+ (load i32 data1 6) v3))))
      (setf (s0-f1 k9) (mod (> v6 v4) 2047))
      (with-ipv6 (data28 end29 h30) 0)
      (block b31
        (if (= (max v5 (load u32 data1) v3) (map-update m0 (logand v6 7) (load u8 k9 3)))
          (progn (setf v4 (getmap m0 (logand v4 7))))
          (progn
            (let ((v32
                    i64
                    (when-let ((v33 -1672539034) (v34 -16383))
                      (setf v5 (ntohl v4))
                      (load u64 g0 0))))
              (let ((data35 (xdp-data))
                    (end36 (xdp-data-end))
                    (part37 (+ data35 (logand v6 15))))
                (when (> (+ part37 42) end36) (return v6))
                (setf v3 (getmap m0 (logand v3 7)))
                (setf v5 (< (get-smp-processor-id) 65536)))
              (setf v6 (load i32 (stack-addr v32) 0))
              (incf v32 (load i16 g0 5))
              (setf v4 v5)
              (setf v6 v32))))
        (when (and (s<= v6 (load u32 data1 1)) v5 (s<= v3 v4))
          (dotimes (i39 17) (atomic-and k9 0 v6 u32) (memset data1 0 v4 12))
          (cond
            ((= (load i32 data1 4) 18446744073709551599)
             (block b40 (setf v6 (cast u32 26517)) (setf v6 (>> -1 v4)))
             (unless (= (load u32 data1 6) 6)
               (setf v5 (load i32 data1))
               (setf v3 (mod v4 (ntohs (load u16 data1 2))))
               (setf v3 (min v5 v4)))))))
      (setf
        v4
        (logand
          (cast i32 v6)
          (logand (case (logand v4 3) (4294967298 v4) (4294967296 1) (4294967297 v5)) -2)))
      (setf
        (s0-f0 k9)
        (with-eth (data41 end42) (case (logand v6 7) (250 0)) (/ (log2 (load u64 data41 1)) 9)))
      (let ((v45
              i8
              (getmap m0 (logand (case (load u64 data1 3) (0 (ntohl (load u32 k9 4)))) 7))))
        (setq v6 (>> (getmap m0 (logand (load i32 data1 2) 7)) 48))
        (setf (s0-f1 k9) (1- (atomic-fetch-or k9 0 v4 u32)))
        (atomic-add k9 0 (ntohl (load u32 (stack-addr v45) 4)) u64)
        (progn
          (store i8 g0 2 -2)
          (store i8 g0 1 (getmap m0 (logand 4199370635 7)))
          (store u8 g0 1 -64)
          (store u32 g0 0 (cond ((s> v45 -7583358918612981796) v5) (7)))
          (setf v3 (+ v3 (load u32 g0 0)))
          (store i8 g0 4 (- v5 7))
          (store i8 g0 1 4203331215)
          (setf v4 (+ v4 (load i8 g0 2))))
        (setf v3 v45))
      (cond
        ((logand 16140901064495857663 8796093022208) (incf v4))
        ((s>= (cast i16 (load u64 data1 2)) v6 v5) (store u16 g0 0 v6)))
      (if (<= (s>= (load i32 data1 10) v4) (incf v6 v6))
        (progn (setf v6 2305843009213693951))
        (progn
          (with-ipv6 (data46 end47 h48)
            (incf v6 v6)
            (setq v6 1073741825)
            (let ((v49 u16 v5)) (setq v6 (>> v49 v5)) (setf v5 (/ v5 v3)) (setf v3 v49)))))
      (block b50 (setf v6 v3) (setf (getmap m0 (logand v3 7)) v5))
      (map-delete m0 (logand (if (not (/= (ntohs (load u16 data1 6)) 5)) (* 16 7) v6) 7))
      (setq v6 (setf v3 (load i64 data1 2)))
      (setf (s0-f0 k9) (load u8 k9 6))
      (if-let (p51 (map-lookup m0 (logand (cast i32 256) 7)))
        (progn
          (unless (>=
                    (when-let ((v52 16) (v53 v4)) (setq v52 (>>> v6 48)) 11)
                    (let ((v54 v6))
                      (setq
                        v3
                        (when-let ((p55 (map-lookup m0 6)))
                          (setq v6 (setf v6 (load u8 data1 12)))
                          (setf v54 (mod 46613 17179869183))
                          (setf v54 (s<= (load u8 p55 0) 12))
                          256)
                        v5
                        (progn (setq v5 (/ v4 v54)) v54))
                      (setq v54 (cast i8 v3))
                      v5))
            (when-let ((p57
                         (map-lookup
                           m0
                           (logand
                             (block b56
                               (setq v4 (getmap m0 (logand v4 7)))
                               (setq v6 6426234541660208753 v5 (mod v6 -274877906944))
                               (when (<= v6 v5) (return-from b56 v3))
                               v3)
                             7))))
              0)
            (atomic-or k9 4 (if (< v5 -576460752303423487) v4) u32))
          (setf
            v3
            (<=
              (block b58
                (setf v6 (ntohl (load u32 data1 6)))
                (when (> v3 45628) (return-from b58 9746947987634346783))
                18446744073709550593)
              (load u16 k9 0)))
          (incf v6))
        (progn
          (let ((v59 15) (v60 1125899906842624) (v61 i64 77746389))
            (setf v59 (s>= v3 v6))
            (setq v5 v60))
          (when (/= 4 562949953421312)
            (setf v5 v4)
            (setf v4 (/ -274877906943 256))
            (setf v6 (case v5 ((1 0) v4) (2 v3))))))
      (store u32 k9 0 (load u16 g0 3))
      (setf (s0-f0 k9) (if (logand v4 8589934592) (ash v5 52) (+ v3 (load i16 data1 11))))
      (let ((v62
              (if (s> (cast i64 v5) (>>> (load u16 g0 6) 56) (or 17 v3 v5))
                (when-let ((v63 (mod v3 (load i8 k9 0))) (v64 (ntohll 8)))
                  (cond
                    ((s< v5 v3)
                     (setq v3 (with-udp (data65 end66 h67 :vlan t) (setf v4 (1+ v3)) v64))
                     (setf v4 36165)))
                  (let ((v68 v3)) 0)
                  18446744069454963585)
                v5))
            (v69 i8 0))
        0)
      (setf (getmap out 0) v3)
      (setf (getmap out 1) v4)
      (setf (getmap out 2) v5)
      (setf (getmap out 3) v6)
      -236)))
