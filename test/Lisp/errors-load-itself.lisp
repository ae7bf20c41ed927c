; A file that loads itself.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(load "errors-load-itself.lisp")

; CHECK: errors-load-itself.lisp:[[#@LINE-2]]:1: error: files load each other more than 100 deep; the last is {{.*}}errors-load-itself.lisp
