; Strings in messages do not break a line.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-odd-strings.lisp:[[#@LINE+3]]:23: error: libbpf knows no section "xdp?x" and could not load the program
; CHECK-NEXT:(defprog p1 (:section "xdp
; CHECK-NEXT:                      ^~~~
(defprog p1 (:section "xdp
x") 0)

; CHECK-NEXT:{{.*}}errors-odd-strings.lisp:[[#@LINE+4]]:34: error: libbpf knows no section "a?b"c\d" and could not load the program
; CHECK-NEXT:(defprog p2 (:type :xdp :section "a     b\"c\\d") 0)
; CHECK-NEXT:                                 ^~~~~~~~~~~~~~~
; CHECK-NEXT:  hint: programs of type `:xdp` go into section "xdp"
(defprog p2 (:type :xdp :section "a	b\"c\\d") 0)

(defprog p3 (:license "GPL") 0)

; CHECK-NEXT:{{.*}}errors-odd-strings.lisp:[[#@LINE+6]]:23: error: an object file has one license, and an earlier program's is "GPL"
; CHECK-NEXT:(defprog p4 (:license "MIT
; CHECK-NEXT:                      ^~~~
; CHECK-NEXT:{{.*}}errors-odd-strings.lisp:[[#@LINE-5]]:23: note: the earlier program's license is set here
; CHECK-NEXT:(defprog p3 (:license "GPL") 0)
; CHECK-NEXT:                      ^~~~~
(defprog p4 (:license "MIT
(or not)") 0)

; CHECK-NEXT:{{.*}}errors-odd-strings.lisp:[[#@LINE+3]]:17: error: the type of a map is a keyword such as `:hash`
; CHECK-NEXT:(defmap m :type "a
; CHECK-NEXT:                ^~
(defmap m :type "a
b")

;  CHECK-NOT:{{.*(error|warning):.*}}
