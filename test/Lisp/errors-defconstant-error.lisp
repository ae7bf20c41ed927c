; An error in the expression of a constant.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defconstant +list+ (car 5))

; CHECK: errors-defconstant-error.lisp:[[#@LINE-2]]:21: error: evaluation failed: {{.*}}5{{.*}}CONS{{.*}}
