; An expansion that is an integer of more than 64 bits.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (expt 2 70))
(defprog p ()
  (m))

; CHECK: errors-gives-big.lisp:[[#@LINE-2]]:3: error: the integer does not fit 64 bits
; CHECK: errors-gives-big.lisp:[[#@LINE-3]]:3: note: in the expansion of macro `m`
