; `ctx-load` reads a scalar from a constant offset.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-ctx-load.lisp:[[#@LINE+3]]:17: error: the offset of `ctx-load` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:  (ctx-load u32 (ktime-get-ns))
; CHECK-NEXT:                ^~~~~~~~~~~~~~
  (ctx-load u32 (ktime-get-ns))
; CHECK-NEXT:{{.*}}errors-ctx-load.lisp:[[#@LINE+3]]:17: error: the offset of `ctx-load` has to be between 0 and 32767, and this is -4
; CHECK-NEXT:  (ctx-load u32 -4)
; CHECK-NEXT:                ^~
  (ctx-load u32 -4)
; CHECK-NEXT:{{.*}}errors-ctx-load.lisp:[[#@LINE+3]]:17: error: the offset of `ctx-load` has to be between 0 and 32767, and this is 70000
; CHECK-NEXT:  (ctx-load u32 70000)
; CHECK-NEXT:                ^~~~~
  (ctx-load u32 70000)
; CHECK-NEXT:{{.*}}errors-ctx-load.lisp:[[#@LINE+6]]:13: error: `0` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (ctx-load 0 u32)
; CHECK-NEXT:            ^
; CHECK-NEXT:{{.*}}errors-ctx-load.lisp:[[#@LINE+3]]:15: error: the offset of `ctx-load` has to be a constant, and `u32` is none
; CHECK-NEXT:  (ctx-load 0 u32)
; CHECK-NEXT:              ^~~
  (ctx-load 0 u32)
; CHECK-NEXT:{{.*}}errors-ctx-load.lisp:[[#@LINE+3]]:17: error: the offset of `ctx-load` has to be a constant, and `offset` is none
; CHECK-NEXT:  (ctx-load u32 offset))
; CHECK-NEXT:                ^~~~~~
  (ctx-load u32 offset))

;  CHECK-NOT:{{.*(error|warning):.*}}
