; An error in a declaration that is evaluated.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(eval '(defmap counters :type :no-such-type))

; CHECK: errors-eval-declaration.lisp:[[#@LINE-2]]:31: error: there is no map type `:no-such-type`{{.*}}
