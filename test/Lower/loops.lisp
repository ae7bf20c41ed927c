; `dotimes` is unrolled while it is small, and a loop where it is large.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

; CHECK-LABEL: @small
; CHECK-COUNT-3: whistler.helper_call "ktime_get_ns"
; CHECK-NOT: whistler.helper_call
; CHECK: }
(defprog small ()
  (dotimes (i 3) (ktime-get-ns)))

; The index counts from 0, and the result form sees the count.
; CHECK-LABEL: @large
; CHECK-DAG: %[[N:.*]] = arith.constant 20000 : i{{32|64}}
; CHECK: ^[[HEAD:bb[0-9]+]](%[[I:.*]]: i{{32|64}}{{.*}}):
; CHECK: %[[MORE:.*]] = arith.cmpi ult, %{{.*}}, %[[N]]
; CHECK: cf.cond_br %[[MORE]]
; CHECK: whistler.helper_call "ktime_get_ns"
; CHECK: cf.br ^[[HEAD]](
(defprog large ()
  (let ((sum 0))
    (dotimes (i 20000 i)
      (incf sum (* i (ktime-get-ns))))))

; No round at all.
; CHECK-LABEL: @none
; CHECK-NOT: helper_call
; CHECK: }
(defprog none ()
  (dotimes (i 0) (ktime-get-ns))
  1)

; Leaving early leaves the program, or the block around.
; CHECK-LABEL: @early
; CHECK: whistler.return
; CHECK: }
(defprog early ()
  (block found
    (dotimes (i 1000)
      (when (= i (ktime-get-ns)) (return-from found i))
      (when (= i (get-prandom-u32)) (return 7)))
    0))
