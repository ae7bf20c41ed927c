; The forms for headers take the variables and options of their layer.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:13: error: `with-tcp` binds 3 variables; it is written `(with-tcp (data end tcp) body...)`
; CHECK-NEXT:  (with-tcp (data end) 0)
; CHECK-NEXT:            ^~~~~~~~~~
  (with-tcp (data end) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:13: error: `with-eth` binds 2 variables; it is written `(with-eth (data end) body...)`
; CHECK-NEXT:  (with-eth (data end eth) 0)
; CHECK-NEXT:            ^~~~~~~~~~~~~~
  (with-eth (data end eth) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:27: error: `with-ipv4` has no keyword `:option`; did you mean `:options`?
; CHECK-NEXT:  (with-ipv4 (data end ip :option :check) 0)
; CHECK-NEXT:                          ^~~~~~~
  (with-ipv4 (data end ip :option :check) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:36: error: `:options` is `:check`, `t` or `nil`
; CHECK-NEXT:  (with-ipv4 (data end ip :options 5) 0)
; CHECK-NEXT:                                   ^
  (with-ipv4 (data end ip :options 5) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:27: error: `with-ipv6` has no keyword `:options`; it takes :vlan
; CHECK-NEXT:  (with-ipv6 (data end ip :options :check) 0)
; CHECK-NEXT:                          ^~~~~~~~
  (with-ipv6 (data end ip :options :check) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:23: error: `with-eth` has no keyword `:vlan`; it takes none
; CHECK-NEXT:  (with-eth (data end :vlan t) 0)
; CHECK-NEXT:                      ^~~~~
  (with-eth (data end :vlan t) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:27: error: `:vlan` has no value
; CHECK-NEXT:  (with-udp (data end udp :vlan) 0)
; CHECK-NEXT:                          ^~~~~
  (with-udp (data end udp :vlan) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:29: error: `with-icmp` has no keyword `:min-len`; it takes :vlan :options
; CHECK-NEXT:  (with-icmp (data end icmp :min-len 5) 0)
; CHECK-NEXT:                            ^~~~~~~~
  (with-icmp (data end icmp :min-len 5) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:4: error: unknown operator `with-arp`; did you mean `with-tcp` or `with-udp`?
; CHECK-NEXT:  (with-arp (data end arp) 0)
; CHECK-NEXT:   ^~~~~~~~
  (with-arp (data end arp) 0)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:29: error: unknown operator `tcp-dst-prt`; did you mean `tcp-dst-port`?
; CHECK-NEXT:  (with-tcp (data end tcp) (tcp-dst-prt tcp)))
; CHECK-NEXT:                            ^~~~~~~~~~~
  (with-tcp (data end tcp) (tcp-dst-prt tcp)))

(defprog q (:type :cgroup-skb)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:4: error: the packet of a program of type `:cgroup-skb` does not start with an Ethernet header
; CHECK-NEXT:  (with-eth (data end) 0))
; CHECK-NEXT:   ^~~~~~~~
  (with-eth (data end) 0))

(defprog r (:type :socket-filter)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:4: error: a program of type `:socket-filter` cannot access the packet directly; `skb-load-bytes` copies bytes of it to the stack
; CHECK-NEXT:  (with-tcp (data end tcp) 0))
; CHECK-NEXT:   ^~~~~~~~
  (with-tcp (data end tcp) 0))

(defprog s (:type :sk-msg)
; CHECK-NEXT:{{.*}}errors-with-header.lisp:[[#@LINE+3]]:4: error: the packet of a program of type `:sk-msg` starts behind the header that `with-ipv4` looks for
; CHECK-NEXT:  (with-ipv4 (data end ip) 0))
; CHECK-NEXT:   ^~~~~~~~~
  (with-ipv4 (data end ip) 0))

;  CHECK-NOT:{{.*(error|warning):.*}}
