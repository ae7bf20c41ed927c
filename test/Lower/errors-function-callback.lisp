; Functions that helpers call.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :array :key u32 :value u64 :max-entries 4)

(defn each ((map (ptr)) (key (ptr u32)) (value (ptr u64)) (data (ptr))) 0)

;      CHECK:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:18: error: `u33` is not a type; did you mean `u32`?
; CHECK-NEXT:(defn broken ((x u33)) 0)
; CHECK-NEXT:                 ^~~
(defn broken ((x u33)) 0)

(defn task () (get-current-task))

(defprog p (:type :socket-filter)
  (let ((x 0))
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:26: error: `for-each-map-elem` takes a function as its `callback_fn`, the name of a `defn`, and `eech` is none; did you mean `each`?
; CHECK-NEXT:    (for-each-map-elem m eech (stack-addr x) 0)
; CHECK-NEXT:                         ^~~~
    (for-each-map-elem m eech (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:26: error: `for-each-map-elem` takes a function as its `callback_fn`, the name of a `defn`, and `5` is none
; CHECK-NEXT:    (for-each-map-elem m 5 (stack-addr x) 0)
; CHECK-NEXT:                         ^
    (for-each-map-elem m 5 (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:26: error: `for-each-map-elem` takes a function as its `callback_fn`, the name of a `defn`, and `(each)` is none
; CHECK-NEXT:    (for-each-map-elem m (each) (stack-addr x) 0)
; CHECK-NEXT:                         ^~~~~~
    (for-each-map-elem m (each) (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:31: error: `for-each-map-elem` takes an address as its `callback_ctx` (`void *`), and this is an integer; `(stack-addr x)` is the variable's address
; CHECK-NEXT:    (for-each-map-elem m each x 0)
; CHECK-NEXT:                              ^
    (for-each-map-elem m each x 0)
    (for-each-map-elem m broken (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:26: error: `for-each-map-elem` takes a function as its `callback_fn`, the name of a `defn`, and `x` is none
; CHECK-NEXT:    (for-each-map-elem m x (stack-addr x) 0)
; CHECK-NEXT:                         ^
    (for-each-map-elem m x (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:26: error: `for-each-map-elem` takes a function as its `callback_fn`, the name of a `defn`, and `m` is none
; CHECK-NEXT:    (for-each-map-elem m m (stack-addr x) 0)
; CHECK-NEXT:                         ^
    (for-each-map-elem m m (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:26: error: `for-each-map-elem` takes a function as its `callback_fn`, the name of a `defn`, and `"text"` is none
; CHECK-NEXT:    (for-each-map-elem m "text" (stack-addr x) 0)
; CHECK-NEXT:                         ^~~~~~
    (for-each-map-elem m "text" (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:24: error: there is no map `each`
; CHECK-NEXT:    (for-each-map-elem each each (stack-addr x) 0)
; CHECK-NEXT:                       ^~~~
    (for-each-map-elem each each (stack-addr x) 0)
    (loop 10 task nil 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+6]]:6: error: `loop` is given 2 arguments; it is written `(loop nr_loops callback_fn callback_ctx flags)`
; CHECK-NEXT:    (loop 10 each)
; CHECK-NEXT:     ^~~~
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:14: error: `each` is a function, not a value; it is called `(each map key value data)`
; CHECK-NEXT:    (loop 10 each)
; CHECK-NEXT:             ^~~~
    (loop 10 each)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:6: error: unknown operator `bpf-loop`; the helper is called `loop` here
; CHECK-NEXT:    (bpf-loop 10 each nil 0)
; CHECK-NEXT:     ^~~~~~~~
    (bpf-loop 10 each nil 0)
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+6]]:19: error: `ktime-get-ns` is given 1 argument; it is written `(ktime-get-ns)`
; CHECK-NEXT:    (ktime-get-ns each)))
; CHECK-NEXT:                  ^~~~
; CHECK-NEXT:{{.*}}errors-function-callback.lisp:[[#@LINE+3]]:19: error: `each` is a function, not a value; it is called `(each map key value data)`
; CHECK-NEXT:    (ktime-get-ns each)))
; CHECK-NEXT:                  ^~~~
    (ktime-get-ns each)))

;  CHECK-NOT:{{.*(error|warning):.*}}
