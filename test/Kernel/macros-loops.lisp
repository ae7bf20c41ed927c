; Control structures of the user: counted loops, early exits, unrolled code.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro for ((var from to &key (by 1)) &body body)
  (let ((count (ceiling (- to from) by)) (index (gensym "INDEX")))
    `(dotimes (,index ,count)
       (let ((,var (+ ,from (* ,index ,by))))
         ,@body))))

(defmacro unroll ((var &rest values) &body body)
  `(progn
     ,@(loop for value in values
             collect `(symbol-macrolet ((,var ,value)) ,@body))))

(defmacro while-below ((var limit rounds) &body body)
  (let ((name (gensym "LOOP")) (i (gensym)))
    `(block ,name
       (dotimes (,i ,rounds)
         (unless (< ,var ,limit) (return-from ,name 0))
         ,@body))))

(defprog expanded (:type :xdp)
  (let ((sum 0) (product 1) (x 1))
    (for (i 10 20 :by 3) (incf sum i))
    (setf (getmap out 0) sum)
    (unroll (k 2 3 5 7) (setf product (* product k)))
    (setf (getmap out 1) product)
    (while-below (x 1000 64) (setf x (* x 2)))
    (setf (getmap out 2) x)
    (setf sum 0)
    (for (i 0 4) (for (j 0 4) (incf sum (* (1+ i) j))))
    (setf (getmap out 3) sum))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=58 1=210 2=1024 3=60
; CHECK-NEXT: {{^[0-9]+}} values as expected
