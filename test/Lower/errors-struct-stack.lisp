; Structs on the stack.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct big (bytes (array u8 513)))

(defstruct half (bytes (array u8 200)))

(defprog one ()
;      CHECK:{{.*}}errors-struct-stack.lisp:[[#@LINE+3]]:12: error: a `big` has 513 bytes, and the stack of a program 512; keep it in a map, such as a `:percpu-array` of one entry
; CHECK-NEXT:  (let ((b (make-big)))
; CHECK-NEXT:           ^~~~~~~~~~
  (let ((b (make-big)))
    (big-bytes b 0)))

;  CHECK-NOT:{{.*(error|warning):.*}}
