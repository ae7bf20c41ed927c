; A declaration that lacks its main parts is shown how it is written.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `defmap` is incomplete; it is written `(defmap name :type type :key-size n :value-size n :max-entries n)`
; CHECK-NEXT:(defmap)
; CHECK-NEXT: ^~~~~~
(defmap)

; CHECK-NEXT:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `defprog` is incomplete; it is written `(defprog name (:type type ...) body...)`
; CHECK-NEXT:(defprog)
; CHECK-NEXT: ^~~~~~~
(defprog)

; CHECK-NEXT:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `defprog` is incomplete; it is written `(defprog name (:type type ...) body...)`
; CHECK-NEXT:(defprog p)
; CHECK-NEXT: ^~~~~~~
(defprog p)

; CHECK-NEXT:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `defconstant` is incomplete; it is written `(defconstant +name+ value)`
; CHECK-NEXT:(defconstant +x+)
; CHECK-NEXT: ^~~~~~~~~~~
(defconstant +x+)

; CHECK-NEXT:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `defheader` is incomplete; it is written `(defheader name (field :offset n :type type) ...)`
; CHECK-NEXT:(defheader h)
; CHECK-NEXT: ^~~~~~~~~
(defheader h)

; CHECK-NEXT:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `in-package` is incomplete; it is written `(in-package #:whistler)`
; CHECK-NEXT:(in-package)
; CHECK-NEXT: ^~~~~~~~~~
(in-package)

; CHECK-NEXT:{{.*}}errors-incomplete-declaration.lisp:[[#@LINE+3]]:2: error: `compile-to-elf` is incomplete; it is written `(compile-to-elf "file")`
; CHECK-NEXT:(compile-to-elf)
; CHECK-NEXT: ^~~~~~~~~~~~~~
(compile-to-elf)

;  CHECK-NOT:{{.*(error|warning):.*}}
