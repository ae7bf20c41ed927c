; Functions that helpers call: by bpf_loop and for each entry of a map.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct pair (low u32) (high i16))
(defstruct walk (sum u64) (rounds u32) (last u16))

(defmap out :type :array :key u32 :value u64 :max-entries 32)
(defmap pairs :type :hash :key u32 :value pair :max-entries 16)
(defglobal total u64)

(defn add-round ((index u32) (state (ptr walk))) -> u64
  (incf (walk-sum state) (* index index))
  (incf (walk-rounds state))
  (if (>= index 9) 1 0))
(defn add-pair ((map (ptr)) (key (ptr u32)) (value (ptr pair)) (state (ptr walk))) -> u64
  (incf (walk-sum state) (pair-low value))
  (incf (walk-last state) (load u32 key))
  (incf (walk-rounds state))
  0)
(defprog calling-back (:type :xdp)
  (let ((state (make-walk :sum 1000)))
    (setf (getmap out 0) (loop 100 add-round state 0)
          (getmap out 1) (walk-sum state)
          (getmap out 2) (walk-rounds state)))
  (setf (getmap pairs 5) (make-pair :low 50)
        (getmap pairs 6) (make-pair :low 60 :high -1)
        (getmap pairs 7) (make-pair :low 70))
  (let ((state (make-walk)))
    (setf (getmap out 3) (for-each-map-elem pairs add-pair state 0)
          (getmap out 4) (walk-sum state)
          (getmap out 5) (walk-last state)
          (getmap out 6) (walk-rounds state)))
  XDP_PASS)
; BPF: run calling_back eth
; BPF: expect out 0=10 1=1285 2=10 3=3 4=180 5=18 6=3

; A callback calls another function, uses maps, and stops where it wants to; without a
; context it is given null.
(defn (square :inline nil) ((x u32)) -> u64 (* x x))
(defn count-even ((index u32) (nothing (ptr))) -> u64
  (when (= 0 (logand index 1))
    (incf total (square index))
    (incf (getmap out 20)))
  (return (if (= index 20) 1 0)))
(defprog counting (:type :xdp)
  (setf (getmap out 0) (loop 1000 count-even NULL 0)
        (getmap out 1) total)
  XDP_PASS)
; BPF: run counting eth
; BPF: expect out 0=21 1=1540 20=11

; CHECK: calling_back: XDP_PASS (2)
; CHECK-NEXT: counting: XDP_PASS (2)
; CHECK-NEXT: {{^[0-9]+}} values as expected
