; Compile-time code has no standard input.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (read-line))
(defprog p ()
  (m))

; CHECK: errors-read-line.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}end of file{{.*}}
