; A ring buffer's size that the loader will round up is a warning.
; RUN: whistler compile %s -o %t.o 2>%t.err
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: test -s %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}warnings-ringbuf-size.lisp:[[#@LINE+3]]:40: warning: the size of a map of type `:ringbuf` in bytes is a power of two and a multiple of the page size; the loader makes 8192 of this
; CHECK-NEXT:(defmap m1 :type :ringbuf :max-entries 5000)
; CHECK-NEXT:                                       ^~~~
(defmap m1 :type :ringbuf :max-entries 5000)

; CHECK-NEXT:{{.*}}warnings-ringbuf-size.lisp:[[#@LINE+3]]:40: warning: the size of a map of type `:ringbuf` in bytes is a power of two and a multiple of the page size; the loader makes 16384 of this
; CHECK-NEXT:(defmap m2 :type :ringbuf :max-entries 12288)
; CHECK-NEXT:                                       ^~~~~
(defmap m2 :type :ringbuf :max-entries 12288)

; CHECK-NEXT:{{.*}}warnings-ringbuf-size.lisp:[[#@LINE+3]]:40: warning: the size of a map of type `:ringbuf` in bytes is a power of two and a multiple of the page size; the loader makes 4096 of this
; CHECK-NEXT:(defmap m3 :type :ringbuf :max-entries 16)
; CHECK-NEXT:                                       ^~
(defmap m3 :type :ringbuf :max-entries 16)

(defmap m4 :type :ringbuf :max-entries 8192)

(defprog p () 0)

;  CHECK-NOT:{{.*(error|warning):.*}}
