; A local macro without a parameter list.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defprog p ()
  (macrolet ((m))
    (m)))

; CHECK: errors-macrolet-malformed.lisp:[[#@LINE-3]]:14: error: this defines no local macro
; CHECK: hint: write (name (parameter ...) body ...)
