; A program without `:license` is under the GPL.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog one (:type :xdp :license "MIT") XDP_PASS)

;      CHECK:{{.*}}errors-license-default.lisp:[[#@LINE+6]]:1: error: an object file has one license, and an earlier program's is "MIT"
; CHECK-NEXT:(defprog two (:type :xdp) XDP_PASS)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-license-default.lisp:[[#@LINE-5]]:35: note: the earlier program's license is set here
; CHECK-NEXT:(defprog one (:type :xdp :license "MIT") XDP_PASS)
; CHECK-NEXT:                                  ^~~~~
(defprog two (:type :xdp) XDP_PASS)

;  CHECK-NOT:{{.*(error|warning):.*}}
