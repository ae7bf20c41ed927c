; The type of keys and values is a scalar, and given once.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-entry-type.lisp:[[#@LINE+3]]:29: error: `:key` and `:key-size` say the same; give one of them
; CHECK-NEXT:(defmap m1 :type :hash :key u32 :key-size 4 :value u64 :max-entries 1)
; CHECK-NEXT:                            ^~~
(defmap m1 :type :hash :key u32 :key-size 4 :value u64 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-entry-type.lisp:[[#@LINE+3]]:40: error: `:value` and `:value-size` say the same; give one of them
; CHECK-NEXT:(defmap m2 :type :hash :key u32 :value u64 :value-size 8 :max-entries 1)
; CHECK-NEXT:                                       ^~~
(defmap m2 :type :hash :key u32 :value u64 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-entry-type.lisp:[[#@LINE+3]]:29: error: `flow-key` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:(defmap m3 :type :hash :key flow-key :value u64 :max-entries 1)
; CHECK-NEXT:                            ^~~~~~~~
(defmap m3 :type :hash :key flow-key :value u64 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-entry-type.lisp:[[#@LINE+3]]:40: error: an array is written `(array type n)`
; CHECK-NEXT:(defmap m4 :type :hash :key u32 :value (array u8) :max-entries 1)
; CHECK-NEXT:                                       ^~~~~~~~~~
(defmap m4 :type :hash :key u32 :value (array u8) :max-entries 1)

; CHECK-NEXT:{{.*}}errors-map-entry-type.lisp:[[#@LINE+3]]:29: error: `4` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:(defmap m5 :type :hash :key 4 :value u64 :max-entries 1)
; CHECK-NEXT:                            ^
(defmap m5 :type :hash :key 4 :value u64 :max-entries 1)

;  CHECK-NOT:{{.*(error|warning):.*}}
