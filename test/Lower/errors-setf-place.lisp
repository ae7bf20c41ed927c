; Only places can be set.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `5` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf 5 1)
; CHECK-NEXT:          ^
    (setf 5 1)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `(+ x 1)` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf (+ x 1) 2)
; CHECK-NEXT:          ^~~~~~~
    (setf (+ x 1) 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `XDP_PASS` is a constant and cannot be set
; CHECK-NEXT:    (setf XDP_PASS 2)
; CHECK-NEXT:          ^~~~~~~~
    (setf XDP_PASS 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `m` is a map; `(setf (getmap m key) value)` sets an entry
; CHECK-NEXT:    (setf m 2)
; CHECK-NEXT:          ^
    (setf m 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:12: error: this place is written `(getmap map key)`
; CHECK-NEXT:    (setf (getmap m) 2)
; CHECK-NEXT:           ^~~~~~
    (setf (getmap m) 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:12: error: this place is written `(getmap map key)`
; CHECK-NEXT:    (setf (getmap m 1 2) 2)
; CHECK-NEXT:           ^~~~~~
    (setf (getmap m 1 2) 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `"x"` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf "x" 2)
; CHECK-NEXT:          ^~~
    (setf "x" 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: there is no variable `:x`
; CHECK-NEXT:    (setf :x 2)
; CHECK-NEXT:          ^~
    (setf :x 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `nil` is a constant and cannot be set
; CHECK-NEXT:    (setf nil 2)
; CHECK-NEXT:          ^~~
    (setf nil 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `load` only reads; `(store type ptr offset value)` writes
; CHECK-NEXT:    (setf (load u32 (ctx-ptr) 0) 2)
; CHECK-NEXT:          ^~~~~~~~~~~~~~~~~~~~~~
    (setf (load u32 (ctx-ptr) 0) 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `setf` takes pairs of place and value, and this place has no value
; CHECK-NEXT:    (setf x)
; CHECK-NEXT:          ^
    (setf x)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:15: error: `setf` takes pairs of place and value, and this place has no value
; CHECK-NEXT:    (setf x 1 y)
; CHECK-NEXT:              ^
    (setf x 1 y)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: `setq` sets variables; `setf` sets other places
; CHECK-NEXT:    (setq (getmap m 1) 2)
; CHECK-NEXT:          ^~~~~~~~~~~~
    (setq (getmap m 1) 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:11: error: there is no variable `y`
; CHECK-NEXT:    (setq y 2)
; CHECK-NEXT:          ^
    (setq y 2)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:12: error: unknown operator `eth-dst-mac`; did you mean `eth-dst-mac-hi` or `eth-dst-mac-lo`?
; CHECK-NEXT:    (setf (eth-dst-mac x) 1)
; CHECK-NEXT:           ^~~~~~~~~~~
    (setf (eth-dst-mac x) 1)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:12: error: unknown operator `frobnicate`
; CHECK-NEXT:    (setf (frobnicate x) 1)
; CHECK-NEXT:           ^~~~~~~~~~
    (setf (frobnicate x) 1)
; CHECK-NEXT:{{.*}}errors-setf-place.lisp:[[#@LINE+3]]:12: error: this place is written `(getmap map key)`
; CHECK-NEXT:    (setf (getmap m 1 . 2) 2)))
; CHECK-NEXT:           ^~~~~~
    (setf (getmap m 1 . 2) 2)))

;  CHECK-NOT:{{.*(error|warning):.*}}
