; A macro whose expansion holds a call of itself.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (x) `(+ 1 (m (+ 1 ,x))))
(defprog p ()
  (m 1))

; CHECK: errors-growing.lisp:[[#@LINE-2]]:3: error: macro expansions are nested more than 1000 deep
; CHECK: errors-growing.lisp:[[#@LINE-3]]:3: note: in the expansion of macro `m`
; CHECK: errors-growing.lisp:[[#@LINE-4]]:3: note: in the expansion of macro `m`
