; A map needs its main parameters.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-bare.lisp:[[#@LINE+3]]:1: error: the map has no `:type`
; CHECK-NEXT:(defmap a)
; CHECK-NEXT:^~~~~~~~~~
(defmap a)

; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+9]]:1: error: the map has no `:key-size`; a map of type `:hash` needs at least 1 byte
; CHECK-NEXT:(defmap b :type :hash)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+6]]:1: error: the map has no `:value-size`; a map of type `:hash` needs at least 1 byte
; CHECK-NEXT:(defmap b :type :hash)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+3]]:1: error: the map has no `:max-entries`
; CHECK-NEXT:(defmap b :type :hash)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~
(defmap b :type :hash)

; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+15]]:37: error: a map of type `:lpm-trie` cannot have keys of 3 bytes; they have to be 5 to 260 bytes
; CHECK-NEXT:(defmap c :type :lpm-trie :key-size 3 :max-entries 0 :map-flags 0 :pinning 5)
; CHECK-NEXT:                                    ^
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+12]]:1: error: the map has no `:value-size`; a map of type `:lpm-trie` needs at least 1 byte
; CHECK-NEXT:(defmap c :type :lpm-trie :key-size 3 :max-entries 0 :map-flags 0 :pinning 5)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+9]]:52: error: `:max-entries` has to be at least 1
; CHECK-NEXT:(defmap c :type :lpm-trie :key-size 3 :max-entries 0 :map-flags 0 :pinning 5)
; CHECK-NEXT:                                                   ^
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+6]]:65: error: a map of type `:lpm-trie` needs `:map-flags BPF_F_NO_PREALLOC`
; CHECK-NEXT:(defmap c :type :lpm-trie :key-size 3 :max-entries 0 :map-flags 0 :pinning 5)
; CHECK-NEXT:                                                                ^
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+3]]:76: error: `:pinning` is `:by-name` or `:none`
; CHECK-NEXT:(defmap c :type :lpm-trie :key-size 3 :max-entries 0 :map-flags 0 :pinning 5)
; CHECK-NEXT:                                                                           ^
(defmap c :type :lpm-trie :key-size 3 :max-entries 0 :map-flags 0 :pinning 5)

; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+9]]:34: error: a map of type `:array` cannot have keys of 8 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap d :type :array :key-size 8 :value-size 0 :max-entries 0)
; CHECK-NEXT:                                 ^
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+6]]:48: error: a map of type `:array` cannot have values of 0 bytes; they have to be at least 1 byte
; CHECK-NEXT:(defmap d :type :array :key-size 8 :value-size 0 :max-entries 0)
; CHECK-NEXT:                                               ^
; CHECK-NEXT:{{.*}}errors-map-bare.lisp:[[#@LINE+3]]:63: error: `:max-entries` has to be at least 1
; CHECK-NEXT:(defmap d :type :array :key-size 8 :value-size 0 :max-entries 0)
; CHECK-NEXT:                                                              ^
(defmap d :type :array :key-size 8 :value-size 0 :max-entries 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
