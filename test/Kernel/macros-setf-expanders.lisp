; Places of the user in a program: defsetf and define-setf-expander.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

; The short form names a macro that takes the value last.
(defmacro put (key value) `(setf (getmap out ,key) (* 10 ,value)))
(defsetf scaled put)
(defmacro scaled (key) `(/ (getmap out ,key) 10))

(defsetf counter (key &optional (offset 0)) (value)
  `(setf (getmap out (+ ,key ,offset)) ,value))
(defmacro counter (key &optional (offset 0)) `(getmap out (+ ,key ,offset)))

(define-setf-expander low-byte (place)
  (let ((value (gensym "VALUE")))
    (values '() '() (list value)
            `(setf ,place (logior (logand ,place #xffffff00) ,value))
            `(logand ,place #xff))))
(defmacro low-byte (place) `(logand ,place #xff))

(defprog expanded (:type :xdp)
  (let ((word #x1234))
    (setf (counter 0) 7)
    (setf (counter 1 2) (counter 0))
    (setf (scaled 1) 5)
    (setf (low-byte word) #x56)
    (setf (getmap out 2) word)
    (incf (counter 0) 3)
    (incf (low-byte word) 2)
    (setf (getmap out 4) (low-byte word)))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=10 1=50 2=0x1256 3=7 4=0x58
; CHECK-NEXT: {{^[0-9]+}} values as expected
