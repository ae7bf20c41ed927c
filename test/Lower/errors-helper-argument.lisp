; What a helper takes by address has an address.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
  (let ((k 1))
;      CHECK:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:24: error: `map-lookup-elem` takes an address as its `key` (`const void *`), and this is an integer; `(stack-addr k)` is the variable's address
; CHECK-NEXT:    (map-lookup-elem m k)
; CHECK-NEXT:                       ^
    (map-lookup-elem m k)
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:24: error: `map-lookup-elem` takes an address as its `key` (`const void *`), and this is an integer
; CHECK-NEXT:    (map-lookup-elem m 7)
; CHECK-NEXT:                       ^
    (map-lookup-elem m 7)
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:24: error: `map-lookup-elem` takes an address as its `key` (`const void *`), and this is an integer
; CHECK-NEXT:    (map-lookup-elem m (+ k 1))
; CHECK-NEXT:                       ^~~~~~~
    (map-lookup-elem m (+ k 1))
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: there is no map `n`
; CHECK-NEXT:    (map-lookup-elem n (stack-addr k))
; CHECK-NEXT:                     ^
    (map-lookup-elem n (stack-addr k))
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: `map-lookup-elem` takes a map as its `map` (`struct bpf_map *`), and this is an integer
; CHECK-NEXT:    (map-lookup-elem k (stack-addr k))
; CHECK-NEXT:                     ^
    (map-lookup-elem k (stack-addr k))
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: the name of a map is needed, and this is `5`
; CHECK-NEXT:    (map-lookup-elem 5 (stack-addr k))
; CHECK-NEXT:                     ^
    (map-lookup-elem 5 (stack-addr k))
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: `xdp-adjust-head` takes an address as its `xdp_md` (`struct xdp_buff *`), and this is an integer; `(ctx-ptr)` is the context
; CHECK-NEXT:    (xdp-adjust-head k 0)
; CHECK-NEXT:                     ^
    (xdp-adjust-head k 0)
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: `xdp-adjust-head` takes an address as its `xdp_md` (`struct xdp_buff *`), and this is an integer; `(ctx-ptr)` is the context
; CHECK-NEXT:    (xdp-adjust-head 0 0)
; CHECK-NEXT:                     ^
    (xdp-adjust-head 0 0)
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: `map-lookup-elem` takes a map as its `map` (`struct bpf_map *`), and this is an integer
; CHECK-NEXT:    (map-lookup-elem nil (stack-addr k))
; CHECK-NEXT:                     ^~~
    (map-lookup-elem nil (stack-addr k))
; CHECK-NEXT:{{.*}}errors-helper-argument.lisp:[[#@LINE+3]]:22: error: `map-lookup-elem` takes a map as its `map` (`struct bpf_map *`), and this is an integer
; CHECK-NEXT:    (map-lookup-elem (ktime-get-ns) (stack-addr k)))
; CHECK-NEXT:                     ^~~~~~~~~~~~~~
    (map-lookup-elem (ktime-get-ns) (stack-addr k)))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
