; A long form is cut short in a message.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-long-form.lisp:[[#@LINE+3]]:15: error: `(+ x (* 2 (- 17 (logand x 255 (<< 1 (...` is an integer, and a pointer is needed
; CHECK-NEXT:    (load u32 (+ x (* 2 (- 17 (logand x 255 (<< 1 (+ 1 2 3))))) 4) 0)
; CHECK-NEXT:              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    (load u32 (+ x (* 2 (- 17 (logand x 255 (<< 1 (+ 1 2 3))))) 4) 0)
; CHECK-NEXT:{{.*}}errors-long-form.lisp:[[#@LINE+3]]:11: error: `(+ x (* 2 (- 17 (logand x 255 (<< 1 (...` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf (+ x
; CHECK-NEXT:          ^~~~
    (setf (+ x
             (* 2
                (- 17 (logand x 255 (<< 1 (+ 1 2 3))))))
          5)))

;  CHECK-NOT:{{.*(error|warning):.*}}
