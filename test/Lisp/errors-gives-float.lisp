; An expansion that is a float.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () 1.5)
(defprog p ()
  (m))

; CHECK: errors-gives-float.lisp:[[#@LINE-2]]:3: error: BPF has integers only, and `1.5` is none
; CHECK: errors-gives-float.lisp:[[#@LINE-3]]:3: note: in the expansion of macro `m`
