;; A condition on a number of which each step has two uses of the one before: followed as a
;; tree, that is 2^40 numbers for each one that is tried.

; RUN: timeout 20 %whistler compile --emit=whistler %s -o - | FileCheck %s
; CHECK-LABEL: whistler.prog @sums
; CHECK: arith.cmpi {{(eq|ne)}}, {{.*}} : i64

(defmap events :type :ringbuf :max-entries 4096)

(defmacro twice-as-deep (times value)
  (if (= times 0)
      value
      `(let ((n ,value))
         (twice-as-deep ,(1- times) (+ n (logxor n ,times))))))

(defprog sums (:type :xdp)
  (with-packet (data end :min-len 14)
    (when (= (twice-as-deep 40 (load u64 data 0)) 77)
      ;; Where records are reserved, each way through the program is looked at.
      (with-ringbuf (event events 8)
        (store u64 event 0 1))))
  XDP_PASS)
