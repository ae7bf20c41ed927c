; The head of `dotimes` is a variable, a count and a result.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:12: error: `i` stands where there should be `(var count [result])`
; CHECK-NEXT:  (dotimes i 4)
; CHECK-NEXT:           ^
  (dotimes i 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:12: error: `dotimes` is written `(dotimes (var count [result]) body...)`
; CHECK-NEXT:  (dotimes (i) 4)
; CHECK-NEXT:           ^~~
  (dotimes (i) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:12: error: `dotimes` is written `(dotimes (var count [result]) body...)`
; CHECK-NEXT:  (dotimes (i 1 2 3) 4)
; CHECK-NEXT:           ^~~~~~~~~
  (dotimes (i 1 2 3) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:12: error: `dotimes` is written `(dotimes (var count [result]) body...)`
; CHECK-NEXT:  (dotimes () 4)
; CHECK-NEXT:           ^~
  (dotimes () 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:13: error: `5` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (dotimes (5 4) 4)
; CHECK-NEXT:            ^
  (dotimes (5 4) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:13: error: `:i` cannot be bound; a variable is a symbol
; CHECK-NEXT:  (dotimes (:i 4) 4)
; CHECK-NEXT:            ^~
  (dotimes (:i 4) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:13: error: the variable of `dotimes` is a symbol
; CHECK-NEXT:  (dotimes ((i u64) 4) 4)
; CHECK-NEXT:            ^~~~~~~
  (dotimes ((i u64) 4) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:19: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:  (dotimes (i 4 . 5) 4)
; CHECK-NEXT:                  ^
  (dotimes (i 4 . 5) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:13: error: `XDP_PASS` is a constant and cannot be bound
; CHECK-NEXT:  (dotimes (XDP_PASS 4) 4)
; CHECK-NEXT:            ^~~~~~~~
  (dotimes (XDP_PASS 4) 4)
; CHECK-NEXT:{{.*}}errors-dotimes-head.lisp:[[#@LINE+3]]:4: error: `dotimes` is given 0 arguments; it is written `(dotimes (var count [result]) body...)`
; CHECK-NEXT:  (dotimes))
; CHECK-NEXT:   ^~~~~~~
  (dotimes))

;  CHECK-NOT:{{.*(error|warning):.*}}
