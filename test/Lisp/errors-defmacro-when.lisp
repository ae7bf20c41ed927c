; Forms of the language cannot be redefined.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro when (x &body b) `(if ,x (progn ,@b)))
(defprog p ()
  (when 1 2))

; CHECK: errors-defmacro-when.lisp:[[#@LINE-4]]:11: error: `when` is a form of the language and cannot be redefined
