; A class that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (make-instance 'no-such-class))
(defprog p ()
  (m))

; CHECK: errors-class.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}NO-SUCH-CLASS{{.*}}
