; Declarations that compile-time code makes by evaluating them.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(eval '(defmap out :type :array :key u32 :value u64 :max-entries 8))

(defun declare-program (name key value)
  (eval `(defprog ,name (:type :xdp)
           (setf (getmap out ,key) ,value)
           XDP_PASS)))

(declare-program 'one 0 11)
(let ((name (intern "TWO")))
  (declare-program name 1 22))

(dolist (key '(2 3))
  (eval `(defconstant ,(intern (format nil "+KEY-~d+" key)) ,(* key 100)))
  (eval `(defprog ,(intern (format nil "PROGRAM-~r" key)) (:type :xdp)
           (setf (getmap out ,key) ,(intern (format nil "+KEY-~d+" key)))
           XDP_DROP)))

; BPF: run one eth
; CHECK: one: XDP_PASS (2)
; BPF: run two eth
; CHECK-NEXT: two: XDP_PASS (2)
; BPF: run program_two eth
; CHECK-NEXT: program_two: XDP_DROP (1)
; BPF: run program_three eth
; CHECK-NEXT: program_three: XDP_DROP (1)
; BPF: expect out 0=11 1=22 2=200 3=300
; CHECK-NEXT: {{^[0-9]+}} values as expected
