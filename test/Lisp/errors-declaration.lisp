; An error in a declaration that a macro makes, in the user's own text.
; RUN: rm -f %t.o
; RUN: sh -c 'timeout 4 whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --implicit-check-not=error: --implicit-check-not=warning:
; RUN: not test -e %t.o

(defmacro define-map (name size)
  `(defmap ,name :type :array :key u32 :value u64 :max-entries ,size))
(define-map counters none)

; CHECK: errors-declaration.lisp:[[#@LINE-2]]:22: error: `:max-entries` has to be a constant, and `none` is none
; CHECK: errors-declaration.lisp:[[#@LINE-3]]:1: note: in the expansion of macro `define-map`
