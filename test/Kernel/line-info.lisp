; The kernel shows each instruction under the file, line and text of its form.

; REQUIRES: bpf-kernel
; RUN: %whistler compile %s -o %t.o
; RUN: %bpf-run %t.o -e 'linum first' | FileCheck %s --check-prefix=FIRST
; RUN: %bpf-run %t.o -e 'linum second' | FileCheck %s --check-prefix=SECOND
; RUN: %bpf-run %t.o -e 'lines first' | FileCheck %s --check-prefix=LINES

(defmap counts :type :array :key-size 4 :value-size 8 :max-entries 4)

(defprog first (:type :xdp :license "GPL")
  (with-tcp (data end tcp)
    (when (= (tcp-dst-port tcp) 22)
      (incf (getmap counts 0))
      (return XDP_DROP)))
  XDP_PASS)

(defprog second (:type :xdp :license "GPL")
  (incf (getmap counts 1))
  XDP_TX)

; FIRST: first(
; FIRST: (with-tcp (data end tcp) {{.*}}line-info.lisp line_num:[[#@LINE-11]] line_col:3]
; FIRST: 22){{.*}}line-info.lisp line_num:[[#@LINE-11]]
; FIRST: (incf (getmap counts 0)){{.*}}line-info.lisp line_num:[[#@LINE-11]] line_col:7]
; FIRST: lock *(u64 *)
; FIRST: exit

; SECOND: second(
; SECOND: (incf (getmap counts 1)){{.*}}line_num:[[#@LINE-11]] line_col:3]
; SECOND: exit

; Every position is one of this file's program lines.
; LINES-NOT: first: {{[^l]}}
; LINES: first: line-info.lisp:[[#@LINE-23]]:3
