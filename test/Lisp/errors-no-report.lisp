; A condition without a report function.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(define-condition bad (error) ())
(defmacro m () (error 'bad))
(defprog p ()
  (m))

; CHECK: errors-no-report.lisp:[[#@LINE-2]]:3: error: in macro `m`: a condition of type BAD
