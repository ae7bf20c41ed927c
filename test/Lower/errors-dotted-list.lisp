; A dotted list is no call and no declaration.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:13: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:(defmap m . x)
; CHECK-NEXT:            ^
(defmap m . x)

; CHECK-NEXT:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:17: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:(defprog p () . 1)
; CHECK-NEXT:                ^
(defprog p () . 1)

(defprog q ()
; CHECK-NEXT:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:10: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (+ 1 . 2))
; CHECK-NEXT:         ^
  (+ 1 . 2))

; CHECK-NEXT:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:21: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:(defprog r (:type . :xdp)
; CHECK-NEXT:                    ^~~~
(defprog r (:type . :xdp)
  0)

(defprog s ()
; CHECK-NEXT:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:14: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (let ((x . 1)) x))
; CHECK-NEXT:             ^
  (let ((x . 1)) x))

(defprog u ()
; CHECK-NEXT:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:14: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (cond (1 . 2)))
; CHECK-NEXT:             ^
  (cond (1 . 2)))

(defprog v ()
; CHECK-NEXT:{{.*}}errors-dotted-list.lisp:[[#@LINE+3]]:17: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (let ((x 1) . y) x))
; CHECK-NEXT:                ^
  (let ((x 1) . y) x))

;  CHECK-NOT:{{.*(error|warning):.*}}
