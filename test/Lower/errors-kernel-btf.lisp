; The kernel's types come from a file that is none.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%s %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


;      CHECK:{{.*}}errors-kernel-btf.lisp:[[#@LINE+4]]:1: error: the kernel's types cannot be read: '{{.*}}errors-kernel-btf.lisp': this is no BTF: it does not start with the bytes 9f eb
; CHECK-NEXT:(import-kernel-struct task-struct pid)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
; CHECK-NEXT:  hint: `--btf=FILE` takes them from another file: raw BTF, or a kernel image with BTF in it
(import-kernel-struct task-struct pid)

(import-kernel-struct mm-struct owner)

(defprog p (:type :kprobe :section "kprobe/f")
  (+ (task-struct-pid (get-current-task))
     (core-read 5 cred uid)
     (type-size cred)
     (enum-value pid-type pidtype-pid)))

;  CHECK-NOT:{{.*(error|warning):.*}}
