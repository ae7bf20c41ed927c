; A single object that is larger than all memory that there is.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile --eval-heap=32 %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (make-string 2000000000))
(defprog p ()
  (m))

; CHECK: errors-string-huge.lisp:[[#@LINE-2]]:3: error: in macro `m`: compile-time code used more than 32 MB of memory
; CHECK: hint: allow more with `--eval-heap=MB`
