; A block that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (return-from nowhere 1))
(defprog p ()
  (m))

; CHECK: errors-return-from.lisp:[[#@LINE-4]]:1: error: evaluation failed: {{.*}}NOWHERE{{.*}}
