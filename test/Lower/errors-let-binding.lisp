; A binding is a symbol or a short list that begins with one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:8: error: `x` stands where there should be a list of bindings, `((var init) ...)`
; CHECK-NEXT:  (let x x)
; CHECK-NEXT:       ^
  (let x x)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:10: error: `5` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let ((5 1)) 0)
; CHECK-NEXT:         ^
  (let ((5 1)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:10: error: `"x"` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let (("x" 1)) 0)
; CHECK-NEXT:         ^~~
  (let (("x" 1)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:10: error: `:x` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let ((:x 1)) 0)
; CHECK-NEXT:         ^~
  (let ((:x 1)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:10: error: `nil` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let ((nil 1)) 0)
; CHECK-NEXT:         ^~~
  (let ((nil 1)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:10: error: `t` is a constant and cannot be bound
; CHECK-NEXT:  (let ((t 1)) 0)
; CHECK-NEXT:         ^
  (let ((t 1)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:10: error: `XDP_PASS` is a constant and cannot be bound
; CHECK-NEXT:  (let ((XDP_PASS 1)) 0)
; CHECK-NEXT:         ^~~~~~~~
  (let ((XDP_PASS 1)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:18: error: a binding is written `(var init)` or `(var type init)`
; CHECK-NEXT:  (let ((x u32 1 2)) 0)
; CHECK-NEXT:                 ^
  (let ((x u32 1 2)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:12: error: `1` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (let ((x 1 2)) 0)
; CHECK-NEXT:           ^
  (let ((x 1 2)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:12: error: `u128` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (let ((x u128 2)) 0)
; CHECK-NEXT:           ^~~~
  (let ((x u128 2)) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:9: error: `5` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let (5) 0)
; CHECK-NEXT:        ^
  (let (5) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:9: error: `()` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let (()) 0)
; CHECK-NEXT:        ^~
  (let (()) 0)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:13: error: unknown operator `frobnicate`
; CHECK-NEXT:  (let ((x (frobnicate))) x)
; CHECK-NEXT:            ^~~~~~~~~~
  (let ((x (frobnicate))) x)
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:12: error: `u3` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (let ((y u3 1)) (+ y 1))
; CHECK-NEXT:           ^~
  (let ((y u3 1)) (+ y 1))
; CHECK-NEXT:{{.*}}errors-let-binding.lisp:[[#@LINE+3]]:24: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (let ((x (ctx-ptr) . 1)) 0))
; CHECK-NEXT:                       ^
  (let ((x (ctx-ptr) . 1)) 0))

;  CHECK-NOT:{{.*(error|warning):.*}}
