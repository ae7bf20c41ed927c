; Accessors of structs.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct flow (src u32) (dst u32))

(defstruct stats (packets u64) (flow flow) (buckets (array u32 8)) (next (ptr stats)))

(defstruct other (packets u64))

(defprog p ()
  (let ((f (make-flow :src 1))
        (s (make-stats))
        (n 5))
;      CHECK:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: unknown operator `flow-scr`; did you mean `flow-src`?
; CHECK-NEXT:    (flow-scr f)
; CHECK-NEXT:     ^~~~~~~~
    (flow-scr f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: `flow-src` is written `(flow-src ptr)`
; CHECK-NEXT:    (flow-src)
; CHECK-NEXT:     ^~~~~~~~
    (flow-src)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: `flow-src` is written `(flow-src ptr)`
; CHECK-NEXT:    (flow-src f 1 2)
; CHECK-NEXT:     ^~~~~~~~
    (flow-src f 1 2)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:17: error: `flow-src` is not an array and takes no index
; CHECK-NEXT:    (flow-src f 1)
; CHECK-NEXT:                ^
    (flow-src f 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:15: error: `n` is an integer, and a pointer is needed
; CHECK-NEXT:    (flow-src n)
; CHECK-NEXT:              ^
    (flow-src n)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:15: error: `0` is an integer, and a pointer is needed
; CHECK-NEXT:    (flow-src 0)
; CHECK-NEXT:              ^
    (flow-src 0)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:20: error: `f` points to a `flow`, and `stats-packets` takes a pointer to a `stats`
; CHECK-NEXT:    (stats-packets f)
; CHECK-NEXT:                   ^
    (stats-packets f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:15: error: `s` points to a `stats`, and `flow-src` takes a pointer to a `flow`
; CHECK-NEXT:    (flow-src s)
; CHECK-NEXT:              ^
    (flow-src s)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:20: error: `(stats-flow s)` points to a `flow`, and `stats-packets` takes a pointer to a `stats`
; CHECK-NEXT:    (stats-packets (stats-flow s))
; CHECK-NEXT:                   ^~~~~~~~~~~~~~
    (stats-packets (stats-flow s))
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:21: error: `s` points to a `stats`, and `flow-src` takes a pointer to a `flow`
; CHECK-NEXT:    (setf (flow-src s) 1)
; CHECK-NEXT:                    ^
    (setf (flow-src s) 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: `f` points to a `flow`, and `stats-packets` takes a pointer to a `stats`
; CHECK-NEXT:    (incf (stats-packets f))
; CHECK-NEXT:                         ^
    (incf (stats-packets f))
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:24: error: `f` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (setf (flow-src f) f)
; CHECK-NEXT:                       ^
    (setf (flow-src f) f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: a `flow` is set from the address of another one, and `5` is none
; CHECK-NEXT:    (setf (stats-flow s) 5)
; CHECK-NEXT:                         ^
    (setf (stats-flow s) 5)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: a `flow` is set from the address of another one, and `s` is none
; CHECK-NEXT:    (setf (stats-flow s) s)
; CHECK-NEXT:                         ^
    (setf (stats-flow s) s)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:29: error: a `(array u32 8)` is set from the address of another one, and `5` is none; with an index an element is set
; CHECK-NEXT:    (setf (stats-buckets s) 5)
; CHECK-NEXT:                            ^
    (setf (stats-buckets s) 5)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:11: error: `(stats-flow s)` is a `flow`; only integers and pointers are counted
; CHECK-NEXT:    (incf (stats-flow s))
; CHECK-NEXT:          ^~~~~~~~~~~~~~
    (incf (stats-flow s))
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:11: error: `(stats-buckets s)` is a `(array u32 8)`; only integers and pointers are counted
; CHECK-NEXT:    (incf (stats-buckets s))
; CHECK-NEXT:          ^~~~~~~~~~~~~~~~~
    (incf (stats-buckets s))
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: `5` is an integer, and this is a pointer
; CHECK-NEXT:    (setf (stats-next s) 5)
; CHECK-NEXT:                         ^
    (setf (stats-next s) 5)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: `f` points to a `flow`, and this to a `stats`
; CHECK-NEXT:    (setf (stats-next s) f)
; CHECK-NEXT:                         ^
    (setf (stats-next s) f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:22: error: the index 8 is outside of the array `stats-buckets`, which has 8 elements
; CHECK-NEXT:    (stats-buckets s 8)
; CHECK-NEXT:                     ^
    (stats-buckets s 8)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:22: error: the index -1 is outside of the array `stats-buckets`, which has 8 elements
; CHECK-NEXT:    (stats-buckets s -1)
; CHECK-NEXT:                     ^~
    (stats-buckets s -1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:22: error: `f` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (stats-buckets s f)
; CHECK-NEXT:                     ^
    (stats-buckets s f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:28: error: the index 9 is outside of the array `stats-buckets`, which has 8 elements
; CHECK-NEXT:    (setf (stats-buckets s 9) 1)
; CHECK-NEXT:                           ^
    (setf (stats-buckets s 9) 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:28: error: the index 8 is outside of the array `stats-buckets`, which has 8 elements
; CHECK-NEXT:    (incf (stats-buckets s 8))
; CHECK-NEXT:                           ^
    (incf (stats-buckets s 8))
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: the index 8 is outside of the array `stats-buckets`, which has 8 elements
; CHECK-NEXT:    (stats-buckets-ptr s 8)
; CHECK-NEXT:                         ^
    (stats-buckets-ptr s 8)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:19: error: `stats-flow` is not an array and takes no index
; CHECK-NEXT:    (stats-flow s 1)
; CHECK-NEXT:                  ^
    (stats-flow s 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: `stats-buckets` is written `(stats-buckets ptr [index])`
; CHECK-NEXT:    (stats-buckets s 1 2)
; CHECK-NEXT:     ^~~~~~~~~~~~~
    (stats-buckets s 1 2)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:11: error: `stats-buckets-ptr` yields an address; `(setf (stats-buckets ptr) value)` sets the field
; CHECK-NEXT:    (setf (stats-buckets-ptr s) 1)
; CHECK-NEXT:          ^~~~~~~~~~~~~~~~~~~~~
    (setf (stats-buckets-ptr s) 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:23: error: `flow-src` is not an array and takes no index
; CHECK-NEXT:    (setf (flow-src f 0) 1)
; CHECK-NEXT:                      ^
    (setf (flow-src f 0) 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:11: error: `(make-flow)` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf (make-flow) 1)
; CHECK-NEXT:          ^~~~~~~~~~~
    (setf (make-flow) 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: unknown operator `flow-scr-ptr`; did you mean `flow-src-ptr`?
; CHECK-NEXT:    (flow-scr-ptr f)
; CHECK-NEXT:     ^~~~~~~~~~~~
    (flow-scr-ptr f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:16: error: `make-flow` has no keyword `:scr`; did you mean `:src`?
; CHECK-NEXT:    (make-flow :scr 1)
; CHECK-NEXT:               ^~~~
    (make-flow :scr 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:16: error: `:src` has no value
; CHECK-NEXT:    (make-flow :src)
; CHECK-NEXT:               ^~~~
    (make-flow :src)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:16: error: `make-flow` takes `:keyword value` pairs; `1` is not a keyword
; CHECK-NEXT:    (make-flow 1 2)
; CHECK-NEXT:               ^
    (make-flow 1 2)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:23: error: `:src` is given twice
; CHECK-NEXT:    (make-flow :src 1 :src 2)
; CHECK-NEXT:                      ^~~~
    (make-flow :src 1 :src 2)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:21: error: `f` is a pointer, and an integer is needed; `(load type ptr offset)` reads what it points to
; CHECK-NEXT:    (make-flow :src f)
; CHECK-NEXT:                    ^
    (make-flow :src f)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:23: error: a `flow` is set from the address of another one, and `5` is none
; CHECK-NEXT:    (make-stats :flow 5)
; CHECK-NEXT:                      ^
    (make-stats :flow 5)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:23: error: a `flow` is set from the address of another one, and `s` is none
; CHECK-NEXT:    (make-stats :flow s)
; CHECK-NEXT:                      ^
    (make-stats :flow s)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:26: error: a `(array u32 8)` is set from the address of another one, and `3` is none; with an index an element is set
; CHECK-NEXT:    (make-stats :buckets 3)
; CHECK-NEXT:                         ^
    (make-stats :buckets 3)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:23: error: `3` is an integer, and this is a pointer
; CHECK-NEXT:    (make-stats :next 3)
; CHECK-NEXT:                      ^
    (make-stats :next 3)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: unknown operator `make-flw`; did you mean `make-flow`?
; CHECK-NEXT:    (make-flw :src 1)
; CHECK-NEXT:     ^~~~~~~~
    (make-flw :src 1)
    (+ f 1)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:13: error: `flw` is not a type; did you mean `flow`?
; CHECK-NEXT:    (sizeof flw)
; CHECK-NEXT:            ^~~
    (sizeof flw)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:6: error: `sizeof` is given 0 arguments; it is written `(sizeof type)`
; CHECK-NEXT:    (sizeof)
; CHECK-NEXT:     ^~~~~~
    (sizeof)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:13: error: `5` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array type n)` and `(ptr type)`
; CHECK-NEXT:    (sizeof 5)
; CHECK-NEXT:            ^
    (sizeof 5)
; CHECK-NEXT:{{.*}}errors-struct-access.lisp:[[#@LINE+3]]:13: error: a program cannot return a pointer
; CHECK-NEXT:    (return f)))
; CHECK-NEXT:            ^
    (return f)))

;  CHECK-NOT:{{.*(error|warning):.*}}
