; The type of a program is one of the language's.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `:xpd`; did you mean `:xdp`?
; CHECK-NEXT:(defprog p1 (:type :xpd) 0)
; CHECK-NEXT:                   ^~~~
(defprog p1 (:type :xpd) 0)

; CHECK-NEXT:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `xdp`; did you mean `:xdp`?
; CHECK-NEXT:(defprog p2 (:type xdp) 0)
; CHECK-NEXT:                   ^~~
(defprog p2 (:type xdp) 0)

; CHECK-NEXT:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `"xdp"`; did you mean `:xdp`?
; CHECK-NEXT:(defprog p3 (:type "xdp") 0)
; CHECK-NEXT:                   ^~~~~
(defprog p3 (:type "xdp") 0)

; CHECK-NEXT:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `:frobnicate`; there are :xdp :socket-filter :tracepoint :kprobe :tc :kretprobe :uprobe :uretprobe :raw-tracepoint :tp-btf :fentry :fexit :lsm :cgroup-skb :cgroup-sock-addr :cgroup-sock :sock-ops :sk-msg :sk-skb :sk-lookup :perf-event
; CHECK-NEXT:(defprog p4 (:type :frobnicate) 0)
; CHECK-NEXT:                   ^~~~~~~~~~~
(defprog p4 (:type :frobnicate) 0)

; CHECK-NEXT:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `6`; there are :xdp :socket-filter :tracepoint :kprobe :tc :kretprobe :uprobe :uretprobe :raw-tracepoint :tp-btf :fentry :fexit :lsm :cgroup-skb :cgroup-sock-addr :cgroup-sock :sock-ops :sk-msg :sk-skb :sk-lookup :perf-event
; CHECK-NEXT:(defprog p5 (:type 6) 0)
; CHECK-NEXT:                   ^
(defprog p5 (:type 6) 0)

; CHECK-NEXT:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `()`; there are :xdp :socket-filter :tracepoint :kprobe :tc :kretprobe :uprobe :uretprobe :raw-tracepoint :tp-btf :fentry :fexit :lsm :cgroup-skb :cgroup-sock-addr :cgroup-sock :sock-ops :sk-msg :sk-skb :sk-lookup :perf-event
; CHECK-NEXT:(defprog p6 (:type ()) 0)
; CHECK-NEXT:                   ^~
(defprog p6 (:type ()) 0)

; CHECK-NEXT:{{.*}}errors-program-type.lisp:[[#@LINE+3]]:20: error: there is no program type `:sched-cls`; there are :xdp :socket-filter :tracepoint :kprobe :tc :kretprobe :uprobe :uretprobe :raw-tracepoint :tp-btf :fentry :fexit :lsm :cgroup-skb :cgroup-sock-addr :cgroup-sock :sock-ops :sk-msg :sk-skb :sk-lookup :perf-event
; CHECK-NEXT:(defprog p7 (:type :sched-cls) 0)
; CHECK-NEXT:                   ^~~~~~~~~~
(defprog p7 (:type :sched-cls) 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
