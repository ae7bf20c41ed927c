; Control flow with values.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

; A condition is a comparison and a branch: no truth value is made and tested.
; CHECK-LABEL: @conditions
; CHECK-DAG: %[[C5:.*]] = arith.constant 5 : i64
; CHECK-DAG: %[[C7:.*]] = arith.constant 7 : i64
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK-NEXT: %[[A:.*]] = arith.cmpi ugt, %[[T]], %[[C5]]
; CHECK-NEXT: cf.cond_br %[[A]], ^[[NEXT:.*]], ^[[OUT:.*]]
; CHECK-NEXT: ^[[NEXT]]:
; CHECK-NEXT: %[[B:.*]] = arith.cmpi eq, %[[T]], %[[C7]]
; CHECK-NEXT: cf.cond_br %[[B]], ^[[OUT]], ^[[IN:.*]]
; CHECK-NEXT: ^[[IN]]:
; CHECK-NOT: ext
; CHECK: }
(defprog conditions ()
  (let ((x (ktime-get-ns)))
    (when (and (> x 5) (not (= x 7))) (return 3))
    4))

; CHECK-LABEL: @if_value
; CHECK: %[[V:.*]] = arith.select %{{.*}}, %c1_i64, %c2_i64 : i64
; CHECK: arith.addi %[[V]]
(defprog if-value ()
  (+ (if (ktime-get-ns) 1 2) (get-smp-processor-id)))

; Without else the value is 0, and the comparison's is 1 or 0.
; CHECK-LABEL: @defaults
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK-NEXT: %[[C:.*]] = arith.cmpi ne, %[[T]], %c0_i64
; CHECK-NEXT: cf.cond_br %[[C]], ^[[THEN:bb[0-9]+]], ^[[JOIN:bb[0-9]+]](%c0_i64 : i64)
; CHECK-NEXT: ^[[THEN]]:
; CHECK-NEXT: %[[D:.*]] = arith.cmpi eq, %[[T]], %c9_i64
; CHECK-NEXT: cf.cond_br %[[D]], ^[[JOIN]](%c1_i64 : i64), ^[[JOIN]](%c0_i64 : i64)
; CHECK-NEXT: ^[[JOIN]](%[[V:.*]]: i64):
; CHECK-NEXT: whistler.return %[[V]]
(defprog defaults ()
  (let ((x (ktime-get-ns)))
    (if x (= x 9))))

; CHECK-LABEL: @cond_form
; CHECK: arith.cmpi slt, %[[T:.*]], %{{.*}}
; CHECK: arith.cmpi sge, %[[T]], %{{.*}}
; CHECK: whistler.helper_call "get_smp_processor_id"
(defprog cond-form ()
  (let ((x (ktime-get-ns)))
    (cond ((s< x 3) 1)
          ((s>= x 10))
          (t (get-smp-processor-id)))))

; CHECK-LABEL: @case_form
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: arith.cmpi eq, %[[T]], %{{.*}}
; CHECK: arith.cmpi eq, %[[T]], %{{.*}}
; CHECK: arith.cmpi eq, %[[T]], %{{.*}}
; CHECK-NOT: arith.cmpi
; CHECK: }
(defprog case-form ()
  (case (ktime-get-ns)
    (1 10)
    ((2 +ip-proto-tcp+) 20)
    (otherwise 30)))

; `and` yields the last value or 0, `or` the first that is not 0; each operand is
; computed once.
; CHECK-LABEL: @junctions
; CHECK: %[[T:.*]] = whistler.helper_call "ktime_get_ns"
; CHECK: arith.cmpi {{ne|eq}}, %[[T]]
; CHECK: %[[P:.*]] = whistler.helper_call "get_smp_processor_id"
; CHECK: cf.{{.*}}%[[P]] : i64
; CHECK-NOT: helper_call "ktime_get_ns"
; CHECK: whistler.helper_call "get_prandom_u32"
; CHECK-NOT: whistler.helper_call
; CHECK: }
(defprog junctions ()
  (or (and (ktime-get-ns) (get-smp-processor-id))
      (get-prandom-u32)
      1))

; CHECK-LABEL: @blocks
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: arith.cmpi
; CHECK: arith.select %{{.*}}, %{{.*}}, %{{.*}} : i64
; CHECK: arith.addi
(defprog blocks ()
  (let ((x (ktime-get-ns)))
    (+ 1 (block search
           (when (> x 3) (return-from search x))
           x
           7))))

; CHECK-LABEL: @bound_conditions
; CHECK: %[[P:.*]] = whistler.helper_call "get_prandom_u32"
; CHECK: arith.cmpi {{eq|ne}}, %[[P]]
; CHECK: %[[T:.*]] = whistler.helper_call "ktime_get_ns"
; CHECK: arith.trunci %[[T]] : i64 to i8
(defprog bound-conditions ()
  (when-let ((x (get-prandom-u32)) (y u8 (ktime-get-ns)))
    (return (+ x y)))
  (if-let (z (get-smp-processor-id)) z 5))

; What stands after a return is not there.
; CHECK-LABEL: @unreachable
; CHECK-NOT: helper_call
; CHECK: whistler.return
; CHECK-NEXT: }
(defprog unreachable ()
  (progn (return 3) (ktime-get-ns))
  (get-prandom-u32))

; CHECK-LABEL: @both_return
; CHECK-NOT: get_prandom_u32
; CHECK: }
(defprog both-return ()
  (if (ktime-get-ns) (return 1) (return))
  (get-prandom-u32))
