; Backquotes in backquotes: macros that write macros that write code.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o %s | FileCheck %s

(defmap out :type :array :key u32 :value u64 :max-entries 8)

; Each level of commas is evaluated by one level of expansion.
(defmacro define-scaler (name factor)
  `(defmacro ,name (value)
     `(* ,value ,,factor)))

(define-scaler times-six (* 2 3))

(defmacro define-storer (name &rest keys)
  `(defmacro ,name (value)
     `(progn
        ,@(mapcar (lambda (key) `(setf (getmap out ,key) ,value)) ',keys))))

(define-storer store-low 0 1)

; ,', keeps the outer value, ,@',  splices it.
(defmacro define-adder (name &rest terms)
  `(defmacro ,name (&rest more)
     `(+ ,',(first terms) ,@',(rest terms) ,@more)))

(define-adder add-all 100 20 3)

(defprog expanded (:type :xdp)
  (store-low (times-six 7))
  (setf (getmap out 2) (add-all 4000 50000))
  (setf (getmap out 3) (times-six (add-all 0)))
  XDP_PASS)
; BPF: run expanded eth
; CHECK: expanded: XDP_PASS (2)
; BPF: expect out 0=42 1=42 2=54123 3=738
; CHECK-NEXT: {{^[0-9]+}} values as expected
