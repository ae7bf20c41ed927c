; A condition whose report function fails.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(define-condition bad (error) ()
  (:report (lambda (c s) (declare (ignore c s)) (error "in the report"))))
(defmacro m () (error 'bad))
(defprog p ()
  (m))

; CHECK: errors-report.lisp:[[#@LINE-2]]:3: error: in macro `m`: a condition of type BAD, which cannot be printed
