; A file to read that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (with-open-file (s "no-such-file.txt") (read s)))
(defprog p ()
  (m))

; CHECK: errors-open-missing.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}no-such-file.txt{{.*}}
