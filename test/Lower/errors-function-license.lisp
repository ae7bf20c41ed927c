; Helpers for programs under the GPL, in functions.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defn read-kernel ((p u64))
;      CHECK:{{.*}}errors-function-license.lisp:[[#@LINE+6]]:4: error: `probe-read-kernel` is for programs under a GPL-compatible license, and this one's is "MIT"
; CHECK-NEXT:  (probe-read-kernel (stack-addr p) 8 p))
; CHECK-NEXT:   ^~~~~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-function-license.lisp:[[#@LINE+9]]:3: note: the function is called here
; CHECK-NEXT:  (outer 5)
; CHECK-NEXT:  ^~~~~~~~~
  (probe-read-kernel (stack-addr p) 8 p))

(defn outer ((p u64))
  (read-kernel p))

(defprog trace (:type :tracepoint :section "tracepoint/syscalls/sys_enter_getpid" :license "MIT")
  (outer 5)
  (outer 6))

;  CHECK-NOT:{{.*(error|warning):.*}}
