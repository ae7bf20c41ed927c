; Memory holds scalars of eight types.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:11: error: `u128` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (load u128 (stack-addr x) 0)
; CHECK-NEXT:          ^~~~
    (load u128 (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:11: error: `4` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (load 4 (stack-addr x) 0)
; CHECK-NEXT:          ^
    (load 4 (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:11: error: `"u32"` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (load "u32" (stack-addr x) 0)
; CHECK-NEXT:          ^~~~~
    (load "u32" (stack-addr x) 0)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:12: error: `uint32` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (store uint32 (stack-addr x) 0 1)
; CHECK-NEXT:           ^~~~~~
    (store uint32 (stack-addr x) 0 1)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:11: error: `(array u8 4)` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (cast (array u8 4) x)
; CHECK-NEXT:          ^~~~~~~~~~~~
    (cast (array u8 4) x)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:15: error: `flow-key` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (ctx-load flow-key 0)
; CHECK-NEXT:              ^~~~~~~~
    (ctx-load flow-key 0)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:36: error: atomic operations are on `u32` and `u64`
; CHECK-NEXT:    (atomic-add (stack-addr x) 0 1 u8)
; CHECK-NEXT:                                   ^~
    (atomic-add (stack-addr x) 0 1 u8)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:42: error: atomic operations are on `u32` and `u64`
; CHECK-NEXT:    (atomic-cmpxchg (stack-addr x) 0 1 2 u16)
; CHECK-NEXT:                                         ^~~
    (atomic-cmpxchg (stack-addr x) 0 1 2 u16)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:35: error: `u33` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (atomic-or (stack-addr x) 0 1 u33)
; CHECK-NEXT:                                  ^~~
    (atomic-or (stack-addr x) 0 1 u33)
; CHECK-NEXT:{{.*}}errors-memory-type.lisp:[[#@LINE+3]]:11: error: `:u32` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (load :u32 (stack-addr x))))
; CHECK-NEXT:          ^~~~
    (load :u32 (stack-addr x))))

;  CHECK-NOT:{{.*(error|warning):.*}}
