; Names that stand for forms, as values and as places.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(define-symbol-macro total (getmap out 0))
(define-symbol-macro forty-two (+ 40 2))

(defprog expanded (:type :xdp)
  (setf total 5)
  (incf total forty-two)
  (symbol-macrolet ((slot (getmap out 1))
                    (twice (* 2 total)))
    (setf slot twice)
    (symbol-macrolet ((slot (getmap out 2)))
      (setf slot 3)
      (incf slot))
    (incf slot))
  ; A variable hides a symbol macro.
  (let ((total 9))
    (setf (getmap out 3) total)
    (setf total 10)
    (setf (getmap out 4) total))
  XDP_PASS)

(defprog by-hand (:type :xdp)
  (setf (getmap out 0) 5)
  (incf (getmap out 0) (+ 40 2))
  (setf (getmap out 1) (* 2 (getmap out 0)))
  (setf (getmap out 2) 3)
  (incf (getmap out 2))
  (incf (getmap out 1))
  (let ((total 9))
    (setf (getmap out 3) total)
    (setf total 10)
    (setf (getmap out 4) total))
  XDP_PASS)

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=47 1=95 2=4 3=9 4=10
; BPF: run by_hand eth
; CHECK-NEXT: by_hand: XDP_PASS (2)
; BPF: expect out 0=47 1=95 2=4 3=9 4=10
; CHECK-NEXT: {{^[0-9]+}} values as expected
