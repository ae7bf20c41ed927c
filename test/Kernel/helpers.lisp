; Helpers are called by name, with the context, maps and stack memory as arguments.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defmap table :type :hash :key u32 :value u64 :max-entries 8)

(defprog clocks (:type :xdp)
  (let ((before (ktime-get-ns)))
    (setf (getmap out 0) (<= before (ktime-get-ns)))
    (setf (getmap out 1) (> before 1000000000))
    (setf (getmap out 2) (< (get-smp-processor-id) 1024)))
  XDP_PASS)
; BPF: run clocks eth
; CHECK: clocks: XDP_PASS (2)
; BPF: expect out 0=1 1=1 2=1

; Five arguments; memory on the stack is filled by the helper.
(defprog reading (:type :tc)
  (let ((word 0))
    (setf (getmap out 0)
          (skb-load-bytes (ctx-ptr) 12 (stack-addr word) 2))
    (setf (getmap out 1) (ntohs word))
    (setf (getmap out 2)
          (skb-load-bytes (ctx-ptr) 5000 (stack-addr word) 2))
    (setf word #xddccbbaa)
    (setf (getmap out 3)
          (skb-store-bytes (ctx-ptr) 20 (stack-addr word) 4 0)))
  TC_ACT_OK)
; BPF: run reading eth/ipv6/tcp show=18..25
; CHECK-NEXT: reading: TC_ACT_OK (0)
; CHECK-NEXT: 18..25 00 14 aa bb cc dd 00
; BPF: expect out 0=0 1=0x86dd 2=-14 3=0

; Map helpers under their own names.
(defprog raw-maps (:type :xdp)
  (let ((key u32 5) (value u64 500))
    (setf (getmap out 0)
          (map-update-elem table (stack-addr key) (stack-addr value) BPF_ANY))
    (when-let ((p (map-lookup-elem table (stack-addr key))))
      (setf (getmap out 1) (load u64 p 0)))
    (setf (getmap out 2) (map-delete-elem table (stack-addr key)))
    (setf (getmap out 3) (map-delete-elem table (stack-addr key))))
  XDP_PASS)
; BPF: run raw_maps eth
; CHECK-NEXT: raw_maps: XDP_PASS (2)
; BPF: expect out 0=0 1=500 2=0 3=-2

; A helper that moves the packet: the bounds are checked anew afterwards.
(defprog grow (:type :xdp)
  (when (s< (xdp-adjust-head (ctx-ptr) -4) 0)
    (return XDP_ABORTED))
  (with-packet (data end :min-len 18)
    (memcpy data 0 data 4 12)
    (store u16 data 12 (htons #x8100))
    (store u16 data 14 (htons 42)))
  XDP_PASS)
; BPF: run grow eth/arp show=len,0..20
; CHECK-NEXT: grow: XDP_PASS (2)
; CHECK-NEXT: length 46
; CHECK-NEXT: 0..20 02 00 00 00 00 02 02 00 00 00 00 01 81 00 00 2a 08 06 00 01
; CHECK-NEXT: {{^}}11 values as expected
