; A definition without a parameter list.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m)

; CHECK: errors-defmacro-short.lisp:[[#@LINE-2]]:2: error: `defmacro` is incomplete; it is written `(defmacro name (args...) body...)`
