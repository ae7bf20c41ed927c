; Reading the kernel's memory is for programs under the GPL.
; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%t.btf %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


(import-kernel-struct task-struct pid)

(defprog p (:type :kprobe :section "kprobe/f" :license "Proprietary")
;      CHECK:{{.*}}errors-kernel-license.lisp:[[#@LINE+6]]:7: error: `probe-read-kernel` is for programs under a GPL-compatible license, and this one's is "Proprietary"
; CHECK-NEXT:  (+ (task-struct-pid 5) (core-read 5 task-struct tgid)))
; CHECK-NEXT:      ^~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-kernel-license.lisp:[[#@LINE+3]]:27: error: `probe-read-kernel` is for programs under a GPL-compatible license, and this one's is "Proprietary"
; CHECK-NEXT:  (+ (task-struct-pid 5) (core-read 5 task-struct tgid)))
; CHECK-NEXT:                          ^~~~~~~~~
  (+ (task-struct-pid 5) (core-read 5 task-struct tgid)))

;  CHECK-NOT:{{.*(error|warning):.*}}
