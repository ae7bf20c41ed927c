; Macros with every kind of parameter: defaults, keywords, rests, destructuring.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 16)

(defmacro bump (map &optional (key 0 key-p) (by (if key-p 10 1)))
  `(incf (getmap ,map ,key) ,by))

(defmacro store-at (key &key (value 7 value-p) ((:plus extra) 0)
                    &allow-other-keys)
  `(setf (getmap out ,key) (+ ,value ,extra ,(if value-p 100 0))))

(defmacro store-each (map &rest values &aux (count (length values)))
  `(progn
     ,@(loop for value in values
             for key from 0
             collect `(setf (getmap ,map ,(+ key 8)) ,value))
     (setf (getmap ,map 15) ,count)))

(defmacro sum-of ((first (second &optional (third 1000))) . more)
  `(+ ,first ,second ,third ,@more))

(defmacro when-positive ((var value) &body body)
  `(let ((,var ,value))
     (when (s> ,var 0) ,@body)))

(defmacro whole-length (&whole call first &environment env &rest more)
  (declare (ignore first more env))
  (length call))

(defprog expanded (:type :xdp)
  (bump out)
  (bump out 1)
  (bump out 2 20)
  (store-at 3)
  (store-at 4 :value 8 :colour :red)
  (store-at 5 :plus 3 :value 8)
  (store-each out 11 22 33)
  (setf (getmap out 6) (sum-of (1 (2)) 3 4))
  (setf (getmap out 7) (sum-of (1 (2 3)) 4))
  (when-positive (x (- 5 2)) (setf (getmap out 12) x))
  (when-positive (x (- 2 5)) (setf (getmap out 13) x))
  (setf (getmap out 14) (whole-length 1 2 3))
  XDP_PASS)

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=1 1=10 2=20 3=7 4=108 5=111 6=1010 7=10
; BPF: expect out 8=11 9=22 10=33 12=3 13=0 14=4 15=3
; CHECK-NEXT: {{^[0-9]+}} values as expected
