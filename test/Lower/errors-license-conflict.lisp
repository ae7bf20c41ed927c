; An object has one license.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog one (:type :xdp :license "GPL") XDP_PASS)

;      CHECK:{{.*}}errors-license-conflict.lisp:[[#@LINE+6]]:35: error: an object file has one license, and an earlier program's is "GPL"
; CHECK-NEXT:(defprog two (:type :xdp :license "MIT") XDP_PASS)
; CHECK-NEXT:                                  ^~~~~
; CHECK-NEXT:{{.*}}errors-license-conflict.lisp:[[#@LINE-5]]:35: note: the earlier program's license is set here
; CHECK-NEXT:(defprog one (:type :xdp :license "GPL") XDP_PASS)
; CHECK-NEXT:                                  ^~~~~
(defprog two (:type :xdp :license "MIT") XDP_PASS)

; CHECK-NEXT:{{.*}}errors-license-conflict.lisp:[[#@LINE+6]]:37: error: an object file has one license, and an earlier program's is "GPL"
; CHECK-NEXT:(defprog three (:type :xdp :license "Dual MIT/GPL") XDP_PASS)
; CHECK-NEXT:                                    ^~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-license-conflict.lisp:[[#@LINE-13]]:35: note: the earlier program's license is set here
; CHECK-NEXT:(defprog one (:type :xdp :license "GPL") XDP_PASS)
; CHECK-NEXT:                                  ^~~~~
(defprog three (:type :xdp :license "Dual MIT/GPL") XDP_PASS)

(defprog four (:type :xdp) XDP_PASS)

;  CHECK-NOT:{{.*(error|warning):.*}}
