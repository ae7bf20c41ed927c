; Waiting counts as well.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile --eval-timeout=1 %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (sleep 100))
(defprog p ()
  (m))

; CHECK: errors-sleep.lisp:[[#@LINE-2]]:3: error: in macro `m`: evaluation took longer than 1 second
; CHECK: hint: allow more with `--eval-timeout=SECONDS`
