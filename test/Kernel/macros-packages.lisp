; A library in a package of its own; its names do not meet the program.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defpackage #:counting
  (:use #:common-lisp #:whistler)
  (:export #:bump #:*step*))

(in-package #:counting)

(defvar *step* 2)
(defun helper () *step*)
(defmacro bump (map key)
  `(let ((old (getmap ,map ,key)))
     (setf (getmap ,map ,key) (+ old ,(helper)))))

(in-package #:whistler-user)

(defmap out :type :array :key u32 :value u64 :max-entries 8)
(defun helper () 1000)
(setf counting:*step* 3)

(defprog expanded (:type :xdp)
  (let ((old 1))
    (counting:bump out old)
    (counting:bump out old)
    (setf (getmap out 2) old))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 1=6 2=1
; CHECK-NEXT: {{^[0-9]+}} values as expected
