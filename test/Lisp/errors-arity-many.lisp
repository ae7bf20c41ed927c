; A call with too many arguments for the macro.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (a b) `(+ ,a ,b))
(defprog p ()
  (m 1 2 3))

; CHECK: errors-arity-many.lisp:[[#@LINE-2]]:3: error: in macro `m`: Too many arguments{{.*}}
