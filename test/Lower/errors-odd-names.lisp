; A name is shown as it is written, whatever its characters.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((größe 1) (|a b| 2))
;      CHECK:{{.*}}errors-odd-names.lisp:[[#@LINE+3]]:11: error: there is no variable `größte`; did you mean `größe`?
; CHECK-NEXT:    (setf größte 1)
; CHECK-NEXT:          ^~~~~~
    (setf größte 1)
; CHECK-NEXT:{{.*}}errors-odd-names.lisp:[[#@LINE+3]]:11: error: there is no variable `|a c|`
; CHECK-NEXT:    (setf |a c| 2)
; CHECK-NEXT:          ^~~~~
    (setf |a c| 2)
; CHECK-NEXT:{{.*}}errors-odd-names.lisp:[[#@LINE+3]]:14: error: `"日本"` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (* |a b| "日本")
; CHECK-NEXT:             ^~~~~~
    (* |a b| "日本")
; CHECK-NEXT:{{.*}}errors-odd-names.lisp:[[#@LINE+3]]:6: error: unknown operator `日本`
; CHECK-NEXT:    (日本 1)
; CHECK-NEXT:     ^~~~
    (日本 1)
; CHECK-NEXT:{{.*}}errors-odd-names.lisp:[[#@LINE+3]]:5: error: there is no variable or constant `|x"y|`
; CHECK-NEXT:    |x"y|
; CHECK-NEXT:    ^~~~~
    |x"y|
; CHECK-NEXT:{{.*}}errors-odd-names.lisp:[[#@LINE+3]]:5: error: there is no variable or constant `a\ b`
; CHECK-NEXT:    a\ b))
; CHECK-NEXT:    ^~~~
    a\ b))

;  CHECK-NOT:{{.*(error|warning):.*}}
