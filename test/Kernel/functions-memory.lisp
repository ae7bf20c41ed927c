; Functions and memory: structs that are passed on, written in one function and read in
; another, on the stack, in maps, in global variables and in packets.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v1 %s -o %t.v1.o
; RUN: %bpf-run %t.v1.o %s | FileCheck %s

(defstruct stats (packets u64) (bytes u64) (small u8) (sizes (array u16 6)) (worst i32))
(defstruct huge (head u32) (bytes (array u8 1500)) (tail u32))
(defmap by-cpu :type :percpu-array :key u32 :value stats :max-entries 2)
(defmap recent :type :lru-hash :key u32 :value stats :max-entries 16)
(defmap scratch :type :percpu-array :key u32 :value huge :max-entries 1)
(defmap jumps :type :prog-array :max-entries 4)
(defmap out :type :array :key u32 :value u64 :max-entries 16)
(defglobal total stats)
(defglobal turns u32 0)

(defn (account :inline nil) ((s (ptr stats)) (size u32)) -> u32
  (incf (stats-packets s))
  (incf (stats-bytes s) size)
  (incf (stats-small s) size)
  (incf (stats-sizes s (min (>> size 5) 5)))
  (setf (stats-worst s) (- 0 size))
  (stats-small s))

(defn (copy-over :inline nil) ((to (ptr stats)) (from (ptr stats))) -> u64
  (memcpy to 0 from 0 (sizeof stats))
  (atomic-add (stats-bytes-ptr to) 0 1000)
  (stats-bytes to))

(defn average ((s (ptr stats))) -> u64
  (/ (stats-bytes s) (stats-packets s)))

; Five arguments and more values than there are registers across the calls.
(defn (mix :inline nil) ((a u64) (b u32) (c i16) (d (ptr stats)) (e u8)) -> i64
  (let ((x (account d b))
        (y (account d e))
        (z (account d 7)))
    (+ a b c e (* 2 x) (* 3 y) (* 5 z) (stats-packets d))))

(defprog passing (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((b (load u8 data 16))
          (local (make-stats :worst 5))
          (other (make-stats)))
      (setf (getmap out 0) (account local 100)
            (getmap out 1) (account local b)
            (getmap out 2) (average local)
            (getmap out 3) (copy-over other local)
            (getmap out 4) (average other)
            (getmap out 5) (account total 33)
            (getmap out 6) (copy-over total other)
            (getmap out 7) (stats-worst total)
            (getmap out 8) (stats-sizes total 5)
            (getmap out 9) (mix 10000 b (- 0 b) other b))
      (when-let ((mine (map-lookup by-cpu 1)))
        (copy-over mine other)
        (account mine 1)
        (setf (getmap recent 9) mine)
        (setf (getmap out 10) (stats-bytes mine)))
      (when-let ((found (getmap recent 9)))
        (setf (getmap out 11) (stats-bytes found)
              (getmap out 12) (stats-worst found)))))
  XDP_PASS)
; The low byte of 100 + 200 is 44.
; BPF: run passing hex:00000000000000000000000000000000c8000000
; BPF: expect out 0=100 1=44 2=150 3=1300 4=650 5=33 6=2300 7=-200 8=1
; mix: 44 + 200, + 200 and + 7 in the low byte: 244, 188, 195; then 5 packets.
; BPF: expect out 9=12232 10=2708 11=2708 12=-1

; What is too large for the stack is put together in a map.
(defprog large (:type :xdp)
  (with-packet (data end :min-len 64)
    (when-let ((h (map-lookup scratch 0)))
      (setf (huge-head h) #x11223344
            (huge-tail h) 5)
      (memcpy (huge-bytes h) 700 data 0 64)
      (setf (getmap out 0) (huge-bytes h 700)
            (getmap out 1) (huge-bytes h 763)
            (getmap out 2) (- (huge-tail-ptr h) h)
            (getmap out 3) (sizeof huge))
      (incf (huge-bytes h (+ 700 (min 50 (load u8 data 0)))) 3)
      (setf (getmap out 4) (huge-bytes h 702))))
  XDP_PASS)
; BPF: run large hex:02000700000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009
; BPF: expect out 0=2 1=9 2=1504 3=1508 4=10

; Where the slot is filled, the program there takes the function's place and returns to
; its caller.
(defn (jump :inline nil) ((ctx (ptr xdp-md)) (index u32)) -> u32
  (incf turns)
  (tail-call jumps index)
  (incf turns 10))
(defprog target (:type :xdp)
  (incf turns 100)
  XDP_TX)
(defprog jumping (:type :xdp)
  (setf turns 0)
  (setf (getmap out 0) (jump (ctx-ptr) 3)
        (getmap out 1) (jump (ctx-ptr) 1)
        (getmap out 2) turns)
  XDP_DROP)
; BPF: set out 0=0 1=0
; BPF: run jumping eth
; BPF: expect out 0=11 1=22 2=22
; BPF: tail jumps 1=target
; BPF: set out 0=0 1=0
; BPF: run jumping eth
; BPF: expect out 0=11 1=3 2=112

; CHECK: passing: XDP_PASS (2)
; CHECK-NEXT: large: XDP_PASS (2)
; CHECK-NEXT: jumping: XDP_DROP (1)
; CHECK-NEXT: jumping: XDP_DROP (1)
; CHECK-NEXT: {{^[0-9]+}} values as expected
