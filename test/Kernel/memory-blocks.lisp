; memset and memcpy write the bytes that they are told to, and no others.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defprog fill (:type :xdp)
  (with-packet (data end :min-len 64)
    (memset data 16 0 1)
    (memset data 19 #xaa 3)
    (memset data 24 #xff 8)
    (memset (+ data 32) 1 #x5b 15)
    (memset data 48 7 0))
  XDP_PASS)
; BPF: run fill ramp:64 show=15..25,24..33,32..49
; CHECK: fill: XDP_PASS (2)
; CHECK-NEXT: 15..25 0f 00 11 12 aa aa aa 16 17 ff
; CHECK-NEXT: 24..33 ff ff ff ff ff ff ff ff 20
; CHECK-NEXT: 32..49 20 5b 5b 5b 5b 5b 5b 5b 5b 5b 5b 5b 5b 5b 5b 5b 30

(defprog copy (:type :xdp)
  (with-packet (data end :min-len 64)
    (memcpy data 48 data 16 1)
    (memcpy data 50 data 17 7)
    (memcpy (+ data 14) 0 (+ data 30) 1 6)
    (memcpy data 58 data 32 0))
  XDP_PASS)
; BPF: run copy ramp:64 show=14..21,47..60
; CHECK-NEXT: copy: XDP_PASS (2)
; CHECK-NEXT: 14..21 1f 20 21 22 23 24 14
; CHECK-NEXT: 47..60 2f 10 31 11 12 13 14 15 16 17 39 3a 3b

; Swapping the two MAC addresses through variables on the stack.
(defprog reflect (:type :xdp)
  (with-eth (data end)
    (let (upper lower)
      (memcpy (stack-addr upper) 0 (eth-dst data) 0 6)
      (memcpy (stack-addr lower) 0 (eth-src data) 0 6)
      (memcpy (eth-dst data) 0 (stack-addr lower) 0 6)
      (memcpy (eth-src data) 0 (stack-addr upper) 0 6)
      (return XDP_TX)))
  XDP_PASS)
; BPF: run reflect eth(dst=01:02:03:04:05:06,src=0a:0b:0c:0d:0e:0f)/arp show=0..14
; CHECK-NEXT: reflect: XDP_TX (3)
; CHECK-NEXT: 0..14 0a 0b 0c 0d 0e 0f 01 02 03 04 05 06 08 06
