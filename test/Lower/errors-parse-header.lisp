; The parse- forms take the packet's ends.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-parse-header.lisp:[[#@LINE+6]]:14: error: `1` is an integer, and a pointer is needed
; CHECK-NEXT:  (parse-eth 1 2)
; CHECK-NEXT:             ^
; CHECK-NEXT:{{.*}}errors-parse-header.lisp:[[#@LINE+3]]:16: error: `2` is an integer, and a pointer is needed
; CHECK-NEXT:  (parse-eth 1 2)
; CHECK-NEXT:               ^
  (parse-eth 1 2)
  (with-packet (data end)
; CHECK-NEXT:{{.*}}errors-parse-header.lisp:[[#@LINE+3]]:6: error: `parse-tcp` is given 1 argument; it is written `(parse-tcp data end)`
; CHECK-NEXT:    (parse-tcp data)
; CHECK-NEXT:     ^~~~~~~~~
    (parse-tcp data)
; CHECK-NEXT:{{.*}}errors-parse-header.lisp:[[#@LINE+3]]:25: error: `parse-tcp` is given 3 arguments; it is written `(parse-tcp data end)`
; CHECK-NEXT:    (parse-tcp data end 1)
; CHECK-NEXT:                        ^
    (parse-tcp data end 1)
; CHECK-NEXT:{{.*}}errors-parse-header.lisp:[[#@LINE+3]]:6: error: unknown operator `parse-arp`; did you mean `parse-tcp` or `parse-udp`?
; CHECK-NEXT:    (parse-arp data end)
; CHECK-NEXT:     ^~~~~~~~~
    (parse-arp data end)
; CHECK-NEXT:{{.*}}errors-parse-header.lisp:[[#@LINE+3]]:22: error: `5` is an integer, and a pointer is needed
; CHECK-NEXT:    (parse-ipv4 data 5))
; CHECK-NEXT:                     ^
    (parse-ipv4 data 5))
  0)

(defprog q (:type :socket-filter)
; CHECK-NEXT:{{.*}}errors-parse-header.lisp:[[#@LINE+3]]:4: error: a program of type `:socket-filter` cannot access the packet directly; `skb-load-bytes` copies bytes of it to the stack
; CHECK-NEXT:  (parse-eth (ctx-ptr) (ctx-ptr)))
; CHECK-NEXT:   ^~~~~~~~~
  (parse-eth (ctx-ptr) (ctx-ptr)))

;  CHECK-NOT:{{.*(error|warning):.*}}
