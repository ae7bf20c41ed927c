; A string without its closing quote is reported where it opens.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}unclosed-string.lisp:[[#@LINE+3]]:36: error: this string is never closed
;  CHECK-NEXT:(defprog p (:type :xdp :license    "GPL)
;  CHECK-NEXT:                                   ^
(defprog p (:type :xdp :license    "GPL)
  XDP_PASS)

;  CHECK-NOT:{{.*}}error:{{.*}}
