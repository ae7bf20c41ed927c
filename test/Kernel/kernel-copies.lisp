;;; An array of the kernel's is copied into a struct of the program's, through
;;; an address that the verifier trusts and through one that it does not.

; REQUIRES: bpf-kernel, kernel-btf
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

; BPF: trace on_enter asking
; BPF: child worker
; BPF: act worker x20
; BPF: expect by_number {worker.tid}={worker.comm}
; BPF: expect by_trust {worker.tid}={worker.comm}
; CHECK: expect by_number {{.*}} ok
