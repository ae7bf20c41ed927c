; Helpers in functions are checked for the programs that call them.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defmap m :type :array :key u32 :value u64 :max-entries 4)

(defn read-kernel ((p u64))
  (probe-read-kernel (stack-addr p) 8 p))

(defn outer ((p u64))
  (read-kernel p))

(defn unused ()
  (get-current-task))

(defn redirect-it ()
;      CHECK:{{.*}}errors-function-helper.lisp:[[#@LINE+6]]:4: error: no supported kernel lets a program of type `:kprobe` call `redirect`
; CHECK-NEXT:  (redirect 1 0))
; CHECK-NEXT:   ^~~~~~~~
; CHECK-NEXT:{{.*}}errors-function-helper.lisp:[[#@LINE+17]]:3: note: the function is called here
; CHECK-NEXT:  (redirect-it))
; CHECK-NEXT:  ^~~~~~~~~~~~~
  (redirect 1 0))

(defn now ()
  (ktime-get-ns))

(defprog filter (:type :socket-filter :license "GPL")
  (outer 5)
  (now))

(defprog packet (:type :xdp :license "GPL")
  (read-kernel 1)
  (redirect-it))

(defprog trace (:type :kprobe :section "kprobe/do_nothing" :license "GPL")
  (redirect-it))

;  CHECK-NOT:{{.*(error|warning):.*}}
