; A form with too few or too many parts is shown how it is written.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `if` is given 0 arguments; it is written `(if test then [else])`
; CHECK-NEXT:  (if)
; CHECK-NEXT:   ^~
  (if)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `if` is given 1 argument; it is written `(if test then [else])`
; CHECK-NEXT:  (if 1)
; CHECK-NEXT:   ^~
  (if 1)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:13: error: `if` is given 4 arguments; it is written `(if test then [else])`
; CHECK-NEXT:  (if 1 2 3 4)
; CHECK-NEXT:            ^
  (if 1 2 3 4)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `let` is given 0 arguments; it is written `(let ((var init) ...) body...)`
; CHECK-NEXT:  (let)
; CHECK-NEXT:   ^~~
  (let)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `not` is given 0 arguments; it is written `(not form)`
; CHECK-NEXT:  (not)
; CHECK-NEXT:   ^~~
  (not)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:10: error: `not` is given 2 arguments; it is written `(not form)`
; CHECK-NEXT:  (not 1 2)
; CHECK-NEXT:         ^
  (not 1 2)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `1+` is given 0 arguments; it is written `(1+ a)`
; CHECK-NEXT:  (1+)
; CHECK-NEXT:   ^~
  (1+)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:9: error: `1+` is given 2 arguments; it is written `(1+ a)`
; CHECK-NEXT:  (1+ 1 2)
; CHECK-NEXT:        ^
  (1+ 1 2)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `-` is given 0 arguments; it is written `(- a b...)`
; CHECK-NEXT:  (- )
; CHECK-NEXT:   ^
  (- )
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `/` is given 1 argument; it is written `(/ a b...)`
; CHECK-NEXT:  (/ 4)
; CHECK-NEXT:   ^
  (/ 4)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `<<` is given 1 argument; it is written `(<< value count)`
; CHECK-NEXT:  (<< 1)
; CHECK-NEXT:   ^~
  (<< 1)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:12: error: `mod` is given 3 arguments; it is written `(mod a b)`
; CHECK-NEXT:  (mod 1 2 3)
; CHECK-NEXT:           ^
  (mod 1 2 3)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:13: error: `return` is given 2 arguments; it is written `(return [value])`
; CHECK-NEXT:  (return 1 2)
; CHECK-NEXT:            ^
  (return 1 2)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `return-from` is given 0 arguments; it is written `(return-from name [value])`
; CHECK-NEXT:  (return-from)
; CHECK-NEXT:   ^~~~~~~~~~~
  (return-from)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `cast` is given 1 argument; it is written `(cast type value)`
; CHECK-NEXT:  (cast u32)
; CHECK-NEXT:   ^~~~
  (cast u32)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `ctx` is given 0 arguments; it is written `(ctx field [index])`
; CHECK-NEXT:  (ctx)
; CHECK-NEXT:   ^~~
  (ctx)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:12: error: `ntohs` is given 2 arguments; it is written `(ntohs value)`
; CHECK-NEXT:  (ntohs 1 2)
; CHECK-NEXT:           ^
  (ntohs 1 2)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `getmap` is given 1 argument; it is written `(getmap map key)`
; CHECK-NEXT:  (getmap m)
; CHECK-NEXT:   ^~~~~~
  (getmap m)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `tail-call` is given 1 argument; it is written `(tail-call map index)`
; CHECK-NEXT:  (tail-call m)
; CHECK-NEXT:   ^~~~~~~~~
  (tail-call m)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:12: error: `ctx-ptr` is given 1 argument; it is written `(ctx-ptr)`
; CHECK-NEXT:  (ctx-ptr 1)
; CHECK-NEXT:           ^
  (ctx-ptr 1)
; CHECK-NEXT:{{.*}}errors-arity.lisp:[[#@LINE+3]]:4: error: `log2` is given 0 arguments; it is written `(log2 value)`
; CHECK-NEXT:  (log2))
; CHECK-NEXT:   ^~~~
  (log2))

;  CHECK-NOT:{{.*(error|warning):.*}}
