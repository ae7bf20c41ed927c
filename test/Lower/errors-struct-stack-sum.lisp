; Structs that do not fit the stack together.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct half (bytes (array u8 200)))

(defmap m :type :hash :key half :value half :max-entries 1)

;      CHECK:{{.*}}errors-struct-stack-sum.lisp:[[#@LINE+6]]:1: error: the program needs 600 bytes of stack; the kernel gives it 512
; CHECK-NEXT:(defprog three ()
; CHECK-NEXT:^~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-struct-stack-sum.lisp:[[#@LINE+4]]:12: note: the largest variable on the stack takes 200 bytes
; CHECK-NEXT:  (let ((a (make-half)) (b (make-half)) (c (make-half)))
; CHECK-NEXT:           ^~~~~~~~~~~
(defprog three ()
  (let ((a (make-half)) (b (make-half)) (c (make-half)))
    (memset b 0 1 200)
    (memset c 0 2 200)
    (map-update m a b)
    (map-update m b c)
    (map-update m c a)))

;  CHECK-NOT:{{.*(error|warning):.*}}
