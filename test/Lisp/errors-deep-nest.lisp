; An expansion that nests too deep.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (let ((l 1)) (dotimes (i 100000) (setf l (list '+ 1 l))) l))
(defprog p ()
  (m))

; CHECK: errors-deep-nest.lisp:[[#@LINE-2]]:3: error: in macro `m`: the expansion is circular, nests too deep or is too large
