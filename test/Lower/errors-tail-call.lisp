; A tail call goes through a program array.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defmap jumps :type :prog-array :max-entries 4)

(defprog p ()
;      CHECK:{{.*}}errors-tail-call.lisp:[[#@LINE+3]]:14: error: `tail-call` needs a map of type `:prog-array`, and this one's is `:hash`
; CHECK-NEXT:  (tail-call m 0)
; CHECK-NEXT:             ^
  (tail-call m 0)
; CHECK-NEXT:{{.*}}errors-tail-call.lisp:[[#@LINE+3]]:20: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:  (tail-call jumps (ctx-ptr))
; CHECK-NEXT:                   ^~~~~~~~~
  (tail-call jumps (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-tail-call.lisp:[[#@LINE+3]]:20: error: there is no variable or constant `frobnicate`
; CHECK-NEXT:  (tail-call jumps frobnicate)
; CHECK-NEXT:                   ^~~~~~~~~~
  (tail-call jumps frobnicate)
; CHECK-NEXT:{{.*}}errors-tail-call.lisp:[[#@LINE+3]]:11: error: no kernel lets `getmap` use a map of type `:prog-array`; such a map is used with `tail-call`
; CHECK-NEXT:  (getmap jumps 0)
; CHECK-NEXT:          ^~~~~
  (getmap jumps 0)
; CHECK-NEXT:{{.*}}errors-tail-call.lisp:[[#@LINE+3]]:14: error: the name of a map is needed, and this is `5`
; CHECK-NEXT:  (tail-call 5 0)
; CHECK-NEXT:             ^
  (tail-call 5 0)
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
