; The name of a macro that is nearly right is suggested.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err
; RUN: not test -e %t.o

(defmacro count-port (port) port)
(defprog p ()
  (count-prt 1))

; CHECK: errors-macro-suggestion.lisp:[[#@LINE-2]]:4: error: unknown operator `count-prt`; did you mean `count-port`?
