; Nobody continues after a continuable error.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (cerror "Go on." "stopped ~a" 1))
(defprog p ()
  (m))

; CHECK: errors-cerror.lisp:[[#@LINE-2]]:3: error: in macro `m`: stopped 1
