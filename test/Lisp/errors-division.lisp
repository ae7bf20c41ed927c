; A division by zero.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (n) (/ 10 n))
(defprog p ()
  (m 0))

; CHECK: errors-division.lisp:[[#@LINE-2]]:3: error: in macro `m`: division by zero
