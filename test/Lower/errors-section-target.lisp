; A type whose section names a target needs one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-section-target.lisp:[[#@LINE+3]]:1: error: a program of type `:fentry` needs a section that names its target, such as `:section "fentry/vfs_read"`
; CHECK-NEXT:(defprog p1 (:type :fentry) 0)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defprog p1 (:type :fentry) 0)

; CHECK-NEXT:{{.*}}errors-section-target.lisp:[[#@LINE+3]]:37: error: a program of type `:fentry` needs a section that names its target, such as "fentry/vfs_read"
; CHECK-NEXT:(defprog p2 (:type :fentry :section "fentry") 0)
; CHECK-NEXT:                                    ^~~~~~~~
(defprog p2 (:type :fentry :section "fentry") 0)

; CHECK-NEXT:{{.*}}errors-section-target.lisp:[[#@LINE+3]]:34: error: a program of type `:lsm` needs a section that names its target, such as "lsm/file_open"
; CHECK-NEXT:(defprog p5 (:type :lsm :section "lsm/") 0)
; CHECK-NEXT:                                 ^~~~~~
(defprog p5 (:type :lsm :section "lsm/") 0)

; CHECK-NEXT:{{.*}}errors-section-target.lisp:[[#@LINE+3]]:1: error: a program of type `:tp-btf` needs a section that names its target, such as `:section "tp_btf/sched_switch"`
; CHECK-NEXT:(defprog p6 (:type :tp-btf) 0)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defprog p6 (:type :tp-btf) 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
