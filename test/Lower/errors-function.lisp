; Functions.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct pair (a u32) (b u32))

(defconstant +limit+ 5)

;      CHECK:{{.*}}errors-function.lisp:[[#@LINE+3]]:2: error: `defn` is incomplete; it is written `(defn name ((parameter type) ...) [-> type] body...)`
; CHECK-NEXT:(defn)
; CHECK-NEXT: ^~~~
(defn)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:2: error: `defn` is incomplete; it is written `(defn name ((parameter type) ...) [-> type] body...)`
; CHECK-NEXT:(defn f0)
; CHECK-NEXT: ^~~~
(defn f0)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:7: error: the name of a function has to be a symbol, and this is `5`
; CHECK-NEXT:(defn 5 ((x u32)) x)
; CHECK-NEXT:      ^
(defn 5 ((x u32)) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:7: error: the name of a function has to be a symbol, and this is `:f`
; CHECK-NEXT:(defn :f ((x u32)) x)
; CHECK-NEXT:      ^~
(defn :f ((x u32)) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:7: error: the name of a function has to be a symbol, and this is `nil`
; CHECK-NEXT:(defn nil () 1)
; CHECK-NEXT:      ^~~
(defn nil () 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:7: error: `when` is a form of the language and cannot be redefined
; CHECK-NEXT:(defn when ((x u32)) x)
; CHECK-NEXT:      ^~~~
(defn when ((x u32)) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:11: error: a function has no keyword `:globl`; did you mean `:global`?
; CHECK-NEXT:(defn (f1 :globl t) () 1)
; CHECK-NEXT:          ^~~~~~
(defn (f1 :globl t) () 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:11: error: `:global` has no value
; CHECK-NEXT:(defn (f2 :global) () 1)
; CHECK-NEXT:          ^~~~~~~
(defn (f2 :global) () 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:21: error: a function has at most five parameters; pass a pointer to a struct
; CHECK-NEXT:(defn f3 (x y z v w u) x)
; CHECK-NEXT:                    ^
(defn f3 (x y z v w u) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:11: error: a parameter is written `(name type)`
; CHECK-NEXT:(defn f4 ((x)) x)
; CHECK-NEXT:          ^~~
(defn f4 ((x)) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:11: error: a parameter is written `(name type)`
; CHECK-NEXT:(defn f5 ((x u32 5)) x)
; CHECK-NEXT:          ^~~~~~~~~
(defn f5 ((x u32 5)) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:14: error: `u33` is not a type; did you mean `u32`?
; CHECK-NEXT:(defn f6 ((x u33)) x)
; CHECK-NEXT:             ^~~
(defn f6 ((x u33)) x)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:14: error: functions take and return scalars and pointers; `(ptr pair)` points to one of these
; CHECK-NEXT:(defn f7 ((x pair)) 1)
; CHECK-NEXT:             ^~~~
(defn f7 ((x pair)) 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:14: error: functions take and return scalars and pointers; `(ptr (array u8 4))` points to one of these
; CHECK-NEXT:(defn f8 ((x (array u8 4))) 1)
; CHECK-NEXT:             ^~~~~~~~~~~~
(defn f8 ((x (array u8 4))) 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:12: error: `5` cannot be the name of a parameter
; CHECK-NEXT:(defn f9 ((5 u32)) 1)
; CHECK-NEXT:           ^
(defn f9 ((5 u32)) 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:13: error: `+limit+` cannot be the name of a parameter
; CHECK-NEXT:(defn f10 ((+limit+ u32)) 1)
; CHECK-NEXT:            ^~~~~~~
(defn f10 ((+limit+ u32)) 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:13: error: `:x` cannot be the name of a parameter
; CHECK-NEXT:(defn f11 ((:x u32)) 1)
; CHECK-NEXT:            ^~
(defn f11 ((:x u32)) 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:12: error: a parameter is written `(name type)`
; CHECK-NEXT:(defn f12 (nil) 1)
; CHECK-NEXT:           ^~~
(defn f12 (nil) 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:11: error: `x` stands where there should be a list of parameters, `((name type) ...)`
; CHECK-NEXT:(defn f13 x 1)
; CHECK-NEXT:          ^
(defn f13 x 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:14: error: the result's type stands behind `->`
; CHECK-NEXT:(defn f14 () ->)
; CHECK-NEXT:             ^~
(defn f14 () ->)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:17: error: `u33` is not a type; did you mean `u32`?
; CHECK-NEXT:(defn f15 () -> u33 1)
; CHECK-NEXT:                ^~~
(defn f15 () -> u33 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:17: error: functions take and return scalars and pointers; `(ptr pair)` points to one of these
; CHECK-NEXT:(defn f16 () -> pair 1)
; CHECK-NEXT:                ^~~~
(defn f16 () -> pair 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:15: error: a function has no context of its own; give it a parameter such as `(ctx (ptr xdp-md))`
; CHECK-NEXT:(defn f17 () (ctx data))
; CHECK-NEXT:              ^~~
(defn f17 () (ctx data))

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:15: error: a function has no context of its own; give it a parameter such as `(ctx (ptr xdp-md))`
; CHECK-NEXT:(defn f18 () (ctx-ptr))
; CHECK-NEXT:              ^~~~~~~
(defn f18 () (ctx-ptr))

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:22: error: unknown operator `fact`
; CHECK-NEXT:(defn f19 ((x u32)) (fact (- x 1)))
; CHECK-NEXT:                     ^~~~
(defn f19 ((x u32)) (fact (- x 1)))

(defn fact ((x u32))
; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:23: error: `fact` calls itself, which the kernel does not allow
; CHECK-NEXT:  (if (= x 0) 1 (* x (fact (- x 1)))))
; CHECK-NEXT:                      ^~~~
  (if (= x 0) 1 (* x (fact (- x 1)))))

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:28: error: the function returns a pointer, and its result is an integer; `-> (ptr type)` in front of the body says otherwise
; CHECK-NEXT:(defn f20 ((p (ptr pair))) p)
; CHECK-NEXT:                           ^
(defn f20 ((p (ptr pair))) p)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:42: error: the function returns an integer, and its result is a pointer
; CHECK-NEXT:(defn f21 ((p (ptr pair))) -> (ptr pair) 5)
; CHECK-NEXT:                                         ^
(defn f21 ((p (ptr pair))) -> (ptr pair) 5)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:35: error: the function returns a pointer, and its result is an integer; `-> (ptr type)` in front of the body says otherwise
; CHECK-NEXT:(defn f22 ((p (ptr pair))) -> u32 p)
; CHECK-NEXT:                                  ^
(defn f22 ((p (ptr pair))) -> u32 p)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:1: error: a global function returns an integer: the kernel does not follow pointers out of it
; CHECK-NEXT:(defn (f23 :global t) ((p (ptr pair))) -> (ptr pair) p)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defn (f23 :global t) ((p (ptr pair))) -> (ptr pair) p)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:1: error: a global function tells the kernel how large the memory is that `q` points to; write `(ptr type)` with a type that is declared
; CHECK-NEXT:(defn (f23b :global t) ((p (ptr pair)) (q (ptr))) 5)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defn (f23b :global t) ((p (ptr pair)) (q (ptr))) 5)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:1: error: a global function tells the kernel how large the memory is that `r` points to; write `(ptr type)` with a type that is declared
; CHECK-NEXT:(defn (f23c :global t) ((r (ptr nowhere)) (ctx (ptr xdp-md))) 5)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defn (f23c :global t) ((r (ptr nowhere)) (ctx (ptr xdp-md))) 5)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:14: error: there is a parameter `x` already
; CHECK-NEXT:(defn f24 (x x) x)
; CHECK-NEXT:             ^
(defn f24 (x x) x)

(defn twice () 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+6]]:7: error: `twice` is defined twice
; CHECK-NEXT:(defn twice () 2)
; CHECK-NEXT:      ^~~~~
; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE-5]]:7: note: the first definition is here
; CHECK-NEXT:(defn twice () 1)
; CHECK-NEXT:      ^~~~~
(defn twice () 2)

(defn f-25 () 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+6]]:7: error: `f_25` and `f-25` have the same name in the object file, `f_25`
; CHECK-NEXT:(defn f_25 () 2)
; CHECK-NEXT:      ^~~~
; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE-5]]:7: note: the first definition is here
; CHECK-NEXT:(defn f-25 () 1)
; CHECK-NEXT:      ^~~~
(defn f_25 () 2)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:17: error: functions take and return scalars and pointers; `(ptr pair)` points to one of these
; CHECK-NEXT:(defn f26 () -> pair)
; CHECK-NEXT:                ^~~~
(defn f26 () -> pair)

(defn f27 () -> u32)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:15: error: a function has no context of its own; give it a parameter such as `(ctx (ptr xdp-md))`
; CHECK-NEXT:(defn f28 () (tail-call nothing 1))
; CHECK-NEXT:              ^~~~~~~~~
(defn f28 () (tail-call nothing 1))

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:23: error: a function has no context of its own; give it a parameter such as `(ctx (ptr xdp-md))`
; CHECK-NEXT:(defn f29 () (return (ctx-ptr)))
; CHECK-NEXT:                      ^~~~~~~
(defn f29 () (return (ctx-ptr)))

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:7: warning: the function hides the built-in `ktime-get-ns`
; CHECK-NEXT:(defn ktime-get-ns () 1)
; CHECK-NEXT:      ^~~~~~~~~~~~
(defn ktime-get-ns () 1)

; CHECK-NEXT:{{.*}}errors-function.lisp:[[#@LINE+3]]:48: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `mark`
; CHECK-NEXT:(defn f30 ((ctx (ptr xdp-md))) (xdp-data) (ctx mark))
; CHECK-NEXT:                                               ^~~~
(defn f30 ((ctx (ptr xdp-md))) (xdp-data) (ctx mark))

;  CHECK-NOT:{{.*(error|warning):.*}}
