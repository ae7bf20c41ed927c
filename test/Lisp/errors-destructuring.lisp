; An argument that does not have the shape of its parameter list.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m ((a b) c) `(+ ,a ,b ,c))
(defprog p ()
  (m 1 2))

; CHECK: errors-destructuring.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}1{{.*}}CONS{{.*}}
