; Structs as keys and values of maps.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct ct-key (src u32) (dst u32) (port u16))

(defstruct ct-value (packets u64) (bytes u64))

(defstruct small (x u32))

(defstruct wide (x (array u64 4)))

(defmap by-name :type :hash :key ct-key :value ct-value :max-entries 8)

(defmap by-size :type :hash :key-size 12 :value-size 16 :max-entries 8)

(defmap numbers :type :hash :key u32 :value u64 :max-entries 8)

;      CHECK:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:37: error: a map of type `:array` cannot have keys of 12 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap bad-array :type :array :key ct-key :value ct-value :max-entries 8)
; CHECK-NEXT:                                    ^~~~~~
(defmap bad-array :type :array :key ct-key :value ct-value :max-entries 8)

; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:34: error: `ct-kye` is not a type; did you mean `ct-key`?
; CHECK-NEXT:(defmap unknown :type :hash :key ct-kye :value ct-value :max-entries 8)
; CHECK-NEXT:                                 ^~~~~~
(defmap unknown :type :hash :key ct-kye :value ct-value :max-entries 8)

(defprog p ()
  (let ((k (make-ct-key)) (v (make-ct-value)) (s (make-small)) (w (make-wide)))
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `v` is a `ct-value`, and the keys of this map are of type `ct-key`
; CHECK-NEXT:    (getmap by-name v)
; CHECK-NEXT:                    ^
    (getmap by-name v)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `s` is a `small`, and the keys of this map are of type `ct-key`
; CHECK-NEXT:    (getmap by-name s)
; CHECK-NEXT:                    ^
    (getmap by-name s)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: an integer has at most 8 bytes, and the keys of this map have 12; pass the address of the key
; CHECK-NEXT:    (getmap by-name 5)
; CHECK-NEXT:                    ^
    (getmap by-name 5)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `v` is a `ct-value` of 16 bytes, and the keys of this map have 12
; CHECK-NEXT:    (getmap by-size v)
; CHECK-NEXT:                    ^
    (getmap by-size v)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `s` is a `small` of 4 bytes, and the keys of this map have 12
; CHECK-NEXT:    (getmap by-size s)
; CHECK-NEXT:                    ^
    (getmap by-size s)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `w` is a `wide` of 32 bytes, and the keys of this map have 12
; CHECK-NEXT:    (getmap by-size w)
; CHECK-NEXT:                    ^
    (getmap by-size w)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `k` is a `ct-key` of 12 bytes, and the keys of this map have 4
; CHECK-NEXT:    (getmap numbers k)
; CHECK-NEXT:                    ^
    (getmap numbers k)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `v` is a `ct-value` of 16 bytes, and the keys of this map have 4
; CHECK-NEXT:    (getmap numbers v)
; CHECK-NEXT:                    ^
    (getmap numbers v)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:30: error: `k` is a `ct-key`, and the values of this map are of type `ct-value`
; CHECK-NEXT:    (setf (getmap by-name k) k)
; CHECK-NEXT:                             ^
    (setf (getmap by-name k) k)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:30: error: an integer has at most 8 bytes, and the values of this map have 16; pass the address of the value
; CHECK-NEXT:    (setf (getmap by-name k) 5)
; CHECK-NEXT:                             ^
    (setf (getmap by-name k) 5)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:30: error: `s` is a `small` of 4 bytes, and the values of this map have 16
; CHECK-NEXT:    (setf (getmap by-size k) s)
; CHECK-NEXT:                             ^
    (setf (getmap by-size k) s)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+6]]:25: error: `v` is a `ct-value`, and the keys of this map are of type `ct-key`
; CHECK-NEXT:    (map-update by-name v k)
; CHECK-NEXT:                        ^
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:27: error: `k` is a `ct-key`, and the values of this map are of type `ct-value`
; CHECK-NEXT:    (map-update by-name v k)
; CHECK-NEXT:                          ^
    (map-update by-name v k)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:31: error: `s` is a `small`, and the values of this map are of type `ct-value`
; CHECK-NEXT:    (map-update-ptr by-name k s)
; CHECK-NEXT:                              ^
    (map-update-ptr by-name k s)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:25: error: `v` is a `ct-value`, and the keys of this map are of type `ct-key`
; CHECK-NEXT:    (map-delete by-name v)
; CHECK-NEXT:                        ^
    (map-delete by-name v)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: `s` is a `small`, and the keys of this map are of type `ct-key`
; CHECK-NEXT:    (remmap by-name s)
; CHECK-NEXT:                    ^
    (remmap by-name s)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:29: error: `v` is a `ct-value`, and the keys of this map are of type `ct-key`
; CHECK-NEXT:    (map-lookup-ptr by-name v)
; CHECK-NEXT:                            ^
    (map-lookup-ptr by-name v)
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:19: error: only values of 4 or 8 bytes can be added to atomically, and those of this map have 16
; CHECK-NEXT:    (incf (getmap by-name k))
; CHECK-NEXT:                  ^~~~~~~
    (incf (getmap by-name k))
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:17: error: `(getmap by-name k)` points to a `ct-value`, and `ct-key-src` takes a pointer to a `ct-key`
; CHECK-NEXT:    (ct-key-src (getmap by-name k))
; CHECK-NEXT:                ^~~~~~~~~~~~~~~~~~
    (ct-key-src (getmap by-name k))
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:14: error: `(map-lookup by-name k)` points to a `ct-value`, and `small-x` takes a pointer to a `small`
; CHECK-NEXT:    (small-x (map-lookup by-name k))
; CHECK-NEXT:             ^~~~~~~~~~~~~~~~~~~~~~
    (small-x (map-lookup by-name k))
    (getmap bad-array 1)
    (getmap unknown k)
    (getmap by-name (wide-x w))
; CHECK-NEXT:{{.*}}errors-struct-map.lisp:[[#@LINE+3]]:21: error: an integer has at most 8 bytes, and the keys of this map have 12; pass the address of the key
; CHECK-NEXT:    (getmap by-size (ct-key-port k))))
; CHECK-NEXT:                    ^~~~~~~~~~~~~~~
    (getmap by-size (ct-key-port k))))

;  CHECK-NOT:{{.*(error|warning):.*}}
