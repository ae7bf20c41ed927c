; Evaluation and choice while the source is read.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries #.(expt 2 3))

(eval-when (:compile-toplevel :load-toplevel :execute)
  (defun factorial (n) (if (< n 2) 1 (* n (factorial (1- n))))))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) #.(factorial 12))
  (setf (getmap out 1) #+whistler 1 #-whistler 2)
  (setf (getmap out 2) #+(and whistler (not no-such-feature)) 3 #-whistler 4)
  (setf (getmap out 3) #+(or no-such-feature) 5 #-(or no-such-feature) 6)
  (setf (getmap out 4) (+ #.(first (list 1)) #b101 #o17 #xff #3r12))
  #+no-such-feature (no-such-operator)
  #.'(setf (getmap out 5) 55)
  (setf (getmap out 6) #.(char-code #\A))
  XDP_PASS)

(eval-when (:compile-toplevel)
  (push :fast-mode *features*))

(defprog later (:type :xdp)
  #+fast-mode XDP_TX
  #-fast-mode XDP_DROP)

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=479001600 1=1 2=3 3=6 4=281 5=55 6=65
; BPF: run later eth
; CHECK-NEXT: later: XDP_TX (3)
; CHECK-NEXT: {{^[0-9]+}} values as expected
