; Macros that expand others themselves, or look at the code they are given.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro twice (x) `(* 2 ,x))
(defmacro again (x) `(twice (twice ,x)))

(defmacro operator-of (form) (if (eq (first (macroexpand-1 form)) '*) 1 0))
(defmacro fully (form &environment env)
  (if (eq (first (macroexpand form env)) '*) 1 0))

; Threads a value through calls, as the first argument.
(defmacro -> (value &rest calls)
  (if (null calls)
      value
      (destructuring-bind (call . more) calls
        (if (consp call)
            `(-> (,(first call) ,value ,@(rest call)) ,@more)
            `(-> (,call ,value) ,@more)))))

; Folds what is known.
(defmacro sum (&rest terms)
  (let ((known (remove-if-not #'integerp terms))
        (others (remove-if #'integerp terms)))
    `(+ ,(apply #'+ known) ,@others)))

(defun count-leaves (tree)
  (cond ((null tree) 0)
        ((atom tree) 1)
        (t (+ (count-leaves (car tree)) (count-leaves (cdr tree))))))
(defmacro leaves (tree) (count-leaves tree))

(defprog expanded (:type :xdp)
  (let ((x (+ 5 (ctx rx-queue-index))))
    (setf (getmap out 0) (again x))
    (setf (getmap out 1) (operator-of (twice x)))
    (setf (getmap out 2) (operator-of (again x)))
    (setf (getmap out 3) (fully (again x)))
    (setf (getmap out 4) (-> x (+ 3) twice 1+ (- 7)))
    (setf (getmap out 5) (sum 1 x 2 x 3))
    (setf (getmap out 6) (leaves (if (= a b) (c d (e)) 5)))
    (macrolet ((again (x) `(1+ ,x)))
      (setf (getmap out 7) (fully (again x)))))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=20 1=1 2=0 3=1 4=10 5=16 6=8 7=0
; CHECK-NEXT: {{^[0-9]+}} values as expected
