; A map without keys is not accessed by key.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap q :type :queue :value u64 :max-entries 1)

(defmap r :type :ringbuf :max-entries 4096)

(defmap b :type :bloom-filter :value u64 :max-entries 1)

(defprog p ()
;      CHECK:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:11: error: `getmap` needs a map with keys; a map of type `:queue` is used with `map-push-elem`, `map-pop-elem` and `map-peek-elem`
; CHECK-NEXT:  (getmap q 1)
; CHECK-NEXT:          ^
  (getmap q 1)
; CHECK-NEXT:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:17: error: `getmap` needs a map with keys; a map of type `:queue` is used with `map-push-elem`, `map-pop-elem` and `map-peek-elem`
; CHECK-NEXT:  (setf (getmap q 1) 2)
; CHECK-NEXT:                ^
  (setf (getmap q 1) 2)
; CHECK-NEXT:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:15: error: `map-lookup` needs a map with keys, and a map of type `:ringbuf` has none
; CHECK-NEXT:  (map-lookup r 1)
; CHECK-NEXT:              ^
  (map-lookup r 1)
; CHECK-NEXT:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:15: error: `map-update` needs a map with keys; a map of type `:bloom-filter` is used with `map-push-elem`, `map-pop-elem` and `map-peek-elem`
; CHECK-NEXT:  (map-update b 1 2)
; CHECK-NEXT:              ^
  (map-update b 1 2)
; CHECK-NEXT:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:15: error: `map-delete` needs a map with keys; a map of type `:queue` is used with `map-push-elem`, `map-pop-elem` and `map-peek-elem`
; CHECK-NEXT:  (map-delete q 1)
; CHECK-NEXT:              ^
  (map-delete q 1)
; CHECK-NEXT:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:11: error: `remmap` needs a map with keys, and a map of type `:ringbuf` has none
; CHECK-NEXT:  (remmap r 1)
; CHECK-NEXT:          ^
  (remmap r 1)
; CHECK-NEXT:{{.*}}errors-map-without-keys.lisp:[[#@LINE+3]]:17: error: `getmap` needs a map with keys, and a map of type `:ringbuf` has none
; CHECK-NEXT:  (incf (getmap r 1)))
; CHECK-NEXT:                ^
  (incf (getmap r 1)))

;  CHECK-NOT:{{.*(error|warning):.*}}
