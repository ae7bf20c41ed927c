; An expansion that is no proper list.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () '(+ 1 . 2))
(defprog p ()
  (m))

; CHECK: errors-dotted.lisp:[[#@LINE-2]]:3: error: a dotted list cannot stand here; leave out the dot
; CHECK: errors-dotted.lisp:[[#@LINE-3]]:3: note: in the expansion of macro `m`
