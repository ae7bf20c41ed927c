; All syntax errors of a text are reported in one run, in order.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}several-errors.lisp:[[#@LINE+2]]:9: error: `#z` is no reader syntax
;       CHECK:{{.*}}several-errors.lisp:[[#@LINE+1]]:25: error: unknown character name `Foo`
(defmap #z :type :array #\Foo)
;       CHECK:{{.*}}several-errors.lisp:[[#@LINE+2]]:14: error: this `)` closes nothing
(defprog p ()
  (return 0)))
;       CHECK:{{.*}}several-errors.lisp:[[#@LINE+1]]:18: error: `8` is no digit in radix 8
(defprog q () #o18)

;  CHECK-NOT:{{.*}}error:{{.*}}
