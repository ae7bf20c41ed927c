; A file that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(load "no-such-file.lisp")

; CHECK: errors-load-missing.lisp:[[#@LINE-2]]:1: error: cannot read {{.*}}no-such-file.lisp: No such file or directory
