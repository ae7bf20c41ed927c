; Packet guards and protocol headers.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

; One comparison for all headers, then their types.
; CHECK-LABEL: @tcp
; CHECK: %[[D:.*]] = whistler.ctx_load %arg0[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
; CHECK: %[[E:.*]] = whistler.ctx_load %arg0[4] size 4 field "xdp_md:data_end" : !whistler.ptr<packet_end>
; CHECK: %[[L:.*]] = whistler.ptr_add %[[D]], %c54_i64
; CHECK: %[[S:.*]] = whistler.ptr_cmp gt %[[L]], %[[E]]
; CHECK: cf.cond_br %[[S]], ^[[OUT:bb[0-9]+]], ^
; CHECK: whistler.load %[[D]][12] : !whistler.ptr<packet> -> i16
; CHECK: arith.cmpi eq, %{{.*}}, %c8_i64
; CHECK: whistler.load %{{.*}}[9] : !whistler.ptr<packet> -> i8
; CHECK: arith.cmpi eq, %{{.*}}, %c6_i64
; CHECK: %[[TCP:.*]] = whistler.ptr_add %[[D]], %c34_i64
; CHECK: whistler.load %[[TCP]][2] : !whistler.ptr<packet> -> i16
; CHECK: whistler.byteswap
(defprog tcp ()
  (with-tcp (data end tcp)
    (return (tcp-dst-port tcp)))
  0)

; A short packet passes, as the program type has it.
; CHECK-LABEL: @short_xdp
; CHECK: whistler.return %c2_i64
(defprog short-xdp ()
  (with-packet (data end :min-len 20) (return (load u8 data 19))))
; CHECK-LABEL: @short_tc
; CHECK: whistler.ptr_add %{{.*}}, %c20_i64
; CHECK: whistler.return %c0_i64
(defprog short-tc (:type :tc)
  (with-packet (data end :min-len 20) (return (load u8 data 19))))
; CHECK-LABEL: @short_cgroup
; CHECK: whistler.return %c1_i64
(defprog short-cgroup (:type :cgroup-skb :section "cgroup_skb/ingress")
  (with-packet (data end :min-len 20) (return (load u8 data 19))))

; There the packet starts at the network header.
; CHECK-LABEL: @cgroup_ipv4
; CHECK: %[[D:.*]] = whistler.ctx_load %arg0[76] size 4 field "__sk_buff:data"
; CHECK: whistler.ptr_add %[[D]], %c20_i64
; CHECK: whistler.load %[[D]][16] : !whistler.ptr<packet> -> i32
; CHECK-NOT: byteswap
; CHECK: }
(defprog cgroup-ipv4 (:type :cgroup-skb :section "cgroup_skb/ingress")
  (with-ipv4 (data end ip) (return (ipv4-dst-addr ip)))
  1)

; CHECK-LABEL: @udp
; CHECK: %c42_i64
; CHECK: arith.cmpi eq, %{{.*}}, %c17_i64
(defprog udp () (with-udp (data end udp) (return (udp-length udp))) 0)
; CHECK-LABEL: @icmp
; CHECK: arith.cmpi eq, %{{.*}}, %c1_i64
; CHECK: whistler.load %{{.*}}[0] : !whistler.ptr<packet> -> i8
(defprog icmp () (with-icmp (data end icmp) (return (icmp-type icmp))) 0)
; CHECK-LABEL: @ipv6
; CHECK: %c54_i64
; CHECK: arith.cmpi eq, %{{.*}}, %c56710_i64
; CHECK: whistler.load %{{.*}}[6] : !whistler.ptr<packet> -> i8
(defprog ipv6 () (with-ipv6 (data end ip) (return (ipv6-nexthdr ip))) 0)
; CHECK-LABEL: @eth
; CHECK: whistler.ptr_add %{{.*}}, %c14_i64
(defprog eth () (with-eth (data end) (return (eth-type data))) 0)

; `:options` looks at the header's length: all must be 20, or it is followed.
; CHECK-LABEL: @checked
; CHECK: arith.cmpi eq, %{{.*}}, %c5_i64
; CHECK: whistler.ptr_add %{{.*}}, %c34_i64
(defprog checked ()
  (with-tcp (data end tcp :options :check) (return (tcp-flags tcp))) 0)
; CHECK-LABEL: @followed
; CHECK: %[[IHL:.*]] = arith.andi %{{.*}}, %c15_i64
; CHECK: arith.cmpi uge, %[[IHL]], %c5_i64
; CHECK: whistler.ptr_add
; CHECK: whistler.ptr_cmp gt
; CHECK: whistler.load %{{.*}}[13] : !whistler.ptr<packet> -> i8
(defprog followed ()
  (with-tcp (data end tcp :options t) (return (tcp-flags tcp))) 0)
; `:vlan` accepts both kinds of tags, and checks the longer frame only then.
; CHECK-LABEL: @tagged
; CHECK: arith.cmpi eq, %{{.*}}, %c129_i64
; CHECK: arith.cmpi eq, %{{.*}}, %c43144_i64
; CHECK: whistler.ptr_add %{{.*}}, %c38_i64
; CHECK: whistler.load %{{.*}}[16] : !whistler.ptr<packet> -> i16
; CHECK: ^{{.*}}(%{{.*}}: !whistler.ptr<packet>):
(defprog tagged ()
  (with-ipv4 (data end ip :vlan t) (return (ipv4-ttl ip))) 0)

; The parsing functions yield a pointer or null.
; CHECK-LABEL: @parsed
; CHECK: %[[NULL:.*]] = whistler.null : !whistler.ptr<packet>
; CHECK: whistler.ptr_cmp ne %{{.*}}, %[[NULL]]
(defprog parsed ()
  (with-packet (data end :min-len 14)
    (let ((udp (parse-udp data end)))
      (when udp (return (udp-src-port udp)))))
  0)

; Fields are written as they are read, and mixed with their neighbours.
; CHECK-LABEL: @written
; CHECK: whistler.byteswap %{{.*}} : i16
; CHECK: whistler.store %{{.*}}, %{{.*}}[0] : i16, !whistler.ptr<packet>
; CHECK: whistler.store %{{.*}}, %{{.*}}[13] : i8, !whistler.ptr<packet>
(defprog written ()
  (with-tcp (data end tcp)
    (setf (tcp-src-port tcp) (ktime-get-ns)
          (tcp-flags tcp) (logior +tcp-syn+ +tcp-ack+)))
  XDP_TX)

; A guard that fails leaves the next one its chance.
; CHECK-LABEL: @both
; CHECK: %c6_i64
; CHECK: cf.cond_br %{{.*}}, ^[[NEXT:bb[0-9]+]], ^
; CHECK: ^[[NEXT]]:
; CHECK: whistler.load %{{.*}}[9]
; CHECK: arith.cmpi eq, %{{.*}}, %c17_i64
(defprog both ()
  (with-tcp (data end tcp) (return XDP_DROP))
  (with-udp (data end udp) (return XDP_ABORTED))
  XDP_PASS)
