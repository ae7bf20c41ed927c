; Names are written without a quote.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

;      CHECK:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:9: error: the name of a map has to be a symbol, and this is `'n`
; CHECK-NEXT:(defmap 'n :type :array :value-size 8 :max-entries 1)
; CHECK-NEXT:        ^~
(defmap 'n :type :array :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:17: error: the type of a map is a keyword such as `:hash`
; CHECK-NEXT:(defmap o :type ':array :value-size 8 :max-entries 1)
; CHECK-NEXT:                ^~~~~~~
(defmap o :type ':array :value-size 8 :max-entries 1)

(defprog p ()
; CHECK-NEXT:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:11: error: the name of a map is needed, and this is `'m`
; CHECK-NEXT:  (getmap 'm 1)
; CHECK-NEXT:          ^~
  (getmap 'm 1)
; CHECK-NEXT:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:9: error: `'u32` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (load 'u32 (ctx-ptr) 0)
; CHECK-NEXT:        ^~~~
  (load 'u32 (ctx-ptr) 0)
; CHECK-NEXT:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:8: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `'data`
; CHECK-NEXT:  (ctx 'data)
; CHECK-NEXT:       ^~~~~
  (ctx 'data)
; CHECK-NEXT:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:9: error: `'x` is not a value that a program can have
; CHECK-NEXT:  (setf 'x 1)
; CHECK-NEXT:        ^~
  (setf 'x 1)
; CHECK-NEXT:{{.*}}errors-quoted-arguments.lisp:[[#@LINE+3]]:15: error: `stack-addr` takes the name of a variable
; CHECK-NEXT:  (stack-addr 'x))
; CHECK-NEXT:              ^~
  (stack-addr 'x))

;  CHECK-NOT:{{.*(error|warning):.*}}
