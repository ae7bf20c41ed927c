; Arrays, structures and closures that compute what is generated.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(cl:defstruct step-of (name nil) (weight 1))
(defvar *steps* (vector (make-step-of :name 'a :weight 3) (make-step-of :name 'b)))

(let ((count 0))
  (defun next-number () (incf count)))
(defmacro next () (next-number))

(defun sieve (n)
  (let ((composite (make-array n :element-type 'bit :initial-element 0)))
    (loop for i from 2 below n
          when (zerop (aref composite i))
            collect i
            and do (loop for j from (* i i) below n by i
                         do (setf (aref composite j) 1)))))
(defmacro prime-p (x)
  (let ((v (gensym)))
    `(let ((,v ,x)) (if (or ,@(mapcar (lambda (p) `(= ,v ,p)) (sieve 50))) 1 0))))

(defmacro total-weight ()
  (reduce #'+ (map 'list #'step-of-weight *steps*)))

(defprog expanded (:type :xdp)
  (let ((primes 0))
    (dotimes (i 60) (incf primes (prime-p i)))
    (setf (getmap out 0) primes))
  (setf (getmap out 1) (total-weight))
  (setf (getmap out 2) (+ (* 100 (next)) (* 10 (next)) (next)))
  (setf (getmap out 3) #.(multiple-value-bind (q r) (floor 17 5) (+ (* 10 q) r)))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=15 1=4 2=123 3=32
; CHECK-NEXT: {{^[0-9]+}} values as expected
