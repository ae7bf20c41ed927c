; The fields of a header have an offset and a type.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:15: error: a field is written `(name :offset n :type type)`
; CHECK-NEXT:(defheader h1 a)
; CHECK-NEXT:              ^
(defheader h1 a)

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:15: error: the field has no `:offset`
; CHECK-NEXT:(defheader h2 (a))
; CHECK-NEXT:              ^~~
(defheader h2 (a))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:15: error: the field has no `:type`
; CHECK-NEXT:(defheader h3 (a :offset 0))
; CHECK-NEXT:              ^~~~~~~~~~~~~
(defheader h3 (a :offset 0))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:15: error: the field has no `:offset`
; CHECK-NEXT:(defheader h4 (a :type u8))
; CHECK-NEXT:              ^~~~~~~~~~~~
(defheader h4 (a :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:34: error: `u128` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:(defheader h5 (a :offset 0 :type u128))
; CHECK-NEXT:                                 ^~~~
(defheader h5 (a :offset 0 :type u128))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:34: error: `(array u8 4)` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64
; CHECK-NEXT:(defheader h6 (a :offset 0 :type (array u8 4)))
; CHECK-NEXT:                                 ^~~~~~~~~~~~
(defheader h6 (a :offset 0 :type (array u8 4)))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:26: error: the offset of a field has to be between 0 and 32767, and this is -1
; CHECK-NEXT:(defheader h7 (a :offset -1 :type u8))
; CHECK-NEXT:                         ^~
(defheader h7 (a :offset -1 :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:26: error: the offset of a field has to be between 0 and 32767, and this is 70000
; CHECK-NEXT:(defheader h8 (a :offset 70000 :type u8))
; CHECK-NEXT:                         ^~~~~
(defheader h8 (a :offset 70000 :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:26: error: the offset of a field has to be a constant, and `x` is none
; CHECK-NEXT:(defheader h9 (a :offset x :type u8))
; CHECK-NEXT:                         ^
(defheader h9 (a :offset x :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:19: error: a header field has no keyword `:ofset`; did you mean `:offset`?
; CHECK-NEXT:(defheader h10 (a :ofset 0 :type u8))
; CHECK-NEXT:                  ^~~~~~
(defheader h10 (a :ofset 0 :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:38: error: `:net-order` has no value
; CHECK-NEXT:(defheader h11 (a :offset 0 :type u8 :net-order))
; CHECK-NEXT:                                     ^~~~~~~~~~
(defheader h11 (a :offset 0 :type u8 :net-order))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+6]]:40: error: the header has a field `a` already
; CHECK-NEXT:(defheader h12 (a :offset 0 :type u8) (a :offset 1 :type u8))
; CHECK-NEXT:                                       ^
; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:17: note: the first one is here
; CHECK-NEXT:(defheader h12 (a :offset 0 :type u8) (a :offset 1 :type u8))
; CHECK-NEXT:                ^
(defheader h12 (a :offset 0 :type u8) (a :offset 1 :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:16: error: a field is written `(name :offset n :type type)`
; CHECK-NEXT:(defheader h13 ("a" :offset 0 :type u8))
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~~~~~~~~~
(defheader h13 ("a" :offset 0 :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:40: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:(defheader h14 (a :offset 0 :type u8 . :net-order))
; CHECK-NEXT:                                       ^~~~~~~~~~
(defheader h14 (a :offset 0 :type u8 . :net-order))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:16: error: a field is written `(name :offset n :type type)`
; CHECK-NEXT:(defheader h15 (:a :offset 0 :type u8))
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~~~~~~~~
(defheader h15 (:a :offset 0 :type u8))

; CHECK-NEXT:{{.*}}errors-defheader.lisp:[[#@LINE+3]]:19: error: a header field takes `:keyword value` pairs; `u8` is not a keyword
; CHECK-NEXT:(defheader h16 (a u8))
; CHECK-NEXT:                  ^~
(defheader h16 (a u8))

;  CHECK-NOT:{{.*(error|warning):.*}}
