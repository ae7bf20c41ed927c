; The arguments of what a program is attached to.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct pair (a u32))

;      CHECK:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:31: error: a program of type `:xdp` is attached to nothing that has arguments; leave out `:args`
; CHECK-NEXT:(defprog p1 (:type :xdp :args ((x u32))) 1)
; CHECK-NEXT:                              ^~~~~~~~~
(defprog p1 (:type :xdp :args ((x u32))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:54: error: `x` stands where there should be a list of arguments, `((name type) ...)`
; CHECK-NEXT:(defprog p2 (:type :fentry :section "fentry/f" :args x) 1)
; CHECK-NEXT:                                                     ^
(defprog p2 (:type :fentry :section "fentry/f" :args x) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:55: error: an argument is written `(name type)`
; CHECK-NEXT:(defprog p3 (:type :fentry :section "fentry/f" :args (x)) 1)
; CHECK-NEXT:                                                      ^
(defprog p3 (:type :fentry :section "fentry/f" :args (x)) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:58: error: `u33` is not a type; did you mean `u32`?
; CHECK-NEXT:(defprog p4 (:type :fentry :section "fentry/f" :args ((x u33))) 1)
; CHECK-NEXT:                                                         ^~~
(defprog p4 (:type :fentry :section "fentry/f" :args ((x u33))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:58: error: arguments are scalars and pointers; `(ptr pair)` points to one of these
; CHECK-NEXT:(defprog p5 (:type :fentry :section "fentry/f" :args ((x pair))) 1)
; CHECK-NEXT:                                                         ^~~~
(defprog p5 (:type :fentry :section "fentry/f" :args ((x pair))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:55: error: an argument is written `(name type)`
; CHECK-NEXT:(defprog p6 (:type :fentry :section "fentry/f" :args ((x u32 5))) 1)
; CHECK-NEXT:                                                      ^~~~~~~~~
(defprog p6 (:type :fentry :section "fentry/f" :args ((x u32 5))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:56: error: `5` cannot be bound; a variable is a symbol
; CHECK-NEXT:(defprog p7 (:type :fentry :section "fentry/f" :args ((5 u32))) 1)
; CHECK-NEXT:                                                       ^
(defprog p7 (:type :fentry :section "fentry/f" :args ((5 u32))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:103: error: at most 6 arguments can be read
; CHECK-NEXT:(defprog p8 (:type :kprobe :section "kprobe/f" :args ((a u64) (b u64) (c u64) (d u64) (e u64) (f u64) (g u64))) 1)
; CHECK-NEXT:                                                                                                      ^~~~~~~
(defprog p8 (:type :kprobe :section "kprobe/f" :args ((a u64) (b u64) (c u64) (d u64) (e u64) (f u64) (g u64))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:69: error: at a return there is only the result
; CHECK-NEXT:(defprog p9 (:type :kretprobe :section "kretprobe/f" :args ((r u64) (s u64))) 1)
; CHECK-NEXT:                                                                    ^~~~~~~
(defprog p9 (:type :kretprobe :section "kretprobe/f" :args ((r u64) (s u64))) 1)

(defprog p10 (:type :fentry :section "fentry/f"
              :args ((a u64) (b u64) (c u64) (d u64) (e u64) (f u64) (g u64)
; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:62: error: at most 12 arguments can be read
; CHECK-NEXT:                     (h u64) (i u64) (j u64) (k u64) (l u64) (m u64))) 1)
; CHECK-NEXT:                                                             ^~~~~~~
                     (h u64) (i u64) (j u64) (k u64) (l u64) (m u64))) 1)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:28: error: a program of type `:xdp` is given no registers
; CHECK-NEXT:(defprog p11 (:type :xdp) (pt-regs-parm1))
; CHECK-NEXT:                           ^~~~~~~~~~~~~
(defprog p11 (:type :xdp) (pt-regs-parm1))

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:51: error: a program of type `:fentry` is given no registers; `:args` names the arguments
; CHECK-NEXT:(defprog p12 (:type :fentry :section "fentry/f") (pt-regs-ret))
; CHECK-NEXT:                                                  ^~~~~~~~~~~
(defprog p12 (:type :fentry :section "fentry/f") (pt-regs-ret))

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:65: error: `pt-regs-parm1` is given 1 argument; it is written `(pt-regs-parm1)`
; CHECK-NEXT:(defprog p13 (:type :kprobe :section "kprobe/f") (pt-regs-parm1 2))
; CHECK-NEXT:                                                                ^
(defprog p13 (:type :kprobe :section "kprobe/f") (pt-regs-parm1 2))

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:51: error: unknown operator `pt-regs-parm7`; did you mean `pt-regs-parm1`?
; CHECK-NEXT:(defprog p14 (:type :kprobe :section "kprobe/f") (pt-regs-parm7))
; CHECK-NEXT:                                                  ^~~~~~~~~~~~~
(defprog p14 (:type :kprobe :section "kprobe/f") (pt-regs-parm7))

(defprog p15 (:type :tp-btf :section "tp_btf/f" :args ((p (ptr pair))))
; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:11: error: `5` is an integer, and a pointer is needed
; CHECK-NEXT:  (pair-a 5))
; CHECK-NEXT:          ^
  (pair-a 5))

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:73: error: the program returns a pointer; it has to return an integer
; CHECK-NEXT:(defprog p16 (:type :kprobe :section "kprobe/f" :args ((p (ptr pair)))) p)
; CHECK-NEXT:                                                                        ^
(defprog p16 (:type :kprobe :section "kprobe/f" :args ((p (ptr pair)))) p)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:67: error: `x` is a variable, not an operator; a variable is written without parentheses
; CHECK-NEXT:(defprog p17 (:type :kprobe :section "kprobe/f" :args ((x u64))) (x))
; CHECK-NEXT:                                                                  ^
(defprog p17 (:type :kprobe :section "kprobe/f" :args ((x u64))) (x))

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:81: error: there is an argument `x` already
; CHECK-NEXT:(defprog p18 (:type :raw-tracepoint :section "raw_tracepoint/f" :args ((x u64) (x u32))) x)
; CHECK-NEXT:                                                                                ^
(defprog p18 (:type :raw-tracepoint :section "raw_tracepoint/f" :args ((x u64) (x u32))) x)

; CHECK-NEXT:{{.*}}errors-arguments.lisp:[[#@LINE+3]]:13: error: a function has no context of its own; give it a parameter such as `(ctx (ptr xdp-md))`
; CHECK-NEXT:(defn f () (pt-regs-parm1))
; CHECK-NEXT:            ^~~~~~~~~~~~~
(defn f () (pt-regs-parm1))

;  CHECK-NOT:{{.*(error|warning):.*}}
