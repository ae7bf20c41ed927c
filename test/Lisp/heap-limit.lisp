; The limit of the heap is an option: an array of 80 MB is beyond 64 MB, and
; within 200. Each limit is tested in a process of its own, because what earlier
; code left in the heap counts as well; and with much time, because some systems
; need long to hand out so much memory.
; RUN: rm -f %t.o
; RUN: not whistler compile --eval-timeout=60 --eval-heap=64 %s -o %t.o 2>&1 | FileCheck %s
; RUN: not test -e %t.o
; RUN: whistler disasm --eval-timeout=60 --eval-heap=200 %s | FileCheck %s --check-prefix=CODE

(defmacro large-length () (length (make-array 10000000)))
(defprog p (:section "xdp" :license "GPL")
  (large-length))

; CHECK: heap-limit.lisp:[[#@LINE-2]]:3: error: in macro `large-length`: compile-time code used more than 64 MB of memory
; CHECK: hint: allow more with `--eval-heap=MB`
; CODE: r0 = 10000000
