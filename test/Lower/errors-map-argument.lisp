; Keys and values have the map's size.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap wide :type :hash :key-size 16 :value-size 24 :max-entries 1)

(defmap narrow :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
  (let ((k 1) (v 2))
;      CHECK:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:18: error: an integer has at most 8 bytes, and the keys of this map have 16; pass the address of the key
; CHECK-NEXT:    (getmap wide 1)
; CHECK-NEXT:                 ^
    (getmap wide 1)
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:18: error: a variable has 8 bytes, and the keys of this map have 16
; CHECK-NEXT:    (getmap wide (stack-addr k))
; CHECK-NEXT:                 ^~~~~~~~~~~~~~
    (getmap wide (stack-addr k))
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+6]]:22: error: an integer has at most 8 bytes, and the keys of this map have 16; pass the address of the key
; CHECK-NEXT:    (map-update wide k v)
; CHECK-NEXT:                     ^
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:24: error: an integer has at most 8 bytes, and the values of this map have 24; pass the address of the value
; CHECK-NEXT:    (map-update wide k v)
; CHECK-NEXT:                       ^
    (map-update wide k v)
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+6]]:22: error: a variable has 8 bytes, and the keys of this map have 16
; CHECK-NEXT:    (map-update wide (stack-addr k) (stack-addr v))
; CHECK-NEXT:                     ^~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:37: error: a variable has 8 bytes, and the values of this map have 24
; CHECK-NEXT:    (map-update wide (stack-addr k) (stack-addr v))
; CHECK-NEXT:                                    ^~~~~~~~~~~~~~
    (map-update wide (stack-addr k) (stack-addr v))
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:28: error: `k` is an integer, and a pointer is needed
; CHECK-NEXT:    (map-lookup-ptr narrow k)
; CHECK-NEXT:                           ^
    (map-lookup-ptr narrow k)
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:43: error: `v` is an integer, and a pointer is needed
; CHECK-NEXT:    (map-update-ptr narrow (stack-addr k) v)
; CHECK-NEXT:                                          ^
    (map-update-ptr narrow (stack-addr k) v)
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:28: error: `5` is an integer, and a pointer is needed
; CHECK-NEXT:    (map-delete-ptr narrow 5)
; CHECK-NEXT:                           ^
    (map-delete-ptr narrow 5)
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:28: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (map-update narrow k v (ctx-ptr))
; CHECK-NEXT:                           ^~~~~~~~~
    (map-update narrow k v (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-map-argument.lisp:[[#@LINE+3]]:24: error: an integer has at most 8 bytes, and the keys of this map have 16; pass the address of the key
; CHECK-NEXT:    (setf (getmap wide 1) 5)))
; CHECK-NEXT:                       ^
    (setf (getmap wide 1) 5)))

;  CHECK-NOT:{{.*(error|warning):.*}}
