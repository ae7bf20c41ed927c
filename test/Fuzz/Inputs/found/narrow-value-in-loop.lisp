; A narrow number was not extended again before the next round of a loop, which does
; so itself: to the verifier no two ways came there alike, and there were too many.
;;; seed 9379
;;; cpus v4 v3
;;; run main

(defglobal zero u64 0)
(defstruct s0 (f0 (array i8 8)) (f1 u32))
(defmap m0 :type :array :key u32 :value s0 :max-entries 4)
(defmap m1 :type :hash :key u8 :value i8 :max-entries 256)
(defmap m2 :type :hash :key i32 :value s0 :max-entries 256)
(defmap m3 :type :percpu-hash :key s0 :value i32 :max-entries 256)
(defglobal g0 i16 45)
(defglobal g1 u32 82)
(defglobal g2 (array u32 16) (4 1 73 8 5 0 4 125))
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog main (:type :socket-filter)
  (let ((v1 i64 (htonll g0)) (v2 i16 v1) (k3 (make-s0 :f1 (logand v2 7))))
    (let (v34) (skb-load-bytes (ctx-ptr) 15 (stack-addr v34) 8) (setf v1 v34))
    (setf (getmap out 0) v1)
    (setf (getmap out 1) v2)
    (let ((v4 (load u16 g2 13)))
      (skb-load-bytes (ctx-ptr) 38 (stack-addr v4) 4)
      (progn
        (when (/= (load i8 g2 10) 18014398509481983)
          (setf v2 (logxor v2 (log2 (load i16 k3 2)))))
        (when (s< (load i8 g2 10) 9)
          (setf
            v4
            (logxor
              v4
              (let*
                ((v5 u8 (ntohs (load u16 (global-ptr g1) 0))) (v6 i64 v1))
                (setf v1 68719476735 v5 17)
                v6)))))
      (setf (s0-f1 k3) v1)
      (unless (s>= v1 0) (setq v2 (cast u32 524289)))
      (map-delete m3 (make-s0 :f1 (logand (ntohll (load u64 g2 36)) 7))))
    (incf g0 (max (ntohl (load u32 k3 4)) (cast u8 65536) (s0-f0 k3 (min g1 7))))
    (atomic-add (global-ptr g1) 0 v1 u32)
    (setq v2 (htonll (and v2 v1 -1)))
    (setf (s0-f0 k3 (min (- v1) 7)) v2)
    (let ((p24
            (map-lookup
              m3
              (make-s0
                :f1
                (logand
                  (cond
                    ((/= 13 14) (load i16 (global-ptr g1) 1))
                    ((s> v2 3330053927) v2)
                    (t v2))
                  7)))))
      (when (or (= p24 0) (/= (load i16 (global-ptr g1) 0) v1)) (return v1))
      (decf v1 (cast u8 (> v1 v2))))
    (cond
      ((s> v1 (load i8 k3 9))
       (dotimes (i25 5)
         (setf v2 (logxor v2 i25))
         (dotimes (i26 4)
           (setf v1 (+ zero v1))
           (setf v2 (+ zero v2))
           (setf v2 (- v2 (log2 v2)))
           (setf v1 (logxor v1 i26)))))
      ((s> 9 -2)
       (let ((v27 (min (max (lognot (getmap m1 (logand (load u64 k3) 7))) 2) 63)))
         (unless (< v27 63)
           (let ((v28 u64 v2))
             (setf v27 (+ v27 v2 203))
             (setq v28 v27)
             (setf v1 v1)
             (setf v27 (atomic-xchg (global-ptr g1) 0 v1 u32) v28 (* v27 (load u8 g2 3) v1))
             (setf v1 v28)))
         (setf v1 (logxor v1 v27))))
      (t
        (store u32 g2 21 v2)
        (unless (s> (<< (load i32 g2 38) 32) (ctx priority))
          (return
            (progn
              (store u8 g2 51 (ntohl (load u32 (global-ptr g1) 0)))
              (setq v2 v1)
              (cast u32 v1))))))
    (incf v2 (* v1 g1))
    (store
      u32
      g2
      15
      (cond
        ((< v2 v2 v1) (cast i16 g0))
        (g0 v2)
        ((when (s<= v2 -2660185815) v2))
        (t (load u64 g2 30))))
    (decf
      g0
      (not
        (or
          (let ((v29 u16 v2)) (setf v29 v2) (setf v29 (if (> (load i32 k3 4) 17) v2 g0)) v1)
          v2)))
    (if (logand v1 2251799813685248)
      (progn
        (decf v2 (load u8 (global-ptr g0) 1))
        (case (logand -2 7)
          (6 (setf v1 v2) (setq v2 (>> v2 (load u8 (global-ptr g0) 0))))
          (4 (setf v2 (load u8 (global-ptr g1) 2)))
          (1
           (setf v2 v1)
           (setq v1 (if (/= v2 (load i32 g2 3)) (load u8 (global-ptr g0) 1) v1) v1 -603472393))
          ((5 3 2) (setf v1 (map-update m2 0 k3 BPF_NOEXIST)))
          (0 (setf v1 (<< g1 16)))
          (t (setq v1 (lognot v1)) (setf v2 v2 v1 (/ (load i8 (global-ptr g0)) 17)))))
      (progn (memset g2 43 (load u16 (global-ptr g0)) 10)))
    (remmap m2 (logand v1 7))
    (remmap m2 4)
    (when (s>= (= v2 v1) (>= (load i32 g2 46) v1))
      (setf v2 (if (not (s< v1 12662298199808255018)) v2 v2)))
    (setf
      (aref
        g2
        (logand
          (>
            (case (logand v1 3)
              ((1 0 6) v1)
              (5 268435457)
              (2 v1)
              (4 v2)
              (3 (load u8 (global-ptr g1) 3))
              (otherwise v1))
            (s0-f1 k3))
          15))
      (block b30
        (let ((v31 i16 v1))
          (setf v1 v1)
          (unless (> v31 0) (return v31))
          (cond
            ((s< (load i8 (global-ptr g1) 1) (load u8 (global-ptr g1)))
             (setq v2 (load i64 k3 0))
             (setq v31 (s0-f0 k3 6)))
            ((s> v1 v31) (setf v2 17179869185) (setq v1 (min v1 v31)))
            ((s> v1 10) (setf v1 (>> (load u32 g2 53) (load u8 (global-ptr g1) 2))))
            (t (setq v2 (- v31 v1 v31)))))
        (when (s< (ntohl (load u32 k3 8)) (load u8 (global-ptr g1) 3))
          (return-from b30
            (case (logand v1 15)
              (0 (logand v2 v2))
              (t
                (case (load i16 (global-ptr g1) 0)
                  (2 (load u8 (global-ptr g1) 3))
                  ((0 1) v2)
                  (otherwise (load i32 g2 10)))))))
        (load u32 g2 32)))
    (memset (global-ptr g0) 0 (load u64 k3) 1)
    (setf (aref g2 (logand (cast u16 (cast u32 (load u8 (global-ptr g1) 2))) 15)) 14)
    (setf (getmap out 0) v1)))
