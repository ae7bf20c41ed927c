; An assertion with a message.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (n) (assert (evenp n) (n) "~a is odd" n) n)
(defprog p ()
  (m 3))

; CHECK: errors-assertion.lisp:[[#@LINE-2]]:3: error: in macro `m`: 3 is odd
