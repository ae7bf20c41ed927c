; Of pointers only sums and differences make sense.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (with-packet (data end :min-len 64)
;      CHECK:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:13: error: two pointers cannot be added
; CHECK-NEXT:    (+ data end)
; CHECK-NEXT:            ^~~
    (+ data end)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:15: error: two pointers cannot be added
; CHECK-NEXT:    (+ 1 data end)
; CHECK-NEXT:              ^~~
    (+ 1 data end)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:10: error: a pointer cannot be subtracted from an integer
; CHECK-NEXT:    (- 1 data)
; CHECK-NEXT:         ^~~~
    (- 1 data)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:8: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (- data)
; CHECK-NEXT:       ^~~~
    (- data)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:8: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (* data 2)
; CHECK-NEXT:       ^~~~
    (* data 2)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:8: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (/ data 2)
; CHECK-NEXT:       ^~~~
    (/ data 2)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:13: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (logand data 15)
; CHECK-NEXT:            ^~~~
    (logand data 15)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:13: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (lognot data)
; CHECK-NEXT:            ^~~~
    (lognot data)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:9: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (<< data 1)
; CHECK-NEXT:        ^~~~
    (<< data 1)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:10: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (ash data 1)
; CHECK-NEXT:         ^~~~
    (ash data 1)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+6]]:10: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (min data end)
; CHECK-NEXT:         ^~~~
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:15: error: `end` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (min data end)
; CHECK-NEXT:              ^~~
    (min data end)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:10: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (mod data 2)
; CHECK-NEXT:         ^~~~
    (mod data 2)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:11: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (log2 data)
; CHECK-NEXT:          ^~~~
    (log2 data)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:12: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (ntohs data)
; CHECK-NEXT:           ^~~~
    (ntohs data)
; CHECK-NEXT:{{.*}}errors-pointer-arithmetic.lisp:[[#@LINE+3]]:15: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (cast u32 data))
; CHECK-NEXT:              ^~~~
    (cast u32 data))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
