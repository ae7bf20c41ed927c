; A license is a string.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-license-text.lisp:[[#@LINE+3]]:23: error: `:license` takes a string
; CHECK-NEXT:(defprog p1 (:license :gpl) 0)
; CHECK-NEXT:                      ^~~~
(defprog p1 (:license :gpl) 0)

; CHECK-NEXT:{{.*}}errors-license-text.lisp:[[#@LINE+3]]:23: error: `:license` takes a string
; CHECK-NEXT:(defprog p2 (:license GPL) 0)
; CHECK-NEXT:                      ^~~
(defprog p2 (:license GPL) 0)

; CHECK-NEXT:{{.*}}errors-license-text.lisp:[[#@LINE+3]]:23: error: `:license` takes a string that is not empty and has no NUL in it
; CHECK-NEXT:(defprog p3 (:license "") 0)
; CHECK-NEXT:                      ^~
(defprog p3 (:license "") 0)

; CHECK-NEXT:{{.*}}errors-license-text.lisp:[[#@LINE+3]]:23: error: `:license` takes a string
; CHECK-NEXT:(defprog p4 (:license 2) 0)
; CHECK-NEXT:                      ^
(defprog p4 (:license 2) 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
