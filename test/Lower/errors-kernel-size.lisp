; Memory of a program's own that would hold a struct of the kernel's of which
; the source has written some fields.
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s

;  CHECK-NOT:{{(error|warning):}}

(defstruct (task-struct (:kernel t)) (pid i32) (tgid i32))
(defmap buffer :type :ringbuf :max-entries 4096)

; CHECK:errors-kernel-size.lisp:[[#@LINE+1]]:23: error: how large the kernel's `task-struct` is cannot be told from the fields that are written here; `import-kernel-struct` knows, and `(type-size task-struct)` asks the running kernel
(defstruct pair (both (array task-struct 2)))
;  CHECK-NOT:{{(error|warning):}}
(defstruct holder (both (array (ptr task-struct) 2)))
; CHECK:[[#@LINE+1]]:43: error: how large
(defmap tasks :type :hash :key u32 :value task-struct :max-entries 4)
; CHECK:[[#@LINE+1]]:22: error: how large
(defglobal last-task task-struct)
(defprog p (:type :xdp)
; CHECK:[[#@LINE+1]]:11: error: how large
  (sizeof task-struct)
; CHECK:[[#@LINE+1]]:32: error: how large
  (with-ringbuf (record buffer task-struct)
    0))
;  CHECK-NOT:{{(error|warning):}}
