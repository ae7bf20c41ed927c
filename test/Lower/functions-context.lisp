; A function that takes the context can only be given one of its kind.

; RUN: not whistler compile %s -o %t 2>&1 | FileCheck %s

(defn mark-of ((ctx (ptr --sk-buff))) -> u32
  (ctx mark))

(defprog egress (:type :tc)
  (mark-of (ctx-ptr)))

; CHECK: functions-context.lisp:[[#@LINE+2]]:12: error: `(ctx-ptr)` is the context of a program of type `:xdp`, and the parameter `ctx` points to a `--sk-buff`
(defprog ingress (:type :xdp)
  (mark-of (ctx-ptr)))

; CHECK: functions-context.lisp:[[#@LINE+2]]:12: error: `(ctx-ptr)` is the context of a program of type `:tracepoint`, and the parameter `ctx` points to a `--sk-buff`
(defprog event (:type :tracepoint)
  (mark-of (ctx-ptr)))
; CHECK-NOT: error:
