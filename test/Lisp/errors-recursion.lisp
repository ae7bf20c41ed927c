; Recursion without end.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defun deep (n) (1+ (deep (1+ n))))
(defmacro m () (deep 0))
(defprog p ()
  (m))

; CHECK: errors-recursion.lisp:[[#@LINE-2]]:3: error: in macro `m`: the recursion is too deep
