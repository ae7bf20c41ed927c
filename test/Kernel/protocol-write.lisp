; Every accessor of the built-in headers writes its own bits and no others.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defprog write-eth (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (eth-type p) #x1234
            (eth-dst-mac-hi p) #x44332211
            (eth-dst-mac-lo p) #x6655
            (eth-src-mac-hi p) #xddccbbaa
            (eth-src-mac-lo p) #xffee)))
  XDP_PASS)
; BPF: run write_eth ramp:64 show=14..34
; CHECK: write_eth: XDP_PASS (2)
; CHECK-NEXT: 14..34 0e 0f 11 22 33 44 55 66 aa bb cc dd ee ff 12 34 1e 1f 20 21

(defprog write-vlan (:type :xdp)
  (with-packet (data end :min-len 64)
    (setf (vlan-tci (+ data 16)) #xa123
          (vlan-type (+ data 16)) #x0800
          (vlan-id (+ data 24)) #xfff
          (vlan-pcp (+ data 32)) 7
          (vlan-dei (+ data 40)) 1))
  XDP_PASS)
; BPF: run write_vlan ramp:64 show=14..22,24..28,32..36,40..44
; CHECK-NEXT: write_vlan: XDP_PASS (2)
; CHECK-NEXT: 14..22 0e 0f a1 23 08 00 14 15
; CHECK-NEXT: 24..28 1f ff 1a 1b
; CHECK-NEXT: 32..36 e0 21 22 23
; CHECK-NEXT: 40..44 38 29 2a 2b

(defprog write-ipv4 (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (ipv4-version p) 4
            (ipv4-ihl p) 5
            (ipv4-tos p) #x2e
            (ipv4-total-len p) 1500
            (ipv4-id p) #xbeef
            (ipv4-frag p) #x4000
            (ipv4-ttl p) 63
            (ipv4-protocol p) 17
            (ipv4-checksum p) #xcafe
            (ipv4-src-addr p) #x0100000a
            (ipv4-dst-addr p) #x0200000a)))
  XDP_PASS)
; BPF: run write_ipv4 ramp:64 show=14..38
; CHECK-NEXT: write_ipv4: XDP_PASS (2)
; CHECK-NEXT: 14..38 0e 0f 45 2e 05 dc be ef 40 00 3f 11 ca fe 0a 00 00 01 0a 00 00 02 24 25

; Parts of a byte, and a value too wide for its field.
(defprog write-ipv4-bits (:type :xdp)
  (with-packet (data end :min-len 64)
    (setf (ipv4-ihl (+ data 16)) 15
          (ipv4-dscp (+ data 24)) 63
          (ipv4-ecn (+ data 32)) 2
          (ipv4-ttl (+ data 16)) #x1ff))
  XDP_PASS)
; BPF: run write_ipv4_bits ramp:64 show=16..18,24..27,32..35
; CHECK-NEXT: write_ipv4_bits: XDP_PASS (2)
; CHECK-NEXT: 16..18 1f 11
; CHECK-NEXT: 24..27 ff fd 1a
; CHECK-NEXT: 32..35 20 22 22

(defprog write-ipv6 (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (ipv6-payload-len p) 1280
            (ipv6-nexthdr p) 58
            (ipv6-hop-limit p) 255
            (ipv6-src-addr-hi p) #x00000000000000fd
            (ipv6-src-addr-lo p) #x0100000000000000
            (ipv6-dst-addr-hi p) #x8877665544332211
            (ipv6-dst-addr-lo p) -1)))
  XDP_PASS)
; BPF: run write_ipv6 ramp:64 show=16..20,20..24,24..40,40..60
; CHECK-NEXT: write_ipv6: XDP_PASS (2)
; CHECK-NEXT: 16..20 10 11 12 13
; CHECK-NEXT: 20..24 05 00 3a ff
; CHECK-NEXT: 24..40 fd 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01
; CHECK-NEXT: 40..60 11 22 33 44 55 66 77 88 ff ff ff ff ff ff ff ff 38 39 3a 3b

(defprog write-tcp (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (tcp-src-port p) 443
            (tcp-dst-port p) 40000
            (tcp-seq p) #x01020304
            (tcp-ack-seq p) #xa0b0c0d0
            (tcp-data-offset p) 5
            (tcp-flags p) (logior +tcp-syn+ +tcp-ack+)
            (tcp-window p) #x7fff
            (tcp-checksum p) #x55aa
            (tcp-urgent-ptr p) 1)))
  XDP_PASS)
; BPF: run write_tcp ramp:64 show=14..38
; CHECK-NEXT: write_tcp: XDP_PASS (2)
; CHECK-NEXT: 14..38 0e 0f 01 bb 9c 40 01 02 03 04 a0 b0 c0 d0 5c 12 7f ff 55 aa 00 01 24 25

(defprog write-udp (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (udp-src-port p) 53
            (udp-dst-port p) (+ 1 (udp-dst-port p))
            (udp-length p) 8
            (udp-checksum p) 0)))
  XDP_PASS)
; BPF: run write_udp ramp:64 show=14..26
; CHECK-NEXT: write_udp: XDP_PASS (2)
; CHECK-NEXT: 14..26 0e 0f 00 35 12 14 00 08 00 00 18 19

(defprog write-icmp (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (icmp-type p) 0
            (icmp-code p) 3
            (icmp-checksum p) #x1122
            (icmp-id p) #x3344
            (icmp-seq p) #x5566)))
  XDP_PASS)
; BPF: run write_icmp ramp:64 show=14..26
; CHECK-NEXT: write_icmp: XDP_PASS (2)
; CHECK-NEXT: 14..26 0e 0f 00 03 11 22 33 44 55 66 18 19

(defprog write-arp (:type :xdp)
  (with-packet (data end :min-len 64)
    (let ((p (+ data 16)))
      (setf (arp-operation p) 2
            (arp-sender-addr p) #x0100000a
            (arp-target-addr p) #x0200000a)))
  XDP_PASS)
; BPF: run write_arp ramp:64 show=14..26,30..34,40..46
; CHECK-NEXT: write_arp: XDP_PASS (2)
; CHECK-NEXT: 14..26 0e 0f 10 11 12 13 14 15 00 02 18 19
; CHECK-NEXT: 30..34 0a 00 00 01
; CHECK-NEXT: 40..46 0a 00 00 02 2c 2d
