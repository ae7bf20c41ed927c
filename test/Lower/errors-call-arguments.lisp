; All arguments of a call are checked.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()

;      CHECK:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:11: error: the name of a map is needed, and this is `(undefined-1)`
; CHECK-NEXT:  (getmap (undefined-1) (undefined-2))
; CHECK-NEXT:          ^~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:26: error: unknown operator `undefined-2`
; CHECK-NEXT:  (getmap (undefined-1) (undefined-2))
; CHECK-NEXT:                         ^~~~~~~~~~~
  (getmap (undefined-1) (undefined-2))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+9]]:18: error: unknown operator `undefined-3`
; CHECK-NEXT:  (map-update m (undefined-3) (undefined-4) (undefined-5))
; CHECK-NEXT:                 ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:32: error: unknown operator `undefined-4`
; CHECK-NEXT:  (map-update m (undefined-3) (undefined-4) (undefined-5))
; CHECK-NEXT:                               ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:46: error: unknown operator `undefined-5`
; CHECK-NEXT:  (map-update m (undefined-3) (undefined-4) (undefined-5))
; CHECK-NEXT:                                             ^~~~~~~~~~~
  (map-update m (undefined-3) (undefined-4) (undefined-5))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:20: error: unknown operator `undefined-6`
; CHECK-NEXT:  (setf (getmap m (undefined-6)) (undefined-7))
; CHECK-NEXT:                   ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:35: error: unknown operator `undefined-7`
; CHECK-NEXT:  (setf (getmap m (undefined-6)) (undefined-7))
; CHECK-NEXT:                                  ^~~~~~~~~~~
  (setf (getmap m (undefined-6)) (undefined-7))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:20: error: unknown operator `undefined-8`
; CHECK-NEXT:  (incf (getmap m (undefined-8)) (undefined-9))
; CHECK-NEXT:                   ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:35: error: unknown operator `undefined-9`
; CHECK-NEXT:  (incf (getmap m (undefined-8)) (undefined-9))
; CHECK-NEXT:                                  ^~~~~~~~~~~
  (incf (getmap m (undefined-8)) (undefined-9))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:23: error: unknown operator `undefined-10`
; CHECK-NEXT:  (map-lookup-elem m (undefined-10))
; CHECK-NEXT:                      ^~~~~~~~~~~~
  (map-lookup-elem m (undefined-10))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:14: error: the name of a map is needed, and this is `(undefined-11)`
; CHECK-NEXT:  (tail-call (undefined-11) (undefined-12))
; CHECK-NEXT:             ^~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:30: error: unknown operator `undefined-12`
; CHECK-NEXT:  (tail-call (undefined-11) (undefined-12))
; CHECK-NEXT:                             ^~~~~~~~~~~~
  (tail-call (undefined-11) (undefined-12))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+15]]:12: error: unknown operator `undefined-13`
; CHECK-NEXT:  (memcpy (undefined-13) (undefined-14) (undefined-15) (undefined-16) (undefined-17))
; CHECK-NEXT:           ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+12]]:27: error: unknown operator `undefined-14`
; CHECK-NEXT:  (memcpy (undefined-13) (undefined-14) (undefined-15) (undefined-16) (undefined-17))
; CHECK-NEXT:                          ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+9]]:42: error: unknown operator `undefined-15`
; CHECK-NEXT:  (memcpy (undefined-13) (undefined-14) (undefined-15) (undefined-16) (undefined-17))
; CHECK-NEXT:                                         ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:57: error: unknown operator `undefined-16`
; CHECK-NEXT:  (memcpy (undefined-13) (undefined-14) (undefined-15) (undefined-16) (undefined-17))
; CHECK-NEXT:                                                        ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:71: error: the size of `memcpy` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:  (memcpy (undefined-13) (undefined-14) (undefined-15) (undefined-16) (undefined-17))
; CHECK-NEXT:                                                                      ^~~~~~~~~~~~~~
  (memcpy (undefined-13) (undefined-14) (undefined-15) (undefined-16) (undefined-17))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:20: error: unknown operator `undefined-18`
; CHECK-NEXT:  (setf (ipv4-ttl (undefined-18)) (undefined-19))
; CHECK-NEXT:                   ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:36: error: unknown operator `undefined-19`
; CHECK-NEXT:  (setf (ipv4-ttl (undefined-18)) (undefined-19))
; CHECK-NEXT:                                   ^~~~~~~~~~~~
  (setf (ipv4-ttl (undefined-18)) (undefined-19))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:20: error: unknown operator `undefined-20`
; CHECK-NEXT:  (incf (ipv4-ttl (undefined-20)) (undefined-21))
; CHECK-NEXT:                   ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:36: error: unknown operator `undefined-21`
; CHECK-NEXT:  (incf (ipv4-ttl (undefined-20)) (undefined-21))
; CHECK-NEXT:                                   ^~~~~~~~~~~~
  (incf (ipv4-ttl (undefined-20)) (undefined-21))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:21: error: unknown operator `undefined-22`
; CHECK-NEXT:  (xdp-adjust-head (undefined-22) (undefined-23))
; CHECK-NEXT:                    ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:36: error: unknown operator `undefined-23`
; CHECK-NEXT:  (xdp-adjust-head (undefined-22) (undefined-23))
; CHECK-NEXT:                                   ^~~~~~~~~~~~
  (xdp-adjust-head (undefined-22) (undefined-23))
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+9]]:15: error: there is no map `n`
; CHECK-NEXT:  (map-update n (undefined-24) (undefined-25)))
; CHECK-NEXT:              ^
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+6]]:18: error: unknown operator `undefined-24`
; CHECK-NEXT:  (map-update n (undefined-24) (undefined-25)))
; CHECK-NEXT:                 ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-call-arguments.lisp:[[#@LINE+3]]:33: error: unknown operator `undefined-25`
; CHECK-NEXT:  (map-update n (undefined-24) (undefined-25)))
; CHECK-NEXT:                                ^~~~~~~~~~~~
  (map-update n (undefined-24) (undefined-25)))

;  CHECK-NOT:{{.*(error|warning):.*}}
