; A macro that looks into its environment sees the symbol macros around its call,
; and a symbol macro is not taken for a macro of that name.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 4)
(defmacro constant-of (form &environment environment)
  (if (integerp (macroexpand form environment)) 1 2))
(defmacro twice (x) `(* 2 ,x))

(defprog p (:type :xdp)
  (symbol-macrolet ((five 5) (twice 21))
    (setf (getmap out 0) (constant-of five))
    (setf (getmap out 1) (constant-of six))
    (setf (getmap out 2) (twice twice)))
  XDP_PASS)
; BPF: run p eth
; CHECK: p: XDP_PASS (2)
; BPF: expect out 0=1 1=2 2=42
; CHECK-NEXT: {{^}}3 values as expected
