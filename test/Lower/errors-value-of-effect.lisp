; What a form yields where its value is used has one type.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value-size 16 :max-entries 1)

(defprog p ()
  (+ 1 (when (ktime-get-ns) (ctx-ptr)))
;      CHECK:{{.*}}errors-value-of-effect.lisp:[[#@LINE+3]]:13: error: `if-let` yields a pointer in one case and an integer in another
; CHECK-NEXT:  (let ((x (if-let (v (map-lookup m 1)) v 7))) x)
; CHECK-NEXT:            ^~~~~~
  (let ((x (if-let (v (map-lookup m 1)) v 7))) x)
  (let ((v (getmap m 1)))
    (+ v 1)
; CHECK-NEXT:{{.*}}errors-value-of-effect.lisp:[[#@LINE+3]]:8: error: `v` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (* v 2)
; CHECK-NEXT:       ^
    (* v 2)
; CHECK-NEXT:{{.*}}errors-value-of-effect.lisp:[[#@LINE+3]]:13: error: `v` holds a pointer, and this is an integer
; CHECK-NEXT:    (setf v 3)
; CHECK-NEXT:            ^
    (setf v 3)
; CHECK-NEXT:{{.*}}errors-value-of-effect.lisp:[[#@LINE+3]]:13: error: `v` holds a pointer, and this is an integer
; CHECK-NEXT:    (setf v (ktime-get-ns))
; CHECK-NEXT:            ^~~~~~~~~~~~~~
    (setf v (ktime-get-ns))
; CHECK-NEXT:{{.*}}errors-value-of-effect.lisp:[[#@LINE+3]]:13: error: a program cannot return a pointer
; CHECK-NEXT:    (return v)))
; CHECK-NEXT:            ^
    (return v)))

;  CHECK-NOT:{{.*(error|warning):.*}}
