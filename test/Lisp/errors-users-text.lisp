; An error in the user's own text is reported there, not at the call around it.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro twice (x) `(+ ,x ,x))
(defmacro both (x y) `(+ (twice ,x) ,y))
(defprog p ()
  (both 1
        (no-such-operator 2)))

; CHECK: errors-users-text.lisp:[[#@LINE-2]]:10: error: unknown operator `no-such-operator`
; CHECK: errors-users-text.lisp:[[#@LINE-4]]:3: note: in the expansion of macro `both`
