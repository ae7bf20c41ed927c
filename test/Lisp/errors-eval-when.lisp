; A situation that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(eval-when (:sometimes) (defmacro m () 1))

; CHECK: errors-eval-when.lisp:[[#@LINE-2]]:13: error: `:sometimes` is no situation; there are :compile-toplevel, :load-toplevel and :execute
