; `when-let` and `if-let` bind variables.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
;      CHECK:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:4: error: `when-let` is given 0 arguments; it is written `(when-let ((var init) ...) body...)`
; CHECK-NEXT:  (when-let)
; CHECK-NEXT:   ^~~~~~~~
  (when-let)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:13: error: `x` stands where there should be a list of bindings, `((var init) ...)`
; CHECK-NEXT:  (when-let x 1)
; CHECK-NEXT:            ^
  (when-let x 1)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:15: error: `5` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (when-let ((5 1)) 1)
; CHECK-NEXT:              ^
  (when-let ((5 1)) 1)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:18: error: unknown operator `frobnicate`
; CHECK-NEXT:  (when-let ((v (frobnicate))) v)
; CHECK-NEXT:                 ^~~~~~~~~~
  (when-let ((v (frobnicate))) v)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:17: error: `u3` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (when-let ((v u3 1)) v)
; CHECK-NEXT:                ^~
  (when-let ((v u3 1)) v)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:4: error: `if-let` is given 0 arguments; it is written `(if-let (var init) then [else])`
; CHECK-NEXT:  (if-let)
; CHECK-NEXT:   ^~~~~~
  (if-let)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:4: error: `if-let` is given 1 argument; it is written `(if-let (var init) then [else])`
; CHECK-NEXT:  (if-let (v 1))
; CHECK-NEXT:   ^~~~~~
  (if-let (v 1))
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:11: error: `if-let` binds one variable: `(if-let (var init) then else)`
; CHECK-NEXT:  (if-let ((a 1) (b 2)) a b)
; CHECK-NEXT:          ^~~~~~~~~~~~~
  (if-let ((a 1) (b 2)) a b)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:11: error: `if-let` binds one variable: `(if-let (var init) then else)`
; CHECK-NEXT:  (if-let () 1 2)
; CHECK-NEXT:          ^~
  (if-let () 1 2)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:15: error: unknown operator `frobnicate`
; CHECK-NEXT:  (if-let (v (frobnicate)) v 1)
; CHECK-NEXT:              ^~~~~~~~~~
  (if-let (v (frobnicate)) v 1)
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:22: error: there is no variable or constant `v`
; CHECK-NEXT:  (if-let (v 1) v (+ v 1))
; CHECK-NEXT:                     ^
  (if-let (v 1) v (+ v 1))
; CHECK-NEXT:{{.*}}errors-when-let.lisp:[[#@LINE+3]]:44: error: `p` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:  (when-let ((p (map-lookup m 1))) (+ 1 (* p 2))))
; CHECK-NEXT:                                           ^
  (when-let ((p (map-lookup m 1))) (+ 1 (* p 2))))

;  CHECK-NOT:{{.*(error|warning):.*}}
