; Tests of header fields that optimisation moves, merges and swaps, with packets
; for each way through them.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v1 %s -o %t.1.o
; RUN: %bpf-run %t.1.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v4 %s -o %t.4.o
; RUN: %bpf-run %t.4.o %s | FileCheck %s

; Both ports in one load, in network byte order.
(defprog ports (:type :xdp)
  (with-tcp (data end tcp)
    (when (and (= (tcp-src-port tcp) 22) (= (tcp-dst-port tcp) 40000))
      (return 10)))
  11)
; BPF: run ports eth/ipv4/tcp(sport=22,dport=40000)
; CHECK: ports: 10
; BPF: run ports eth/ipv4/tcp(sport=22,dport=40001)
; CHECK-NEXT: ports: 11
; BPF: run ports eth/ipv4/tcp(sport=5632,dport=40000)
; CHECK-NEXT: ports: 11
; BPF: run ports eth/ipv4/tcp(sport=40000,dport=22)
; CHECK-NEXT: ports: 11
; BPF: run ports eth/ipv4/udp(sport=22,dport=40000)/pad(60)
; CHECK-NEXT: ports: 11

; Three bits of one byte.
(defprog flags (:type :xdp)
  (with-tcp (data end tcp)
    (let ((f (tcp-flags tcp)))
      (when (and (/= (logand f +tcp-syn+) 0)
                 (= (logand f +tcp-ack+) 0)
                 (= (logand f +tcp-rst+) 0))
        (return 10))
      (when (and (= (logand f +tcp-fin+) 0) (= (logand f +tcp-rst+) 0))
        (return 11))))
  12)
; BPF: run flags eth/ipv4/tcp(flags=S)
; CHECK-NEXT: flags: 10
; BPF: run flags eth/ipv4/tcp(flags=SP)
; CHECK-NEXT: flags: 10
; BPF: run flags eth/ipv4/tcp(flags=SA)
; CHECK-NEXT: flags: 11
; BPF: run flags eth/ipv4/tcp(flags=SR)
; CHECK-NEXT: flags: 12
; BPF: run flags eth/ipv4/tcp(flags=FA)
; CHECK-NEXT: flags: 12
; BPF: run flags eth/ipv4/tcp(flags=A)
; CHECK-NEXT: flags: 11

; Parts of swapped values.
(defprog parts (:type :xdp)
  (with-ipv4 (data end ip)
    (let ((src (ipv4-src-addr ip)) (dst (ntohl (ipv4-dst-addr ip))))
      (when (= (>> dst 24) 10) (return 10))
      (when (= (logand dst #xffff0000) #xc0a80000) (return 11))
      (when (= dst #xe0000001) (return 12))
      (when (= (ntohl src) dst) (return 13))
      (when (> dst #xf0000000) (return 14))))
  15)
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=10.200.3.4)/tcp
; CHECK-NEXT: parts: 10
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=192.168.3.4)/tcp
; CHECK-NEXT: parts: 11
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=192.169.3.4)/tcp
; CHECK-NEXT: parts: 15
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=224.0.0.1)/tcp
; CHECK-NEXT: parts: 12
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=1.2.3.4)/tcp
; CHECK-NEXT: parts: 13
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=240.0.0.1)/tcp
; CHECK-NEXT: parts: 14
; BPF: run parts eth/ipv4(src=1.2.3.4,dst=4.3.2.10)/tcp
; CHECK-NEXT: parts: 15

; Checks behind checks, the last one at a distance that the packet tells, with
; fields of all headers read behind it.
(defprog options (:type :xdp)
  (with-packet (data end :min-len 14)
    (when (/= (load u16 data 12) #x0008) (return 10))
    (let ((ip (+ data 14)))
      (when (> (+ ip 20) end) (return 11))
      (when (/= (load u8 ip 9) 17) (return 12))
      (let ((udp (+ ip (<< (logand (load u8 ip 0) 15) 2))))
        (when (> (+ udp 8) end) (return 13))
        (when (and (= (load u16 udp 2) #x3500) (= (load u8 ip 8) 64)
                   (= (load u16 data 12) #x0008))
          (return 14)))))
  15)
; BPF: run options eth/ipv4/udp(dport=53)/pad(60)
; CHECK-NEXT: options: 14
; BPF: run options eth/ipv4/udp(dport=54)/pad(60)
; CHECK-NEXT: options: 15
; BPF: run options eth/ipv4/udp(dport=53)/cut(41)
; CHECK-NEXT: options: 13
; BPF: run options eth/ipv4/udp(dport=53)/cut(33)
; CHECK-NEXT: options: 11
; BPF: run options eth/ipv4/tcp
; CHECK-NEXT: options: 12
; BPF: run options eth/ipv6/tcp
; CHECK-NEXT: options: 10

; A field that the packet may be too short for is read only where it is there.
(defprog cut (:type :xdp)
  (with-packet (data end :min-len 15)
    (when (and (= (load u16 data 12) #x0008) (= (load u8 data 14) #x45))
      (return 10)))
  11)
; BPF: run cut eth/ipv4/cut(15)
; CHECK-NEXT: cut: 10
; BPF: run cut eth/ipv4/tcp
; CHECK-NEXT: cut: 10
; BPF: run cut eth/ipv6/tcp
; CHECK-NEXT: cut: 11

; Widths: products, masks and signs.
(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defprog widths (:type :xdp)
  (with-packet (data end :min-len 32)
    (let ((x (load u32 data 20)) (b (load u8 data 30)))
      (setf (getmap out 0) (cast u32 (* x 2654435761)))
      (setf (getmap out 1) (>> (cast u32 (* (logxor x (>> x 16)) 2246822507)) 13))
      (setf (getmap out 2) (logand (logior x #xf00000000) #xffffffff))
      (setf (getmap out 3) (if (< (cast i32 (- 0 x)) -5) 1 2))
      (setf (getmap out 4) (cast u16 (+ (cast i8 (+ b 200)) 7)))
      (setf (getmap out 5) (>> (+ (logand x #xffff) #xffff) 16))
      (setf (getmap out 6) (logand b 255))))
  XDP_PASS)
; BPF: run widths ramp:32
; CHECK-NEXT: widths: XDP_PASS (2)
; BPF: expect out 0=0x458706d4 1=0x72cf3 2=0x17161514 3=0x1 4=0xffed 5=0x1 6=0x1e

; Shorter and shorter packets. Once one was found to be too short, the verifier takes
; what is computed from the pointer behind its end to be behind it, too, and drops
; the other ways: a packet of 42 bytes would be taken for one of less.
(defprog lengths (:type :xdp)
  (let ((data (xdp-data)) (end (xdp-data-end)))
    (when (<= (+ data 54) end)
      (return (+ 1000 (load u8 data 53))))
    (when (<= (+ data 42) end)
      (return (+ 2000 (load u8 data 14))))
    (when (<= (+ data 20) end)
      (return (+ 3000 (load u8 data 13)))))
  XDP_TX)
; BPF: run lengths eth/ipv4/tcp
; CHECK-NEXT: lengths: 1000
; BPF: run lengths eth/ipv4/udp
; CHECK-NEXT: lengths: 2069
; BPF: run lengths eth/ipv4/udp/cut(41)
; CHECK-NEXT: lengths: 3000
; BPF: run lengths eth
; CHECK-NEXT: lengths: XDP_TX (3)
; CHECK-NEXT: 7 values as expected
