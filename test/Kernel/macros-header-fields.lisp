; Headers and their accessors, declared by a macro from a compact description.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro define-layout (name &rest fields)
  (let ((offset 0))
    `(progn
       (defheader ,name
         ,@(loop for (field type . options) in fields
                 collect `(,field :offset ,offset :type ,type ,@options)
                 do (incf offset (sizeof type))))
       (defconstant ,(intern (format nil "+~a-SIZE+" name)) ,offset))))

(define-layout message
  (kind u8) (flags u8) (length u16 :net-order t) (token u32))

(defmacro with-message ((var data end) &body body)
  `(let ((,var (+ ,data 14)))
     (when (<= (+ ,var +message-size+) ,end) ,@body)))

(defprog expanded (:type :xdp)
  (with-packet (data end :min-len 14)
    (with-message (m data end)
      (setf (getmap out 0) (message-kind m))
      (setf (getmap out 1) (message-length m))
      (setf (getmap out 2) (message-token m))
      (incf (message-flags m) 2)
      (setf (getmap out 3) (message-flags m))
      (return XDP_TX)))
  +message-size+)
; BPF: run expanded hex:000000000000000000000000000007090123efbeadde
; CHECK: expanded: XDP_TX (3)
; BPF: expect out 0=7 1=0x123 2=0xdeadbeef 3=11
; BPF: run expanded hex:000000000000000000000000000007090123efbead
; CHECK-NEXT: expanded: 8
; CHECK-NEXT: {{^[0-9]+}} values as expected
