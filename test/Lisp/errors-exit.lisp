; Compile-time code cannot end the compiler with a status of its own.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (si:exit 3))
(defprog p ()
  (m))

; CHECK: errors-exit.lisp:[[#@LINE-2]]:3: error: in macro `m`: The compile-time Lisp cannot be left.
