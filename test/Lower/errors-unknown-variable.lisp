; An unbound variable is reported with the nearest bound one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap counts :type :array :value-size 8 :max-entries 1)

(defprog fields ()
  (with-tcp (data end tcp)
;      CHECK:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:8: error: `tcp-dst-port` is an operator, not a value; it is written `(tcp-dst-port ptr)`
; CHECK-NEXT:    (+ tcp-dst-port 1)
; CHECK-NEXT:       ^~~~~~~~~~~~
    (+ tcp-dst-port 1)
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:15: error: `ctx-ptr` is an operator, not a value; it is written `(ctx-ptr)`
; CHECK-NEXT:    (load u32 ctx-ptr)))
; CHECK-NEXT:              ^~~~~~~
    (load u32 ctx-ptr)))

(defprog p ()
  (let ((packet-length 1))
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:8: error: there is no variable or constant `packet-lenght`; did you mean `packet-length`?
; CHECK-NEXT:    (+ packet-lenght 1)
; CHECK-NEXT:       ^~~~~~~~~~~~~
    (+ packet-lenght 1)
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:11: error: there is no variable `packet-lengt`; did you mean `packet-length`?
; CHECK-NEXT:    (setf packet-lengt 2)
; CHECK-NEXT:          ^~~~~~~~~~~~
    (setf packet-lengt 2)
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:11: error: there is no variable `paket-length`; did you mean `packet-length`?
; CHECK-NEXT:    (incf paket-length)
; CHECK-NEXT:          ^~~~~~~~~~~~
    (incf paket-length)
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:5: error: `counts` is a map, not a value; `(getmap counts key)` reads it
; CHECK-NEXT:    counts)
; CHECK-NEXT:    ^~~~~~
    counts)
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:3: error: there is no variable or constant `XDP_PAS`; did you mean `XDP_PASS`?
; CHECK-NEXT:  XDP_PAS
; CHECK-NEXT:  ^~~~~~~
  XDP_PAS
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:3: error: there is no variable or constant `packet-length`
; CHECK-NEXT:  packet-length
; CHECK-NEXT:  ^~~~~~~~~~~~~
  packet-length
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:3: error: the keyword `:keyword` is not a value here
; CHECK-NEXT:  :keyword
; CHECK-NEXT:  ^~~~~~~~
  :keyword
; CHECK-NEXT:{{.*}}errors-unknown-variable.lisp:[[#@LINE+3]]:3: error: there is no variable or constant `frobnicate`
; CHECK-NEXT:  frobnicate)
; CHECK-NEXT:  ^~~~~~~~~~
  frobnicate)

;  CHECK-NOT:{{.*(error|warning):.*}}
