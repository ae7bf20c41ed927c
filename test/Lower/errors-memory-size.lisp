; `memset` and `memcpy` take a constant size.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1) (n (ktime-get-ns)))
;      CHECK:{{.*}}errors-memory-size.lisp:[[#@LINE+3]]:32: error: the size of `memset` has to be a constant, and `n` is none
; CHECK-NEXT:    (memset (stack-addr x) 0 0 n)
; CHECK-NEXT:                               ^
    (memset (stack-addr x) 0 0 n)
; CHECK-NEXT:{{.*}}errors-memory-size.lisp:[[#@LINE+3]]:32: error: the size of `memset` has to be between 0 and 4096, and this is -1
; CHECK-NEXT:    (memset (stack-addr x) 0 0 -1)
; CHECK-NEXT:                               ^~
    (memset (stack-addr x) 0 0 -1)
; CHECK-NEXT:{{.*}}errors-memory-size.lisp:[[#@LINE+3]]:32: error: the size of `memset` has to be between 0 and 4096, and this is 100000
; CHECK-NEXT:    (memset (stack-addr x) 0 0 100000)
; CHECK-NEXT:                               ^~~~~~
    (memset (stack-addr x) 0 0 100000)
; CHECK-NEXT:{{.*}}errors-memory-size.lisp:[[#@LINE+3]]:47: error: the size of `memcpy` has to be a constant, and `n` is none
; CHECK-NEXT:    (memcpy (stack-addr x) 0 (stack-addr n) 0 n)
; CHECK-NEXT:                                              ^
    (memcpy (stack-addr x) 0 (stack-addr n) 0 n)
; CHECK-NEXT:{{.*}}errors-memory-size.lisp:[[#@LINE+3]]:47: error: the size of `memcpy` has to be between 0 and 4096, and this is 4097
; CHECK-NEXT:    (memcpy (stack-addr x) 0 (stack-addr n) 0 4097)
; CHECK-NEXT:                                              ^~~~
    (memcpy (stack-addr x) 0 (stack-addr n) 0 4097)
; CHECK-NEXT:{{.*}}errors-memory-size.lisp:[[#@LINE+3]]:30: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (memset (stack-addr x) 0 (ctx-ptr) 8)))
; CHECK-NEXT:                             ^~~~~~~~~
    (memset (stack-addr x) 0 (ctx-ptr) 8)))

;  CHECK-NOT:{{.*(error|warning):.*}}
