; An unknown top-level form is reported with the nearest known one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-unknown-declaration.lisp:[[#@LINE+3]]:2: error: unknown top-level form `defmpa`; did you mean `defmap`?
; CHECK-NEXT:(defmpa counts :type :array :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT: ^~~~~~
(defmpa counts :type :array :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-unknown-declaration.lisp:[[#@LINE+3]]:2: error: unknown top-level form `defrpog`; did you mean `defprog`?
; CHECK-NEXT:(defrpog p (:type :xdp)
; CHECK-NEXT: ^~~~~~~
(defrpog p (:type :xdp)
  XDP_PASS)

; CHECK-NEXT:{{.*}}errors-unknown-declaration.lisp:[[#@LINE+3]]:2: error: unknown top-level form `frobnicate`
; CHECK-NEXT:(frobnicate 1 2)
; CHECK-NEXT: ^~~~~~~~~~
(frobnicate 1 2)

; CHECK-NEXT:{{.*}}errors-unknown-declaration.lisp:[[#@LINE+3]]:2: error: unknown top-level form `other::defmap`; did you mean `defmap`?
; CHECK-NEXT:(other:defmap m :type :array)
; CHECK-NEXT: ^~~~~~~~~~~~
(other:defmap m :type :array)

;  CHECK-NOT:{{.*(error|warning):.*}}
