; Helpers take the map types that the kernel lets them take.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap counters :type :hash :key u32 :value u32 :max-entries 16)
(defmap routes :type :lpm-trie :key-size 8 :value u64 :max-entries 16 :map-flags BPF_F_NO_PREALLOC)
(defmap sockets :type :xskmap :key u32 :value u32 :max-entries 16)
(defmap stacks :type :stack-trace :key u32 :value-size 80 :max-entries 16)
(defmap line :type :queue :value u64 :max-entries 16)

(defn visit ((map (ptr)) (key (ptr)) (value (ptr)) (context (ptr))) -> i64
  0)

(defprog p (:type :xdp :license "GPL")
  (let ((key u32 0))
;      CHECK:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:24: error: no kernel lets `for-each-map-elem` use a map of type `:lpm-trie`; such a map is used with `map-lookup-elem`, `map-update-elem` and `map-delete-elem`
; CHECK-NEXT:    (for-each-map-elem routes visit NULL 0)
; CHECK-NEXT:                       ^~~~~~
    (for-each-map-elem routes visit NULL 0)
; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:34: error: `perf-event-output` needs a map of type `:perf-event-array`, and this one's is `:hash`
; CHECK-NEXT:    (perf-event-output (ctx-ptr) counters 0 (stack-addr key) 4)
; CHECK-NEXT:                                 ^~~~~~~~
    (perf-event-output (ctx-ptr) counters 0 (stack-addr key) 4)
; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:22: error: no kernel lets `map-lookup-elem` use a map of type `:queue`; such a map is used with `map-push-elem`, `map-pop-elem` and `map-peek-elem`
; CHECK-NEXT:    (map-lookup-elem line (stack-addr key))
; CHECK-NEXT:                     ^~~~
    (map-lookup-elem line (stack-addr key))
; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:19: error: no kernel lets `(setf (getmap ...))` use a map of type `:xskmap`; such a map is used with `map-lookup-elem` and `redirect-map`
; CHECK-NEXT:    (setf (getmap sockets 0) 1)
; CHECK-NEXT:                  ^~~~~~~
    (setf (getmap sockets 0) 1)
; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:17: error: no kernel lets `map-delete` use a map of type `:xskmap`; such a map is used with `map-lookup-elem` and `redirect-map`
; CHECK-NEXT:    (map-delete sockets 0)
; CHECK-NEXT:                ^~~~~~~
    (map-delete sockets 0)
; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:17: error: no kernel lets `map-lookup` use a map of type `:stack-trace`; such a map is used with `get-stackid`
; CHECK-NEXT:    (map-lookup stacks 0)
; CHECK-NEXT:                ^~~~~~
    (map-lookup stacks 0)
; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:19: error: `redirect-map` needs a map of type `:devmap`, `:devmap-hash`, `:cpumap` or `:xskmap`, and this one's is `:hash`
; CHECK-NEXT:    (redirect-map counters 0 0)))
; CHECK-NEXT:                  ^~~~~~~~
    (redirect-map counters 0 0)))

;  CHECK-NOT:{{.*(error|warning):.*}}
