; Declarations that are not available yet say so.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defmacro` is not available yet
; CHECK-NEXT:(defmacro m (x) x)
; CHECK-NEXT: ^~~~~~~~
(defmacro m (x) x)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defun` is not available yet
; CHECK-NEXT:(defun f (x) x)
; CHECK-NEXT: ^~~~~
(defun f (x) x)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `eval-when` is not available yet
; CHECK-NEXT:(eval-when (:compile-toplevel) 1)
; CHECK-NEXT: ^~~~~~~~~
(eval-when (:compile-toplevel) 1)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defvar` is not available yet
; CHECK-NEXT:(defvar *v* 1)
; CHECK-NEXT: ^~~~~~
(defvar *v* 1)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defparameter` is not available yet
; CHECK-NEXT:(defparameter *p* 1)
; CHECK-NEXT: ^~~~~~~~~~~~
(defparameter *p* 1)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defstruct` is not available yet
; CHECK-NEXT:(defstruct key (a u32))
; CHECK-NEXT: ^~~~~~~~~
(defstruct key (a u32))

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defunion` is not available yet
; CHECK-NEXT:(defunion u a b)
; CHECK-NEXT: ^~~~~~~~
(defunion u a b)

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

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `load` is not available yet
; CHECK-NEXT:(load "other.lisp")
; CHECK-NEXT: ^~~~
(load "other.lisp")

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `require` is not available yet
; CHECK-NEXT:(require :asdf)
; CHECK-NEXT: ^~~~~~~
(require :asdf)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defpackage` is not available yet
; CHECK-NEXT:(defpackage #:mine)
; CHECK-NEXT: ^~~~~~~~~~
(defpackage #:mine)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defclass` is not available yet
; CHECK-NEXT:(defclass c () ())
; CHECK-NEXT: ^~~~~~~~
(defclass c () ())

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defgeneric` is not available yet
; CHECK-NEXT:(defgeneric g (x))
; CHECK-NEXT: ^~~~~~~~~~
(defgeneric g (x))

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defmethod` is not available yet
; CHECK-NEXT:(defmethod g (x) x)
; CHECK-NEXT: ^~~~~~~~~
(defmethod g (x) x)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `deftype` is not available yet
; CHECK-NEXT:(deftype word () 'integer)
; CHECK-NEXT: ^~~~~~~
(deftype word () 'integer)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `defsetf` is not available yet
; CHECK-NEXT:(defsetf a b)
; CHECK-NEXT: ^~~~~~~
(defsetf a b)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `define-symbol-macro` is not available yet
; CHECK-NEXT:(define-symbol-macro s 5)
; CHECK-NEXT: ^~~~~~~~~~~~~~~~~~~
(define-symbol-macro s 5)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `define-compiler-macro` is not available yet
; CHECK-NEXT:(define-compiler-macro f (x) x)
; CHECK-NEXT: ^~~~~~~~~~~~~~~~~~~~~
(define-compiler-macro f (x) x)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:2: error: `macrolet` is not available yet
; CHECK-NEXT:(macrolet ((m (x) x)) (m 1))
; CHECK-NEXT: ^~~~~~~~
(macrolet ((m (x) x)) (m 1))

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:18: error: compile-time evaluation (`#.(+ 1 2)`) is not available yet
; CHECK-NEXT:(defconstant +x+ #.(+ 1 2))
; CHECK-NEXT:                 ^~~~~~~~~
(defconstant +x+ #.(+ 1 2))

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:1: error: compile-time evaluation (`#.(+ 1 2)`) is not available yet
; CHECK-NEXT:#.(+ 1 2)
; CHECK-NEXT:^~~~~~~~~
#.(+ 1 2)

; CHECK-NEXT:{{.*}}errors-unavailable-declaration.lisp:[[#@LINE+3]]:1: error: compile-time evaluation (`#p"file"`) is not available yet
; CHECK-NEXT:#p"file"
; CHECK-NEXT:^~~~~~~~
#p"file"

;  CHECK-NOT:{{.*(error|warning):.*}}
