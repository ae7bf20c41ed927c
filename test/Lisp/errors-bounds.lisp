; An index behind the end of a vector.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m (n) (aref (vector 1 2 3) n))
(defprog p ()
  (m 3))

; CHECK: errors-bounds.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}index{{.*}}3{{.*}}
