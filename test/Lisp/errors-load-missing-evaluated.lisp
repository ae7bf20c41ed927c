; A file that does not exist, with a computed name.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(let ((name "no-such-file.lisp"))
  (load name))

; CHECK: errors-load-missing-evaluated.lisp:[[#@LINE-3]]:1: error: evaluation failed: There is no file no-such-file.lisp.
