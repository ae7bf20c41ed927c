; Several kinds of errors of a file are reported in one run, in order.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-several.lisp:[[#@LINE+3]]:22: error: there is no map type `:arry`; did you mean `:array`?
; CHECK-NEXT:(defmap counts :type :arry :value-size 8 :max-entries 1)
; CHECK-NEXT:                     ^~~~~
(defmap counts :type :arry :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:21: error: the value of a `defconstant` has to be an integer, and this is 1.5
; CHECK-NEXT:(defconstant +port+ 1.5)
; CHECK-NEXT:                    ^~~
(defconstant +port+ 1.5)

(defprog first (:type :xdp)
  (with-packet (data end :min-len 64)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:15: error: unknown operator `udp-dst-prt`; did you mean `udp-dst-port`?
; CHECK-NEXT:    (when (= (udp-dst-prt data) +port+)
; CHECK-NEXT:              ^~~~~~~~~~~
    (when (= (udp-dst-prt data) +port+)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:32: error: unknown operator `frobnicate`
; CHECK-NEXT:      (incf (getmap counts 0) (frobnicate)))
; CHECK-NEXT:                               ^~~~~~~~~~
      (incf (getmap counts 0) (frobnicate)))
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:15: error: unknown operator `undefined-one`
; CHECK-NEXT:    (let ((a (undefined-one)) (b (undefined-two)))
; CHECK-NEXT:              ^~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:35: error: unknown operator `undefined-two`
; CHECK-NEXT:    (let ((a (undefined-one)) (b (undefined-two)))
; CHECK-NEXT:                                  ^~~~~~~~~~~~~
    (let ((a (undefined-one)) (b (undefined-two)))
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:15: error: unknown operator `undefined-three`
; CHECK-NEXT:      (+ a b (undefined-three))))
; CHECK-NEXT:              ^~~~~~~~~~~~~~~
      (+ a b (undefined-three))))
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:4: error: unknown operator `retrun`; did you mean `return`?
; CHECK-NEXT:  (retrun XDP_PASS))
; CHECK-NEXT:   ^~~~~~
  (retrun XDP_PASS))

(defprog second (:type :xdp)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:6: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (+ undefined-a undefined-b)
; CHECK-NEXT:     ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:18: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (+ undefined-a undefined-b)
; CHECK-NEXT:                 ^~~~~~~~~~~
  (+ undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:6: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (- undefined-a undefined-b)
; CHECK-NEXT:     ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:18: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (- undefined-a undefined-b)
; CHECK-NEXT:                 ^~~~~~~~~~~
  (- undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:6: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (* undefined-a undefined-b)
; CHECK-NEXT:     ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:18: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (* undefined-a undefined-b)
; CHECK-NEXT:                 ^~~~~~~~~~~
  (* undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:8: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (min undefined-a undefined-b)
; CHECK-NEXT:       ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:20: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (min undefined-a undefined-b)
; CHECK-NEXT:                   ^~~~~~~~~~~
  (min undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:11: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (logior undefined-a undefined-b)
; CHECK-NEXT:          ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:23: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (logior undefined-a undefined-b)
; CHECK-NEXT:                      ^~~~~~~~~~~
  (logior undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:6: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (< undefined-a undefined-b)
; CHECK-NEXT:     ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:18: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (< undefined-a undefined-b)
; CHECK-NEXT:                 ^~~~~~~~~~~
  (< undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:9: error: there is no variable `undefined-a`
; CHECK-NEXT:  (setf undefined-a undefined-b)
; CHECK-NEXT:        ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:21: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (setf undefined-a undefined-b)
; CHECK-NEXT:                    ^~~~~~~~~~~
  (setf undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:6: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (/ undefined-a undefined-b)
; CHECK-NEXT:     ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:18: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (/ undefined-a undefined-b)
; CHECK-NEXT:                 ^~~~~~~~~~~
  (/ undefined-a undefined-b)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:9: error: `u33` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (load u33 undefined-a)
; CHECK-NEXT:        ^~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:13: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (load u33 undefined-a)
; CHECK-NEXT:            ^~~~~~~~~~~
  (load u33 undefined-a)
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+9]]:10: error: `u33` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:  (store u33 undefined-a 0 undefined-b))
; CHECK-NEXT:         ^~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+6]]:14: error: there is no variable or constant `undefined-a`
; CHECK-NEXT:  (store u33 undefined-a 0 undefined-b))
; CHECK-NEXT:             ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-several.lisp:[[#@LINE+3]]:28: error: there is no variable or constant `undefined-b`
; CHECK-NEXT:  (store u33 undefined-a 0 undefined-b))
; CHECK-NEXT:                           ^~~~~~~~~~~
  (store u33 undefined-a 0 undefined-b))

;  CHECK-NOT:{{.*(error|warning):.*}}
