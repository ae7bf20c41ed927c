; Compilation goes on behind an error.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-no-program-limit.lisp:[[#@LINE+3]]:16: error: unknown operator `frobnicate`
; CHECK-NEXT:(defprog p () (frobnicate))
; CHECK-NEXT:               ^~~~~~~~~~
(defprog p () (frobnicate))

; CHECK-NEXT:{{.*}}errors-no-program-limit.lisp:[[#@LINE+6]]:1: error: the map has no `:value-size`; a map of type `:array` needs at least 1 byte
; CHECK-NEXT:(defmap m :type :array)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-no-program-limit.lisp:[[#@LINE+3]]:1: error: the map has no `:max-entries`
; CHECK-NEXT:(defmap m :type :array)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~
(defmap m :type :array)

; CHECK-NEXT:{{.*}}errors-no-program-limit.lisp:[[#@LINE+3]]:29: error: unknown operator `frobnicate2`
; CHECK-NEXT:(defprog q () (getmap m 0) (frobnicate2))
; CHECK-NEXT:                            ^~~~~~~~~~~
(defprog q () (getmap m 0) (frobnicate2))

(defprog r () XDP_PASS)

;  CHECK-NOT:{{.*(error|warning):.*}}
