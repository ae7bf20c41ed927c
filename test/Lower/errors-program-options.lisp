; A program's options are a list of keywords before the body.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:13: error: the options of a program come before its body: `(:type :xdp)`, or `()` for none
; CHECK-NEXT:(defprog p1 XDP_PASS)
; CHECK-NEXT:            ^~~~~~~~
(defprog p1 XDP_PASS)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:13: error: the options of a program come before its body: `(:type :xdp)`, or `()` for none
; CHECK-NEXT:(defprog p2 (return 0))
; CHECK-NEXT:            ^~~~~~~~~~
(defprog p2 (return 0))

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:14: error: a program has no keyword `:tpye`; did you mean `:type`?
; CHECK-NEXT:(defprog p3 (:tpye :xdp) 0)
; CHECK-NEXT:             ^~~~~
(defprog p3 (:tpye :xdp) 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:14: error: `:type` has no value
; CHECK-NEXT:(defprog p4 (:type) 0)
; CHECK-NEXT:             ^~~~~
(defprog p4 (:type) 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:25: error: `:type` is given twice
; CHECK-NEXT:(defprog p5 (:type :xdp :type :tc) 0)
; CHECK-NEXT:                        ^~~~~
(defprog p5 (:type :xdp :type :tc) 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:25: error: a program takes `:keyword value` pairs; `"xdp"` is not a keyword
; CHECK-NEXT:(defprog p6 (:type :xdp "xdp") 0)
; CHECK-NEXT:                        ^~~~~
(defprog p6 (:type :xdp "xdp") 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:14: error: a program takes `:keyword value` pairs; `"xdp"` is not a keyword
; CHECK-NEXT:(defprog p7 ("xdp") 0)
; CHECK-NEXT:             ^~~~~
(defprog p7 ("xdp") 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:25: error: a program has no keyword `:licence`; did you mean `:license`?
; CHECK-NEXT:(defprog p8 (:type :xdp :licence "GPL") 0)
; CHECK-NEXT:                        ^~~~~~~~
(defprog p8 (:type :xdp :licence "GPL") 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:13: error: the options of a program come before its body: `(:type :xdp)`, or `()` for none
; CHECK-NEXT:(defprog p9 :type :xdp 0)
; CHECK-NEXT:            ^~~~~
(defprog p9 :type :xdp 0)

; CHECK-NEXT:{{.*}}errors-program-options.lisp:[[#@LINE+3]]:32: error: a program of type `:xdp` is attached to nothing that has arguments; leave out `:args`
; CHECK-NEXT:(defprog p10 (:type :xdp :args ((file u64))) 0)
; CHECK-NEXT:                               ^~~~~~~~~~~~
(defprog p10 (:type :xdp :args ((file u64))) 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
