; A constant has one value.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defconstant +limit+ 5)
(defconstant +limit+ 5)
;      CHECK:{{.*}}errors-defconstant-name.lisp:[[#@LINE+3]]:14: error: `+limit+` is a constant already, with the value 5
; CHECK-NEXT:(defconstant +limit+ 6)
; CHECK-NEXT:             ^~~~~~~
(defconstant +limit+ 6)

; CHECK-NEXT:{{.*}}errors-defconstant-name.lisp:[[#@LINE+3]]:14: error: `XDP_PASS` is a constant already, with the value 2
; CHECK-NEXT:(defconstant XDP_PASS 3)
; CHECK-NEXT:             ^~~~~~~~
(defconstant XDP_PASS 3)

; CHECK-NEXT:{{.*}}errors-defconstant-name.lisp:[[#@LINE+3]]:24: error: `defconstant` takes a name, a value and a documentation string
; CHECK-NEXT:(defconstant +extra+ 1 2)
; CHECK-NEXT:                       ^
(defconstant +extra+ 1 2)

; CHECK-NEXT:{{.*}}errors-defconstant-name.lisp:[[#@LINE+3]]:23: error: `defconstant` takes a name, a value and a documentation string
; CHECK-NEXT:(defconstant +more+ 1 "documentation" 2)
; CHECK-NEXT:                      ^~~~~~~~~~~~~~~
(defconstant +more+ 1 "documentation" 2)

; CHECK-NEXT:{{.*}}errors-defconstant-name.lisp:[[#@LINE+3]]:14: error: the name of a constant has to be a symbol, and this is `nil`
; CHECK-NEXT:(defconstant nil 3)
; CHECK-NEXT:             ^~~
(defconstant nil 3)

; CHECK-NEXT:{{.*}}errors-defconstant-name.lisp:[[#@LINE+3]]:14: error: `t` is a constant already, with the value 1
; CHECK-NEXT:(defconstant t 3)
; CHECK-NEXT:             ^
(defconstant t 3)

(defconstant u32 3)

;  CHECK-NOT:{{.*(error|warning):.*}}
