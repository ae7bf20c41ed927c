; What macros remember between calls, in variables of the compilation.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defvar *next-slot* 0)
(defparameter *base* 100)
(defparameter *base* (* *base* 2))
(defvar *next-slot* 77)

(defun claim-slot ()
  (prog1 *next-slot* (incf *next-slot*)))

(defmacro record (value)
  `(setf (getmap out ,(claim-slot)) (+ ,*base* ,value)))

(defprog expanded (:type :xdp)
  (record 1)
  (record 2)
  (let ((x 3)) (record x))
  XDP_PASS)

(setf *base* 5000)
(incf *next-slot*)

(defprog later (:type :xdp)
  (record 6)
  (setf (getmap out 5) #.(1+ *next-slot*))
  XDP_PASS)

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=201 1=202 2=203 3=0
; BPF: run later eth
; CHECK-NEXT: later: XDP_PASS (2)
; BPF: expect out 3=0 4=5006 5=5
; CHECK-NEXT: {{^[0-9]+}} values as expected
