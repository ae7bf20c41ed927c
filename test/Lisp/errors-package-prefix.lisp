; A package that does not exist, by a prefix.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (nowhere:thing))
(defprog p ()
  (m))

; CHECK: errors-package-prefix.lisp:[[#@LINE-4]]:17: error: evaluation failed: There is no package with the name NOWHERE.
