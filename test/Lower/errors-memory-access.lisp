; Accesses that the verifier refuses in any program, at every level of
; optimisation.
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s
; RUN: not whistler compile -O0 %s -o %t.o 2>&1 | FileCheck %s

;  CHECK-NOT:{{(error|warning):}}

(defstruct item (size u32) (data (ptr u32)))
(defmap items :type :array :key u32 :value item :max-entries 1)
(defglobal primes (array u32 4) (2 3 5 7) :const t)
(defglobal first-item item (:size 1) :const t)
(defglobal place (ptr u32))

; CHECK:errors-memory-access.lisp:[[#@LINE+1]]:33: error: the function returns the address of memory on its own stack, which is gone then; give it a parameter that points to what it shall fill in
(defn new-item () -> (ptr item) (make-item :size 1))

; CHECK:[[#@LINE+2]]:3: error: a pointer parameter of a global function may be null: test it first, as in `(if pointer ... 0)`
(defn (size :global t) ((it (ptr item))) -> u32
  (item-size it))

(defprog constants (:type :xdp)
; CHECK:[[#@LINE+1]]:3: error: the variable is constant: only the loader sets it
  (setf (aref primes 1) 4)
; CHECK:[[#@LINE+1]]:3: error: the variable is constant: only the loader sets it
  (incf (item-size first-item))
; CHECK:[[#@LINE+1]]:3: error: a string literal cannot be written
  (store u8 "text" 0 1)
  (aref primes 1))

(defprog lost (:type :xdp)
  (when-let ((it (getmap items 0)))
; CHECK:[[#@LINE+1]]:5: error: to the verifier this address is a mere number, through which nothing can be accessed; `probe-read-kernel` copies what is there in the kernel, `probe-read-user` what is in a process
    (load u32 (item-data it)))
; CHECK:[[#@LINE+1]]:3: error: to the verifier this address is a mere number
  (load u32 place))

(defprog arguments (:type :kprobe :section "kprobe/vfs_read"
                    :args ((it (ptr item)) (buffer (ptr))))
; CHECK:[[#@LINE+1]]:3: error: to the verifier this address is a mere number
  (item-size it)
; CHECK:[[#@LINE+1]]:3: error: to the verifier this address is a mere number
  (load u32 buffer))
;  CHECK-NOT:{{(error|warning):}}
