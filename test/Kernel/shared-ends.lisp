; Ends of programs that do alike are shared, and each way still counts what it
; counted and returns what it returned.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile -O0 %s -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile -Os %s -o %t.s.o
; RUN: %bpf-run %t.s.o %s | FileCheck %s
; RUN: %whistler compile --mcpu=v1 %s -o %t.1.o
; RUN: %bpf-run %t.1.o %s | FileCheck %s

; The counters of a program are counted in one place.
; RUN: llvm-objdump -d %t.o | FileCheck %s --check-prefix=SHARED
; SHARED-LABEL: <verdicts>:
; SHARED: lock
; SHARED-NOT: lock
; SHARED-LABEL: <by_host>:
; SHARED: lock
; SHARED-NOT: lock
; SHARED-LABEL: <before>:
; SHARED: lock
; SHARED-NOT: lock

(defmap counts :type :array :key u32 :value u64 :max-entries 8)
(defmap hosts :type :hash :key u32 :value u64 :max-entries 8)

(defprog verdicts (:type :xdp)
  (with-tcp (data end tcp)
    (when (= (tcp-dst-port tcp) 22)
      (incf (getmap counts 1))
      (return XDP_DROP))
    (incf (getmap counts 2))
    (return XDP_PASS))
  (with-udp (data end udp)
    (incf (getmap counts 3) 10)
    (return XDP_TX))
  (incf (getmap counts 4))
  XDP_DROP)
; BPF: run verdicts eth/ipv4/tcp(dport=22)
; CHECK: verdicts: XDP_DROP (1)
; BPF: run verdicts eth/ipv4/tcp(dport=22)
; CHECK-NEXT: verdicts: XDP_DROP (1)
; BPF: run verdicts eth/ipv4/tcp(dport=23)
; CHECK-NEXT: verdicts: XDP_PASS (2)
; BPF: run verdicts eth/ipv4/udp
; CHECK-NEXT: verdicts: XDP_TX (3)
; BPF: run verdicts eth/arp
; CHECK-NEXT: verdicts: XDP_DROP (1)
; BPF: expect counts 0=0 1=2 2=1 3=10 4=1 5=0

; The key is not a constant, the map's values are inserted.
(defprog by-host (:type :xdp)
  (with-ipv4 (data end ip)
    (when (= (ipv4-protocol ip) 6)
      (incf (getmap hosts (ipv4-src-addr ip)))
      (return XDP_PASS))
    (when (= (ipv4-protocol ip) 17)
      (incf (getmap hosts (ipv4-dst-addr ip)))
      (return XDP_DROP)))
  XDP_TX)
; BPF: run by_host eth/ipv4(src=10.0.0.1,dst=10.0.0.2)/tcp
; CHECK-NEXT: by_host: XDP_PASS (2)
; BPF: run by_host eth/ipv4(src=10.0.0.1,dst=10.0.0.2)/udp
; CHECK-NEXT: by_host: XDP_DROP (1)
; BPF: run by_host eth/ipv4(src=10.0.0.2,dst=10.0.0.1)/udp
; CHECK-NEXT: by_host: XDP_DROP (1)
; BPF: run by_host eth/ipv4(src=10.0.0.3,dst=10.0.0.1)/icmp
; CHECK-NEXT: by_host: XDP_TX (3)
; BPF: expect hosts 0x0100000a=2 0x0200000a=1 0x0300000a=none

; What a way writes before the shared end is its own, and the end of a loop is no
; end of the program.
(defprog before (:type :xdp)
  (let ((sum 0))
    (dotimes (i 4)
      (if (= (logand i 1) 0)
          (incf sum 100)
          (incf sum 1)))
    (with-tcp (data end tcp)
      (setf (getmap counts 6) (+ sum (tcp-dst-port tcp)))
      (incf (getmap counts 5))
      (return XDP_PASS))
    (with-udp (data end udp)
      (setf (getmap counts 6) (- sum (udp-dst-port udp)))
      (incf (getmap counts 5))
      (return XDP_DROP)))
  XDP_TX)
; BPF: run before eth/ipv4/tcp(dport=5)
; CHECK-NEXT: before: XDP_PASS (2)
; BPF: expect counts 5=1 6=207
; BPF: run before eth/ipv4/udp(dport=5)
; CHECK-NEXT: before: XDP_DROP (1)
; BPF: expect counts 5=2 6=197
; CHECK-NEXT: {{^[0-9]+}} values as expected
