; Local macros: inner ones hide outer ones, and end with their scope.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

(defmacro scale (x) `(* ,x 2))

(defprog expanded (:type :xdp)
  (setf (getmap out 0) (scale 10))
  (macrolet ((scale (x) `(* ,x 3))
             (put (key value) `(setf (getmap out ,key) ,value)))
    (put 1 (scale 10))
    ; A local macro may expand into another one, also of an outer scope.
    (macrolet ((scale-and-put (key x) `(put ,key (scale ,x))))
      (scale-and-put 2 100))
    (macrolet ((scale (x) `(+ ,x 1)))
      (put 3 (scale 10))))
  (setf (getmap out 4) (scale 10))
  XDP_PASS)

; Around declarations.
(macrolet ((define-constant-program (name key value)
             `(defprog ,name (:type :xdp)
                (setf (getmap out ,key) ,value)
                XDP_DROP)))
  (define-constant-program five 5 555)
  (define-constant-program six 6 666))

; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=20 1=30 2=300 3=11 4=20
; BPF: run five eth
; CHECK-NEXT: five: XDP_DROP (1)
; BPF: run six eth
; CHECK-NEXT: six: XDP_DROP (1)
; BPF: expect out 5=555 6=666
; CHECK-NEXT: {{^[0-9]+}} values as expected
