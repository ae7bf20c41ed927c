; An error in a local macro.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defprog p ()
  (macrolet ((m (x) (error "local ~a" x)))
    (m 1)))

; CHECK: errors-macrolet.lisp:[[#@LINE-2]]:5: error: in macro `m`: local 1
