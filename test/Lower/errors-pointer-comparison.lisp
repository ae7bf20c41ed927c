; Pointers are compared with pointers.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (with-packet (data end :min-len 64)
;      CHECK:{{.*}}errors-pointer-comparison.lisp:[[#@LINE+3]]:13: error: a pointer cannot be compared with an integer
; CHECK-NEXT:    (= data 5)
; CHECK-NEXT:            ^
    (= data 5)
; CHECK-NEXT:{{.*}}errors-pointer-comparison.lisp:[[#@LINE+3]]:13: error: a pointer cannot be compared with an integer
; CHECK-NEXT:    (> data (ktime-get-ns))
; CHECK-NEXT:            ^~~~~~~~~~~~~~
    (> data (ktime-get-ns))
; CHECK-NEXT:{{.*}}errors-pointer-comparison.lisp:[[#@LINE+3]]:6: error: pointers have no sign to compare by
; CHECK-NEXT:    (s> data end)
; CHECK-NEXT:     ^~
    (s> data end)
; CHECK-NEXT:{{.*}}errors-pointer-comparison.lisp:[[#@LINE+3]]:8: error: a pointer cannot be compared with an integer
; CHECK-NEXT:    (< 5 data end)
; CHECK-NEXT:       ^
    (< 5 data end)
    (= data (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-pointer-comparison.lisp:[[#@LINE+3]]:11: error: `data` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (case data (0 1)))
; CHECK-NEXT:          ^~~~
    (case data (0 1)))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
