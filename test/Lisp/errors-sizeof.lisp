; The size of a type that does not exist.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (sizeof 'no-such-type))
(defprog p ()
  (m))

; CHECK: errors-sizeof.lisp:[[#@LINE-2]]:3: error: in macro `m`: There is no type with the name NO-SUCH-TYPE.
