; Questions about the kernel's types.
; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%t.btf %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


(defstruct pair (a u32))

(defprog p ()
  (let ((i (ktime-get-ns)))
;      CHECK:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:19: error: the kernel has no struct `task-strct`; did you mean `task-struct`?
; CHECK-NEXT:    (field-exists task-strct pid)
; CHECK-NEXT:                  ^~~~~~~~~~
    (field-exists task-strct pid)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:19: error: `pair` is a struct of the program's own, which is the same in every kernel
; CHECK-NEXT:    (field-exists pair a)
; CHECK-NEXT:                  ^~~~
    (field-exists pair a)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:19: error: the name of a kernel struct is needed, and this is `5`
; CHECK-NEXT:    (field-exists 5 pid)
; CHECK-NEXT:                  ^
    (field-exists 5 pid)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:19: error: the name of a kernel struct is needed, and this is `:task-struct`
; CHECK-NEXT:    (field-exists :task-struct pid)
; CHECK-NEXT:                  ^~~~~~~~~~~~
    (field-exists :task-struct pid)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:6: error: `field-exists` is given 1 argument; it is written `(field-exists struct field...)`
; CHECK-NEXT:    (field-exists task-struct)
; CHECK-NEXT:     ^~~~~~~~~~~~
    (field-exists task-struct)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:31: error: `struct task_struct` has no field `pdi`; did you mean `pid`?
; CHECK-NEXT:    (field-exists task-struct pdi)
; CHECK-NEXT:                              ^~~
    (field-exists task-struct pdi)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:35: error: there are no fields behind a `i32`
; CHECK-NEXT:    (field-exists task-struct pid tgid)
; CHECK-NEXT:                                  ^~~~
    (field-exists task-struct pid tgid)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:34: error: the path leads through a pointer; ask about the struct that it points to
; CHECK-NEXT:    (field-exists task-struct mm map-count)
; CHECK-NEXT:                                 ^~~~~~~~~
    (field-exists task-struct mm map-count)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:37: error: there are no fields behind a `(ptr)`
; CHECK-NEXT:    (field-exists task-struct stack x)
; CHECK-NEXT:                                    ^
    (field-exists task-struct stack x)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:39: error: the index has to be a constant here
; CHECK-NEXT:    (field-offset task-struct numbers i)
; CHECK-NEXT:                                      ^
    (field-offset task-struct numbers i)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:37: error: the index 2 is outside of the array, which has 2 elements
; CHECK-NEXT:    (field-size task-struct numbers 2)
; CHECK-NEXT:                                    ^
    (field-size task-struct numbers 2)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:29: error: `struct task_struct` has no field `5`
; CHECK-NEXT:    (field-size task-struct 5)
; CHECK-NEXT:                            ^
    (field-size task-struct 5)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:16: error: the kernel has no struct `task-strct`; did you mean `task-struct`?
; CHECK-NEXT:    (type-size task-strct)
; CHECK-NEXT:               ^~~~~~~~~~
    (type-size task-strct)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:6: error: `type-size` is given 0 arguments; it is written `(type-size struct)`
; CHECK-NEXT:    (type-size)
; CHECK-NEXT:     ^~~~~~~~~
    (type-size)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:18: error: `pair` is a struct of the program's own, which is the same in every kernel
; CHECK-NEXT:    (type-exists pair)
; CHECK-NEXT:                 ^~~~
    (type-exists pair)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:17: error: the kernel has no enumeration `pid-typ`; did you mean `pid-type`?
; CHECK-NEXT:    (enum-value pid-typ pidtype-pid)
; CHECK-NEXT:                ^~~~~~~
    (enum-value pid-typ pidtype-pid)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:26: error: the enumeration `pid_type` has no value `pidtype-pgid`; did you mean `pidtype-pid` or `pidtype-tgid`?
; CHECK-NEXT:    (enum-value pid-type pidtype-pgid)
; CHECK-NEXT:                         ^~~~~~~~~~~~
    (enum-value pid-type pidtype-pgid)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:6: error: `enum-value` is given 1 argument; it is written `(enum-value enum enumerator)`
; CHECK-NEXT:    (enum-value pid-type)
; CHECK-NEXT:     ^~~~~~~~~~
    (enum-value pid-type)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:26: error: `enum-value` takes the names of an enumeration and of one of its values
; CHECK-NEXT:    (enum-value pid-type 5)
; CHECK-NEXT:                         ^
    (enum-value pid-type 5)
; CHECK-NEXT:{{.*}}errors-kernel-query.lisp:[[#@LINE+3]]:24: error: `enum-value-exists` takes the names of an enumeration and of one of its values
; CHECK-NEXT:    (enum-value-exists 5 pidtype-pid)))
; CHECK-NEXT:                       ^
    (enum-value-exists 5 pidtype-pid)))

;  CHECK-NOT:{{.*(error|warning):.*}}
