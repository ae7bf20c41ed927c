; A form of a program's body does not stand at top level.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-body-form-at-top-level.lisp:[[#@LINE+3]]:1: error: evaluation failed: The variable M is unbound.
; CHECK-NEXT:(incf (getmap m 0))
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~
(incf (getmap m 0))

; CHECK-NEXT:{{.*}}errors-body-form-at-top-level.lisp:[[#@LINE+3]]:2: error: `ktime-get-ns` belongs into the body of a `defprog`
; CHECK-NEXT:(ktime-get-ns)
; CHECK-NEXT: ^~~~~~~~~~~~
(ktime-get-ns)

; CHECK-NEXT:{{.*}}errors-body-form-at-top-level.lisp:[[#@LINE+3]]:2: error: `ipv4-ttl` belongs into the body of a `defprog`
; CHECK-NEXT:(ipv4-ttl p)
; CHECK-NEXT: ^~~~~~~~
(ipv4-ttl p)

; CHECK-NEXT:{{.*}}errors-body-form-at-top-level.lisp:[[#@LINE+3]]:2: error: `declare` belongs into the body of a `defprog`
; CHECK-NEXT:(declare (type u32 x))
; CHECK-NEXT: ^~~~~~~
(declare (type u32 x))

;  CHECK-NOT:{{.*(error|warning):.*}}
