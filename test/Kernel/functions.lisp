; Functions that programs call: static and global, inlined and not, with narrow types
; at their borders, pointers, and packets.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v1 %s -o %t.v1.o
; RUN: %bpf-run %t.v1.o %s | FileCheck %s

(defstruct pair (low u32) (high i16))

(defmap out :type :array :key u32 :value u64 :max-entries 32)
(defmap pairs :type :hash :key u32 :value pair :max-entries 16)
(defglobal calls u32 0)

(defn weigh ((a u64) (b u64) (c u64) (d u64) (e u64)) -> u64
  (+ a (* 10 b) (* 100 c) (* 1000 d) (* 10000 e)))
(defn (weigh-apart :inline nil) ((a u64) (b u64) (c u64) (d u64) (e u64)) -> u64
  (incf calls)
  (+ a (* 10 b) (* 100 c) (* 1000 d) (* 10000 e)))
(defn (weigh-global :global t) ((a u64) (b u64) (c u64) (d u64) (e u64)) -> u64
  (weigh-apart e d c b a))

(defprog five-arguments (:type :xdp)
  (with-packet (data end :min-len 21)
    (let ((one (load u8 data 16)))
      (setf (getmap out 0) (weigh one 2 3 4 5)
            (getmap out 1) (weigh-apart one 2 3 4 5)
            (getmap out 2) (weigh-global one 2 3 4 5)
            (getmap out 3) (weigh-apart (weigh one 0 0 0 0) (weigh-apart 2 0 0 0 0) 3
                                        (weigh-global 0 0 0 0 4) 5)
            (getmap out 4) calls)))
  XDP_PASS)
; BPF: run five_arguments hex:000000000000000000000000000000000100000000
; BPF: expect out 0=54321 1=54321 2=12345 3=54321 4=5

; Arguments and results are cut to their types and extended from them.
(defn (narrow-u8 :inline nil) ((x u8)) -> u64 x)
(defn (narrow-i8 :inline nil) ((x i8)) -> u64 x)
(defn (narrow-u16 :inline nil) ((x u16)) -> u64 (+ x 1))
(defn (narrow-i16 :inline nil) ((x i16)) -> i64 (- x 1))
(defn (narrow-u32 :inline nil) ((x u32)) -> u64 (>> x 4))
(defn (narrow-i32 :inline nil) ((x i32)) -> u64 (>> x 4))
(defn (result-u8 :inline nil) ((x u64)) -> u8 (+ x 1))
(defn (result-i8 :inline nil) ((x u64)) -> i8 (+ x 1))
(defn (result-i16 :global t) ((x u64)) -> i16 (* x 2))
(defn (result-u32 :global t) ((x u32)) -> u32 (- x 1))
(defn (result-i32 :inline nil) ((x i32)) -> i32 (- 0 x))
(defn inlined-i8 ((x i8)) -> i8 (* x 3))
(defn inlined-u16 ((x u16)) -> u16 (+ x #xffff))

(defprog borders (:type :xdp)
  (with-packet (data end :min-len 24)
    (let ((x (load u64 data 16)))
      (setf (getmap out 0) (narrow-u8 x)
            (getmap out 1) (narrow-i8 x)
            (getmap out 2) (narrow-u16 x)
            (getmap out 3) (narrow-i16 x)
            (getmap out 4) (narrow-u32 x)
            (getmap out 5) (narrow-i32 x)
            (getmap out 6) (result-u8 x)
            (getmap out 7) (result-i8 x)
            (getmap out 8) (result-i16 x)
            (getmap out 9) (result-u32 x)
            (getmap out 10) (result-i32 x)
            (getmap out 11) (inlined-i8 x)
            (getmap out 12) (inlined-u16 x)
            (getmap out 13) (s< (result-i8 x) 0)
            (getmap out 14) (> (result-i32 x) 0)
            (getmap out 15) (= (narrow-i8 x) (cast i8 x)))))
  XDP_PASS)
; x is 0x8899aabb_ccddeeff.
; BPF: run borders hex:00000000000000000000000000000000ffeeddccbbaa9988
; BPF: expect out 0=0xff 1=-1 2=0xef00 3=-4354 4=0x0ccddeef 5=0x0ffffffffccddeef
; BPF: expect out 6=0 7=0 8=-8706 9=0xccddeefe 10=0x33221101 11=-3 12=0xeefe 13=0 14=1 15=1
; x is 0x7f.
; BPF: run borders hex:000000000000000000000000000000007f00000000000000
; BPF: expect out 0=0x7f 1=0x7f 2=0x80 3=0x7e 4=7 5=7 6=0x80 7=-128 8=0xfe 9=0x7e 10=-127 11=125 12=0x7e 13=1 14=1 15=1

; Pointers go in and out; what they point to is typed.
(defn (fill :inline nil) ((p (ptr pair)) (low u32) (high i16)) -> u32
  (setf (pair-low p) low
        (pair-high p) high)
  (+ (pair-low p) 1))
(defn (sum-up :inline nil) ((p (ptr pair))) -> i64
  (+ (pair-low p) (pair-high p)))
(defn (find-pair :inline nil) ((key u32)) -> (ptr pair)
  (map-lookup pairs key))
(defn (fill-global :global t) ((p (ptr pair)) (low u32)) -> u32
  (if p
      (progn (setf (pair-low p) low) 1)
      0))
(defn swap ((p (ptr pair)))
  (let ((low (pair-low p)))
    (setf (pair-low p) (pair-high p)
          (pair-high p) low)
    0))

(defprog pointers (:type :xdp)
  (let ((p (make-pair)))
    (setf (getmap out 0) (fill p 1000 -7)
          (getmap out 1) (sum-up p)
          (getmap pairs 5) p)
    (when-let ((found (find-pair 5)))
      (incf (pair-low found))
      (setf (getmap out 2) (sum-up found)
            (getmap out 3) (fill-global found 77)
            (getmap out 4) (sum-up found)))
    (setf (getmap out 5) (if (find-pair 6) 1 0)
          (getmap out 6) (fill-global p 3))
    (swap p)
    (setf (getmap out 7) (pair-low p)
          (getmap out 8) (pair-high p)))
  XDP_PASS)
; BPF: run pointers eth
; BPF: expect out 0=1001 1=993 2=994 3=1 4=70 5=0 6=1 7=0xfffffff9 8=3

; A parameter that is the context makes a function of packets.
(defn (ttl-of :inline nil) ((ctx (ptr xdp-md))) -> u8
  (with-ipv4 (data end ip)
    (return (ipv4-ttl ip)))
  0)
(defn (length-of :inline nil) ((ctx (ptr xdp-md))) -> u32
  (- (ctx data-end) (ctx data)))
(defn (port-of :inline nil) ((ctx (ptr xdp-md)) (wanted u16)) -> u32
  (with-tcp (data end tcp)
    (return (if (= (tcp-dst-port tcp) wanted) 1 2)))
  (with-udp (data end udp)
    (return (if (= (udp-dst-port udp) wanted) 3 4)))
  5)

(defprog packets (:type :xdp)
  (setf (getmap out 0) (ttl-of (ctx-ptr))
        (getmap out 1) (length-of (ctx-ptr))
        (getmap out 2) (port-of (ctx-ptr) 443))
  XDP_PASS)
; BPF: run packets eth/ipv4(ttl=9)/tcp(dport=443)
; BPF: expect out 0=9 1=54 2=1
; BPF: run packets eth/ipv4(ttl=200)/udp(dport=53)
; BPF: expect out 0=200 1=42 2=4
; BPF: run packets eth
; BPF: expect out 0=0 2=5

; Returns leave the function and nothing else, also where it is inlined.
(defn early ((x u64)) -> u64
  (dotimes (i 8)
    (when (= i x)
      (return (* i 100))))
  (block inner
    (when (> x 1000)
      (return-from inner 0))
    (when (> x 100)
      (return 1)))
  2)
(defprog returning (:type :xdp)
  (with-packet (data end :min-len 20)
    (setf (getmap out 0) (early (load u8 data 16))
          (getmap out 1) (early (+ 100 (load u8 data 16)))
          (getmap out 2) (early (+ 1000 (load u8 data 16)))
          (getmap out 3) (+ (early 3) (early 9))))
  XDP_PASS)
; BPF: run returning hex:0000000000000000000000000000000005000000
; BPF: expect out 0=500 1=1 2=2 3=302

; CHECK: five_arguments: XDP_PASS (2)
; CHECK-NEXT: borders: XDP_PASS (2)
; CHECK-NEXT: borders: XDP_PASS (2)
; CHECK-NEXT: pointers: XDP_PASS (2)
; CHECK-NEXT: packets: XDP_PASS (2)
; CHECK-NEXT: packets: XDP_PASS (2)
; CHECK-NEXT: packets: XDP_PASS (2)
; CHECK-NEXT: returning: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected
