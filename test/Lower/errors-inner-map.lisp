; Maps of maps.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap inner :type :array :key u32 :value u64 :max-entries 4)

;      CHECK:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:34: error: a map of type `:array` cannot have keys of 8 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap broken :type :array :key u64 :value u64 :max-entries 4)
; CHECK-NEXT:                                 ^~~
(defmap broken :type :array :key u64 :value u64 :max-entries 4)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:1: error: a map of type `:array-of-maps` needs `:inner-map name`: a map that the maps in it are like
; CHECK-NEXT:(defmap m1 :type :array-of-maps :max-entries 4)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m1 :type :array-of-maps :max-entries 4)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:71: error: a map of type `:array` holds no maps; leave out `:inner-map`
; CHECK-NEXT:(defmap m2 :type :array :key u32 :value u64 :max-entries 4 :inner-map inner)
; CHECK-NEXT:                                                                      ^~~~~
(defmap m2 :type :array :key u32 :value u64 :max-entries 4 :inner-map inner)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:59: error: `:inner-map` is the name of a map that is defined before, and `iner` is none; did you mean `inner`?
; CHECK-NEXT:(defmap m3 :type :array-of-maps :max-entries 4 :inner-map iner)
; CHECK-NEXT:                                                          ^~~~
(defmap m3 :type :array-of-maps :max-entries 4 :inner-map iner)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:59: error: `:inner-map` is the name of a map that is defined before, and `5` is none
; CHECK-NEXT:(defmap m4 :type :array-of-maps :max-entries 4 :inner-map 5)
; CHECK-NEXT:                                                          ^
(defmap m4 :type :array-of-maps :max-entries 4 :inner-map 5)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:67: error: `:inner-map` is the name of a map that is defined before, and `m5` is none
; CHECK-NEXT:(defmap m5 :type :hash-of-maps :key u32 :max-entries 4 :inner-map m5)
; CHECK-NEXT:                                                                  ^~
(defmap m5 :type :hash-of-maps :key u32 :max-entries 4 :inner-map m5)

(defmap m6 :type :hash-of-maps :key u32 :max-entries 4 :inner-map broken)

(defmap outer :type :hash-of-maps :key u32 :max-entries 4 :inner-map inner)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:59: error: the maps in a map of maps cannot hold maps themselves
; CHECK-NEXT:(defmap m7 :type :array-of-maps :max-entries 4 :inner-map outer)
; CHECK-NEXT:                                                          ^~~~~
(defmap m7 :type :array-of-maps :max-entries 4 :inner-map outer)

; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:72: error: a map of type `:array-of-maps` cannot have values of 8 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap m8 :type :array-of-maps :max-entries 4 :inner-map inner :value u64)
; CHECK-NEXT:                                                                       ^~~
(defmap m8 :type :array-of-maps :max-entries 4 :inner-map inner :value u64)

(defprog p ()
  (when-let ((m (getmap outer 5)))
; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:13: error: `m` is a variable, and the name of a map is needed; `(map-lookup-elem m key-ptr)` looks a key up in a map whose address a variable holds
; CHECK-NEXT:    (getmap m 1)
; CHECK-NEXT:            ^
    (getmap m 1)
; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:24: error: `map-lookup-elem` takes an address as its `key` (`const void *`), and this is an integer
; CHECK-NEXT:    (map-lookup-elem m 1)
; CHECK-NEXT:                       ^
    (map-lookup-elem m 1)
; CHECK-NEXT:{{.*}}errors-inner-map.lisp:[[#@LINE+3]]:19: error: no kernel lets `(incf (getmap ...))` use a map of type `:hash-of-maps`; such a map is used with `map-lookup-elem`
; CHECK-NEXT:    (incf (getmap outer 5)))
; CHECK-NEXT:                  ^~~~~
    (incf (getmap outer 5)))
  (getmap m3 1))

;  CHECK-NOT:{{.*(error|warning):.*}}
