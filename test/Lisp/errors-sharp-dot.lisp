; An error in an evaluation at read time.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defprog p ()
  #.(error "not at read time"))

; CHECK: errors-sharp-dot.lisp:[[#@LINE-2]]:3: error: evaluation failed: not at read time
