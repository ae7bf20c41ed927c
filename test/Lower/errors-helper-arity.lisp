; A helper is called with the arguments of its prototype.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
;      CHECK:{{.*}}errors-helper-arity.lisp:[[#@LINE+3]]:17: error: `ktime-get-ns` is given 1 argument; it is written `(ktime-get-ns)`
; CHECK-NEXT:  (ktime-get-ns 1)
; CHECK-NEXT:                ^
  (ktime-get-ns 1)
; CHECK-NEXT:{{.*}}errors-helper-arity.lisp:[[#@LINE+3]]:4: error: `map-lookup-elem` is given 1 argument; it is written `(map-lookup-elem map key)`
; CHECK-NEXT:  (map-lookup-elem m)
; CHECK-NEXT:   ^~~~~~~~~~~~~~~
  (map-lookup-elem m)
; CHECK-NEXT:{{.*}}errors-helper-arity.lisp:[[#@LINE+3]]:28: error: `map-update-elem` is given 5 arguments; it is written `(map-update-elem map key value flags)`
; CHECK-NEXT:  (map-update-elem m 1 2 3 4)
; CHECK-NEXT:                           ^
  (map-update-elem m 1 2 3 4)
; CHECK-NEXT:{{.*}}errors-helper-arity.lisp:[[#@LINE+3]]:4: error: `xdp-adjust-head` is given 0 arguments; it is written `(xdp-adjust-head xdp_md delta)`
; CHECK-NEXT:  (xdp-adjust-head)
; CHECK-NEXT:   ^~~~~~~~~~~~~~~
  (xdp-adjust-head)
; CHECK-NEXT:{{.*}}errors-helper-arity.lisp:[[#@LINE+3]]:20: error: `get-prandom-u32` is given 2 arguments; it is written `(get-prandom-u32)`
; CHECK-NEXT:  (get-prandom-u32 (+ 1 2) (+ 3 4)))
; CHECK-NEXT:                   ^~~~~~~
  (get-prandom-u32 (+ 1 2) (+ 3 4)))

;  CHECK-NOT:{{.*(error|warning):.*}}
