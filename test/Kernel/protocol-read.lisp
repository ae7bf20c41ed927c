; Every accessor of the built-in headers reads the right bytes in the right order.
;
; Byte N of the packet holds the number N, and the accessors look from byte 32 on.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; CHECK: {{^}}68 values as expected

(defmap out :type :array :key u32 :value u64 :max-entries 16)

(defprog read-eth (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (eth-type p))
      (setf (getmap out 1) (eth-dst-mac-hi p))
      (setf (getmap out 2) (eth-dst-mac-lo p))
      (setf (getmap out 3) (eth-src-mac-hi p))
      (setf (getmap out 4) (eth-src-mac-lo p))))
  XDP_PASS)
; BPF: run read_eth ramp:96
; BPF: expect out 0=0x2c2d 1=0x23222120 2=0x2524 3=0x29282726 4=0x2b2a

(defprog read-vlan (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (vlan-tci p))
      (setf (getmap out 1) (vlan-pcp p))
      (setf (getmap out 2) (vlan-dei p))
      (setf (getmap out 3) (vlan-id p))
      (setf (getmap out 4) (vlan-type p))))
  XDP_PASS)
; BPF: run read_vlan ramp:96
; BPF: expect out 0=0x2021 1=0x1 2=0x0 3=0x21 4=0x2223

(defprog read-arp (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (arp-hardware-type p))
      (setf (getmap out 1) (arp-protocol-type p))
      (setf (getmap out 2) (arp-hardware-len p))
      (setf (getmap out 3) (arp-protocol-len p))
      (setf (getmap out 4) (arp-operation p))
      (setf (getmap out 5) (arp-sender-addr p))
      (setf (getmap out 6) (arp-target-addr p))))
  XDP_PASS)
; BPF: run read_arp ramp:96
; BPF: expect out 0=0x2021 1=0x2223 2=0x24 3=0x25 4=0x2627 5=0x31302f2e 6=0x3b3a3938

(defprog read-ipv4 (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (ipv4-version p))
      (setf (getmap out 1) (ipv4-ihl p))
      (setf (getmap out 2) (ipv4-tos p))
      (setf (getmap out 3) (ipv4-dscp p))
      (setf (getmap out 4) (ipv4-ecn p))
      (setf (getmap out 5) (ipv4-total-len p))
      (setf (getmap out 6) (ipv4-id p))
      (setf (getmap out 7) (ipv4-frag p))
      (setf (getmap out 8) (ipv4-flags p))
      (setf (getmap out 9) (ipv4-frag-off p))
      (setf (getmap out 10) (ipv4-ttl p))
      (setf (getmap out 11) (ipv4-protocol p))
      (setf (getmap out 12) (ipv4-checksum p))
      (setf (getmap out 13) (ipv4-src-addr p))
      (setf (getmap out 14) (ipv4-dst-addr p))))
  XDP_PASS)
; BPF: run read_ipv4 ramp:96
; BPF: expect out 0=0x2 1=0x0 2=0x21 3=0x8 4=0x1 5=0x2223 6=0x2425 7=0x2627 8=0x1 9=0x627 10=0x28 11=0x29 12=0x2a2b 13=0x2f2e2d2c 14=0x33323130

(defprog read-ipv6 (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (ipv6-version p))
      (setf (getmap out 1) (ipv6-traffic-class p))
      (setf (getmap out 2) (ipv6-flow-label p))
      (setf (getmap out 3) (ipv6-payload-len p))
      (setf (getmap out 4) (ipv6-nexthdr p))
      (setf (getmap out 5) (ipv6-hop-limit p))
      (setf (getmap out 6) (ipv6-src-addr-hi p))
      (setf (getmap out 7) (ipv6-src-addr-lo p))
      (setf (getmap out 8) (ipv6-dst-addr-hi p))
      (setf (getmap out 9) (ipv6-dst-addr-lo p))))
  XDP_PASS)
; BPF: run read_ipv6 ramp:96
; BPF: expect out 0=0x2 1=0x2 2=0x12223 3=0x2425 4=0x26 5=0x27 6=0x2f2e2d2c2b2a2928 7=0x3736353433323130 8=0x3f3e3d3c3b3a3938 9=0x4746454443424140

(defprog read-tcp (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (tcp-src-port p))
      (setf (getmap out 1) (tcp-dst-port p))
      (setf (getmap out 2) (tcp-seq p))
      (setf (getmap out 3) (tcp-ack-seq p))
      (setf (getmap out 4) (tcp-data-offset p))
      (setf (getmap out 5) (tcp-reserved p))
      (setf (getmap out 6) (tcp-flags p))
      (setf (getmap out 7) (tcp-window p))
      (setf (getmap out 8) (tcp-checksum p))
      (setf (getmap out 9) (tcp-urgent-ptr p))))
  XDP_PASS)
; BPF: run read_tcp ramp:96
; BPF: expect out 0=0x2021 1=0x2223 2=0x24252627 3=0x28292a2b 4=0x2 5=0xc 6=0x2d 7=0x2e2f 8=0x3031 9=0x3233

(defprog read-udp (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (udp-src-port p))
      (setf (getmap out 1) (udp-dst-port p))
      (setf (getmap out 2) (udp-length p))
      (setf (getmap out 3) (udp-checksum p))))
  XDP_PASS)
; BPF: run read_udp ramp:96
; BPF: expect out 0=0x2021 1=0x2223 2=0x2425 3=0x2627

(defprog read-icmp (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (icmp-type p))
      (setf (getmap out 1) (icmp-code p))
      (setf (getmap out 2) (icmp-checksum p))
      (setf (getmap out 3) (icmp-id p))
      (setf (getmap out 4) (icmp-seq p))
      (setf (getmap out 5) (icmp-gateway p))))
  XDP_PASS)
; BPF: run read_icmp ramp:96
; BPF: expect out 0=0x20 1=0x21 2=0x2223 3=0x2425 4=0x2627 5=0x27262524

(defprog read-address (:type :xdp)
  (with-packet (data end :min-len 96)
    (let ((p (+ data 32)))
      (setf (getmap out 0) (load u8 (eth-dst p) 0))
      (setf (getmap out 1) (load u8 (eth-src p) 0))
      (setf (getmap out 2) (load u8 (ipv6-src-addr p) 0))
      (setf (getmap out 3) (load u8 (ipv6-dst-addr p) 0))
      (setf (getmap out 4) (load u8 (arp-sender-mac p) 0))
      (setf (getmap out 5) (load u8 (arp-target-mac p) 0))))
  XDP_PASS)
; BPF: run read_address ramp:96
; BPF: expect out 0=0x20 1=0x26 2=0x28 3=0x38 4=0x28 5=0x32
