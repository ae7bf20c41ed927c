; A case that no clause stands for.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (n) (ecase n (1 2) (3 4)))
(defprog p ()
  (m 5))

; CHECK: errors-ecase.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*5.*}}ECASE{{.*}}
