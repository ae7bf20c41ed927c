; Memory is accessed through pointers.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:15: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (load u32 x 0)
; CHECK-NEXT:              ^
    (load u32 x 0)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:15: error: `5` is an integer, and a pointer is needed
; CHECK-NEXT:    (load u32 5)
; CHECK-NEXT:              ^
    (load u32 5)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:16: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (store u32 x 0 1)
; CHECK-NEXT:               ^
    (store u32 x 0 1)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:13: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (memset x 0 0 8)
; CHECK-NEXT:            ^
    (memset x 0 0 8)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:13: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (memcpy x 0 (stack-addr x) 0 8)
; CHECK-NEXT:            ^
    (memcpy x 0 (stack-addr x) 0 8)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:30: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (memcpy (stack-addr x) 0 x 0 8)
; CHECK-NEXT:                             ^
    (memcpy (stack-addr x) 0 x 0 8)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:17: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (atomic-add x 0 1)
; CHECK-NEXT:                ^
    (atomic-add x 0 1)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:21: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (atomic-cmpxchg x 0 1 2)
; CHECK-NEXT:                    ^
    (atomic-cmpxchg x 0 1 2)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:15: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (ipv4-ttl x)
; CHECK-NEXT:              ^
    (ipv4-ttl x)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:21: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (setf (ipv4-ttl x) 5)
; CHECK-NEXT:                    ^
    (setf (ipv4-ttl x) 5)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:21: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (incf (ipv4-ttl x))
; CHECK-NEXT:                    ^
    (incf (ipv4-ttl x))
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+6]]:16: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (parse-eth x x)
; CHECK-NEXT:               ^
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:18: error: `x` is an integer, and a pointer is needed
; CHECK-NEXT:    (parse-eth x x)
; CHECK-NEXT:                 ^
    (parse-eth x x)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:15: error: the context is read with `ctx-load` and `ctx`
; CHECK-NEXT:    (load u32 (ctx-ptr) 0)
; CHECK-NEXT:              ^~~~~~~~~
    (load u32 (ctx-ptr) 0)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:16: error: the context is written with `(setf (ctx field) value)`
; CHECK-NEXT:    (store u32 (ctx-ptr) 0 1)
; CHECK-NEXT:               ^~~~~~~~~
    (store u32 (ctx-ptr) 0 1)
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:33: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (store u64 (stack-addr x) 0 (ctx-ptr))
; CHECK-NEXT:                                ^~~~~~~~~
    (store u64 (stack-addr x) 0 (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-integer-as-pointer.lisp:[[#@LINE+3]]:30: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (load u32 (stack-addr x) (ctx-ptr))))
; CHECK-NEXT:                             ^~~~~~~~~
    (load u32 (stack-addr x) (ctx-ptr))))

;  CHECK-NOT:{{.*(error|warning):.*}}
