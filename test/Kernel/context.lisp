; Context fields are read by offset and by name, and written where the kernel allows it.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

; The three ways to the packet agree.
(defprog places (:type :xdp)
  (let ((start (ctx-load u32 0)) (end (ctx-load u32 4)))
    (when (> (+ start 14) end) (return 0))
    (setf (getmap out 0) (eth-type start)))
  (let ((start (xdp-data)) (end (xdp-data-end)))
    (when (> (+ start 14) end) (return 0))
    (setf (getmap out 1) (eth-type start)))
  (let ((start (ctx data)) (end (ctx data-end)))
    (when (> (+ start 14) end) (return 0))
    (setf (getmap out 2) (eth-type start)))
  (setf (getmap out 3) (ctx rx-queue-index))
  XDP_PASS)
; BPF: run places eth/ipv6/tcp
; CHECK: places: XDP_PASS (2)
; BPF: expect out 0=0x86dd 1=0x86dd 2=0x86dd 3=0

; In the socket buffer, length is at 0, mark at 8, priority at 32.
(defprog buffer (:type :tc)
  (setf (getmap out 0) (ctx len))
  (setf (getmap out 1) (ctx mark))
  (setf (getmap out 2) (ctx-load u32 32))
  (setf (ctx mark) (+ 1 (ctx mark)))
  (setf (ctx priority) #x10002)
  TC_ACT_OK)
; BPF: run buffer eth/ipv4/udp/pad(77) ctx=zero:192 show=ctx:8..12,ctx:32..36
; CHECK-NEXT: buffer: TC_ACT_OK (0)
; CHECK-NEXT: ctx:8..12 01 00 00 00
; CHECK-NEXT: ctx:32..36 02 00 01 00
; BPF: expect out 0=77 1=0 2=0
; CHECK-NEXT: {{^}}7 values as expected
