; A section is one that libbpf knows, and fits the type.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-section.lisp:[[#@LINE+3]]:23: error: libbpf knows no section "frobnicate" and could not load the program
; CHECK-NEXT:(defprog p1 (:section "frobnicate") 0)
; CHECK-NEXT:                      ^~~~~~~~~~~~
(defprog p1 (:section "frobnicate") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:34: error: section "tc" is for programs of type `:tc`, and this program's type is `:xdp`
; CHECK-NEXT:(defprog p2 (:type :xdp :section "tc") 0)
; CHECK-NEXT:                                 ^~~~
(defprog p2 (:type :xdp :section "tc") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:23: error: `:section` takes a string
; CHECK-NEXT:(defprog p3 (:section xdp) 0)
; CHECK-NEXT:                      ^~~
(defprog p3 (:section xdp) 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:23: error: `:section` takes a string
; CHECK-NEXT:(defprog p4 (:section 5) 0)
; CHECK-NEXT:                      ^
(defprog p4 (:section 5) 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:23: error: `:section` takes a string that is not empty and has no NUL in it
; CHECK-NEXT:(defprog p5 (:section "") 0)
; CHECK-NEXT:                      ^~
(defprog p5 (:section "") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:37: error: section "tracepoint/sched/sched_switch" is for programs of type `:tracepoint`, and this program's type is `:kprobe`
; CHECK-NEXT:(defprog p6 (:type :kprobe :section "tracepoint/sched/sched_switch") 0)
; CHECK-NEXT:                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defprog p6 (:type :kprobe :section "tracepoint/sched/sched_switch") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+4]]:34: error: libbpf knows no section "xpd" and could not load the program
; CHECK-NEXT:(defprog p7 (:type :xdp :section "xpd") 0)
; CHECK-NEXT:                                 ^~~~~
; CHECK-NEXT:  hint: programs of type `:xdp` go into section "xdp"
(defprog p7 (:type :xdp :section "xpd") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:23: error: programs for section "struct_ops/x" are not among the language's program types
; CHECK-NEXT:(defprog p8 (:section "struct_ops/x") 0)
; CHECK-NEXT:                      ^~~~~~~~~~~~~~
(defprog p8 (:section "struct_ops/x") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:41: error: section "kprobe" is for programs of type `:kprobe`, and this program's type is `:tracepoint`
; CHECK-NEXT:(defprog p9 (:type :tracepoint :section "kprobe") 0)
; CHECK-NEXT:                                        ^~~~~~~~
(defprog p9 (:type :tracepoint :section "kprobe") 0)

; CHECK-NEXT:{{.*}}errors-section.lisp:[[#@LINE+3]]:24: error: libbpf knows no section "xdp") (error" and could not load the program
; CHECK-NEXT:(defprog p10 (:section "xdp\") (error") 0)
; CHECK-NEXT:                       ^~~~~~~~~~~~~~~
(defprog p10 (:section "xdp\") (error") 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
