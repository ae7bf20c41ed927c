; Atomic operations take a pointer, an offset and a value.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:6: error: `atomic-add` is given 1 argument; it is written `(atomic-add ptr offset value [type])`
; CHECK-NEXT:    (atomic-add x)
; CHECK-NEXT:     ^~~~~~~~~~
    (atomic-add x)
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:6: error: `atomic-add` is given 2 arguments; it is written `(atomic-add ptr offset value [type])`
; CHECK-NEXT:    (atomic-add (stack-addr x) 0)
; CHECK-NEXT:     ^~~~~~~~~~
    (atomic-add (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:34: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (atomic-add (stack-addr x) 0 (ctx-ptr))
; CHECK-NEXT:                                 ^~~~~~~~~
    (atomic-add (stack-addr x) 0 (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:32: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (atomic-add (stack-addr x) (ctx-ptr) 1)
; CHECK-NEXT:                               ^~~~~~~~~
    (atomic-add (stack-addr x) (ctx-ptr) 1)
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:6: error: unknown operator `atomic-sub`; did you mean `atomic-add`?
; CHECK-NEXT:    (atomic-sub (stack-addr x) 0 1)
; CHECK-NEXT:     ^~~~~~~~~~
    (atomic-sub (stack-addr x) 0 1)
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:6: error: unknown operator `atomic-fetch-sub`; did you mean `atomic-fetch-add`?
; CHECK-NEXT:    (atomic-fetch-sub (stack-addr x) 0 1)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~~
    (atomic-fetch-sub (stack-addr x) 0 1)
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:6: error: `atomic-cmpxchg` is given 3 arguments; it is written `(atomic-cmpxchg ptr offset expected new [type])`
; CHECK-NEXT:    (atomic-cmpxchg (stack-addr x) 0 1)
; CHECK-NEXT:     ^~~~~~~~~~~~~~
    (atomic-cmpxchg (stack-addr x) 0 1)
; CHECK-NEXT:{{.*}}errors-atomics.lisp:[[#@LINE+3]]:18: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (atomic-xchg x 0 1 u32)))
; CHECK-NEXT:                 ^
    (atomic-xchg x 0 1 u32)))

;  CHECK-NOT:{{.*(error|warning):.*}}
