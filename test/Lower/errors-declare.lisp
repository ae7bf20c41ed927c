; A declaration gives a bound variable a type.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1)) (declare) x)
;      CHECK:{{.*}}errors-declare.lisp:[[#@LINE+3]]:25: error: `u32` stands where there should be a declaration `(type u32 var...)`
; CHECK-NEXT:  (let ((x 1)) (declare u32) x)
; CHECK-NEXT:                        ^~~
  (let ((x 1)) (declare u32) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:25: error: a declaration is written `(type u32 var...)`
; CHECK-NEXT:  (let ((x 1)) (declare (type)) x)
; CHECK-NEXT:                        ^~~~~~
  (let ((x 1)) (declare (type)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:31: error: `u128` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (let ((x 1)) (declare (type u128 x)) x)
; CHECK-NEXT:                              ^~~~
  (let ((x 1)) (declare (type u128 x)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:35: error: `y` is not bound by this form
; CHECK-NEXT:  (let ((x 1)) (declare (type u32 y)) x)
; CHECK-NEXT:                                  ^
  (let ((x 1)) (declare (type u32 y)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:30: error: `y` is not bound by this form
; CHECK-NEXT:  (let ((x 1)) (declare (u32 y)) x)
; CHECK-NEXT:                             ^
  (let ((x 1)) (declare (u32 y)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:26: error: unknown declaration `frobnicate`; there are `type`, `ignore` and `ignorable`
; CHECK-NEXT:  (let ((x 1)) (declare (frobnicate x)) x)
; CHECK-NEXT:                         ^~~~~~~~~~
  (let ((x 1)) (declare (frobnicate x)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:35: error: `5` is not bound by this form
; CHECK-NEXT:  (let ((x 1)) (declare (type u32 5)) x)
; CHECK-NEXT:                                  ^
  (let ((x 1)) (declare (type u32 5)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:19: error: `declare` stands at the start of a `let`'s body
; CHECK-NEXT:  (let ((x 1)) x (declare (type u32 x)) x)
; CHECK-NEXT:                  ^~~~~~~
  (let ((x 1)) x (declare (type u32 x)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:12: error: `x` is declared to be an integer, and this is a pointer; pointers need no declaration
; CHECK-NEXT:  (let ((x (ctx-ptr))) (declare (type u32 x)) 0)
; CHECK-NEXT:           ^~~~~~~~~
  (let ((x (ctx-ptr))) (declare (type u32 x)) 0)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:16: error: `x` is declared to be an integer, and this is a pointer; pointers need no declaration
; CHECK-NEXT:  (let ((x u32 (ctx-ptr))) 0)
; CHECK-NEXT:               ^~~~~~~~~
  (let ((x u32 (ctx-ptr))) 0)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:37: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (let ((x 1)) (declare (type u32 . x)) x)
; CHECK-NEXT:                                    ^
  (let ((x 1)) (declare (type u32 . x)) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:27: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (let ((x 1)) (declare . x) x)
; CHECK-NEXT:                          ^
  (let ((x 1)) (declare . x) x)
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:4: error: `declare` stands at the start of a `let`'s body
; CHECK-NEXT:  (declare (type u32 x))
; CHECK-NEXT:   ^~~~~~~
  (declare (type u32 x))
; CHECK-NEXT:{{.*}}errors-declare.lisp:[[#@LINE+3]]:12: error: `declare` stands at the start of a `let`'s body
; CHECK-NEXT:  (when 1 (declare (type u32 x))))
; CHECK-NEXT:           ^~~~~~~
  (when 1 (declare (type u32 x))))

;  CHECK-NOT:{{.*(error|warning):.*}}
