; A macro's warning is told, and its expansion is used.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro m () (warn "careful with ~a" 'this) '(no-such-thing))
(defprog p ()
  (m))

; CHECK: errors-warning.lisp:[[#@LINE-2]]:3: warning: in macro `m`: careful with THIS
; CHECK: errors-warning.lisp:[[#@LINE-3]]:3: error: unknown operator `no-such-thing`
; CHECK: errors-warning.lisp:[[#@LINE-4]]:3: note: in the expansion of macro `m`
