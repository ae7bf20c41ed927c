; A text error in a loaded file is reported there.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(load "Inputs/unclosed.txt")
(defprog p () 1)

; CHECK: unclosed.txt:1:1: error: this `(` is never closed, and 1 more inside of it
; CHECK: unclosed.txt:2:1: note: the text ends here
