; What uses a wrong declaration is not reported too.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-constant-used-after-error.lisp:[[#@LINE+3]]:23: error: the value of a `defconstant` has to be an integer, and this is 1.5
; CHECK-NEXT:(defconstant +broken+ 1.5)
; CHECK-NEXT:                      ^~~
(defconstant +broken+ 1.5)

; CHECK-NEXT:{{.*}}errors-constant-used-after-error.lisp:[[#@LINE+3]]:26: error: there is no map type `:hahs`; did you mean `:hash`?
; CHECK-NEXT:(defmap broken-map :type :hahs :key-size 4 :value-size 8 :max-entries 1)
; CHECK-NEXT:                         ^~~~~
(defmap broken-map :type :hahs :key-size 4 :value-size 8 :max-entries 1)

; CHECK-NEXT:{{.*}}errors-constant-used-after-error.lisp:[[#@LINE+3]]:1: error: the map has no `:max-entries`
; CHECK-NEXT:(defmap broken-jumps :type :prog-array)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defmap broken-jumps :type :prog-array)

; CHECK-NEXT:{{.*}}errors-constant-used-after-error.lisp:[[#@LINE+3]]:45: error: `u128` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:(defheader broken-header (a :offset 0 :type u128))
; CHECK-NEXT:                                            ^~~~
(defheader broken-header (a :offset 0 :type u128))

(defprog p ()
  (with-packet (data end :min-len 64)
    (setf (getmap broken-map +broken+) (broken-header-a data))
    (load u32 (map-lookup broken-map 1) 0)
    (map-lookup-elem broken-map (ctx-ptr))
    (tail-call broken-jumps 0))
  (/ 4 +broken+))

;  CHECK-NOT:{{.*(error|warning):.*}}
