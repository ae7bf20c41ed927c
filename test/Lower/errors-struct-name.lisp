; The name of a struct, and of what it defines.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:12: error: the name of a struct has to be a symbol, and this is `5`
; CHECK-NEXT:(defstruct 5 (x u32))
; CHECK-NEXT:           ^
(defstruct 5 (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:12: error: the name of a struct has to be a symbol, and this is `:point`
; CHECK-NEXT:(defstruct :point (x u32))
; CHECK-NEXT:           ^~~~~~
(defstruct :point (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:12: error: the name of a struct has to be a symbol, and this is `nil`
; CHECK-NEXT:(defstruct nil (x u32))
; CHECK-NEXT:           ^~~
(defstruct nil (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:12: error: `u32` is a scalar type; choose another name
; CHECK-NEXT:(defstruct u32 (x u32))
; CHECK-NEXT:           ^~~
(defstruct u32 (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:2: error: `defstruct` is incomplete; it is written `(defstruct name (field type) ...)`
; CHECK-NEXT:(defstruct)
; CHECK-NEXT: ^~~~~~~~~
(defstruct)

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:1: error: the struct has no fields
; CHECK-NEXT:(defstruct empty)
; CHECK-NEXT:^~~~~~~~~~~~~~~~~
(defstruct empty)

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:1: error: the struct has no fields
; CHECK-NEXT:(defstruct empty-doc "Only a text.")
; CHECK-NEXT:^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
(defstruct empty-doc "Only a text.")

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:17: error: the only option of a struct is `(:kernel t)`
; CHECK-NEXT:(defstruct (odd (:size 8)) (x u32))
; CHECK-NEXT:                ^~~~~~~~~
(defstruct (odd (:size 8)) (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:19: error: the only option of a struct is `(:kernel t)`
; CHECK-NEXT:(defstruct (odd-2 :kernel) (x u32))
; CHECK-NEXT:                  ^~~~~~~
(defstruct (odd-2 :kernel) (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:19: error: the only option of a struct is `(:kernel t)`
; CHECK-NEXT:(defstruct (odd-3 (:kernel t nil)) (x u32))
; CHECK-NEXT:                  ^~~~~~~~~~~~~~~
(defstruct (odd-3 (:kernel t nil)) (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:13: error: the name of a struct has to be a symbol, and this is `"text"`
; CHECK-NEXT:(defstruct ("text") (x u32))
; CHECK-NEXT:            ^~~~~~
(defstruct ("text") (x u32))

(defstruct twice (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+6]]:12: error: `twice` is defined twice
; CHECK-NEXT:(defstruct twice (y u32))
; CHECK-NEXT:           ^~~~~
; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE-5]]:12: note: the first definition is here
; CHECK-NEXT:(defstruct twice (x u32))
; CHECK-NEXT:           ^~~~~
(defstruct twice (y u32))

(defstruct ct-key (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+6]]:12: error: `ct_key` and `ct-key` have the same name in C, `ct_key`
; CHECK-NEXT:(defstruct ct_key (x u32))
; CHECK-NEXT:           ^~~~~~
; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE-5]]:12: note: the first definition is here
; CHECK-NEXT:(defstruct ct-key (x u32))
; CHECK-NEXT:           ^~~~~~
(defstruct ct_key (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:12: error: `struct xdp_md` is the kernel's, whose fields `(ctx field)` reads; choose another name
; CHECK-NEXT:(defstruct xdp-md (x u32))
; CHECK-NEXT:           ^~~~~~
(defstruct xdp-md (x u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:17: error: the struct would define `map-lookup`, which is a form of the language
; CHECK-NEXT:(defstruct map (lookup u32))
; CHECK-NEXT:                ^~~~~~
(defstruct map (lookup u32))

(defstruct ring (buf u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:21: error: the struct would define `ringbuf-reserve`, which is a form of the language
; CHECK-NEXT:(defstruct ringbuf (reserve u32))
; CHECK-NEXT:                    ^~~~~~~
(defstruct ringbuf (reserve u32))

(defstruct pair-left (right u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+6]]:18: error: the struct would define `pair-left-right`, which belongs to the struct `pair-left`
; CHECK-NEXT:(defstruct pair (left-right u32))
; CHECK-NEXT:                 ^~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE-5]]:12: note: that struct is here
; CHECK-NEXT:(defstruct pair-left (right u32))
; CHECK-NEXT:           ^~~~~~~~~
(defstruct pair (left-right u32))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:28: error: `self` cannot hold itself; `(ptr self)` points to one
; CHECK-NEXT:(defstruct self (x u32) (y self))
; CHECK-NEXT:                           ^~~~
(defstruct self (x u32) (y self))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:30: error: `selves` cannot hold itself; `(ptr selves)` points to one
; CHECK-NEXT:(defstruct selves (x u32) (y (array (array selves 2) 2)))
; CHECK-NEXT:                             ^~~~~~~~~~~~~~~~~~~~~~~~~~
(defstruct selves (x u32) (y (array (array selves 2) 2)))

(defstruct list-node (next (ptr list-node)) (value u64))

; CHECK-NEXT:{{.*}}errors-struct-name.lisp:[[#@LINE+3]]:18: warning: the struct hides the built-in `ipv4-ttl`
; CHECK-NEXT:(defstruct ipv4 (ttl u32))
; CHECK-NEXT:                 ^~~
(defstruct ipv4 (ttl u32))

;; None of what was wrong is reported again where it is used.
(defmap m :type :hash :key u32 :value self :max-entries 1)

(defprog p ()
  (let ((s (make-self :x 1)) (e (make-empty)))
    (setf (self-x s) 2)
    (incf (empty-y e))
    (ring-buf s)
    (self-y-ptr s)
    (getmap m 1)
    (list-node-value (make-list-node :value 5))))

;  CHECK-NOT:{{.*(error|warning):.*}}
