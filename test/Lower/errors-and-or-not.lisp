; The operands of `and`, `or` and `not` are checked in conditions too.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-and-or-not.lisp:[[#@LINE+6]]:13: error: unknown operator `frobnicate-1`
; CHECK-NEXT:  (if (and (frobnicate-1) (frobnicate-2)) 1 2)
; CHECK-NEXT:            ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:28: error: unknown operator `frobnicate-2`
; CHECK-NEXT:  (if (and (frobnicate-1) (frobnicate-2)) 1 2)
; CHECK-NEXT:                           ^~~~~~~~~~~~
  (if (and (frobnicate-1) (frobnicate-2)) 1 2)
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+6]]:12: error: unknown operator `frobnicate-3`
; CHECK-NEXT:  (if (or (frobnicate-3) (not (frobnicate-4))) 1 2)
; CHECK-NEXT:           ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:32: error: unknown operator `frobnicate-4`
; CHECK-NEXT:  (if (or (frobnicate-3) (not (frobnicate-4))) 1 2)
; CHECK-NEXT:                               ^~~~~~~~~~~~
  (if (or (frobnicate-3) (not (frobnicate-4))) 1 2)
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:10: error: `not` is given 0 arguments; it is written `(not form)`
; CHECK-NEXT:  (when (not) 1)
; CHECK-NEXT:         ^~~
  (when (not) 1)
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:18: error: `not` is given 2 arguments; it is written `(not form)`
; CHECK-NEXT:  (unless (not 1 2) 1)
; CHECK-NEXT:                 ^
  (unless (not 1 2) 1)
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:13: error: unknown operator `frobnicate-5`
; CHECK-NEXT:  (if (= 1 (frobnicate-5)) 1 2)
; CHECK-NEXT:            ^~~~~~~~~~~~
  (if (= 1 (frobnicate-5)) 1 2)
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:8: error: `<` is given 0 arguments; it is written `(< a b...)`
; CHECK-NEXT:  (if (<) 1 2)
; CHECK-NEXT:       ^
  (if (<) 1 2)
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+6]]:9: error: unknown operator `frobnicate-6`
; CHECK-NEXT:  (and (frobnicate-6) (frobnicate-7))
; CHECK-NEXT:        ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:24: error: unknown operator `frobnicate-7`
; CHECK-NEXT:  (and (frobnicate-6) (frobnicate-7))
; CHECK-NEXT:                       ^~~~~~~~~~~~
  (and (frobnicate-6) (frobnicate-7))
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+6]]:8: error: unknown operator `frobnicate-8`
; CHECK-NEXT:  (or (frobnicate-8) (frobnicate-9))
; CHECK-NEXT:       ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:23: error: unknown operator `frobnicate-9`
; CHECK-NEXT:  (or (frobnicate-8) (frobnicate-9))
; CHECK-NEXT:                      ^~~~~~~~~~~~
  (or (frobnicate-8) (frobnicate-9))
; CHECK-NEXT:{{.*}}errors-and-or-not.lisp:[[#@LINE+3]]:14: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (if (and . 1) 1 2))
; CHECK-NEXT:             ^
  (if (and . 1) 1 2))

;  CHECK-NOT:{{.*(error|warning):.*}}
