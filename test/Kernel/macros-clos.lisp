; Classes and generic functions that describe what is to be generated.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defclass rule () ((score :initarg :score :reader score)))
(defclass port-rule (rule) ((port :initarg :port :reader port)))
(defclass range-rule (rule)
  ((low :initarg :low :accessor low)
   (high :initarg :high :accessor high :initform 65535)))

(defgeneric test-form (rule value)
  (:documentation "A form that tells whether the rule applies."))
(defmethod test-form ((rule port-rule) value) `(= ,value ,(port rule)))
(defmethod test-form ((rule range-rule) value)
  `(and (>= ,value ,(low rule)) (<= ,value ,(high rule))))
(defmethod test-form :around ((rule rule) value)
  (let ((form (call-next-method)))
    `(if ,form ,(score rule) 0)))

(defvar *rules*
  (list (make-instance 'port-rule :port 80 :score 1)
        (make-instance 'range-rule :low 1024 :score 10)
        (make-instance 'range-rule :low 70 :high 90 :score 100)))

(defmacro score-of (value)
  (let ((var (gensym)))
    `(let ((,var ,value))
       (+ ,@(mapcar (lambda (rule) (test-form rule var)) *rules*)))))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (score-of 80))
  (setf (getmap out 1) (score-of 81))
  (setf (getmap out 2) (score-of (+ 1024 (ctx rx-queue-index))))
  (setf (getmap out 3) (score-of 1023))
  XDP_PASS)

(defprog by-hand (:type :xdp)
  (dotimes (i 4)
    (let ((v (case i (0 80) (1 81) (2 1024) (3 1023))))
      (setf (getmap out (+ 4 i))
            (+ (if (= v 80) 1 0)
               (if (and (>= v 1024) (<= v 65535)) 10 0)
               (if (and (>= v 70) (<= v 90)) 100 0)))))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=101 1=100 2=10 3=0
; BPF: run by_hand eth
; CHECK-NEXT: by_hand: XDP_PASS (2)
; BPF: expect out 4=101 5=100 6=10 7=0
; CHECK-NEXT: {{^[0-9]+}} values as expected
