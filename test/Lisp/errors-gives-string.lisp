; An expansion that is a string.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () "text")
(defprog p ()
  (* 1 (m)))

; CHECK: errors-gives-string.lisp:[[#@LINE-2]]:8: error: {{.*}}
