; Flags are constants; an LPM trie needs one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-flags.lisp:[[#@LINE+3]]:1: error: a map of type `:lpm-trie` needs `:map-flags BPF_F_NO_PREALLOC`
; CHECK-NEXT:(defmap m1 :type :lpm-trie :key-size 8 :value-size 8 :max-entries 1)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m1 :type :lpm-trie :key-size 8 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-flags.lisp:[[#@LINE+3]]:80: error: a map of type `:lpm-trie` needs `:map-flags BPF_F_NO_PREALLOC`
; CHECK-NEXT:(defmap m2 :type :lpm-trie :key-size 8 :value-size 8 :max-entries 1 :map-flags BPF_F_RDONLY_PROG)
; CHECK-NEXT:                                                                               ^~~~~~~~~~~~~~~~~
(defmap m2 :type :lpm-trie :key-size 8 :value-size 8 :max-entries 1 :map-flags BPF_F_RDONLY_PROG)

; CHECK-NEXT:{{.*}}errors-map-flags.lisp:[[#@LINE+3]]:76: error: `:map-flags` has to be a constant, and `BPF_F_NO_PREALOC` is none; did you mean `BPF_F_NO_PREALLOC`?
; CHECK-NEXT:(defmap m3 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags BPF_F_NO_PREALOC)
; CHECK-NEXT:                                                                           ^~~~~~~~~~~~~~~~
(defmap m3 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags BPF_F_NO_PREALOC)

; CHECK-NEXT:{{.*}}errors-map-flags.lisp:[[#@LINE+3]]:76: error: `:map-flags` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:(defmap m4 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags (1 2))
; CHECK-NEXT:                                                                           ^~~~~
(defmap m4 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags (1 2))

; CHECK-NEXT:{{.*}}errors-map-flags.lisp:[[#@LINE+3]]:76: error: `:map-flags` has to be between 0 and 4294967295, and this is -1
; CHECK-NEXT:(defmap m5 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags -1)
; CHECK-NEXT:                                                                           ^~
(defmap m5 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags -1)

; CHECK-NEXT:{{.*}}errors-map-flags.lisp:[[#@LINE+3]]:76: error: `:map-flags` has to be between 0 and 4294967295, and this is #x100000000
; CHECK-NEXT:(defmap m6 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags #x100000000)
; CHECK-NEXT:                                                                           ^~~~~~~~~~~
(defmap m6 :type :hash :key-size 4 :value-size 8 :max-entries 1 :map-flags #x100000000)

;  CHECK-NOT:{{.*(error|warning):.*}}
