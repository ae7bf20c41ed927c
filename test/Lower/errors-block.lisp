; `return-from` names a block around it.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-block.lisp:[[#@LINE+3]]:4: error: `block` is given 0 arguments; it is written `(block name body...)`
; CHECK-NEXT:  (block)
; CHECK-NEXT:   ^~~~~
  (block)
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:10: error: the name of a block is a symbol
; CHECK-NEXT:  (block 5 1)
; CHECK-NEXT:         ^
  (block 5 1)
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:10: error: the name of a block is a symbol
; CHECK-NEXT:  (block "b" 1)
; CHECK-NEXT:         ^~~
  (block "b" 1)
  (block :b 1)
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:25: error: there is no block `c` around this form
; CHECK-NEXT:  (block b (return-from c 1))
; CHECK-NEXT:                        ^
  (block b (return-from c 1))
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:29: error: `return-from` is given 3 arguments; it is written `(return-from name [value])`
; CHECK-NEXT:  (block b (return-from b 1 2))
; CHECK-NEXT:                            ^
  (block b (return-from b 1 2))
  (block b 1)
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:16: error: there is no block `b` around this form
; CHECK-NEXT:  (return-from b)
; CHECK-NEXT:               ^
  (return-from b)
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:16: error: there is no block `nil` around this form
; CHECK-NEXT:  (return-from nil 1)
; CHECK-NEXT:               ^~~
  (return-from nil 1)
; CHECK-NEXT:{{.*}}errors-block.lisp:[[#@LINE+3]]:16: error: there is no block `5` around this form
; CHECK-NEXT:  (return-from 5 1))
; CHECK-NEXT:               ^
  (return-from 5 1))

;  CHECK-NOT:{{.*(error|warning):.*}}
