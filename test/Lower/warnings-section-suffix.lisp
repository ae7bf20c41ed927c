; A suffix that libbpf 1.x refuses is left out, with a warning.
; RUN: whistler compile %s -o %t.o 2>%t.err
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: test -s %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}warnings-section-suffix.lisp:[[#@LINE+3]]:35: warning: libbpf 1.x refuses section "xdp/handler"; the program goes into "xdp", which programs may share
; CHECK-NEXT:(defprog one (:type :xdp :section "xdp/handler") XDP_PASS)
; CHECK-NEXT:                                  ^~~~~~~~~~~~~
(defprog one (:type :xdp :section "xdp/handler") XDP_PASS)

; CHECK-NEXT:{{.*}}warnings-section-suffix.lisp:[[#@LINE+3]]:24: warning: libbpf 1.x refuses section "xdp/other"; the program goes into "xdp", which programs may share
; CHECK-NEXT:(defprog two (:section "xdp/other") XDP_PASS)
; CHECK-NEXT:                       ^~~~~~~~~~~
(defprog two (:section "xdp/other") XDP_PASS)

(defprog three (:type :xdp :section "xdp") XDP_PASS)

; CHECK-NEXT:{{.*}}warnings-section-suffix.lisp:[[#@LINE+3]]:46: warning: libbpf 1.x refuses section "socket/filter"; the program goes into "socket", which programs may share
; CHECK-NEXT:(defprog four (:type :socket-filter :section "socket/filter") 0)
; CHECK-NEXT:                                             ^~~~~~~~~~~~~~~
(defprog four (:type :socket-filter :section "socket/filter") 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
