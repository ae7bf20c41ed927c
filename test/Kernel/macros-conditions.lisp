; Macros that signal and handle conditions on their way to code.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(define-condition no-such-port (error)
  ((name :initarg :name :reader name))
  (:report (lambda (condition stream)
             (format stream "no port is called ~a" (name condition)))))

(defun find-port (name)
  (restart-case
      (or (cdr (assoc name '((ssh . 22) (http . 80))))
          (error 'no-such-port :name name))
    (use-value (value) value)))

(defmacro port-or (name default)
  (handler-case (find-port name)
    (no-such-port () default)))

(defmacro port-with-restart (name)
  (handler-bind ((no-such-port
                   (lambda (condition)
                     (use-value (length (string (name condition)))))))
    (find-port name)))

(defvar *cleanups* 0)
(defmacro quotient (a b)
  (unwind-protect
       (handler-case (/ a b)
         (division-by-zero () 999))
    (incf *cleanups*)))

(defmacro message-length (name)
  (length (handler-case (find-port name)
            (error (condition) (princ-to-string condition)))))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (port-or ssh 1))
  (setf (getmap out 1) (port-or gopher 70))
  (setf (getmap out 2) (port-with-restart gopher))
  (setf (getmap out 3) (quotient 15 5))
  (setf (getmap out 4) (quotient 17 0))
  (setf (getmap out 5) #.*cleanups*)
  (macrolet ((cleanups () *cleanups*))
    (setf (getmap out 6) (cleanups)))
  (setf (getmap out 7) (message-length gopher))
  XDP_PASS)
; The program has been read before its first macro is expanded.
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=22 1=70 2=6 3=3 4=999 5=0 6=2 7=24
; CHECK-NEXT: {{^[0-9]+}} values as expected
