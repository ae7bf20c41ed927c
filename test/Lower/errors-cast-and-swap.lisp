; Conversions take integers.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+6]]:11: error: `x` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:    (cast x u32)
; CHECK-NEXT:          ^
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:13: error: there is no variable or constant `u32`
; CHECK-NEXT:    (cast x u32)
; CHECK-NEXT:            ^~~
    (cast x u32)
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:6: error: `cast` is given 1 argument; it is written `(cast type value)`
; CHECK-NEXT:    (cast u32)
; CHECK-NEXT:     ^~~~
    (cast u32)
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:17: error: `cast` is given 3 arguments; it is written `(cast type value)`
; CHECK-NEXT:    (cast u32 1 2)
; CHECK-NEXT:                ^
    (cast u32 1 2)
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:15: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (cast u32 (ctx-ptr))
; CHECK-NEXT:              ^~~~~~~~~
    (cast u32 (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:12: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (ntohs (ctx-ptr))
; CHECK-NEXT:           ^~~~~~~~~
    (ntohs (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:12: error: there is no variable or constant `undefined`
; CHECK-NEXT:    (htonl undefined)
; CHECK-NEXT:           ^~~~~~~~~
    (htonl undefined)
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:6: error: unknown operator `ntohx`; did you mean `ntohl` or `ntohs`?
; CHECK-NEXT:    (ntohx x)
; CHECK-NEXT:     ^~~~~
    (ntohx x)
; CHECK-NEXT:{{.*}}errors-cast-and-swap.lisp:[[#@LINE+3]]:6: error: unknown operator `swap16`
; CHECK-NEXT:    (swap16 x)))
; CHECK-NEXT:     ^~~~~~
    (swap16 x)))

;  CHECK-NOT:{{.*(error|warning):.*}}
