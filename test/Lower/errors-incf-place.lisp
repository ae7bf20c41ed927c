; Only places can be counted up.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u16 :max-entries 1)

(defmap s :type :hash :key u32 :value-size 16 :max-entries 1)

(defmap q :type :queue :value u64 :max-entries 1)

(defprog p ()
  (let ((x 1))
;      CHECK:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:11: error: `5` is not a place that can be counted; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (incf 5)
; CHECK-NEXT:          ^
    (incf 5)
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:11: error: `(+ x 1)` is not a place that can be counted; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (incf (+ x 1))
; CHECK-NEXT:          ^~~~~~~
    (incf (+ x 1))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:11: error: `XDP_PASS` is a constant and cannot be set
; CHECK-NEXT:    (decf XDP_PASS)
; CHECK-NEXT:          ^~~~~~~~
    (decf XDP_PASS)
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:11: error: `m` is a map; `(setf (getmap m key) value)` sets an entry
; CHECK-NEXT:    (incf m)
; CHECK-NEXT:          ^
    (incf m)
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:19: error: only values of 4 or 8 bytes can be added to atomically, and those of this map have 2
; CHECK-NEXT:    (incf (getmap m 1))
; CHECK-NEXT:                  ^
    (incf (getmap m 1))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:19: error: only values of 4 or 8 bytes can be added to atomically, and those of this map have 16
; CHECK-NEXT:    (incf (getmap s 1))
; CHECK-NEXT:                  ^
    (incf (getmap s 1))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:19: error: `getmap` needs a map with keys; a map of type `:queue` is used with `map-push-elem`, `map-pop-elem` and `map-peek-elem`
; CHECK-NEXT:    (incf (getmap q 1))
; CHECK-NEXT:                  ^
    (incf (getmap q 1))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:12: error: this place is written `(getmap map key)`
; CHECK-NEXT:    (incf (getmap m))
; CHECK-NEXT:           ^~~~~~
    (incf (getmap m))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:16: error: the kernel lets programs of type `:xdp` read `rx-queue-index` only
; CHECK-NEXT:    (incf (ctx rx-queue-index))
; CHECK-NEXT:               ^~~~~~~~~~~~~~
    (incf (ctx rx-queue-index))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:15: error: `incf` is given 3 arguments; it is written `(incf place [delta])`
; CHECK-NEXT:    (incf x 1 2)
; CHECK-NEXT:              ^
    (incf x 1 2)
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:13: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (incf x (ctx-ptr))
; CHECK-NEXT:            ^~~~~~~~~
    (incf x (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-incf-place.lisp:[[#@LINE+3]]:19: error: only values of 4 or 8 bytes can be added to atomically, and those of this map have 2
; CHECK-NEXT:    (decf (getmap m 1))))
; CHECK-NEXT:                  ^
    (decf (getmap m 1))))

;  CHECK-NOT:{{.*(error|warning):.*}}
