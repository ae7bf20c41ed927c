; A constant of more than 64 bits.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defconstant +big+ (expt 2 65))

; CHECK: errors-defconstant-big.lisp:[[#@LINE-2]]:20: error: the value of a `defconstant` does not fit 64 bits
