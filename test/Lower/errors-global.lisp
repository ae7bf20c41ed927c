; Global variables.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defstruct pair (a u32) (b u16))

(defconstant +limit+ 5)

(defmap m :type :array :key u32 :value u32 :max-entries 1)

;      CHECK:{{.*}}errors-global.lisp:[[#@LINE+3]]:2: error: `defglobal` is incomplete; it is written `(defglobal name type [value] [:const t])`
; CHECK-NEXT:(defglobal)
; CHECK-NEXT: ^~~~~~~~~
(defglobal)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:2: error: `defglobal` is incomplete; it is written `(defglobal name type [value] [:const t])`
; CHECK-NEXT:(defglobal g0)
; CHECK-NEXT: ^~~~~~~~~
(defglobal g0)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:12: error: the name of a global variable has to be a symbol, and this is `5`
; CHECK-NEXT:(defglobal 5 u32)
; CHECK-NEXT:           ^
(defglobal 5 u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:12: error: the name of a global variable has to be a symbol, and this is `:g`
; CHECK-NEXT:(defglobal :g u32)
; CHECK-NEXT:           ^~
(defglobal :g u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:12: error: the name of a global variable has to be a symbol, and this is `nil`
; CHECK-NEXT:(defglobal nil u32)
; CHECK-NEXT:           ^~~
(defglobal nil u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:12: error: `+limit+` is a constant already
; CHECK-NEXT:(defglobal +limit+ u32)
; CHECK-NEXT:           ^~~~~~~
(defglobal +limit+ u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+6]]:12: error: `m` is defined twice
; CHECK-NEXT:(defglobal m u32)
; CHECK-NEXT:           ^
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE-35]]:9: note: the first definition is here
; CHECK-NEXT:(defmap m :type :array :key u32 :value u32 :max-entries 1)
; CHECK-NEXT:        ^
(defglobal m u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: `u33` is not a type; did you mean `u32`?
; CHECK-NEXT:(defglobal g1 u33)
; CHECK-NEXT:              ^~~
(defglobal g1 u33)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: a global variable cannot have 0 bytes
; CHECK-NEXT:(defglobal g2 (array u32 0))
; CHECK-NEXT:              ^~~~~~~~~~~~~
(defglobal g2 (array u32 0))

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:21: error: `:const` has no value
; CHECK-NEXT:(defglobal g3 u32 1 :const)
; CHECK-NEXT:                    ^~~~~~
(defglobal g3 u32 1 :const)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:21: error: a global variable has no keyword `:consta`; did you mean `:const`?
; CHECK-NEXT:(defglobal g4 u32 1 :consta t)
; CHECK-NEXT:                    ^~~~~~~
(defglobal g4 u32 1 :consta t)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:21: error: a global variable takes `:keyword value` pairs; `2` is not a keyword
; CHECK-NEXT:(defglobal g5 u32 1 2)
; CHECK-NEXT:                    ^
(defglobal g5 u32 1 2)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:18: error: the value does not fit 8 bits
; CHECK-NEXT:(defglobal g6 u8 256)
; CHECK-NEXT:                 ^~~
(defglobal g6 u8 256)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:18: error: the value does not fit 8 bits
; CHECK-NEXT:(defglobal g7 u8 -129)
; CHECK-NEXT:                 ^~~~
(defglobal g7 u8 -129)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:19: error: the value has to be a constant, and `x` is none
; CHECK-NEXT:(defglobal g8 u32 x)
; CHECK-NEXT:                  ^
(defglobal g8 u32 x)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:19: error: the value has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:(defglobal g9 u32 "text")
; CHECK-NEXT:                  ^~~~~~
(defglobal g9 u32 "text")

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:29: error: the string has 4 bytes, and the array 3
; CHECK-NEXT:(defglobal g10 (array u8 3) "text")
; CHECK-NEXT:                            ^~~~~~
(defglobal g10 (array u8 3) "text")

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:30: error: a string is the value of an array of `u8`
; CHECK-NEXT:(defglobal g11 (array u16 8) "text")
; CHECK-NEXT:                             ^~~~~~
(defglobal g11 (array u16 8) "text")

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:34: error: the array has 2 elements, and this is one more
; CHECK-NEXT:(defglobal g12 (array u8 2) (1 2 3))
; CHECK-NEXT:                                 ^
(defglobal g12 (array u8 2) (1 2 3))

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:32: error: the value has to be a constant, and `x` is none
; CHECK-NEXT:(defglobal g13 (array u8 2) (1 x))
; CHECK-NEXT:                               ^
(defglobal g13 (array u8 2) (1 x))

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:29: error: `5` stands where there should be a list of the array's elements
; CHECK-NEXT:(defglobal g14 (array u8 2) 5)
; CHECK-NEXT:                            ^
(defglobal g14 (array u8 2) 5)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:27: error: a `pair` has no keyword `:c`; it takes :a :b
; CHECK-NEXT:(defglobal g15 pair (:a 1 :c 2))
; CHECK-NEXT:                          ^~
(defglobal g15 pair (:a 1 :c 2))

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:34: error: the value does not fit 16 bits
; CHECK-NEXT:(defglobal g16 pair (:a 70000 :b 70000))
; CHECK-NEXT:                                 ^~~~~
(defglobal g16 pair (:a 70000 :b 70000))

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:21: error: `5` stands where there should be a list `(:field value ...)`
; CHECK-NEXT:(defglobal g17 pair 5)
; CHECK-NEXT:                    ^
(defglobal g17 pair 5)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:22: error: `:a` has no value
; CHECK-NEXT:(defglobal g18 pair (:a))
; CHECK-NEXT:                     ^~
(defglobal g18 pair (:a))

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:25: error: a pointer starts as null; leave out the value
; CHECK-NEXT:(defglobal g19 (ptr u8) 4)
; CHECK-NEXT:                        ^
(defglobal g19 (ptr u8) 4)

(defglobal twice u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+6]]:12: error: `twice` is defined twice
; CHECK-NEXT:(defglobal twice u64)
; CHECK-NEXT:           ^~~~~
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE-5]]:12: note: the first definition is here
; CHECK-NEXT:(defglobal twice u32)
; CHECK-NEXT:           ^~~~~
(defglobal twice u64)

(defglobal c-name u32)

; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+6]]:12: error: `c_name` and `c-name` have the same name in the object file, `c_name`
; CHECK-NEXT:(defglobal c_name u32)
; CHECK-NEXT:           ^~~~~~
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE-5]]:12: note: the first definition is here
; CHECK-NEXT:(defglobal c-name u32)
; CHECK-NEXT:           ^~~~~~
(defglobal c_name u32)

(defglobal limit u32 10 :const t)

(defglobal bytes (array u8 4))

(defglobal point pair)

(defprog p ()
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:9: error: `limit` is constant: only the loader sets it
; CHECK-NEXT:  (setf limit 5)
; CHECK-NEXT:        ^~~~~
  (setf limit 5)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:9: error: `limit` is constant: only the loader sets it
; CHECK-NEXT:  (incf limit)
; CHECK-NEXT:        ^~~~~
  (incf limit)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:9: error: `limit` is constant: only the loader sets it
; CHECK-NEXT:  (setq limit 6)
; CHECK-NEXT:        ^~~~~
  (setq limit 6)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:22: error: there is no variable or constant `limmit`; did you mean `limit`?
; CHECK-NEXT:  (setf (getmap m 0) limmit)
; CHECK-NEXT:                     ^~~~~~
  (setf (getmap m 0) limmit)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: a `(array u8 4)` is set from the address of another one, and `5` is none; with an index an element is set
; CHECK-NEXT:  (setf bytes 5)
; CHECK-NEXT:              ^
  (setf bytes 5)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: a `pair` is set from the address of another one, and `5` is none
; CHECK-NEXT:  (setf point 5)
; CHECK-NEXT:              ^
  (setf point 5)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:9: error: `bytes` is a `(array u8 4)`; only integers and pointers are counted
; CHECK-NEXT:  (incf bytes)
; CHECK-NEXT:        ^~~~~
  (incf bytes)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:  (setf twice (ctx-ptr))
; CHECK-NEXT:              ^~~~~~~~~
  (setf twice (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: `global-ptr` takes the name of a global variable; did you mean `limit`?
; CHECK-NEXT:  (global-ptr limmit)
; CHECK-NEXT:              ^~~~~~
  (global-ptr limmit)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:15: error: `global-ptr` takes the name of a global variable
; CHECK-NEXT:  (global-ptr 5)
; CHECK-NEXT:              ^
  (global-ptr 5)
  (global-ptr m)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:4: error: `global-ptr` is given 0 arguments; it is written `(global-ptr name)`
; CHECK-NEXT:  (global-ptr)
; CHECK-NEXT:   ^~~~~~~~~~
  (global-ptr)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:28: error: `global-ptr` takes the name of a global variable; `(stack-addr x)` is the address of a local one
; CHECK-NEXT:  (let ((x 1)) (global-ptr x))
; CHECK-NEXT:                           ^
  (let ((x 1)) (global-ptr x))
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:32: error: `global-ptr` takes the name of a global variable; `(stack-addr limit)` is the address of a local one
; CHECK-NEXT:  (let ((limit 3)) (global-ptr limit))
; CHECK-NEXT:                               ^~~~~
  (let ((limit 3)) (global-ptr limit))
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:11: error: `bytes` points to a `u8`, and `pair-a` takes a pointer to a `pair`
; CHECK-NEXT:  (pair-a bytes)
; CHECK-NEXT:          ^~~~~
  (pair-a bytes)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:4: error: unknown operator `pair-c`; did you mean `pair-a` or `pair-b`?
; CHECK-NEXT:  (pair-c point)
; CHECK-NEXT:   ^~~~~~
  (pair-c point)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:9: error: there is no variable `twise`; did you mean `twice`?
; CHECK-NEXT:  (setf twise 1)
; CHECK-NEXT:        ^~~~~
  (setf twise 1)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:9: error: there is no variable `twise`; did you mean `twice`?
; CHECK-NEXT:  (incf twise)
; CHECK-NEXT:        ^~~~~
  (incf twise)
  (setf g1 4)
  (incf g12)
  (global-ptr g13)
; CHECK-NEXT:{{.*}}errors-global.lisp:[[#@LINE+3]]:11: error: a program cannot return a pointer
; CHECK-NEXT:  (return bytes))
; CHECK-NEXT:          ^~~~~
  (return bytes))

;  CHECK-NOT:{{.*(error|warning):.*}}
