; Several additions to one map are made in one place, to which control jumps and from which it goes on where it was.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s
; RUN: %whistler compile %s -O0 -o %t.0.o
; RUN: %bpf-run %t.0.o %s | FileCheck %s
; RUN: %whistler compile %s -Os -o %t.s.o
; RUN: %bpf-run %t.s.o %s | FileCheck %s
; RUN: %whistler disasm %s | FileCheck %s --check-prefix=CODE
; Kernels without loops get a function.
; RUN: %whistler disasm %s --min-kernel=5.2 | FileCheck %s --check-prefix=OLD

(defmap counts :type :array :key u32 :value u64 :max-entries 8)
(defmap sources :type :hash :key u32 :value u64 :max-entries 8)

; One on all ways, one that leaves, and one behind which the source is needed again.
(defprog judge (:type :xdp)
  (with-ipv4 (data end ip)
    (incf (getmap counts 0))
    (let ((source (ipv4-src-addr ip)))
      (if-let (seen (map-lookup sources source))
        (when (> (load u64 seen 0) 1)
          (incf (getmap counts 1))
          (return XDP_DROP))
        (progn
          (incf (getmap counts 2))
          (setf (getmap sources source) 0)))
      (incf (getmap sources source))))
  XDP_PASS)
; CODE-LABEL: judge:
; CODE-COUNT-1: map[counts]
; CODE-NOT: map[counts]
; OLD: counts_add: ; static function
; OLD-LABEL: judge:
; OLD-NOT: map[counts]
; OLD-COUNT-3: call counts_add

; BPF: run judge eth/ipv6/tcp
; CHECK: judge: XDP_PASS (2)
; BPF: run judge eth/ipv4(src=10.0.0.1)/tcp
; CHECK-NEXT: judge: XDP_PASS (2)
; BPF: expect counts 0=1 1=0 2=1
; BPF: run judge eth/ipv4(src=10.0.0.1)/tcp
; CHECK-NEXT: judge: XDP_PASS (2)
; BPF: run judge eth/ipv4(src=10.0.0.2)/tcp
; CHECK-NEXT: judge: XDP_PASS (2)
; BPF: run judge eth/ipv4(src=10.0.0.1)/tcp
; CHECK-NEXT: judge: XDP_DROP (1)
; BPF: expect counts 0=4 1=1 2=2
; BPF: expect sources 0x0100000a=2 0x0200000a=1
