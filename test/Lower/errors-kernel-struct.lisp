; Structs of the kernel.
; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%t.btf %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


;      CHECK:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:23: error: the kernel has no struct `task-strct`; did you mean `task-struct`?
; CHECK-NEXT:(import-kernel-struct task-strct pid)
; CHECK-NEXT:                      ^~~~~~~~~~
(import-kernel-struct task-strct pid)

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:39: error: `struct task_struct` has no field `tigd`; did you mean `tgid`?
; CHECK-NEXT:(import-kernel-struct task-struct pid tigd)
; CHECK-NEXT:                                      ^~~~
(import-kernel-struct task-struct pid tigd)

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:23: error: the name of a struct has to be a symbol, and this is `5`
; CHECK-NEXT:(import-kernel-struct 5)
; CHECK-NEXT:                      ^
(import-kernel-struct 5)

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:2: error: `import-kernel-struct` is incomplete; it is written `(import-kernel-struct name field...)`
; CHECK-NEXT:(import-kernel-struct)
; CHECK-NEXT: ^~~~~~~~~~~~~~~~~~~~
(import-kernel-struct)

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:36: error: the name of a field has to be a symbol, and this is `5`
; CHECK-NEXT:(import-kernel-struct sched-entity 5)
; CHECK-NEXT:                                   ^
(import-kernel-struct sched-entity 5)

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:40: error: `owner` is no struct that is part of this one; `core-read` follows pointers
; CHECK-NEXT:(import-kernel-struct mm-struct (owner pid))
; CHECK-NEXT:                                       ^~~
(import-kernel-struct mm-struct (owner pid))

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:41: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:(import-kernel-struct list-head (next . prev))
; CHECK-NEXT:                                        ^~~~
(import-kernel-struct list-head (next . prev))

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:41: error: `type` is no struct that is part of this one; `core-read` follows pointers
; CHECK-NEXT:(import-kernel-struct trace-entry (type id))
; CHECK-NEXT:                                        ^~
(import-kernel-struct trace-entry (type id))

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:33: error: a field is its name, or a list of names that leads to it
; CHECK-NEXT:(import-kernel-struct list-head ())
; CHECK-NEXT:                                ^~
(import-kernel-struct list-head ())

(defstruct (inode (:kernel t)) (ino u64))

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+6]]:13: error: `inode` is defined twice
; CHECK-NEXT:(defstruct (inode (:kernel t)) (ino u64))
; CHECK-NEXT:            ^~~~~
; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE-5]]:13: note: the first definition is here
; CHECK-NEXT:(defstruct (inode (:kernel t)) (ino u64))
; CHECK-NEXT:            ^~~~~
(defstruct (inode (:kernel t)) (ino u64))

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+3]]:23: error: the kernel has no struct `inode`
; CHECK-NEXT:(import-kernel-struct inode ino)
; CHECK-NEXT:                      ^~~~~
(import-kernel-struct inode ino)

; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE+6]]:12: error: `sched-entity` is defined twice
; CHECK-NEXT:(defstruct sched-entity (x u32))
; CHECK-NEXT:           ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-kernel-struct.lisp:[[#@LINE-40]]:23: note: the first definition is here
; CHECK-NEXT:(import-kernel-struct sched-entity 5)
; CHECK-NEXT:                      ^~~~~~~~~~~~
(defstruct sched-entity (x u32))

(import-kernel-struct sched-entity vruntime)

;; None of what was wrong is reported again where it is used.
(defprog p (:type :kprobe :section "kprobe/f")
  (+ (task-struct-pid (get-current-task)) (task-strct-pid 5)))

;  CHECK-NOT:{{.*(error|warning):.*}}
