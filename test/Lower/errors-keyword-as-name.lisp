; Keywords are no names.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:10: error: the name of a program has to be a symbol, and this is `:p`
; CHECK-NEXT:(defprog :p () 0)
; CHECK-NEXT:         ^~
(defprog :p () 0)

; CHECK-NEXT:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:14: error: the name of a constant has to be a symbol, and this is `:c`
; CHECK-NEXT:(defconstant :c 1)
; CHECK-NEXT:             ^~
(defconstant :c 1)

; CHECK-NEXT:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:12: error: the name of a header has to be a symbol, and this is `:h`
; CHECK-NEXT:(defheader :h (a :offset 0 :type u8))
; CHECK-NEXT:           ^~
(defheader :h (a :offset 0 :type u8))

(defprog p ()
; CHECK-NEXT:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:10: error: `:v` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (let ((:v 1)) 0)
; CHECK-NEXT:         ^~
  (let ((:v 1)) 0)
; CHECK-NEXT:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:9: error: there is no variable `:v`
; CHECK-NEXT:  (setf :v 1)
; CHECK-NEXT:        ^~
  (setf :v 1)
; CHECK-NEXT:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:16: error: `with-packet` binds 2 variables; it is written `(with-packet (data end :min-len n) body...)`
; CHECK-NEXT:  (with-packet (:data end) 0)
; CHECK-NEXT:               ^~~~~~~~~~~
  (with-packet (:data end) 0)
; CHECK-NEXT:{{.*}}errors-keyword-as-name.lisp:[[#@LINE+3]]:13: error: `:i` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (dotimes (:i 4) 0))
; CHECK-NEXT:            ^~
  (dotimes (:i 4) 0))

;  CHECK-NOT:{{.*(error|warning):.*}}
