; Elements of arrays that are none.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

(defglobal counts (array u64 4))
(defglobal total u64)
(defstruct (task-struct (:kernel t)) (comm (array u8 16)))

;  CHECK-NOT:{{.*(error|warning):.*}}
(defprog p ()
;      CHECK:{{.*}}errors-aref.lisp:[[#@LINE+3]]:16: error: the index 4 is outside of the array `counts`, which has 4 elements
; CHECK-NEXT:  (aref counts 4)
; CHECK-NEXT:               ^
  (aref counts 4)
; CHECK-NEXT:{{.*}}errors-aref.lisp:[[#@LINE+3]]:22: error: the index -1 is outside of the array `counts`, which has 4 elements
; CHECK-NEXT:  (setf (aref counts -1) 0)
; CHECK-NEXT:                     ^~
  (setf (aref counts -1) 0)
; CHECK-NEXT:{{.*}}errors-aref.lisp:[[#@LINE+3]]:18: error: `counts` is not an array and takes no index
; CHECK-NEXT:  (aref counts 1 2)
; CHECK-NEXT:                 ^
  (aref counts 1 2)
; CHECK-NEXT:{{.*}}errors-aref.lisp:[[#@LINE+3]]:9: error: `total` is an integer, and a pointer is needed
; CHECK-NEXT:  (aref total 0)
; CHECK-NEXT:        ^~~~~
  (aref total 0)
; CHECK-NEXT:{{.*}}errors-aref.lisp:[[#@LINE+3]]:9: error: it is not known what `(xdp-data)` points to; `(load type ptr offset)` reads from it
; CHECK-NEXT:  (aref (xdp-data) 0)
; CHECK-NEXT:        ^~~~~~~~~~
  (aref (xdp-data) 0)
; CHECK-NEXT:{{.*}}errors-aref.lisp:[[#@LINE+3]]:9: error: `aref` reads the program's own memory; of an array in the kernel, `(STRUCT-FIELD ptr index)` reads an element
; CHECK-NEXT:  (aref (task-struct-comm (get-current-task)) 0)
; CHECK-NEXT:        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  (aref (task-struct-comm (get-current-task)) 0)
;  CHECK-NOT:{{.*(error|warning):.*}}
  XDP_PASS)
