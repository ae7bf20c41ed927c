; Records to user space through a perf event array.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defstruct event (kind u8) (value u32) (wide u64))

(defmap events :type :perf-event-array)
(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defprog sending (:type :xdp)
  (with-packet (data end :min-len 20)
    (let ((e (make-event :kind (load u8 data 16) :wide -1)))
      (setf (event-value e) (* 1000 (event-kind e)))
      (setf (getmap out 0)
            (perf-event-output (ctx-ptr) events BPF_F_CURRENT_CPU e (sizeof event)))
      ; With the first four bytes of the packet behind it.
      (setf (getmap out 1)
            (perf-event-output (ctx-ptr) events
                               (logior BPF_F_CURRENT_CPU (<< 4 32)) e (sizeof event)))))
  XDP_PASS)
; BPF: run sending hex:0102030400000000000000000000000005000000
; BPF: expect out 0=-2
; BPF: listen events
; BPF: run sending hex:0102030400000000000000000000000006000000
; BPF: expect out 0=0 1=0
; BPF: records events
; BPF: records events
; CHECK: sending: XDP_PASS (2)
; CHECK-NEXT: sending: XDP_PASS (2)
; The kernel rounds lengths up so that a record and its head take whole words.
; CHECK-NEXT: events: hex:0600000070170000ffffffffffffffff{{(00)*$}}
; CHECK-NEXT: events: hex:0600000070170000ffffffffffffffff01020304
; CHECK-NEXT: events: nothing
; CHECK: {{^[0-9]+}} values as expected
