; Macros that define macros, functions and constants for later ones.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro define-flags (prefix &rest names)
  `(progn
     ,@(loop for name in names
             for bit from 0
             collect `(defconstant ,(intern (format nil "+~a-~a+" prefix name))
                        ,(ash 1 bit)))
     (defmacro ,(intern (format nil "WITH-~a" prefix)) (value &rest flags)
       (list 'logior value
             (reduce #'logior flags
                     :key (lambda (flag) (ash 1 (position flag ',names))))))
     (defun ,(intern (format nil "~a-MASK" prefix)) () ,(1- (ash 1 (length names))))))

(define-flags tcp-flags fin syn rst psh)
(define-flags mine first second)

(defmacro mask (prefix)
  (funcall (intern (format nil "~a-MASK" prefix))))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (with-tcp-flags 0 fin psh))
  (setf (getmap out 1) (with-mine 64 second))
  (setf (getmap out 2) (logior +mine-first+ +mine-second+))
  (setf (getmap out 3) (mask mine))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=9 1=66 2=3 3=3
; CHECK-NEXT: {{^[0-9]+}} values as expected
