; Declarations that are not available yet say so.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defstruct` is not available yet
; CHECK-NEXT:(defstruct key (a u32))
; CHECK-NEXT: ^~~~~~~~~
(defstruct key (a u32))

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defunion` is not available yet
; CHECK-NEXT:(defunion either a b)
; CHECK-NEXT: ^~~~~~~~
(defunion either a b)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defglobal` is not available yet
; CHECK-NEXT:(defglobal counter u64)
; CHECK-NEXT: ^~~~~~~~~
(defglobal counter u64)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defn` is not available yet
; CHECK-NEXT:(defn f ((x u64)) -> u64 x)
; CHECK-NEXT: ^~~~
(defn f ((x u64)) -> u64 x)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `deftracepoint` is not available yet
; CHECK-NEXT:(deftracepoint sched/sched-switch prev-pid)
; CHECK-NEXT: ^~~~~~~~~~~~~
(deftracepoint sched/sched-switch prev-pid)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `import-kernel-struct` is not available yet
; CHECK-NEXT:(import-kernel-struct task-struct pid)
; CHECK-NEXT: ^~~~~~~~~~~~~~~~~~~~
(import-kernel-struct task-struct pid)

;  CHECK-NOT:{{.*(error|warning):.*}}
