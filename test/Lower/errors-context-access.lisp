; The kernel lets programs read and write some fields only.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:14: error: the kernel lets programs of type `:xdp` read `data` only
; CHECK-NEXT:  (setf (ctx data) 5)
; CHECK-NEXT:             ^~~~
  (setf (ctx data) 5)
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:14: error: the kernel lets programs of type `:xdp` read `ingress-ifindex` only
; CHECK-NEXT:  (setf (ctx ingress-ifindex) 5)
; CHECK-NEXT:             ^~~~~~~~~~~~~~~
  (setf (ctx ingress-ifindex) 5)
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:14: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `frobnicate`
; CHECK-NEXT:  (setf (ctx frobnicate) 5)
; CHECK-NEXT:             ^~~~~~~~~~
  (setf (ctx frobnicate) 5)
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:10: error: this place is written `(ctx field [index])`
; CHECK-NEXT:  (setf (ctx) 5)
; CHECK-NEXT:         ^~~
  (setf (ctx) 5)
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+6]]:14: error: the kernel lets programs of type `:xdp` read `rx-queue-index` only
; CHECK-NEXT:  (setf (ctx rx-queue-index) (ctx-ptr)))
; CHECK-NEXT:             ^~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:30: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:  (setf (ctx rx-queue-index) (ctx-ptr)))
; CHECK-NEXT:                             ^~~~~~~~~
  (setf (ctx rx-queue-index) (ctx-ptr)))

(defprog q (:type :socket-filter)
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:14: error: the kernel lets programs of type `:socket-filter` read `mark` only
; CHECK-NEXT:  (setf (ctx mark) 1)
; CHECK-NEXT:             ^~~~
  (setf (ctx mark) 1)
; CHECK-NEXT:{{.*}}errors-context-access.lisp:[[#@LINE+3]]:8: error: no supported kernel lets a program of type `:socket-filter` read `data`
; CHECK-NEXT:  (ctx data))
; CHECK-NEXT:       ^~~~
  (ctx data))

;  CHECK-NOT:{{.*(error|warning):.*}}
