; Generated names never meet those of the code around the call.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro swap (a b)
  (let ((saved (gensym "SAVED")))
    `(let ((,saved ,a))
       (setf ,a ,b)
       (setf ,b ,saved))))

; Each argument is evaluated once.
(defmacro square (form)
  (let ((value (gensym)))
    `(let ((,value ,form)) (* ,value ,value))))

(defmacro with-gensyms (names &body body)
  `(let ,(mapcar (lambda (name) `(,name (gensym ,(string name)))) names)
     ,@body))

(defmacro clamp (value low high)
  (with-gensyms (v l h)
    `(let ((,v ,value) (,l ,low) (,h ,high))
       (if (< ,v ,l) ,l (if (> ,v ,h) ,h ,v)))))

(defprog expanded (:type :xdp)
  (let ((saved 1) (g1 2) (v 300) (l 10) (h 20) (calls 0))
    (swap saved g1)
    (setf (getmap out 0) (+ (* 10 saved) g1))
    (setf (getmap out 1) (square (progn (incf calls) (+ calls 8))))
    (setf (getmap out 2) calls)
    (setf (getmap out 3) (clamp v l h))
    (setf (getmap out 4) (clamp l h v))
    (setf (getmap out 5) (clamp h l v)))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=21 1=81 2=1 3=20 4=20 5=20
; CHECK-NEXT: {{^[0-9]+}} values as expected
