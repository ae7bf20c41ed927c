; A helper that no kernel lets the program type call is an error.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p (:type :xdp)
  (probe-read-kernel 0 0 0)
;      CHECK:{{.*}}errors-helper-availability.lisp:[[#@LINE+3]]:4: error: no supported kernel lets a program of type `:xdp` call `skb-load-bytes`
; CHECK-NEXT:  (skb-load-bytes (ctx-ptr) 0 0 0))
; CHECK-NEXT:   ^~~~~~~~~~~~~~
  (skb-load-bytes (ctx-ptr) 0 0 0))

(defprog q (:type :kprobe :section "kprobe/vfs_read")
; CHECK-NEXT:{{.*}}errors-helper-availability.lisp:[[#@LINE+3]]:4: error: no supported kernel lets a program of type `:kprobe` call `xdp-adjust-head`
; CHECK-NEXT:  (xdp-adjust-head (ctx-ptr) 0))
; CHECK-NEXT:   ^~~~~~~~~~~~~~~
  (xdp-adjust-head (ctx-ptr) 0))

(defprog r (:type :socket-filter)
; CHECK-NEXT:{{.*}}errors-helper-availability.lisp:[[#@LINE+3]]:4: error: no supported kernel lets a program of type `:socket-filter` call `redirect`
; CHECK-NEXT:  (redirect 1 0))
; CHECK-NEXT:   ^~~~~~~~
  (redirect 1 0))

;  CHECK-NOT:{{.*(error|warning):.*}}
