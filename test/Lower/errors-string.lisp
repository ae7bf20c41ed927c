; String literals.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defglobal text (array u8 8) "abc")

(defprog p ()
  (let ((s "hello"))
;      CHECK:{{.*}}errors-string.lisp:[[#@LINE+3]]:13: error: `s` holds a pointer, and this is an integer
; CHECK-NEXT:    (setf s 5)
; CHECK-NEXT:            ^
    (setf s 5)
    (+ "one" 1)
; CHECK-NEXT:{{.*}}errors-string.lisp:[[#@LINE+3]]:6: error: `trace-printk` is given 0 arguments; it is written `(trace-printk fmt fmt_size ...)`
; CHECK-NEXT:    (trace-printk)
; CHECK-NEXT:     ^~~~~~~~~~~~
    (trace-printk)
; CHECK-NEXT:{{.*}}errors-string.lisp:[[#@LINE+3]]:32: error: `trace-printk` takes 4 arguments at most where the size of a string is filled in
; CHECK-NEXT:    (trace-printk "n=%d" 1 2 3 4)
; CHECK-NEXT:                               ^
    (trace-printk "n=%d" 1 2 3 4)
; CHECK-NEXT:{{.*}}errors-string.lisp:[[#@LINE+3]]:32: error: `trace-printk` takes 4 arguments at most where the size of a string is filled in
; CHECK-NEXT:    (trace-printk "x=%d" 4 1 2 3)
; CHECK-NEXT:                               ^
    (trace-printk "x=%d" 4 1 2 3)
; CHECK-NEXT:{{.*}}errors-string.lisp:[[#@LINE+3]]:6: error: `trace-printk` is given 1 argument; it is written `(trace-printk fmt fmt_size ...)`
; CHECK-NEXT:    (trace-printk 5)
; CHECK-NEXT:     ^~~~~~~~~~~~
    (trace-printk 5)
    (trace-printk "ok" (ctx-ptr))
    (when "x" 1)
; CHECK-NEXT:{{.*}}errors-string.lisp:[[#@LINE+3]]:13: error: a program cannot return a pointer
; CHECK-NEXT:    (return "x")))
; CHECK-NEXT:            ^~~
    (return "x")))

;  CHECK-NOT:{{.*(error|warning):.*}}
