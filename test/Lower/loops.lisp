; `dotimes` is a loop whose index counts from 0 up to a constant.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

; The test is at the end, since the first round is certain; the index is u32.
; CHECK-LABEL: @rounds
; CHECK: cf.br ^[[HEAD:bb[0-9]+]](%c0_i64, %c0_i64 : i64, i64)
; CHECK: ^[[HEAD]](%[[SUM:.*]]: i64, %[[I:.*]]: i64):
; CHECK-NEXT: %[[T:.*]] = whistler.helper_call "ktime_get_ns"
; CHECK-NEXT: %[[P:.*]] = arith.muli %[[I]], %[[T]]
; CHECK-NEXT: %[[S:.*]] = arith.addi %[[SUM]], %[[P]]
; CHECK-NEXT: %[[J:.*]] = arith.addi %[[I]], %c1_i64
; CHECK-NEXT: %[[K:.*]] = arith.trunci %[[J]] : i64 to i32
; CHECK-NEXT: %[[N:.*]] = arith.extui %[[K]] : i32 to i64
; CHECK-NEXT: %[[MORE:.*]] = arith.cmpi ult, %[[N]], %c20000_i64
; CHECK-NEXT: cf.cond_br %[[MORE]], ^[[HEAD]](%[[S]], %[[N]] : i64, i64), ^[[OUT:bb[0-9]+]]
; CHECK: ^[[OUT]]:
; CHECK-NEXT: whistler.return %[[S]]
(defprog rounds ()
  (let ((sum 0))
    (dotimes (i 20000)
      (incf sum (* i (ktime-get-ns))))
    sum))

; The result form sees the count.
; CHECK-LABEL: @result
; CHECK: cf.cond_br
; CHECK-NEXT: {{^ *\^}}
; CHECK-NEXT: %[[V:.*]] = arith.addi %{{.*}}, %c1_i64
; CHECK-NEXT: whistler.return %[[V]]
(defprog result ()
  (dotimes (i 5 (+ i 1)) (ktime-get-ns)))

; No round at all.
; CHECK-LABEL: @none
; CHECK-NOT: helper_call
; CHECK: }
(defprog none ()
  (dotimes (i 0) (ktime-get-ns))
  1)

; Leaving early leaves the program, or the block around.
; CHECK-LABEL: @early
; CHECK: ^[[HEAD:bb[0-9]+]](%[[I:.*]]: i64):
; CHECK: %[[A:.*]] = arith.cmpi eq, %[[I]], %{{.*}}
; CHECK-NEXT: cf.cond_br %[[A]], ^[[OUT:bb[0-9]+]](%[[I]] : i64), ^[[NEXT:bb[0-9]+]]
; CHECK: ^[[NEXT]]:
; CHECK: %[[B:.*]] = arith.cmpi eq, %[[I]], %{{.*}}
; CHECK-NEXT: cf.cond_br %[[B]], ^[[SEVEN:bb[0-9]+]], ^{{.*}}
; CHECK: ^[[SEVEN]]:
; CHECK-NEXT: whistler.return %c7_i64
; CHECK: cf.cond_br %{{.*}}, ^[[HEAD]](%{{.*}} : i64), ^[[OUT]](%c0_i64 : i64)
; CHECK: ^[[OUT]](%[[V:.*]]: i64):
; CHECK-NEXT: whistler.return %[[V]]
(defprog early ()
  (block found
    (dotimes (i 1000)
      (when (= i (ktime-get-ns)) (return-from found i))
      (when (= i (get-prandom-u32)) (return 7)))
    0))
