; Fields that are read with bpf_skb_load_bytes, one after the other: the verdicts are the same wherever the packet ends,
; and at every level.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile %s -O0 -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler disasm %s | FileCheck %s --check-prefix=CODE

(defmap sources :type :hash :key u32 :value u64 :max-entries 8)
(defmap seen :type :array :key u32 :value u64 :max-entries 4)

(defprog fields (:type :tc)
  (let ((type u16 0) (protocol 0) (source u32 0) (port u16 0))
    (when (skb-load-bytes (ctx-ptr) 12 (stack-addr type) 2)
      (return TC_ACT_OK))
    (when (/= type (htons +ethertype-ipv4+))
      (return TC_ACT_OK))
    (when (s< (skb-load-bytes (ctx-ptr) 23 (stack-addr protocol) 1) 0)
      (return TC_ACT_OK))
    (when (/= protocol +ip-proto-udp+)
      (return TC_ACT_OK))
    (when (skb-load-bytes (ctx-ptr) 26 (stack-addr source) 4)
      (return TC_ACT_OK))
    (unless (= (skb-load-bytes (ctx-ptr) 36 (stack-addr port) 2) 0)
      (return TC_ACT_OK))
    (incf (getmap sources source))
    (incf (getmap seen 0) (ntohs port)))
  TC_ACT_SHOT)
; CODE-LABEL: fields:
; CODE: r4 = 26
; CODE: bpf_skb_load_bytes
; CODE-NOT: bpf_skb_load_bytes

; Not IPv4, another protocol, too short for the port by one byte, and all of it.
; BPF: run fields hex:0000000000010000000000028100
; CHECK: fields: TC_ACT_OK (0)
; BPF: run fields eth/ipv4/tcp(dport=53)
; CHECK-NEXT: fields: TC_ACT_OK (0)
; BPF: run fields hex:00000000000100000000000208004500002000010000401100000a0000010a000002ffff00
; CHECK-NEXT: fields: TC_ACT_OK (0)
; BPF: expect seen 0=0
; BPF: run fields hex:00000000000100000000000208004500002000010000401100000a0000010a000002ffff0035
; CHECK-NEXT: fields: TC_ACT_SHOT (2)
; BPF: expect sources 0x0100000a=1
; BPF: expect seen 0=53

; Each failure is told apart: the calls stay as they are.
(defprog told-apart (:type :tc)
  (let ((type u16 0) (protocol 0))
    (when (skb-load-bytes (ctx-ptr) 12 (stack-addr type) 2)
      (return TC_ACT_OK))
    (when (skb-load-bytes (ctx-ptr) 23 (stack-addr protocol) 1)
      (incf (getmap seen 1))
      (return TC_ACT_OK))
    (setf (getmap seen 2) (+ (* 256 protocol) (ntohs type))))
  TC_ACT_SHOT)
; CODE-LABEL: told_apart:
; CODE-COUNT-2: bpf_skb_load_bytes
; BPF: run told_apart hex:0000000000010000000000028100
; CHECK-NEXT: told_apart: TC_ACT_OK (0)
; BPF: expect seen 1=1 2=0
; BPF: run told_apart eth/ipv4/tcp
; CHECK-NEXT: told_apart: TC_ACT_SHOT (2)
; BPF: expect seen 1=1 2=0xe00

; Backwards.
(defprog backwards (:type :tc)
  (let ((type u16 0) (ports u32 0))
    (when (skb-load-bytes (ctx-ptr) 34 (stack-addr ports) 4)
      (return TC_ACT_OK))
    (when (skb-load-bytes (ctx-ptr) 12 (stack-addr type) 2)
      (return TC_ACT_OK))
    (when (and (= type (htons +ethertype-ipv4+)) (= ports (htonl #xffff0035)))
      (return TC_ACT_SHOT)))
  TC_ACT_OK)
; CODE-LABEL: backwards:
; CODE: r2 = 12
; CODE: r4 = 26
; CODE: bpf_skb_load_bytes
; CODE-NOT: bpf_skb_load_bytes
; BPF: run backwards hex:00000000000100000000000208004500002000010000401100000a0000010a000002ffff00
; CHECK-NEXT: backwards: TC_ACT_OK (0)
; BPF: run backwards hex:00000000000100000000000208004500002000010000401100000a0000010a000002ffff0036
; CHECK-NEXT: backwards: TC_ACT_OK (0)
; BPF: run backwards hex:00000000000100000000000208004500002000010000401100000a0000010a000002ffff0035
; CHECK-NEXT: backwards: TC_ACT_SHOT (2)
