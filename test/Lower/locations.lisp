; Every operation has the place of its form.

; RUN: whistler-translate --import-whistler %s | whistler-opt --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

; CHECK: whistler.map @m {{.*}}locations.lisp":[[#@LINE+1]]:1 to :65)
(defmap m :type :array :key u32 :value u64 :max-entries (+ 1 1))

; CHECK: whistler.prog @places
(defprog places ()
  ; CHECK: whistler.helper_call "ktime_get_ns"{{.*}}locations.lisp":[[#@LINE+1]]:14 to :28)
  (let ((now (ktime-get-ns)))
    ; CHECK: whistler.map_add @m{{.*}}locations.lisp":[[#@LINE+1]]:5 to :26)
    (incf (getmap m 0) 2)
    ; CHECK: arith.addi {{.*}}locations.lisp":[[#@LINE+1]]:8 to [[#@LINE+2]]:21)
    (* (+ now
          (- now 1))
       3)))
