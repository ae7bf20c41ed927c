; The size of the keys fits the map's type.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:35: error: a map of type `:array` cannot have keys of 8 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap m1 :type :array :key-size 8 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                  ^
(defmap m1 :type :array :key-size 8 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:1: error: the map has no `:key-size`; a map of type `:hash` needs at least 1 byte
; CHECK-NEXT:(defmap m2 :type :hash :value-size 8 :max-entries 1)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m2 :type :hash :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:34: error: a map of type `:hash` cannot have keys of 0 bytes; they have to be at least 1 byte
; CHECK-NEXT:(defmap m3 :type :hash :key-size 0 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                 ^
(defmap m3 :type :hash :key-size 0 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:35: error: a map of type `:queue` has no keys; leave out `:key-size`
; CHECK-NEXT:(defmap m5 :type :queue :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                  ^
(defmap m5 :type :queue :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:37: error: a map of type `:ringbuf` has no keys; leave out `:key-size`
; CHECK-NEXT:(defmap m6 :type :ringbuf :key-size 4 :max-entries 4096)
; CHECK-NEXT:                                    ^
(defmap m6 :type :ringbuf :key-size 4 :max-entries 4096)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:38: error: a map of type `:lpm-trie` cannot have keys of 4 bytes; they have to be 5 to 260 bytes
; CHECK-NEXT:(defmap m7 :type :lpm-trie :key-size 4 :value-size 8 :max-entries 1 :map-flags BPF_F_NO_PREALLOC)
; CHECK-NEXT:                                     ^
(defmap m7 :type :lpm-trie :key-size 4 :value-size 8 :max-entries 1 :map-flags BPF_F_NO_PREALLOC)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:37: error: a map of type `:percpu-array` cannot have keys of 8 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap m8 :type :percpu-array :key u64 :value u64 :max-entries 1)
; CHECK-NEXT:                                    ^~~
(defmap m8 :type :percpu-array :key u64 :value u64 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:34: error: `:key-size` has to be between 0 and 2147483647, and this is -4
; CHECK-NEXT:(defmap m9 :type :hash :key-size -4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                 ^~
(defmap m9 :type :hash :key-size -4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:35: error: `:key-size` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:(defmap m10 :type :hash :key-size 4.0 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                  ^~~
(defmap m10 :type :hash :key-size 4.0 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:35: error: `:key-size` has to be a constant, and `u32` is none
; CHECK-NEXT:(defmap m11 :type :hash :key-size u32 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                  ^~~
(defmap m11 :type :hash :key-size u32 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-key-size.lisp:[[#@LINE+3]]:43: error: a map of type `:bloom-filter` has no keys; leave out `:key-size`
; CHECK-NEXT:(defmap m12 :type :bloom-filter :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                          ^
(defmap m12 :type :bloom-filter :key-size 4 :value-size 8 :max-entries 1)

;  CHECK-NOT:{{.*(error|warning):.*}}
