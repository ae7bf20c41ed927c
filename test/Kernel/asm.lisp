; An asm form is exactly one instruction, on the registers it names.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

; 0xb7 is mov64 with an immediate, 0x07 add64, 0xbf mov64 of a register.
(defprog moves (:type :xdp)
  (setf (getmap out 0) (asm #xb7 3 0 0 -7))
  (let ((seven (asm #xb7 2 0 0 7)))
    (asm #xb7 5 0 0 35)
    ; r5 += r2 would need r2 to have stayed: the forms say which they use.
    (setf (getmap out 1) (progn (asm #xb7 4 0 0 35) (asm #x07 4 0 0 7)))
    (setf (getmap out 2) seven))
  XDP_PASS)
; BPF: run moves eth
; CHECK: moves: XDP_PASS (2)
; BPF: expect out 0=0xfffffffffffffff9 1=42 2=7

; 0x85 is a call; get_smp_processor_id (8) has no arguments. What lives across it
; survives in registers that a call keeps.
(defprog calls (:type :xdp)
  (let ((kept (+ 1 (ctx rx-queue-index)))
        (cpu (asm #x85 0 0 0 8)))
    (setf (getmap out 3) kept)
    (setf (getmap out 4) (= cpu (get-smp-processor-id))))
  XDP_PASS)
; BPF: run calls eth
; CHECK-NEXT: calls: XDP_PASS (2)
; BPF: expect out 3=1 4=1

; A store through r10 yields the frame pointer as it stands; 0x7a is an 8-byte
; store of an immediate.
(defprog stores (:type :xdp)
  (asm #x7a 10 0 -512 0)
  XDP_PASS)
; BPF: run stores eth
; CHECK-NEXT: stores: XDP_PASS (2)
; CHECK-NEXT: {{^}}5 values as expected
