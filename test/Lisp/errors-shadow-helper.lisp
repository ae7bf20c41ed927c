; A macro may hide a helper, with a warning.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro ktime-get-ns () 7)
(defprog p ()
  (ktime-get-ns)
  (no-such-thing))

; CHECK: errors-shadow-helper.lisp:[[#@LINE-5]]:11: warning: the macro hides the built-in `ktime-get-ns`
; CHECK: errors-shadow-helper.lisp:[[#@LINE-3]]:4: error: unknown operator `no-such-thing`
