; A condition that has an object to print that cannot be printed.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defclass thing () ())
(defmethod print-object ((thing thing) stream) (error "cannot print"))
(defmacro m () (error "bad ~a" (make-instance 'thing)))
(defprog p ()
  (m))

; CHECK: errors-print-object.lisp:[[#@LINE-2]]:3: error: in macro `m`: a condition of type SIMPLE-ERROR, which cannot be printed
