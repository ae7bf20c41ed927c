; Unions.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct ip (addr u32))

;      CHECK:{{.*}}errors-union.lisp:[[#@LINE+3]]:1: error: the union has no members
; CHECK-NEXT:(defunion none)
; CHECK-NEXT:^~~~~~~~~~~~~~~
(defunion none)

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+6]]:22: error: there is a field `x` already
; CHECK-NEXT:(defunion a (x u32) (x u16))
; CHECK-NEXT:                     ^
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:14: note: the first one is here
; CHECK-NEXT:(defunion a (x u32) (x u16))
; CHECK-NEXT:             ^
(defunion a (x u32) (x u16))

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:13: error: `ipp` is not a type; did you mean `ip`?
; CHECK-NEXT:(defunion b ipp)
; CHECK-NEXT:            ^~~
(defunion b ipp)

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:13: error: a member is written `(name type)`, or is the name of a struct
; CHECK-NEXT:(defunion c u32)
; CHECK-NEXT:            ^~~
(defunion c u32)

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:14: error: a union has no options
; CHECK-NEXT:(defunion (d (:kernel t)) (x u32))
; CHECK-NEXT:             ^~~~~~~~~~~
(defunion (d (:kernel t)) (x u32))

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:14: error: an array of no elements can only be the last field, behind another one
; CHECK-NEXT:(defunion e (x (array u8 0)) (y u32))
; CHECK-NEXT:             ^
(defunion e (x (array u8 0)) (y u32))

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:16: error: `f` cannot hold itself; `(ptr f)` points to one
; CHECK-NEXT:(defunion f (x f))
; CHECK-NEXT:               ^
(defunion f (x f))

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:13: error: a member is written `(name type)`, or is the name of a struct
; CHECK-NEXT:(defunion g (x u32 u8))
; CHECK-NEXT:            ^~~~~~~~~~
(defunion g (x u32 u8))

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+6]]:11: error: `ip` is defined twice
; CHECK-NEXT:(defunion ip (y u8))
; CHECK-NEXT:          ^~
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE-48]]:12: note: the first definition is here
; CHECK-NEXT:(defstruct ip (addr u32))
; CHECK-NEXT:           ^~
(defunion ip (y u8))

; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+6]]:17: error: there is a field `ip` already
; CHECK-NEXT:(defunion h ip (ip u8))
; CHECK-NEXT:                ^~
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:13: note: the first one is here
; CHECK-NEXT:(defunion h ip (ip u8))
; CHECK-NEXT:            ^~
(defunion h ip (ip u8))

(defunion address ip (bytes (array u8 4)))

(defprog p ()
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:26: error: `make-address` has no keyword `:ipp`; did you mean `:ip`?
; CHECK-NEXT:  (let ((u (make-address :ipp 3))
; CHECK-NEXT:                         ^~~~
  (let ((u (make-address :ipp 3))
        (v (make-address)))
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:26: error: a `ip` is set from the address of another one, and `5` is none
; CHECK-NEXT:    (setf (address-ip v) 5)
; CHECK-NEXT:                         ^
    (setf (address-ip v) 5)
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:26: error: a `ip` is set from the address of another one, and `v` is none
; CHECK-NEXT:    (setf (address-ip v) v)
; CHECK-NEXT:                         ^
    (setf (address-ip v) v)
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:6: error: unknown operator `address-byts`; did you mean `address-bytes`?
; CHECK-NEXT:    (address-byts v)
; CHECK-NEXT:     ^~~~~~~~~~~~
    (address-byts v)
; CHECK-NEXT:{{.*}}errors-union.lisp:[[#@LINE+3]]:14: error: `v` points to a `address`, and `ip-addr` takes a pointer to a `ip`
; CHECK-NEXT:    (ip-addr v)
; CHECK-NEXT:             ^
    (ip-addr v)
    (ip-addr (address-ip v))))

;  CHECK-NOT:{{.*(error|warning):.*}}
