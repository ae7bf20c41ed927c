; A loop that is left where it has just computed several values: these are not its
; result. Where it is left is chance, so there are some loops.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 16 whistler compile --eval-timeout=1 %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro quotients () (let ((n 12345)) (loop (floor n 7))))
(defmacro pairs () (flet ((pair () (values 1 2))) (loop (pair) (pair))))

(defprog p ()
  (quotients)
  (pairs)
  (quotients)
  (pairs))

; CHECK: errors-loop-values.lisp:[[#@LINE-5]]:3: error: in macro `quotients`: evaluation took longer than 1 second
; CHECK: errors-loop-values.lisp:[[#@LINE-5]]:3: error: in macro `pairs`: evaluation took longer than 1 second
; CHECK: errors-loop-values.lisp:[[#@LINE-5]]:3: error: in macro `quotients`: evaluation took longer than 1 second
; CHECK: errors-loop-values.lisp:[[#@LINE-5]]:3: error: in macro `pairs`: evaluation took longer than 1 second
