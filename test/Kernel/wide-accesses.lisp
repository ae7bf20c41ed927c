; Copies and constants that become wider, and stores that go, leave the same bytes.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v1 -Os %s -o %t.1.o
; RUN: %bpf-run %t.1.o %s | FileCheck %s

(defstruct report (from u32) (to u32) (low u16) (high u16) (one u8) (two u8) (three u16))
(defstruct entry (a u32) (b u32) (c u16) (d u16) (e u32))

(defmap reports :type :ringbuf :max-entries 4096)
(defmap entries :type :array :key u32 :value entry :max-entries 2)
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defmap verdicts :type :array :key u32 :value u64 :max-entries 4)

; Two words of the packet, two fields in the other order, constants.
(defprog record (:type :xdp)
  (with-packet (data end :min-len 40)
    (with-ringbuf (r reports report)
      (setf (report-from r) (load u32 data 5)
            (report-to r) (load u32 data 9)
            (report-low r) (ntohs (load u16 data 22))
            (report-high r) (ntohs (load u16 data 20))
            (report-one r) 1
            (report-two r) 2
            (report-three r) #x8003)))
  XDP_PASS)
; BPF: listen reports
; BPF: run record ramp:64
; CHECK: record: XDP_PASS (2)
; BPF: records reports
; CHECK-NEXT: reports: hex:05060708090a0b0c1716151401020380

; What is written in between is seen by what is read behind.
(defprog moves (:type :xdp)
  (with-packet (data end :min-len 64)
    (store u16 data 20 (load u16 data 16))
    (store u16 data 22 (load u16 data 18))
    (store u16 data 30 (load u16 data 28))
    (store u16 data 32 (load u16 data 30))
    (let ((first (load u32 data 40)) (second (load u32 data 44)))
      (store u32 data 44 first)
      (store u32 data 48 second))
    (store u8 data 60 1)
    (store u8 data 61 2)
    (store u8 data 62 (load u8 data 60))
    (store u8 data 63 4))
  XDP_PASS)
; BPF: run moves ramp:64 show=16..24,28..34,40..52,60..64
; CHECK-NEXT: moves: XDP_PASS (2)
; CHECK-NEXT: 16..24 10 11 12 13 10 11 12 13
; CHECK-NEXT: 28..34 1c 1d 1c 1d 1c 1d
; CHECK-NEXT: 40..52 28 29 2a 2b 28 29 2a 2b 2c 2d 2e 2f
; CHECK-NEXT: 60..64 01 02 01 04

; From one map's value to another entry, which may be the same one.
(defprog values (:type :xdp)
  (when-let ((from (map-lookup entries 0))
             (to (map-lookup entries 1)))
    (setf (entry-a from) 1 (entry-b from) 2
          (entry-c from) 3 (entry-d from) 4
          (entry-e from) -1)
    (setf (entry-a to) (entry-a from) (entry-b to) (entry-b from)
          (entry-c to) (entry-d from) (entry-d to) (entry-c from)
          (entry-e to) (entry-b to)))
  XDP_PASS)
; BPF: run values ramp:64
; CHECK-NEXT: values: XDP_PASS (2)
; BPF: map entries value=hex
; CHECK-NEXT: entries[0] = {{.*}}010000000200000003000400ffffffff
; CHECK-NEXT: entries[1] = {{.*}}01000000020000000400030002000000

; A helper fills two bytes of the variable, also where it fails.
(defprog fill (:type :tc)
  (let ((word 0) (other #x1ffff) (kept -1) (failed 77) (round 5))
    (skb-load-bytes (ctx-ptr) 12 (stack-addr word) 2)
    (skb-load-bytes (ctx-ptr) 12 (stack-addr other) 1)
    (skb-load-bytes (ctx-ptr) 12 (stack-addr kept) 2)
    (skb-load-bytes (ctx-ptr) 5000 (stack-addr failed) 4)
    (setf (getmap out 0) word
          (getmap out 1) other
          (getmap out 2) kept
          (getmap out 3) failed)
    (dotimes (i 3)
      (setf (getmap out (+ i 4)) round)
      (skb-load-bytes (ctx-ptr) i (stack-addr round) 1)))
  TC_ACT_OK)
; BPF: run fill eth(dst=a1:a2:a3:a4:a5:a6)/ipv4/udp
; CHECK-NEXT: fill: TC_ACT_OK (0)
; BPF: expect out 0=8 1=0x1ff08 2=0xffffffffffff0008 3=0 4=5 5=0xa1 6=0xa2

; Padding behind what is loaded is zero, in the key and in the value.
(defstruct padded (port u16) (kind u8) (wide u64) (last u8))
(defmap by-padded :type :hash :key padded :value padded :max-entries 4)
(defprog padding (:type :xdp)
  (with-packet (data end :min-len 40)
    (let ((k (make-padded :port (load u16 data 20) :kind (load u8 data 30)
                          :wide (load u64 data 8) :last (load u8 data 39))))
      (map-update-ptr by-padded k k BPF_ANY)))
  XDP_PASS)
; BPF: run padding ramp:64
; CHECK-NEXT: padding: XDP_PASS (2)
; BPF: map by_padded key=hex value=hex
; CHECK-NEXT: by_padded[hex:14151e000000000008090a0b0c0d0e0f2700000000000000] = hex:14151e000000000008090a0b0c0d0e0f2700000000000000

; Only on some ways is it filled.
(defprog some-ways (:type :tc)
  (let ((word 9))
    (when (> (ctx len) 60)
      (skb-load-bytes (ctx-ptr) 12 (stack-addr word) 2))
    (setf (getmap out 0) word))
  TC_ACT_OK)
; BPF: run some_ways eth/ipv4/udp
; CHECK-NEXT: some_ways: TC_ACT_OK (0)
; BPF: expect out 0=9
; BPF: run some_ways eth/ipv4/udp/pad(100)
; CHECK: some_ways: TC_ACT_OK (0)
; BPF: expect out 0=8

; Counters of verdicts, whose keys are constants.
(defmacro verdict (key value)
  `(progn (incf (getmap verdicts ,key)) (return ,value)))
(defprog judge (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((x (load u8 data 16)))
      (when (> x 200) (verdict 0 XDP_DROP))
      (when (< x 10) (verdict 1 XDP_PASS))
      (store u8 data 17 x)
      (verdict 2 XDP_TX)))
  XDP_PASS)
; BPF: run judge hex:00000000000000000000000000000000ff000000
; CHECK: judge: XDP_DROP (1)
; BPF: run judge hex:0000000000000000000000000000000001000000
; CHECK-NEXT: judge: XDP_PASS (2)
; BPF: run judge hex:0000000000000000000000000000000001000000
; CHECK-NEXT: judge: XDP_PASS (2)
; BPF: run judge hex:0000000000000000000000000000000011000000
; CHECK-NEXT: judge: XDP_TX (3)
; BPF: expect verdicts 0=1 1=2 2=1 3=0
; CHECK-NEXT: {{^}}13 values as expected
