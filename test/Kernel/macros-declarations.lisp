; A macro that declares a map and the programs that use it.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmacro define-counter (name verdict &key (slots 1) (step 1))
  (let ((map (intern (format nil "~a-COUNT" name))))
    `(progn
       (defconstant ,(intern (format nil "+~a-SLOTS+" name)) ,slots)
       (defmap ,map :type :array :key u32 :value u64 :max-entries ,slots)
       (defprog ,name (:type :xdp)
         (incf (getmap ,map ,(1- slots)) ,step)
         ,verdict)
       (defprog ,(intern (format nil "READ-~a" name)) (:type :xdp)
         (getmap ,map ,(intern (format nil "+~a-LAST+" name)))))))

(defconstant +passing-last+ 0)
(defconstant +dropping-last+ (- 4 1))
(define-counter passing XDP_PASS)
(define-counter dropping XDP_DROP :slots 4 :step 3)

(defprog slots (:type :xdp)
  (+ +passing-slots+ +dropping-slots+))

; BPF: run passing eth x4
; CHECK: passing: XDP_PASS (2) x4
; BPF: run dropping eth x5
; CHECK-NEXT: dropping: XDP_DROP (1) x5
; BPF: expect passing_count 0=4
; BPF: expect dropping_count 0=0 1=0 2=0 3=15
; BPF: run read_passing eth
; CHECK-NEXT: read_passing: XDP_REDIRECT (4)
; BPF: run slots eth
; CHECK-NEXT: slots: 5
; CHECK-NEXT: {{^[0-9]+}} values as expected
