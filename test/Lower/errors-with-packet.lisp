; `with-packet` binds two variables in programs that see packets.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:16: error: `with-packet` binds 2 variables; it is written `(with-packet (data end :min-len n) body...)`
; CHECK-NEXT:  (with-packet (data) 0)
; CHECK-NEXT:               ^~~~~~
  (with-packet (data) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:16: error: `with-packet` binds 2 variables; it is written `(with-packet (data end :min-len n) body...)`
; CHECK-NEXT:  (with-packet (data end extra) 0)
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~
  (with-packet (data end extra) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:16: error: `with-packet` binds 2 variables; it is written `(with-packet (data end :min-len n) body...)`
; CHECK-NEXT:  (with-packet () 0)
; CHECK-NEXT:               ^~
  (with-packet () 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:16: error: `data` stands where there should be a list `(data end ...)`
; CHECK-NEXT:  (with-packet data 0)
; CHECK-NEXT:               ^~~~
  (with-packet data 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:26: error: `with-packet` has no keyword `:min-length`; did you mean `:min-len`?
; CHECK-NEXT:  (with-packet (data end :min-length 5) 0)
; CHECK-NEXT:                         ^~~~~~~~~~~
  (with-packet (data end :min-length 5) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:26: error: `:min-len` has no value
; CHECK-NEXT:  (with-packet (data end :min-len) 0)
; CHECK-NEXT:                         ^~~~~~~~
  (with-packet (data end :min-len) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:35: error: `:min-len` has to be between 0 and 65535, and this is -1
; CHECK-NEXT:  (with-packet (data end :min-len -1) 0)
; CHECK-NEXT:                                  ^~
  (with-packet (data end :min-len -1) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:35: error: `:min-len` has to be between 0 and 65535, and this is 70000
; CHECK-NEXT:  (with-packet (data end :min-len 70000) 0)
; CHECK-NEXT:                                  ^~~~~
  (with-packet (data end :min-len 70000) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:35: error: `:min-len` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:  (with-packet (data end :min-len (ktime-get-ns)) 0)
; CHECK-NEXT:                                  ^~~~~~~~~~~~~~
  (with-packet (data end :min-len (ktime-get-ns)) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:16: error: `with-packet` binds 2 variables; it is written `(with-packet (data end :min-len n) body...)`
; CHECK-NEXT:  (with-packet (data 5) 0)
; CHECK-NEXT:               ^~~~~~~~
  (with-packet (data 5) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:17: error: `XDP_PASS` is a constant and cannot be bound
; CHECK-NEXT:  (with-packet (XDP_PASS end) 0)
; CHECK-NEXT:                ^~~~~~~~
  (with-packet (XDP_PASS end) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:16: error: `with-packet` binds 2 variables; it is written `(with-packet (data end :min-len n) body...)`
; CHECK-NEXT:  (with-packet ((data) end) 0))
; CHECK-NEXT:               ^~~~~~~~~~~~
  (with-packet ((data) end) 0))

(defprog q (:type :socket-filter)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:4: error: a program of type `:socket-filter` cannot access the packet directly; `skb-load-bytes` copies bytes of it to the stack
; CHECK-NEXT:  (with-packet (data end) 0))
; CHECK-NEXT:   ^~~~~~~~~~~
  (with-packet (data end) 0))

(defprog r (:type :tracepoint :section "tracepoint/sched/sched_switch")
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:4: error: a program of type `:tracepoint` cannot access a packet
; CHECK-NEXT:  (with-packet (data end) 0)
; CHECK-NEXT:   ^~~~~~~~~~~
  (with-packet (data end) 0)
; CHECK-NEXT:{{.*}}errors-with-packet.lisp:[[#@LINE+3]]:4: error: a program of type `:tracepoint` cannot access a packet
; CHECK-NEXT:  (xdp-data))
; CHECK-NEXT:   ^~~~~~~~
  (xdp-data))

(defprog s (:type :sk-msg)
  (with-packet (data end) 0))

;  CHECK-NOT:{{.*(error|warning):.*}}
