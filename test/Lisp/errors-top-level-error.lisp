; An error in a form outside of any program.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defvar *x* (error "at the top"))
(defprog p () 1)

; CHECK: errors-top-level-error.lisp:[[#@LINE-3]]:1: error: evaluation failed: at the top
