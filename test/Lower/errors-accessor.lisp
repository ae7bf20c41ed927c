; A header's field is read through one pointer.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defheader my-header (field :offset 0 :type u16 :net-order t))

(defprog p ()
  (with-packet (data end :min-len 64)
;      CHECK:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:6: error: `ipv4-ttl` is given 0 arguments; it is written `(ipv4-ttl ptr)`
; CHECK-NEXT:    (ipv4-ttl)
; CHECK-NEXT:     ^~~~~~~~
    (ipv4-ttl)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:20: error: `ipv4-ttl` is given 2 arguments; it is written `(ipv4-ttl ptr)`
; CHECK-NEXT:    (ipv4-ttl data 1)
; CHECK-NEXT:                   ^
    (ipv4-ttl data 1)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:15: error: `5` is an integer, and a pointer is needed
; CHECK-NEXT:    (ipv4-ttl 5)
; CHECK-NEXT:              ^
    (ipv4-ttl 5)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:6: error: `my-header-field` is given 0 arguments; it is written `(my-header-field ptr)`
; CHECK-NEXT:    (my-header-field)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~
    (my-header-field)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:6: error: unknown operator `my-header-filed`; did you mean `my-header-field`?
; CHECK-NEXT:    (my-header-filed data)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~
    (my-header-filed data)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:27: error: `end` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (setf (ipv4-ttl data) end)
; CHECK-NEXT:                          ^~~
    (setf (ipv4-ttl data) end)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:12: error: this place is written `(ipv4-ttl ptr)`
; CHECK-NEXT:    (setf (ipv4-ttl data end) 1)
; CHECK-NEXT:           ^~~~~~~~
    (setf (ipv4-ttl data end) 1)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:12: error: this place is written `(ipv4-ttl ptr)`
; CHECK-NEXT:    (setf (ipv4-ttl) 1)
; CHECK-NEXT:           ^~~~~~~~
    (setf (ipv4-ttl) 1)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:12: error: this place is written `(ipv4-ttl ptr)`
; CHECK-NEXT:    (incf (ipv4-ttl) 1)
; CHECK-NEXT:           ^~~~~~~~
    (incf (ipv4-ttl) 1)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:11: error: `eth-dst` yields the address of a field that is no scalar; `memcpy` and `store` write there
; CHECK-NEXT:    (setf (eth-dst data) 1)
; CHECK-NEXT:          ^~~~~~~~~~~~~~
    (setf (eth-dst data) 1)
; CHECK-NEXT:{{.*}}errors-accessor.lisp:[[#@LINE+3]]:11: error: `eth-src` yields the address of a field that is no scalar; `memcpy` and `store` write there
; CHECK-NEXT:    (incf (eth-src data)))
; CHECK-NEXT:          ^~~~~~~~~~~~~~
    (incf (eth-src data)))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
