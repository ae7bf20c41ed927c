; An error in the handler of another one.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m ()
  (handler-bind ((error (lambda (c) (car c)))) (error "first")))
(defprog p ()
  (m))

; CHECK: errors-handler-bind.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}#<a SIMPLE-ERROR>{{.*}}CONS{{.*}}
