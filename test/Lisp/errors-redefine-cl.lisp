; Functions of Common Lisp cannot be redefined.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defun car (x) x)
(defprog p () 1)

; CHECK: errors-redefine-cl.lisp:[[#@LINE-3]]:1: error: evaluation failed: {{.*}}CAR{{.*}}
