; Places of the user: setf functions, expanders and modify macros at compile time.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

; At compile time these are ordinary Common Lisp.
(defvar *settings* (list :step 1))
(defun setting (name) (getf *settings* name))
(defun (setf setting) (value name) (setf (getf *settings* name) value))
(defsetf last-of (list) (value) `(setf (car (last ,list)) ,value))
(defun last-of (list) (car (last list)))
(define-modify-macro doublef (&optional (factor 2)) *)

(defmacro set-setting (name value)
  (setf (setting name) value)
  '(progn))
(defmacro get-setting (name) (setting name))

(defvar *numbers* (list 1 2 3))
(eval-when (:compile-toplevel)
  (setf (last-of *numbers*) 30)
  (doublef (second *numbers*))
  (doublef (first *numbers*) 10)
  (rotatef (first *numbers*) (third *numbers*)))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (get-setting :step))
  (set-setting :step 5)
  (setf (getmap out 1) (get-setting :step))
  (setf (getmap out 2) #.(first *numbers*))
  (setf (getmap out 3) #.(second *numbers*))
  (setf (getmap out 4) #.(third *numbers*))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=1 1=5 2=30 3=4 4=10
; CHECK-NEXT: {{^[0-9]+}} values as expected
