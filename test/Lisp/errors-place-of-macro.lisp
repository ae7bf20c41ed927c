; An expansion that is no place, where a place is set.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () '(+ 1 2))
(defprog p ()
  (setf (m) 2))

; CHECK: errors-place-of-macro.lisp:[[#@LINE-2]]:9: error: `(+ 1 2)` is not a place that can be set{{.*}}
; CHECK: errors-place-of-macro.lisp:[[#@LINE-3]]:9: note: in the expansion of macro `m`
