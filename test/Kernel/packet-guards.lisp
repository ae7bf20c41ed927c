; The packet forms enter their bodies for exactly the packets that they name.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

; 3 is XDP_TX: no guard was passed.
(defprog layers (:type :xdp)
  (with-tcp (data end tcp) (return 10))
  (with-udp (data end udp) (return 11))
  (with-icmp (data end icmp) (return 12))
  (with-ipv4 (data end ip) (return 13))
  (with-ipv6 (data end ip) (return 14))
  (with-eth (data end) (return 15))
  XDP_TX)
; BPF: run layers eth/ipv4/tcp
; CHECK: layers: 10
; BPF: run layers eth/ipv4/tcp/cut(54)
; CHECK-NEXT: layers: 10
; BPF: run layers eth/ipv4/tcp/cut(53)
; CHECK-NEXT: layers: 13
; BPF: run layers eth/ipv4/udp
; CHECK-NEXT: layers: 11
; BPF: run layers eth/ipv4/udp/cut(41)
; CHECK-NEXT: layers: 13
; BPF: run layers eth/ipv4/icmp
; CHECK-NEXT: layers: 12
; BPF: run layers eth/ipv4/icmp/cut(41)
; CHECK-NEXT: layers: 13
; BPF: run layers eth/ipv4(proto=50)/payload(len=40)
; CHECK-NEXT: layers: 13
; BPF: run layers eth/ipv4/cut(34)
; CHECK-NEXT: layers: 13
; BPF: run layers eth/ipv4/cut(33)
; CHECK-NEXT: layers: 15
; BPF: run layers eth/ipv6/tcp
; CHECK-NEXT: layers: 14
; BPF: run layers eth/ipv6/cut(54)
; CHECK-NEXT: layers: 14
; BPF: run layers eth/ipv6/cut(53)
; CHECK-NEXT: layers: 15
; BPF: run layers eth/arp
; CHECK-NEXT: layers: 15
; BPF: run layers eth/vlan/ipv4/tcp
; CHECK-NEXT: layers: 15
; BPF: run layers eth
; CHECK-NEXT: layers: 15

; A short packet leaves the program with the verdict that passes it.
(defprog short-xdp (:type :xdp)
  (with-packet (data end :min-len 60) (return XDP_DROP))
  XDP_TX)
(defprog short-tc (:type :tc)
  (with-packet (data end :min-len 60) (return TC_ACT_SHOT))
  TC_ACT_PIPE)
; BPF: run short_xdp eth/pad(60)
; CHECK-NEXT: short_xdp: XDP_DROP (1)
; BPF: run short_xdp eth/pad(59)
; CHECK-NEXT: short_xdp: XDP_PASS (2)
; BPF: run short_tc eth/pad(60)
; CHECK-NEXT: short_tc: TC_ACT_SHOT (2)
; BPF: run short_tc eth/pad(59)
; CHECK-NEXT: short_tc: TC_ACT_OK (0)

; Values: a skipped body yields 0, an entered one its last form.
(defprog yields (:type :xdp)
  (+ 100 (with-tcp (data end tcp) (tcp-dst-port tcp))))
; BPF: run yields eth/ipv4/tcp(dport=23)
; CHECK-NEXT: yields: 123
; BPF: run yields eth/ipv4/udp(dport=23)
; CHECK-NEXT: yields: 100

; The pointer is to the layer's own header, and the forms can be nested.
(defprog places (:type :xdp)
  (with-ipv4 (data end ip)
    (with-tcp (data2 end2 tcp)
      (return (+ (ipv4-ttl ip) (tcp-dst-port tcp) (eth-type data)))))
  0)
; BPF: run places eth/ipv4(ttl=7)/tcp(dport=1000)
; CHECK-NEXT: places: 3055

; Header pointers by value.
(defprog pointers (:type :xdp)
  (with-packet (data end :min-len 14)
    (when-let ((tcp (parse-tcp data end)))
      (return (tcp-dst-port tcp)))
    (when-let ((udp (parse-udp data end)))
      (return (udp-dst-port udp)))
    (when-let ((ip (parse-ipv4 data end)))
      (return (ipv4-ttl ip)))
    (if-let (eth (parse-eth data end))
        (eth-type eth)
        1)))
; BPF: run pointers eth/ipv4/tcp(dport=5000)
; CHECK-NEXT: pointers: 5000
; BPF: run pointers eth/ipv4/udp(dport=5001)
; CHECK-NEXT: pointers: 5001
; BPF: run pointers eth/ipv4(ttl=99)/icmp
; CHECK-NEXT: pointers: 99
; BPF: run pointers eth/arp
; CHECK-NEXT: pointers: 2054

; IPv4 headers with options.  By default a header is taken to have 20 bytes.
(defprog plain (:type :xdp)
  (with-tcp (data end tcp) (return (tcp-dst-port tcp)))
  7)
(defprog checked (:type :xdp)
  (with-tcp (data end tcp :options :check) (return (tcp-dst-port tcp)))
  7)
(defprog followed (:type :xdp)
  (with-tcp (data end tcp :options t) (return (tcp-dst-port tcp)))
  7)
; BPF: run plain eth/ipv4/tcp(dport=80)
; CHECK-NEXT: plain: 80
; BPF: run plain eth/ipv4(options=01020304)/tcp(dport=80)
; CHECK-NEXT: plain: 772
; BPF: run checked eth/ipv4/tcp(dport=80)
; CHECK-NEXT: checked: 80
; BPF: run checked eth/ipv4(options=01020304)/tcp(dport=80)
; CHECK-NEXT: checked: 7
; BPF: run followed eth/ipv4/tcp(dport=80)
; CHECK-NEXT: followed: 80
; BPF: run followed eth/ipv4(options=01020304)/tcp(dport=81)
; CHECK-NEXT: followed: 81
; BPF: run followed eth/ipv4(options=01010101010101010101010101010101010101010101010101010101010101010101010101010101)/tcp(dport=82)
; CHECK-NEXT: followed: 82
; BPF: run followed eth/ipv4(options=01020304)/tcp(dport=81)/cut(57)
; CHECK-NEXT: followed: 7
; BPF: run followed eth/ipv4(ihl=4)/tcp(dport=81)
; CHECK-NEXT: followed: 7

; Tagged frames.
(defprog tagged (:type :xdp)
  (with-tcp (data end tcp :vlan t) (return (tcp-dst-port tcp)))
  (with-ipv6 (data end ip :vlan t) (return (ipv6-hop-limit ip)))
  7)
; BPF: run tagged eth/ipv4/tcp(dport=80)
; CHECK-NEXT: tagged: 80
; BPF: run tagged eth/vlan(id=5)/ipv4/tcp(dport=81)
; CHECK-NEXT: tagged: 81
; BPF: run tagged eth/vlan(id=5)/ipv4/tcp(dport=81)/cut(57)
; CHECK-NEXT: tagged: 7
; BPF: run tagged eth/vlan/ipv6(hop=33)/udp
; CHECK-NEXT: tagged: 33
; BPF: run tagged eth/vlan/arp
; CHECK-NEXT: tagged: 7
