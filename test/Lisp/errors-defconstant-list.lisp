; A constant that is no integer.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defconstant +list+ (list 1 2))

; CHECK: errors-defconstant-list.lisp:[[#@LINE-2]]:21: error: the value of a `defconstant` has to be an integer, and this is (1 2); a `defparameter` keeps lists for macros
