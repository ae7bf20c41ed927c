; Macro calls as conditions, places, keys, bindings and clauses.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 16)

(defmacro any-of (value &rest candidates)
  `(or ,@(mapcar (lambda (c) `(= ,value ,c)) candidates)))
(defmacro none-of (value &rest candidates) `(not (any-of ,value ,@candidates)))
(defmacro slot (n) `(getmap out ,n))
(defmacro key (base offset) (+ base offset))
(defmacro field-of (pointer) `(ipv4-ttl ,pointer))
(defmacro verdict (name) (intern (format nil "XDP_~a" name)))

(defprog expanded (:type :xdp)
  (let ((x (+ 5 (ctx rx-queue-index))) (y (slot 15)) z)
    (when (any-of x 1 5 9) (setf (slot 0) 1))
    (unless (any-of x 1 9) (setf (slot 1) 2))
    (if (and (none-of x 6 7) (not (any-of x 8))) (setf (slot 2) 3))
    (cond ((any-of x 6) (setf (slot 3) 100))
          ((none-of x 6) (setf (slot 3) 4)))
    (setf (slot 4) (+ (if (any-of x 5) 5 0) y))
    (incf (slot (key 3 2)) (key 5 1))
    (setf (getmap out (key 3 3)) 7)
    (setf z (key 4 4) (slot 7) z)
    (case x
      (4 (setf (slot 8) 100))
      (5 (setf (slot (key 8 0)) (key 8 1)))))
  (with-packet (data end :min-len 34)
    (with-ipv4 (data end ip)
      (when (any-of (field-of ip) 64)
        (decf (field-of ip))
        (setf (slot 9) (field-of ip)))))
  (return (verdict pass)))
; BPF: run expanded eth/ipv4(ttl=64)/tcp
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=1 1=2 2=3 3=4 4=5 5=6 6=7 7=8 8=9 9=63
; CHECK-NEXT: {{^[0-9]+}} values as expected
