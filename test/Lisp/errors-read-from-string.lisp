; Text that ends too early, given to the reader.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (read-from-string "(1 2"))
(defprog p ()
  (m))

; CHECK: errors-read-from-string.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}end of file{{.*}}
