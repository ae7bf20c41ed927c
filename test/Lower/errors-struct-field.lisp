; The fields of a struct.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct point (x i32) (y i32))

;      CHECK:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:14: error: a field is written `(name type)`
; CHECK-NEXT:(defstruct a (x))
; CHECK-NEXT:             ^~~
(defstruct a (x))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:14: error: a field is written `(name type)`
; CHECK-NEXT:(defstruct b x)
; CHECK-NEXT:             ^
(defstruct b x)

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:14: error: a field is written `(name type)`
; CHECK-NEXT:(defstruct c (x u32 u32))
; CHECK-NEXT:             ^~~~~~~~~~~
(defstruct c (x u32 u32))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:15: error: the name of a field has to be a symbol, and this is `:x`
; CHECK-NEXT:(defstruct d (:x u32))
; CHECK-NEXT:              ^~
(defstruct d (:x u32))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:15: error: the name of a field has to be a symbol, and this is `"x"`
; CHECK-NEXT:(defstruct e ("x" u32))
; CHECK-NEXT:              ^~~
(defstruct e ("x" u32))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:15: error: the name of a field has to be a symbol, and this is `nil`
; CHECK-NEXT:(defstruct f (nil u32))
; CHECK-NEXT:              ^~~
(defstruct f (nil u32))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+6]]:31: error: there is a field `x` already
; CHECK-NEXT:(defstruct g (x u32) (y u16) (x u8))
; CHECK-NEXT:                              ^
; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:15: note: the first one is here
; CHECK-NEXT:(defstruct g (x u32) (y u16) (x u8))
; CHECK-NEXT:              ^
(defstruct g (x u32) (y u16) (x u8))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+6]]:30: error: `src_port` and `src-port` have the same name in C, `src_port`
; CHECK-NEXT:(defstruct h (src-port u16) (src_port u16))
; CHECK-NEXT:                             ^~~~~~~~
; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:15: note: the first one is here
; CHECK-NEXT:(defstruct h (src-port u16) (src_port u16))
; CHECK-NEXT:              ^~~~~~~~
(defstruct h (src-port u16) (src_port u16))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: `float` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:(defstruct i (x float))
; CHECK-NEXT:                ^~~~~
(defstruct i (x float))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: `pont` is not a type; did you mean `point`?
; CHECK-NEXT:(defstruct j (x pont))
; CHECK-NEXT:                ^~~~
(defstruct j (x pont))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: `u31` is not a type; did you mean `u32`?
; CHECK-NEXT:(defstruct k (x u31))
; CHECK-NEXT:                ^~~
(defstruct k (x u31))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: `4` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:(defstruct l (x 4))
; CHECK-NEXT:                ^
(defstruct l (x 4))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: an array is written `(array type n)`
; CHECK-NEXT:(defstruct m (x (array u8)))
; CHECK-NEXT:                ^~~~~~~~~~
(defstruct m (x (array u8)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:27: error: the length of an array has to be between 0 and 536870912, and this is -1
; CHECK-NEXT:(defstruct n (x (array u8 -1)))
; CHECK-NEXT:                          ^~
(defstruct n (x (array u8 -1)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:27: error: the length of an array has to be a constant, and `y` is none
; CHECK-NEXT:(defstruct o (x (array u8 y)))
; CHECK-NEXT:                          ^
(defstruct o (x (array u8 y)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:24: error: `u9` is not a type; did you mean `u8`?
; CHECK-NEXT:(defstruct p (x (array u9 4)))
; CHECK-NEXT:                       ^~
(defstruct p (x (array u9 4)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: a pointer is written `(ptr type)`, or `(ptr)`
; CHECK-NEXT:(defstruct q (x (ptr u8 u8)))
; CHECK-NEXT:                ^~~~~~~~~~~
(defstruct q (x (ptr u8 u8)))

(defstruct r (x (ptr float)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:22: error: `3` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:(defstruct s (x (ptr 3)))
; CHECK-NEXT:                     ^
(defstruct s (x (ptr 3)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: `(list u8)` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:(defstruct u (x (list u8)))
; CHECK-NEXT:                ^~~~~~~~~
(defstruct u (x (list u8)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:23: error: an array of no elements can only be the last field, behind another one
; CHECK-NEXT:(defstruct v (x u32) (y (array u8 0)) (z u8))
; CHECK-NEXT:                      ^
(defstruct v (x u32) (y (array u8 0)) (z u8))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:15: error: an array of no elements can only be the last field, behind another one
; CHECK-NEXT:(defstruct w (x (array u8 0)))
; CHECK-NEXT:              ^
(defstruct w (x (array u8 0)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:22: error: with this field the struct has 32768 bytes, and at most 32767 are possible
; CHECK-NEXT:(defstruct x (x u8) (y (array u8 32767)))
; CHECK-NEXT:                     ^
(defstruct x (x u8) (y (array u8 32767)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:28: error: the length of an array has to be between 0 and 536870912, and this is 4611686018427387904
; CHECK-NEXT:(defstruct y (x (array u64 4611686018427387904)))
; CHECK-NEXT:                           ^~~~~~~~~~~~~~~~~~~
(defstruct y (x (array u64 4611686018427387904)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: the array has 1600000000 bytes, and at most 536870912 are possible
; CHECK-NEXT:(defstruct z (x (array u64 200000000)))
; CHECK-NEXT:                ^~~~~~~~~~~~~~~~~~~~~
(defstruct z (x (array u64 200000000)))

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:17: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:(defstruct aa . x)
; CHECK-NEXT:                ^
(defstruct aa . x)

; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+6]]:28: error: `ab-x-ptr` would be both the field `x-ptr` and the address of `x`; choose another name
; CHECK-NEXT:(defstruct ab (x-ptr u64) (x u8))
; CHECK-NEXT:                           ^
; CHECK-NEXT:{{.*}}errors-struct-field.lisp:[[#@LINE+3]]:16: note: the other field is here
; CHECK-NEXT:(defstruct ab (x-ptr u64) (x u8))
; CHECK-NEXT:               ^~~~~
(defstruct ab (x-ptr u64) (x u8))

;  CHECK-NOT:{{.*(error|warning):.*}}
