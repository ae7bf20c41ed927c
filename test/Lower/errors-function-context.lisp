; Contexts that functions are given.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defn tc-mark ((ctx (ptr --sk-buff))) (ctx mark))

(defn queue ((ctx (ptr xdp-md))) (ctx rx-queue-index))

(defn both ((a (ptr xdp-md)) (b (ptr xdp-md))) 1)

(defprog p (:type :xdp)
  (let ((x 1))
    (queue (ctx-ptr))
;      CHECK:{{.*}}errors-function-context.lisp:[[#@LINE+3]]:14: error: `(ctx-ptr)` is the context of a program of type `:xdp`, and the parameter `ctx` points to a `--sk-buff`
; CHECK-NEXT:    (tc-mark (ctx-ptr))
; CHECK-NEXT:             ^~~~~~~~~
    (tc-mark (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-function-context.lisp:[[#@LINE+3]]:12: error: the function takes the program's context, `(ctx-ptr)`, and `(stack-addr x)` is something else
; CHECK-NEXT:    (queue (stack-addr x))
; CHECK-NEXT:           ^~~~~~~~~~~~~~
    (queue (stack-addr x))
; CHECK-NEXT:{{.*}}errors-function-context.lisp:[[#@LINE+3]]:12: error: the function takes the program's context, `(ctx-ptr)`, and `nil` is something else
; CHECK-NEXT:    (queue nil)
; CHECK-NEXT:           ^~~
    (queue nil)
; CHECK-NEXT:{{.*}}errors-function-context.lisp:[[#@LINE+3]]:12: error: the function takes the program's context, `(ctx-ptr)`, and `0` is something else
; CHECK-NEXT:    (queue 0)
; CHECK-NEXT:           ^
    (queue 0)
; CHECK-NEXT:{{.*}}errors-function-context.lisp:[[#@LINE+3]]:6: error: `queue` is given 0 arguments; it is written `(queue ctx)`
; CHECK-NEXT:    (queue)))
; CHECK-NEXT:     ^~~~~
    (queue)))

(defprog q (:type :tc)
  (tc-mark (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-function-context.lisp:[[#@LINE+3]]:10: error: `(ctx-ptr)` is the context of a program of type `:tc`, and the parameter `ctx` points to a `xdp-md`
; CHECK-NEXT:  (queue (ctx-ptr)))
; CHECK-NEXT:         ^~~~~~~~~
  (queue (ctx-ptr)))

;  CHECK-NOT:{{.*(error|warning):.*}}
