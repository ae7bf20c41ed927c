; A program returns an integer.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (with-packet (data end)
    (when (ktime-get-ns)
;      CHECK:{{.*}}errors-pointer-returned.lisp:[[#@LINE+3]]:15: error: a program cannot return a pointer
; CHECK-NEXT:      (return data))
; CHECK-NEXT:              ^~~~
      (return data))
; CHECK-NEXT:{{.*}}errors-pointer-returned.lisp:[[#@LINE+3]]:13: error: a program cannot return a pointer
; CHECK-NEXT:    (return (ctx-ptr)))
; CHECK-NEXT:            ^~~~~~~~~
    (return (ctx-ptr)))
  0)

(defprog q ()
; CHECK-NEXT:{{.*}}errors-pointer-returned.lisp:[[#@LINE+3]]:3: error: the program returns a pointer; it has to return an integer
; CHECK-NEXT:  (ctx-ptr))
; CHECK-NEXT:  ^~~~~~~~~
  (ctx-ptr))

(defprog r ()
; CHECK-NEXT:{{.*}}errors-pointer-returned.lisp:[[#@LINE+3]]:3: error: the program returns a pointer; it has to return an integer
; CHECK-NEXT:  (let ((x (ctx-ptr))) x))
; CHECK-NEXT:  ^~~~~~~~~~~~~~~~~~~~~~~
  (let ((x (ctx-ptr))) x))

(defprog s ()
; CHECK-NEXT:{{.*}}errors-pointer-returned.lisp:[[#@LINE+3]]:3: error: the program returns a pointer; it has to return an integer
; CHECK-NEXT:  (block b (return-from b (ctx-ptr))))
; CHECK-NEXT:  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  (block b (return-from b (ctx-ptr))))

;  CHECK-NOT:{{.*(error|warning):.*}}
