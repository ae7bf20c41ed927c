; A macro that signals an error is reported where it is called.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (x) (error "no ~a for ~s" x "you"))
(defprog p ()
  (m tea))

; CHECK: errors-error.lisp:[[#@LINE-2]]:3: error: in macro `m`: no TEA for "you"
