; Macros of a library in files of its own, which load each other.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(load "Inputs/macro-library.lisp")

(define-counters packets bytes)

(defprog expanded (:type :xdp)
  (with-packet (data end :min-len 14)
    (count-up packets 1)
    (count-up bytes (- end data))
    (if-between (- end data) (60 100) XDP_PASS XDP_DROP)))

; Loading again changes nothing; the second file is found beside the first.
(load "Inputs/macro-library")
(load (merge-pathnames "Inputs/macro-library.lisp" *load-truename*))

; BPF: run expanded eth/ipv4/tcp/payload(len=20)
; CHECK: expanded: XDP_PASS (2)
; BPF: run expanded eth/ipv4/tcp/payload(len=100)
; CHECK-NEXT: expanded: XDP_DROP (1)
; BPF: expect counters 0=2 1=228
; CHECK-NEXT: {{^[0-9]+}} values as expected
