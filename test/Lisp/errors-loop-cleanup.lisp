; A loop that is left by way of a cleanup form.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile --eval-timeout=1 %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (unwind-protect (loop) (print 1)))
(defprog p ()
  (m))

; CHECK: errors-loop-cleanup.lisp:[[#@LINE-2]]:3: error: in macro `m`: evaluation took longer than 1 second
; CHECK: hint: allow more with `--eval-timeout=SECONDS`
