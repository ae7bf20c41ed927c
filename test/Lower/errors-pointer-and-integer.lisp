; A value is a pointer or an integer, not either.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value-size 16 :max-entries 1)

(defprog p ()
  (let ((x 1) (y (ctx-ptr)) (z (ktime-get-ns)))
;      CHECK:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:13: error: `x` holds an integer, and this is a pointer; bind a variable of its own to it
; CHECK-NEXT:    (setf x (ctx-ptr))
; CHECK-NEXT:            ^~~~~~~~~
    (setf x (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:13: error: `y` holds a pointer, and this is an integer
; CHECK-NEXT:    (setf y 5)
; CHECK-NEXT:            ^
    (setf y 5)
; CHECK-NEXT:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:13: error: `y` holds a pointer, and this is an integer
; CHECK-NEXT:    (setf y z)
; CHECK-NEXT:            ^
    (setf y z)
; CHECK-NEXT:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:14: error: `if` yields a pointer in one case and an integer in another
; CHECK-NEXT:    (setf x (if z (ctx-ptr) z))
; CHECK-NEXT:             ^~
    (setf x (if z (ctx-ptr) z))
; CHECK-NEXT:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:14: error: `or` yields a pointer in one case and an integer in another
; CHECK-NEXT:    (setf x (or (map-lookup m 1) 5))
; CHECK-NEXT:             ^~
    (setf x (or (map-lookup m 1) 5))
    (setf x (cond ((= z 1) (ctx-ptr)) ((= z 2) 7)))
    (setf x (case z (1 (ctx-ptr)) (t 2)))
    (setf x (and z (block b (when z (return-from b 1)) (ctx-ptr))))
    (setf x (if-let (v (map-lookup m 1)) v 1))
; CHECK-NEXT:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:13: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (incf x (ctx-ptr))
; CHECK-NEXT:            ^~~~~~~~~
    (incf x (ctx-ptr))
    (let ((n nil))
      (setf n (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-pointer-and-integer.lisp:[[#@LINE+3]]:15: error: `n` holds a pointer, and this is an integer
; CHECK-NEXT:      (setf n 5)))
; CHECK-NEXT:              ^
      (setf n 5)))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
