; A restart that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (invoke-restart 'no-such-restart))
(defprog p ()
  (m))

; CHECK: errors-invoke-restart.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}NO-SUCH-RESTART{{.*}}
