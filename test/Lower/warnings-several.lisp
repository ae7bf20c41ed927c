; Warnings do not keep a program from being compiled.
; RUN: whistler compile %s -o %t.o 2>%t.err
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: test -s %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}warnings-several.lisp:[[#@LINE+3]]:44: warning: the size of a map of type `:ringbuf` in bytes is a power of two and a multiple of the page size; the loader makes 4096 of this
; CHECK-NEXT:(defmap events :type :ringbuf :max-entries 1000)
; CHECK-NEXT:                                           ^~~~
(defmap events :type :ringbuf :max-entries 1000)

; CHECK-NEXT:{{.*}}warnings-several.lisp:[[#@LINE+3]]:22: warning: libbpf 1.x refuses section "xdp/one"; the program goes into "xdp", which programs may share
; CHECK-NEXT:(defprog p (:section "xdp/one")
; CHECK-NEXT:                     ^~~~~~~~~
(defprog p (:section "xdp/one")
  (let ((x (ktime-get-ns)))
; CHECK-NEXT:{{.*}}warnings-several.lisp:[[#@LINE+3]]:23: warning: `x` is the variable bound above in this `let`; Common Lisp would read the outer one (write `let*` to say that this is meant)
; CHECK-NEXT:    (let ((x 2) (y (+ x 1)))
; CHECK-NEXT:                      ^
    (let ((x 2) (y (+ x 1)))
      (+ x y))))

;  CHECK-NOT:{{.*(error|warning):.*}}
