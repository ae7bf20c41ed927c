; A place that does not exist, in the macro's own code.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (setf (no-such-place 1) 2))
(defprog p ()
  (m))

; CHECK: errors-setf-place.lisp:[[#@LINE-2]]:3: error: in macro `m`: {{.*}}(SETF NO-SUCH-PLACE){{.*}}
