; A map is pinned by its name or not at all.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-map-pinning.lisp:[[#@LINE+3]]:63: error: `:pinning` is `:by-name` or `:none`
; CHECK-NEXT:(defmap m1 :type :array :value-size 8 :max-entries 1 :pinning t)
; CHECK-NEXT:                                                              ^
(defmap m1 :type :array :value-size 8 :max-entries 1 :pinning t)

; CHECK-NEXT:{{.*}}errors-map-pinning.lisp:[[#@LINE+3]]:63: error: `:pinning` is `:by-name` or `:none`
; CHECK-NEXT:(defmap m2 :type :array :value-size 8 :max-entries 1 :pinning "/sys/fs/bpf/m2")
; CHECK-NEXT:                                                              ^~~~~~~~~~~~~~~~
(defmap m2 :type :array :value-size 8 :max-entries 1 :pinning "/sys/fs/bpf/m2")

; CHECK-NEXT:{{.*}}errors-map-pinning.lisp:[[#@LINE+3]]:63: error: `:pinning` is `:by-name` or `:none`
; CHECK-NEXT:(defmap m3 :type :array :value-size 8 :max-entries 1 :pinning :byname)
; CHECK-NEXT:                                                              ^~~~~~~
(defmap m3 :type :array :value-size 8 :max-entries 1 :pinning :byname)

;  CHECK-NOT:{{.*(error|warning):.*}}
