; The size of the values fits the map's type.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:1: error: the map has no `:value-size`; a map of type `:array` needs at least 1 byte
; CHECK-NEXT:(defmap m1 :type :array :max-entries 1)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap m1 :type :array :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:37: error: a map of type `:array` cannot have values of 0 bytes; they have to be at least 1 byte
; CHECK-NEXT:(defmap m2 :type :array :value-size 0 :max-entries 1)
; CHECK-NEXT:                                    ^
(defmap m2 :type :array :value-size 0 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:42: error: a map of type `:prog-array` cannot have values of 8 bytes; they have to be 4 bytes
; CHECK-NEXT:(defmap m3 :type :prog-array :value-size 8 :max-entries 1)
; CHECK-NEXT:                                         ^
(defmap m3 :type :prog-array :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:39: error: a map of type `:ringbuf` has no values; leave out `:value-size`
; CHECK-NEXT:(defmap m4 :type :ringbuf :value-size 8 :max-entries 4096)
; CHECK-NEXT:                                      ^
(defmap m4 :type :ringbuf :value-size 8 :max-entries 4096)

; CHECK-NEXT:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:43: error: a map of type `:stack-trace` cannot have values of 12 bytes; they have to be 8 to 1016 bytes, in multiples of 8
; CHECK-NEXT:(defmap m5 :type :stack-trace :value-size 12 :max-entries 1)
; CHECK-NEXT:                                          ^~
(defmap m5 :type :stack-trace :value-size 12 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:37: error: `:value-size` has to be between 0 and 2147483647, and this is 99999999999
; CHECK-NEXT:(defmap m6 :type :array :value-size 99999999999 :max-entries 1)
; CHECK-NEXT:                                    ^~~~~~~~~~~
(defmap m6 :type :array :value-size 99999999999 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-value-size.lisp:[[#@LINE+3]]:38: error: a map of type `:devmap` cannot have values of 5 bytes; they have to be 4 to 8 bytes, in multiples of 4
; CHECK-NEXT:(defmap m8 :type :devmap :value-size 5 :max-entries 1)
; CHECK-NEXT:                                     ^
(defmap m8 :type :devmap :value-size 5 :max-entries 1)

;  CHECK-NOT:{{.*(error|warning):.*}}
