; Atomic operations on map values and what the fetching ones yield.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; CHECK: plain: XDP_PASS (2)
; CHECK-NEXT: fetching: XDP_PASS (2)
; CHECK-NEXT: narrow: XDP_PASS (2)
; CHECK-NEXT: {{^}}16 values as expected

(defmap cells :type :array :key u32 :value u64 :max-entries 16)
(defmap halves :type :array :key-size 4 :value-size 8 :max-entries 4)

; BPF: set cells 0=0xffffffff 1=0xf0f0 2=0xf0f0 3=0xf0f0 4=100 5=7 6=8 7=8
(defprog plain (:type :xdp)
  (when-let ((p (map-lookup cells 0))) (atomic-add p 0 1))
  (when-let ((p (map-lookup cells 1))) (atomic-or p 0 #x0f00))
  (when-let ((p (map-lookup cells 2))) (atomic-and p 0 #x00f0))
  (when-let ((p (map-lookup cells 3))) (atomic-xor p 0 #xffff))
  XDP_PASS)
; BPF: run plain eth
; BPF: expect cells 0=0x100000000 1=0xfff0 2=0xf0 3=0x0f0f

; The old value goes to the cell eight places on.
(defprog fetching (:type :xdp)
  (when-let ((p (map-lookup cells 4)))
    (setf (getmap cells 12) (atomic-fetch-add p 0 5)))
  (when-let ((p (map-lookup cells 5)))
    (setf (getmap cells 13) (atomic-xchg p 0 70)))
  (when-let ((p (map-lookup cells 6)))
    (setf (getmap cells 14) (atomic-cmpxchg p 0 8 80)))
  (when-let ((p (map-lookup cells 7)))
    (setf (getmap cells 15) (atomic-cmpxchg p 0 9 90)))
  XDP_PASS)
; BPF: run fetching eth
; BPF: expect cells 4=105 12=100 5=70 13=7 6=80 14=8 7=8 15=8

; 32 bits wide: the neighbouring half is not touched.
; BPF: set halves 0=0xffffffff 1=0x12345678ffffffff
(defprog narrow (:type :xdp)
  (when-let ((p (map-lookup halves 0)))
    (atomic-add p 0 1 u32)
    (atomic-add p 4 9 u32))
  (when-let ((p (map-lookup halves 1))) (atomic-add p 0 2 u32))
  (when-let ((p (map-lookup halves 2))) (atomic-or p 4 #x10 u32))
  XDP_PASS)
; BPF: run narrow eth
; BPF: expect halves 0=0x900000000 1=0x1234567800000001 2=0x1000000000 3=0
