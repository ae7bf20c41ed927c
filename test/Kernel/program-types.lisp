; Programs of the types that test runs can start or that load without a target.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

; The packet of a cgroup-skb program starts at the IP header; 1 lets it pass.
(defprog cgroup-ports (:type :cgroup-skb :section "cgroup_skb/egress")
  (with-udp (data end udp)
    (incf (getmap out 0))
    (when (= (udp-dst-port udp) 53) (return 0)))
  1)
; BPF: run cgroup_ports eth/ipv4/udp(dport=53)
; CHECK: cgroup_ports: 0
; BPF: run cgroup_ports eth/ipv4/udp(dport=54)
; CHECK-NEXT: cgroup_ports: 1
; BPF: run cgroup_ports eth/ipv4/tcp
; CHECK-NEXT: cgroup_ports: 1
; BPF: expect out 0=2

; A socket filter copies bytes of the packet to the stack. In a test run its packet
; starts at the IP header, where the protocol is byte 9.
(defprog filter (:type :socket-filter)
  (let ((protocol 0))
    (skb-load-bytes (ctx-ptr) 9 (stack-addr protocol) 1)
    (if (= protocol +ip-proto-udp+) (ctx len) 0)))
; BPF: run filter eth/ipv4/udp/pad(80)
; CHECK-NEXT: filter: 66
; BPF: run filter eth/ipv4/tcp
; CHECK-NEXT: filter: 0

; These load; they are attached elsewhere.
(defprog on-lookup (:type :sk-lookup) 1)
(defprog on-socket (:type :cgroup-sock :section "cgroup/sock_create") 1)
(defprog on-connect (:type :cgroup-sock-addr :section "cgroup/connect4")
  (if (= (ctx user-port) (htons 25)) 0 1))
(defprog on-sockops (:type :sock-ops) (ctx op) 1)
(defprog on-message (:type :sk-msg) 1)
(defprog on-stream (:type :sk-skb :section "sk_skb/stream_verdict") 1)
(defprog on-sample (:type :perf-event) 0)
(defprog on-raw (:type :raw-tracepoint :section "raw_tp/sched_switch") 0)
; CHECK-NEXT: {{^}}1 values as expected
