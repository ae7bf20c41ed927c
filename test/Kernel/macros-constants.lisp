; Constants from any expression, and macros that ask for them.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defconstant +mask+ (1- (expt 2 20)))
(defconstant +slots+ (length '(a b c d e f g h)))
(defun triangular (n) (/ (* n (1+ n)) 2))
(defconstant +sum+ (triangular 1000))
(defconstant +all-ones+ (1- (expt 2 64)))
(defconstant +negative+ (- (triangular 4)))
(defconstant +twice+ (* 2 +sum+))
(defvar *text* "four")

(defmap out :type :array :key u32 :value u64 :max-entries +slots+)
(defmap other :type :hash :key-size (+ 4 4) :value-size 8 :max-entries 16)

(defmacro constant-plus-one (name)
  (1+ (constant-value name)))

(defmacro declared-maps ()
  (length (map-names)))

(defmacro bytes-of (&rest types)
  (reduce #'+ types :key #'sizeof))

(defmacro text-length () (length *text*))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) +mask+)
  (setf (getmap out 1) +twice+)
  (setf (getmap out 2) +all-ones+)
  (setf (getmap out 3) +negative+)
  (setf (getmap out 4) (constant-plus-one +sum+))
  (setf (getmap out 5) (declared-maps))
  (setf (getmap out 6) (bytes-of u8 u16 u32 i64))
  (setf (getmap out 7) (text-length))
  (case (+ 10 (ctx rx-queue-index))
    (+sum+ XDP_DROP)
    (10 XDP_PASS)
    (t XDP_TX)))
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=1048575 1=1001000 2=-1 3=-10
; BPF: expect out 4=500501 5=2 6=15 7=4
; CHECK-NEXT: {{^[0-9]+}} values as expected
