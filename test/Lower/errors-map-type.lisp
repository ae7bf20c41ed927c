; The type of a map is one of the kernel's.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:18: error: there is no map type `:hahs`; did you mean `:hash`?
; CHECK-NEXT:(defmap m1 :type :hahs :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                 ^~~~~
(defmap m1 :type :hahs :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:18: error: the type of a map is a keyword such as `:hash`
; CHECK-NEXT:(defmap m2 :type hash :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                 ^~~~
(defmap m2 :type hash :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:18: error: the type of a map is a keyword such as `:hash`
; CHECK-NEXT:(defmap m3 :type "hash" :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                 ^~~~~~
(defmap m3 :type "hash" :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:18: error: there is no map type `:frobnicate`; there are :hash :array :prog-array :perf-event-array :percpu-hash :percpu-array :stack-trace :cgroup-array :lru-hash :lru-percpu-hash :lpm-trie :array-of-maps :hash-of-maps :devmap :sockmap :cpumap :xskmap :sockhash :cgroup-storage :reuseport-sockarray :percpu-cgroup-storage :queue :stack :sk-storage :devmap-hash :ringbuf :inode-storage :task-storage :bloom-filter :user-ringbuf
; CHECK-NEXT:(defmap m4 :type :frobnicate :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                 ^~~~~~~~~~~
(defmap m4 :type :frobnicate :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:1: error: the map has no `:type`
; CHECK-NEXT:(defmap m5 :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m5 :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:1: error: a map of type `:array-of-maps` needs `:inner-map name`: a map that the maps in it are like
; CHECK-NEXT:(defmap m6 :type :array-of-maps :key-size 4 :value-size 4 :max-entries 1)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m6 :type :array-of-maps :key-size 4 :value-size 4 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:18: error: a map of type `:struct-ops` cannot be declared: it holds a table of kernel operations, which a defmap cannot describe
; CHECK-NEXT:(defmap m7 :type :struct-ops :key-size 4 :value-size 4 :max-entries 1)
; CHECK-NEXT:                 ^~~~~~~~~~~
(defmap m7 :type :struct-ops :key-size 4 :value-size 4 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-type.lisp:[[#@LINE+3]]:18: error: there is no map type `:percpu_hash`; did you mean `:percpu-hash`?
; CHECK-NEXT:(defmap m8 :type :percpu_hash :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                 ^~~~~~~~~~~~
(defmap m8 :type :percpu_hash :key-size 4 :value-size 8 :max-entries 1)

;  CHECK-NOT:{{.*(error|warning):.*}}
