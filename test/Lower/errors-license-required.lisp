; Some types are for GPL-compatible programs only.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-license-required.lisp:[[#@LINE+3]]:59: error: the kernel loads programs of type `:lsm` under a GPL-compatible license only, such as "GPL" or "Dual MIT/GPL"
; CHECK-NEXT:(defprog p1 (:type :lsm :section "lsm/file_open" :license "MIT") 0)
; CHECK-NEXT:                                                          ^~~~~
(defprog p1 (:type :lsm :section "lsm/file_open" :license "MIT") 0)

(defprog p2 (:type :lsm :section "lsm/bpf" :license "Dual MIT/GPL") 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
