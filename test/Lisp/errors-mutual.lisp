; Two macros that expand into calls of each other.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro ping (x) `(pong ,(1+ x)))
(defmacro pong (x) `(ping ,(1+ x)))
(defprog p ()
  (ping 1))

; CHECK: errors-mutual.lisp:[[#@LINE-2]]:3: error: macro expansions are nested more than 1000 deep
; CHECK: errors-mutual.lisp:[[#@LINE-3]]:3: note: in the expansion of macro `pong`
; CHECK: errors-mutual.lisp:[[#@LINE-4]]:3: note: in the expansion of macro `ping`
