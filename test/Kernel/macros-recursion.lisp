; Macros that call themselves, and functions that build code by recursion.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro all-of (&rest forms)
  (cond ((null forms) 1)
        ((null (rest forms)) `(if ,(first forms) 1 0))
        (t `(if ,(first forms) (all-of ,@(rest forms)) 0))))

(defmacro power (base exponent)
  (cond ((= exponent 0) 1)
        ((evenp exponent)
         (let ((half (gensym)))
           `(let ((,half (power ,base ,(/ exponent 2)))) (* ,half ,half))))
        (t `(* ,base (power ,base ,(1- exponent))))))

; A binary search, balanced at compile time.
(defun search-tree (var keys low high)
  (if (>= low high)
      low
      (let ((middle (floor (+ low high) 2)))
        `(if (< ,var ,(nth middle keys))
             ,(search-tree var keys low middle)
             ,(search-tree var keys (1+ middle) high)))))

(defmacro bucket-of (value &rest bounds)
  (let ((var (gensym "VALUE")))
    `(let ((,var ,value))
       ,(search-tree var (sort (copy-list bounds) #'<) 0 (length bounds)))))

(defprog expanded (:type :xdp)
  (let ((three (+ 3 (ctx rx-queue-index))))
    (setf (getmap out 0) (all-of))
    (setf (getmap out 1) (all-of (= three 3) (> three 2) (< three 4)))
    (setf (getmap out 2) (all-of (= three 3) (> three 3) (< three 4)))
    (setf (getmap out 3) (power three 13))
    (setf (getmap out 4) (bucket-of three 50 10 100 1000 500))
    (setf (getmap out 5) (bucket-of (* 20 three) 50 10 100 1000 500))
    (setf (getmap out 6) (bucket-of (* 500 three) 50 10 100 1000 500))
    (setf (getmap out 7) (bucket-of (+ 497 three) 50 10 100 1000 500)))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=1 1=1 2=0 3=1594323 4=0 5=2 6=5 7=4
; CHECK-NEXT: {{^[0-9]+}} values as expected
