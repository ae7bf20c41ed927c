; Only declarations stand at top level.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:42
; CHECK-NEXT:^~
42

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:"text"
; CHECK-NEXT:^~~~~~
"text"

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:XDP_PASS
; CHECK-NEXT:^~~~~~~~
XDP_PASS

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT::keyword
; CHECK-NEXT:^~~~~~~~
:keyword

()

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:((defmap m :type :array))
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~
((defmap m :type :array))

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:#(1 2)
; CHECK-NEXT:^~~~~~
#(1 2)

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:'quoted
; CHECK-NEXT:^~~~~~~
'quoted

; CHECK-NEXT:{{.*}}errors-top-level-atom.lisp:[[#@LINE+3]]:1: error: a top-level form has to be a declaration such as `(defprog ...)`
; CHECK-NEXT:#\a
; CHECK-NEXT:^~~
#\a

;  CHECK-NOT:{{.*(error|warning):.*}}
