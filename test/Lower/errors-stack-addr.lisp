; `stack-addr` takes the name of a variable.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :hash :key u32 :value u64 :max-entries 1)

(defprog p ()
  (let ((counter 1))
;      CHECK:{{.*}}errors-stack-addr.lisp:[[#@LINE+3]]:17: error: `stack-addr` takes the name of a variable; did you mean `counter`?
; CHECK-NEXT:    (stack-addr countr)
; CHECK-NEXT:                ^~~~~~
    (stack-addr countr)
; CHECK-NEXT:{{.*}}errors-stack-addr.lisp:[[#@LINE+3]]:17: error: `stack-addr` takes the name of a variable
; CHECK-NEXT:    (stack-addr 5)
; CHECK-NEXT:                ^
    (stack-addr 5)
; CHECK-NEXT:{{.*}}errors-stack-addr.lisp:[[#@LINE+3]]:17: error: `stack-addr` takes the name of a variable
; CHECK-NEXT:    (stack-addr (+ counter 1))
; CHECK-NEXT:                ^~~~~~~~~~~~~
    (stack-addr (+ counter 1))
; CHECK-NEXT:{{.*}}errors-stack-addr.lisp:[[#@LINE+3]]:17: error: `stack-addr` takes the name of a variable
; CHECK-NEXT:    (stack-addr XDP_PASS)
; CHECK-NEXT:                ^~~~~~~~
    (stack-addr XDP_PASS)
; CHECK-NEXT:{{.*}}errors-stack-addr.lisp:[[#@LINE+3]]:17: error: `stack-addr` takes the name of a variable
; CHECK-NEXT:    (stack-addr m)
; CHECK-NEXT:                ^
    (stack-addr m)
; CHECK-NEXT:{{.*}}errors-stack-addr.lisp:[[#@LINE+3]]:17: error: `stack-addr` takes the name of a variable
; CHECK-NEXT:    (stack-addr frobnicate))
; CHECK-NEXT:                ^~~~~~~~~~
    (stack-addr frobnicate))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
