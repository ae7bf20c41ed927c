; What is declared is named by a symbol.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:9: error: the name of a map has to be a symbol, and this is `5`
; CHECK-NEXT:(defmap 5 :type :array :value-size 4 :max-entries 1)
; CHECK-NEXT:        ^
(defmap 5 :type :array :value-size 4 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:9: error: the name of a map has to be a symbol, and this is `:m`
; CHECK-NEXT:(defmap :m :type :array :value-size 4 :max-entries 1)
; CHECK-NEXT:        ^~
(defmap :m :type :array :value-size 4 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:10: error: the name of a program has to be a symbol, and this is `"name"`
; CHECK-NEXT:(defprog "name" () 0)
; CHECK-NEXT:         ^~~~~~
(defprog "name" () 0)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:10: error: the name of a program has to be a symbol, and this is `(name)`
; CHECK-NEXT:(defprog (name) () 0)
; CHECK-NEXT:         ^~~~~~
(defprog (name) () 0)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:10: error: the name of a program has to be a symbol, and this is `nil`
; CHECK-NEXT:(defprog nil () 0)
; CHECK-NEXT:         ^~~
(defprog nil () 0)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:10: error: the name of a program has to be a symbol, and this is `()`
; CHECK-NEXT:(defprog () () 0)
; CHECK-NEXT:         ^~
(defprog () () 0)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:14: error: the name of a constant has to be a symbol, and this is `1`
; CHECK-NEXT:(defconstant 1 1)
; CHECK-NEXT:             ^
(defconstant 1 1)

; CHECK-NEXT:{{.*}}errors-declared-name.lisp:[[#@LINE+3]]:12: error: the name of a header has to be a symbol, and this is `"h"`
; CHECK-NEXT:(defheader "h" (a :offset 0 :type u8))
; CHECK-NEXT:           ^~~
(defheader "h" (a :offset 0 :type u8))

;  CHECK-NOT:{{.*(error|warning):.*}}
