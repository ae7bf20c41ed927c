; A map has a number of entries.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:1: error: the map has no `:max-entries`
; CHECK-NEXT:(defmap m1 :type :hash :key-size 4 :value-size 8)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m1 :type :hash :key-size 4 :value-size 8)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:63: error: `:max-entries` has to be at least 1
; CHECK-NEXT:(defmap m2 :type :hash :key-size 4 :value-size 8 :max-entries 0)
; CHECK-NEXT:                                                              ^
(defmap m2 :type :hash :key-size 4 :value-size 8 :max-entries 0)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:63: error: `:max-entries` has to be between 0 and 4294967295, and this is -1
; CHECK-NEXT:(defmap m3 :type :hash :key-size 4 :value-size 8 :max-entries -1)
; CHECK-NEXT:                                                              ^~
(defmap m3 :type :hash :key-size 4 :value-size 8 :max-entries -1)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:63: error: `:max-entries` has to be between 0 and 4294967295, and this is 4294967296
; CHECK-NEXT:(defmap m4 :type :hash :key-size 4 :value-size 8 :max-entries 4294967296)
; CHECK-NEXT:                                                              ^~~~~~~~~~
(defmap m4 :type :hash :key-size 4 :value-size 8 :max-entries 4294967296)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:63: error: `:max-entries` has to be a constant, and `+entries+` is none
; CHECK-NEXT:(defmap m5 :type :hash :key-size 4 :value-size 8 :max-entries +entries+)
; CHECK-NEXT:                                                              ^~~~~~~~~
(defmap m5 :type :hash :key-size 4 :value-size 8 :max-entries +entries+)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:63: error: `:max-entries` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:(defmap m6 :type :hash :key-size 4 :value-size 8 :max-entries "10")
; CHECK-NEXT:                                                              ^~~~
(defmap m6 :type :hash :key-size 4 :value-size 8 :max-entries "10")

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:40: error: `:max-entries` has to be at least 1
; CHECK-NEXT:(defmap m7 :type :ringbuf :max-entries 0)
; CHECK-NEXT:                                       ^
(defmap m7 :type :ringbuf :max-entries 0)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:73: error: a map of type `:cgroup-storage` takes no `:max-entries`; leave it out
; CHECK-NEXT:(defmap m8 :type :cgroup-storage :key-size 8 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                                                        ^
(defmap m8 :type :cgroup-storage :key-size 8 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:1: error: the map has no `:max-entries`
; CHECK-NEXT:(defmap m9 :type :ringbuf)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m9 :type :ringbuf)

; CHECK-NEXT:{{.*}}errors-map-max-entries.lisp:[[#@LINE+3]]:69: error: `:max-entries` has to be a constant, and `undefined` is none
; CHECK-NEXT:(defmap m10 :type :hash :key-size 4 :value-size 8 :max-entries (* 4 undefined))
; CHECK-NEXT:                                                                    ^~~~~~~~~
(defmap m10 :type :hash :key-size 4 :value-size 8 :max-entries (* 4 undefined))

;  CHECK-NOT:{{.*(error|warning):.*}}
