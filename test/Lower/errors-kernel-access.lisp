; Fields of kernel structs.
; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%t.btf %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


(import-kernel-struct task-struct pid comm in-execve (se exec-start) mm numbers)

(import-kernel-struct mm-struct)

(defstruct pair (a u32))

(defprog p (:type :kprobe :section "kprobe/f")
  (let ((task (get-current-task)) (q (make-pair)))
;      CHECK:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:6: error: unknown operator `task-struct-tgid`; did you mean `task-struct-pid`?
; CHECK-NEXT:    (task-struct-tgid task)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~~
    (task-struct-tgid task)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:6: error: unknown operator `task-struct-pdi`; did you mean `task-struct-pid`?
; CHECK-NEXT:    (task-struct-pdi task)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~
    (task-struct-pdi task)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:6: error: `task-struct-pid` is written `(task-struct-pid ptr [index])`
; CHECK-NEXT:    (task-struct-pid)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~
    (task-struct-pid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:27: error: `1` is an index, and the field is not an array
; CHECK-NEXT:    (task-struct-pid task 1)
; CHECK-NEXT:                          ^
    (task-struct-pid task 1)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:22: error: `q` points to a `pair`, and `task-struct-pid` takes a pointer to a `task-struct`
; CHECK-NEXT:    (task-struct-pid q)
; CHECK-NEXT:                     ^
    (task-struct-pid q)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:26: error: `(task-struct-se-exec-start-ptr task)` points to a `u64`, and `mm-struct-map-count` takes a pointer to a `mm-struct`
; CHECK-NEXT:    (mm-struct-map-count (task-struct-se-exec-start-ptr task))
; CHECK-NEXT:                         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    (mm-struct-map-count (task-struct-se-exec-start-ptr task))
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:13: error: `(task-struct-mm task)` points to a `mm-struct`, and `pair-a` takes a pointer to a `pair`
; CHECK-NEXT:    (pair-a (task-struct-mm task))
; CHECK-NEXT:            ^~~~~~~~~~~~~~~~~~~~~
    (pair-a (task-struct-mm task))
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:11: error: the kernel's memory is not for programs to write
; CHECK-NEXT:    (setf (task-struct-pid task) 1)
; CHECK-NEXT:          ^~~~~~~~~~~~~~~~~~~~~~
    (setf (task-struct-pid task) 1)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:11: error: the kernel's memory is not for programs to write
; CHECK-NEXT:    (incf (task-struct-pid task))
; CHECK-NEXT:          ^~~~~~~~~~~~~~~~~~~~~~
    (incf (task-struct-pid task))
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:6: error: `task-struct` is the kernel's, which programs read and do not make
; CHECK-NEXT:    (make-task-struct :pid 1)
; CHECK-NEXT:     ^~~~~~~~~~~~~~~~
    (make-task-struct :pid 1)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:28: error: the index 16 is outside of the array, which has 16 elements
; CHECK-NEXT:    (task-struct-comm task 16)
; CHECK-NEXT:                           ^~
    (task-struct-comm task 16)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:28: error: the index -1 is outside of the array, which has 16 elements
; CHECK-NEXT:    (task-struct-comm task -1)
; CHECK-NEXT:                           ^~
    (task-struct-comm task -1)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:28: error: `q` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (task-struct-comm task q)
; CHECK-NEXT:                           ^
    (task-struct-comm task q)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:5: error: a bitfield has no address
; CHECK-NEXT:    (task-struct-in-execve-ptr task)
; CHECK-NEXT:    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    (task-struct-in-execve-ptr task)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:6: error: unknown operator `mm-struct-owne`; did you mean `mm-struct-owner`?
; CHECK-NEXT:    (mm-struct-owne task)
; CHECK-NEXT:     ^~~~~~~~~~~~~~
    (mm-struct-owne task)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:6: error: `core-read` is given 2 arguments; it is written `(core-read ptr struct field...)`
; CHECK-NEXT:    (core-read task task-struct)
; CHECK-NEXT:     ^~~~~~~~~
    (core-read task task-struct)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:33: error: `struct task_struct` has no field `real-parnt`; did you mean `real-parent`?
; CHECK-NEXT:    (core-read task task-struct real-parnt)
; CHECK-NEXT:                                ^~~~~~~~~~
    (core-read task task-struct real-parnt)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:37: error: there are no fields behind a `i32`
; CHECK-NEXT:    (core-read task task-struct pid tgid)
; CHECK-NEXT:                                    ^~~~
    (core-read task task-struct pid tgid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:39: error: there are no fields behind a `(ptr)`
; CHECK-NEXT:    (core-read task task-struct stack pid)
; CHECK-NEXT:                                      ^~~
    (core-read task task-struct stack pid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:38: error: the index 16 is outside of the array, which has 16 elements
; CHECK-NEXT:    (core-read task task-struct comm 16)
; CHECK-NEXT:                                     ^~
    (core-read task task-struct comm 16)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:43: error: there are no fields behind a `u64`
; CHECK-NEXT:    (core-read task task-struct numbers 1 2)
; CHECK-NEXT:                                          ^
    (core-read task task-struct numbers 1 2)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:21: error: the kernel has no struct `task-strct`; did you mean `task-struct`?
; CHECK-NEXT:    (core-read task task-strct pid)
; CHECK-NEXT:                    ^~~~~~~~~~
    (core-read task task-strct pid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:21: error: `pair` is a struct of the program's own, which is the same in every kernel
; CHECK-NEXT:    (core-read task pair a)
; CHECK-NEXT:                    ^~~~
    (core-read task pair a)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:21: error: the name of a kernel struct is needed, and this is `5`
; CHECK-NEXT:    (core-read task 5 pid)
; CHECK-NEXT:                    ^
    (core-read task 5 pid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:16: error: `q` points to a `pair`, and `core-read` takes a pointer to a `task-struct`
; CHECK-NEXT:    (core-read q task-struct pid)
; CHECK-NEXT:               ^
    (core-read q task-struct pid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:45: error: `struct task_struct` has no field `5`
; CHECK-NEXT:    (core-read task task-struct real-parent 5)
; CHECK-NEXT:                                            ^
    (core-read task task-struct real-parent 5)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:16: error: there is no variable or constant `undefined`
; CHECK-NEXT:    (core-read undefined task-struct pid)
; CHECK-NEXT:               ^~~~~~~~~
    (core-read undefined task-struct pid)
; CHECK-NEXT:{{.*}}errors-kernel-access.lisp:[[#@LINE+3]]:13: error: a program cannot return a pointer
; CHECK-NEXT:    (return (task-struct-mm task))))
; CHECK-NEXT:            ^~~~~~~~~~~~~~~~~~~~~
    (return (task-struct-mm task))))

(defprog x (:type :xdp)
  (task-struct-pid (get-current-task)))

;  CHECK-NOT:{{.*(error|warning):.*}}
