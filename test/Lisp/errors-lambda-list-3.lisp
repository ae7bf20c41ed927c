; A parameter list with a number in it.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (5) 1)
(defprog p ()
  (m 1))

; CHECK: errors-lambda-list-3.lisp:[[#@LINE-4]]:1: error: evaluation failed: {{.*5.*}}
