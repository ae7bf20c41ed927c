; Fields of every width and sign, embedded structs, arrays, unions and pointers:
; written by programs, and compared byte by byte with what C would have there.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct scalars
  (a u8) (b u16) (c i8) (d u32) (e i16) (f i64) (g u8) (h i32) (i u64) (j u8))
(defstruct point (x u16) (y i32))
(defstruct nest
  (tag u8)
  (inner point)
  (bytes (array u8 5))
  (halves (array u16 3))
  (points (array point 2))
  (link (ptr nest))
  (last i8))
(defunion word (whole u64) (parts (array u16 4)) (low u8) point)
(defstruct tagged (kind u32) (value word))

(defmap out :type :array :key u32 :value u64 :max-entries 32)
(defmap scalar-map :type :array :key u32 :value scalars :max-entries 2)
(defmap nest-map :type :array :key u32 :value nest :max-entries 2)
(defmap tagged-map :type :hash :key u8 :value tagged :max-entries 4)

(defprog sizes (:type :xdp)
  (setf (getmap out 0) (sizeof scalars)
        (getmap out 1) (sizeof point)
        (getmap out 2) (sizeof nest)
        (getmap out 3) (sizeof word)
        (getmap out 4) (sizeof tagged)
        (getmap out 5) (sizeof u16)
        (getmap out 6) (sizeof (array point 3))
        (getmap out 7) (sizeof (ptr nest)))
  XDP_PASS)
; BPF: run sizes eth
; BPF: expect out 0=48 1=8 2=56 3=8 4=16 5=2 6=24 7=8

; Each value is cut to its field, and nothing beside it changes.
(defprog writing (:type :xdp)
  (when-let ((s (map-lookup scalar-map 0)))
    (setf (scalars-a s) #x1a1 (scalars-b s) #xb2b3b4 (scalars-c s) -2
          (scalars-d s) #x1d1d2d3d4 (scalars-e s) -3
          (scalars-f s) -4 (scalars-g s) 255
          (scalars-h s) (- #x80000000) (scalars-i s) #xf1f2f3f4f5f6f7f8
          (scalars-j s) 7))
  XDP_PASS)
; BPF: set scalar_map 0=hex:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
; BPF: run writing eth
; a at 0, b at 2, c at 4, d at 8, e at 12, f at 16, g at 24, h at 28, i at 32, j at 40.
; BPF: expect scalar_map 0=hex:a1ccb4b3feccccccd4d3d2d1fdffccccfcffffffffffffffffcccccc00000080f8f7f6f5f4f3f2f107cccccccccccccc

; Read back, signed fields are extended by their sign.
(defprog reading (:type :xdp)
  (when-let ((s (map-lookup scalar-map 0)))
    (setf (getmap out 0) (scalars-a s)
          (getmap out 1) (scalars-b s)
          (getmap out 2) (scalars-c s)
          (getmap out 3) (scalars-d s)
          (getmap out 4) (scalars-e s)
          (getmap out 5) (scalars-f s)
          (getmap out 6) (scalars-g s)
          (getmap out 7) (scalars-h s)
          (getmap out 8) (scalars-i s)
          (getmap out 9) (scalars-j s)
          (getmap out 10) (s< (scalars-c s) 0)
          (getmap out 11) (> (scalars-a s) 127)))
  XDP_PASS)
; BPF: run reading eth
; BPF: expect out 0=0xa1 1=0xb3b4 2=-2 3=0xd1d2d3d4 4=-3 5=-4 6=255 7=-2147483648 8=0xf1f2f3f4f5f6f7f8 9=7 10=1 11=1

; incf, decf and setf yield what was stored, wrapped as the field wraps.
(defprog counting (:type :xdp)
  (when-let ((s (map-lookup scalar-map 0)))
    (setf (getmap out 0) (incf (scalars-g s))
          (getmap out 1) (decf (scalars-h s))
          (getmap out 2) (incf (scalars-j s) 300)
          (getmap out 3) (decf (scalars-c s) 127)
          (getmap out 4) (incf (scalars-i s) (incf (scalars-b s) #x10))
          (getmap out 5) (scalars-g s)
          (getmap out 6) (scalars-h s)
          (getmap out 7) (scalars-j s)
          (getmap out 8) (scalars-c s)
          (getmap out 9) (scalars-b s)
          (getmap out 10) (setf (scalars-c s) 200)
          (getmap out 11) (setf (scalars-h s) #xffffffff0)))
  XDP_PASS)
; BPF: run counting eth
; BPF: expect out 0=0 1=0x7fffffff 2=51 3=127 4=0xf1f2f3f4f5f7abbc 5=0 6=0x7fffffff 7=51 8=127 9=0xb3c4 10=-56 11=-16

(defprog nesting (:type :xdp)
  (when-let ((n (map-lookup nest-map 0)))
    (setf (nest-tag n) 1
          (point-x (nest-inner n)) #x1011
          (point-y (nest-inner n)) -1
          (nest-bytes n 0) #xb0 (nest-bytes n 4) #xb4
          (nest-halves n 0) #xa0a1 (nest-halves n 2) #xa4a5
          (point-y (nest-points-ptr n 1)) #x01020304
          (point-x (nest-points n 1)) #x2021
          (nest-last n) -128)
    (incf (point-x (nest-inner n)))
    (incf (nest-bytes n 4))
    (decf (nest-halves n 2) 5)
    (setf (getmap out 0) (point-y (nest-inner-ptr n))
          (getmap out 1) (point-x (nest-inner n))
          (getmap out 2) (nest-bytes n 4)
          (getmap out 3) (nest-halves n 2)
          (getmap out 4) (point-y (nest-points n 1))
          (getmap out 5) (nest-last n)
          (getmap out 6) (load u8 (nest-bytes-ptr n 4))
          (getmap out 7) (- (nest-bytes-ptr n 3) n)
          (getmap out 8) (- (nest-points n 1) (nest-points n))))
  XDP_PASS)
; tag at 0, inner at 4, bytes at 12, halves at 18, points at 24, link at 40, last at 48.
; BPF: set nest_map 0=hex:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
; BPF: run nesting eth
; BPF: expect nest_map 0=hex:01cccccc1210ccccffffffffb0ccccccb5cca1a0cccca0a4cccccccccccccccc2120cccc04030201cccccccccccccccc80cccccccccccccc
; BPF: expect out 0=-1 1=0x1012 2=0xb5 3=0xa4a0 4=0x01020304 5=-128 6=0xb5 7=15 8=8

; A run-time index that the program has bounded, for each kind of element.
(defprog indexing (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((k (load u8 data 16)))
      (when-let ((n (map-lookup nest-map 0)))
        (when (< k 2)
          (setf (nest-bytes n k) (+ #x40 k)
                (nest-halves n (1+ k)) (+ #x4142 k)
                (point-y (nest-points n k)) (- -7 k))
          (incf (point-x (nest-points n k)) 2)
          (setf (getmap out k) (nest-bytes n k)
                (getmap out (+ k 2)) (nest-halves n (1+ k))
                (getmap out (+ k 4)) (point-y (nest-points n k))
                (getmap out (+ k 6)) (- (nest-halves-ptr n k) n)))
        (dotimes (i 5)
          (incf (getmap out 8) (nest-bytes n i)))
        (setf (getmap out 9) (nest-bytes n (logand k 3))))))
  XDP_PASS)
; BPF: set nest_map 0=0
; BPF: set out 0=0 1=0 2=0 3=0 4=0 5=0 6=0 7=0 8=0 9=0
; BPF: run indexing hex:0000000000000000000000000000000000000000
; BPF: expect out 0=0x40 1=0 2=0x4142 3=0 4=-7 5=0 6=18 7=0 8=0x40 9=0x40
; BPF: run indexing hex:0000000000000000000000000000000001000000
; BPF: expect out 0=0x40 1=0x41 2=0x4142 3=0x4143 4=-7 5=-8 6=18 7=20 8=0xc1 9=0x41
; BPF: run indexing hex:0000000000000000000000000000000007000000
; BPF: expect out 0=0x40 1=0x41 8=0x142 9=0
; BPF: expect nest_map 0=hex:00000000000000000000000040410000000000004241434102000000f9ffffff02000000f8ffffff00000000000000000000000000000000

; What `make` is not told of is zero; an embedded struct is copied from another.
(defprog making (:type :xdp)
  (let ((p (make-point :x 5 :y -6))
        (n (make-nest :last -1 :inner p :tag (+ 1 2))))
    (setf (point-x p) 99)
    (setf (nest-points n 1) p)
    (setf (nest-bytes n 2) 9)
    (map-update nest-map 1 n BPF_ANY)
    (setf (nest-points n 0) (nest-points n 1)
          (nest-inner n) (nest-points n 0))
    (setf (getmap nest-map 0) n)
    (setf (getmap out 0) (point-x (nest-inner n))
          (getmap out 1) (if (nest-link n) 1 0))
    (when-let ((m (getmap nest-map 1)))
      (setf (nest-inner m) (nest-inner n))
      (setf (getmap out 2) (point-x (nest-inner m)))))
  XDP_PASS)
; BPF: run making eth
; BPF: expect out 0=99 1=0 2=99
; BPF: expect nest_map 1=hex:0300000063000000faffffff000009000000000000000000000000000000000063000000faffffff0000000000000000ff00000000000000
; BPF: expect nest_map 0=hex:0300000063000000faffffff00000900000000000000000063000000faffffff63000000faffffff0000000000000000ff00000000000000

; The members of a union lie over each other.
(defprog overlaying (:type :xdp)
  (let ((v (make-tagged :kind 3)))
    (setf (word-whole (tagged-value v)) #x1122334455667788)
    (setf (getmap out 0) (word-parts (tagged-value v) 1)
          (getmap out 1) (word-low (tagged-value v))
          (getmap out 2) (point-y (word-point (tagged-value v)))
          (word-parts (tagged-value v) 3) #xffee)
    (setf (getmap tagged-map 8) v)
    (setf (getmap out 3) (word-whole (tagged-value v))))
  XDP_PASS)
; BPF: run overlaying eth
; BPF: expect out 0=0x5566 1=0x88 2=0x11223344 3=0xffee334455667788
; BPF: expect tagged_map 8=hex:0300000000000000887766554433eeff

; A struct's own pointers are values to keep and to compare.
(defprog linking (:type :xdp)
  (let ((first (make-nest :tag 4))
        (second (make-nest :tag 5 :link first)))
    (setf (getmap out 0) (= (nest-link second) first)
          (getmap out 1) (= (nest-link first) NULL)
          (nest-link first) (nest-link first)
          (nest-link second) NULL
          (getmap out 2) (if (nest-link second) 1 0)))
  XDP_PASS)
; BPF: run linking eth
; BPF: expect out 0=1 1=1 2=0

; CHECK: sizes: XDP_PASS (2)
; CHECK-NEXT: writing: XDP_PASS (2)
; CHECK-NEXT: reading: XDP_PASS (2)
; CHECK-NEXT: counting: XDP_PASS (2)
; CHECK-NEXT: nesting: XDP_PASS (2)
; CHECK-NEXT: indexing: XDP_PASS (2)
; CHECK-NEXT: indexing: XDP_PASS (2)
; CHECK-NEXT: indexing: XDP_PASS (2)
; CHECK-NEXT: making: XDP_PASS (2)
; CHECK-NEXT: overlaying: XDP_PASS (2)
; CHECK-NEXT: linking: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected
