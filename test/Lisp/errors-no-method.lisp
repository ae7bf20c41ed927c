; A generic function without a method for its argument.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defgeneric size (thing))
(defmacro m (x) (size x))
(defprog p ()
  (m 1))

; CHECK: errors-no-method.lisp:[[#@LINE-2]]:3: error: in macro `m`: No applicable method for SIZE{{.*}}
