; A parameter list with a keyword that lacks its parameter.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (a &rest) a)
(defprog p ()
  (m 1))

; CHECK: errors-lambda-list.lisp:[[#@LINE-4]]:1: error: evaluation failed: {{.*}}lambda list{{.*}}
