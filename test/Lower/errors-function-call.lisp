; Calls of functions.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct pair (a u32) (b u32))

(defstruct other (a u32))

(defglobal numbers (array u32 4))

(defn sum ((x u32) (y u32)) (+ x y))

(defn first-of ((p (ptr pair))) -> u32 (pair-a p))

(defn any ((p (ptr))) 1)

(defn read-word ((p (ptr u32))) (load u32 p))

;      CHECK:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:18: error: `u33` is not a type; did you mean `u32`?
; CHECK-NEXT:(defn broken ((x u33)) x)
; CHECK-NEXT:                 ^~~
(defn broken ((x u33)) x)

(defn itself ((p (ptr pair))) -> (ptr pair) p)

(defn with-context ((ctx (ptr xdp-md))) (ctx rx-queue-index))

(defprog p (:type :xdp)
  (let ((o (make-other)) (q (make-pair)))
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:6: error: `sum` is given 1 argument; it is written `(sum x y)`
; CHECK-NEXT:    (sum 1)
; CHECK-NEXT:     ^~~
    (sum 1)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:14: error: `sum` is given 3 arguments; it is written `(sum x y)`
; CHECK-NEXT:    (sum 1 2 3)
; CHECK-NEXT:             ^
    (sum 1 2 3)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:12: error: `q` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (sum 1 q)
; CHECK-NEXT:           ^
    (sum 1 q)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:15: error: `5` is an integer, and the parameter `p` is a pointer
; CHECK-NEXT:    (first-of 5)
; CHECK-NEXT:              ^
    (first-of 5)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:15: error: `o` points to a `other`, and the parameter `p` to a `pair`
; CHECK-NEXT:    (first-of o)
; CHECK-NEXT:              ^
    (first-of o)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:15: error: `numbers` points to a `(array u32 4)`, and the parameter `p` to a `pair`
; CHECK-NEXT:    (first-of numbers)
; CHECK-NEXT:              ^~~~~~~
    (first-of numbers)
    (first-of nil)
    (first-of q)
    (any q)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:10: error: `3` is an integer, and the parameter `p` is a pointer
; CHECK-NEXT:    (any 3)
; CHECK-NEXT:         ^
    (any 3)
    (read-word numbers)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:16: error: `q` points to a `pair`, and the parameter `p` to a `u32`
; CHECK-NEXT:    (read-word q)
; CHECK-NEXT:               ^
    (read-word q)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:14: error: `(itself q)` points to a `pair`, and `other-a` takes a pointer to a `other`
; CHECK-NEXT:    (other-a (itself q))
; CHECK-NEXT:             ^~~~~~~~~~
    (other-a (itself q))
    (broken 1)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:6: error: unknown operator `sume`; did you mean `sum`?
; CHECK-NEXT:    (sume 1 2)
; CHECK-NEXT:     ^~~~
    (sume 1 2)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:11: error: `(sum 1 2)` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf (sum 1 2) 3)
; CHECK-NEXT:          ^~~~~~~~~
    (setf (sum 1 2) 3)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:19: error: the function takes the program's context, `(ctx-ptr)`, and `5` is something else
; CHECK-NEXT:    (with-context 5)
; CHECK-NEXT:                  ^
    (with-context 5)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:19: error: the function takes the program's context, `(ctx-ptr)`, and `q` is something else
; CHECK-NEXT:    (with-context q)
; CHECK-NEXT:                  ^
    (with-context q)
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+6]]:20: error: `o` points to a `other`, and the parameter `p` to a `pair`
; CHECK-NEXT:    (sum (first-of o) (undefined 1))
; CHECK-NEXT:                   ^
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:24: error: unknown operator `undefined`
; CHECK-NEXT:    (sum (first-of o) (undefined 1))
; CHECK-NEXT:                       ^~~~~~~~~
    (sum (first-of o) (undefined 1))
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:5: error: `sum` is a function, not a value; it is called `(sum x y)`
; CHECK-NEXT:    sum
; CHECK-NEXT:    ^~~
    sum
; CHECK-NEXT:{{.*}}errors-function-call.lisp:[[#@LINE+3]]:6: error: `sum` is given 0 arguments; it is written `(sum x y)`
; CHECK-NEXT:    (sum)))
; CHECK-NEXT:     ^~~
    (sum)))

;  CHECK-NOT:{{.*(error|warning):.*}}
