; What operations on maps yield is an `int` on kernels before 6.4, with nothing
; said of the upper half.

; RUN: whistler-translate --import-whistler %s | whistler-opt | FileCheck %s

(defmap counts :type :hash :key u32 :value u64 :max-entries 4)
(defmap jobs :type :queue :value u64 :max-entries 4)

; CHECK-LABEL: @results
(defprog results ()
  ; CHECK: %[[DELETED:.*]] = whistler.map_delete @counts
  ; CHECK: %[[INT:.*]] = arith.trunci %[[DELETED]] : i64 to i32
  ; CHECK: %[[FIRST:.*]] = arith.extsi %[[INT]] : i32 to i64
  ; CHECK: %[[UPDATED:.*]] = whistler.map_update @counts
  ; CHECK: %[[INT:.*]] = arith.trunci %[[UPDATED]] : i64 to i32
  ; CHECK: arith.extsi %[[INT]] : i32 to i64
  ; CHECK: %[[POPPED:.*]] = whistler.helper_call "map_pop_elem"
  ; CHECK: %[[INT:.*]] = arith.trunci %[[POPPED]] : i64 to i32
  ; CHECK: arith.extsi %[[INT]] : i32 to i64
  (let ((job 0))
    (+ (remmap counts 1)
       (map-update counts 1 2)
       (map-pop-elem jobs (stack-addr job)))))
