; Forms that are not available yet say so.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

(defprog p ()
;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-unavailable-form.lisp:[[#@LINE+3]]:4: error: `core-read` is not available yet
; CHECK-NEXT:  (core-read 0 task-struct pid)
; CHECK-NEXT:   ^~~~~~~~~
  (core-read 0 task-struct pid)
; CHECK-NEXT:{{.*}}errors-unavailable-form.lisp:[[#@LINE+3]]:4: error: `field-exists` is not available yet
; CHECK-NEXT:  (field-exists task-struct pid)
; CHECK-NEXT:   ^~~~~~~~~~~~
  (field-exists task-struct pid)
; CHECK-NEXT:{{.*}}errors-unavailable-form.lisp:[[#@LINE+3]]:4: error: `type-size` is not available yet
; CHECK-NEXT:  (type-size task-struct)
; CHECK-NEXT:   ^~~~~~~~~
  (type-size task-struct)
; CHECK-NEXT:{{.*}}errors-unavailable-form.lisp:[[#@LINE+3]]:4: error: `enum-value` is not available yet
; CHECK-NEXT:  (enum-value x y)
; CHECK-NEXT:   ^~~~~~~~~~
  (enum-value x y)
  (macrolet ((m (x) x)) (m 1))
  (symbol-macrolet ((s 5)) s)
; CHECK-NEXT:{{.*}}errors-unavailable-form.lisp:[[#@LINE+3]]:17: error: string literals are not available yet
; CHECK-NEXT:  (trace-printk "text" 4)
; CHECK-NEXT:                ^~~~~~
  (trace-printk "text" 4)
  #.(+ 1 2))

; CHECK-NEXT:{{.*}}errors-unavailable-form.lisp:[[#@LINE+3]]:60: error: `:args` is not available yet
; CHECK-NEXT:(defprog q (:type :kprobe :section "kprobe/vfs_read" :args ((file u64)))
; CHECK-NEXT:                                                           ^~~~~~~~~~~~
(defprog q (:type :kprobe :section "kprobe/vfs_read" :args ((file u64)))
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
