; Variables, their widths, and the forms that change them.

; RUN: whistler-translate --import-whistler %s 2>/dev/null | FileCheck %s --check-prefixes=CHECK,RAW
; RUN: whistler-translate --import-whistler %s 2>/dev/null | whistler-opt --whistler-O0 | FileCheck %s --check-prefixes=CHECK,VALUES

; A variable is 8 bytes on the stack until it is promoted.
; CHECK-LABEL: @plain
; RAW: %[[X:.*]] = whistler.alloca i64
; RAW: whistler.store %{{.*}}, %[[X]][0] : i64, !whistler.ptr<stack>
; RAW: whistler.load %[[X]][0] : !whistler.ptr<stack> -> i64
; VALUES-NOT: whistler.alloca
; VALUES: %[[T:.*]] = whistler.helper_call "ktime_get_ns"
; VALUES-NEXT: whistler.return %[[T]]
(defprog plain ()
  (let ((x (ktime-get-ns))) x))

; Later initializers see earlier variables; what has no initializer is 0.
; CHECK-LABEL: @sequential
; VALUES: %[[T:.*]] = whistler.helper_call
; VALUES: %[[S:.*]] = arith.addi %[[T]], %c1_i64
; VALUES: %[[R:.*]] = arith.addi %[[S]], %c0_i64
; VALUES: whistler.return %[[R]]
(defprog sequential ()
  (let ((x (ktime-get-ns)) (y (+ x 1)) z (w))
    (+ y z)))

; Declared narrower, a store truncates and the variable holds the extension.
; CHECK-LABEL: @narrow
; VALUES: %[[T:.*]] = whistler.helper_call
; VALUES: %[[A:.*]] = arith.trunci %[[T]] : i64 to i8
; VALUES: %[[B:.*]] = arith.extui %[[A]] : i8 to i64
; VALUES: %[[C:.*]] = arith.trunci %[[B]] : i64 to i32
; VALUES: %[[D:.*]] = arith.extsi %[[C]] : i32 to i64
; VALUES: %[[E:.*]] = arith.addi %[[B]], %c5_i64
; VALUES: %[[F:.*]] = arith.trunci %[[E]] : i64 to i8
; VALUES: %[[G:.*]] = arith.extui %[[F]] : i8 to i64
; VALUES: arith.subi %[[G]], %[[D]]
(defprog narrow ()
  (let ((x u8 (ktime-get-ns))
        (y x))
    (declare (type i32 y))
    (incf x 5)
    (- x y)))

; 64 bits of either sign are 64 bits.
; CHECK-LABEL: @wide
; VALUES-NOT: arith.ext
; VALUES-NOT: arith.trunc
; VALUES: whistler.return
(defprog wide ()
  (let ((x i64 (ktime-get-ns)) (y u64 x)) (+ x y)))

; Several places in one setf, one after the other.
; CHECK-LABEL: @changes
; VALUES: %[[T:.*]] = whistler.helper_call
; VALUES: %[[A:.*]] = arith.addi %[[T]], %c1_i64
; VALUES: %[[B:.*]] = arith.subi %[[A]], %c2_i64
; VALUES: arith.addi %[[B]], %[[T]]
(defprog changes ()
  (let ((x 0) (y 0))
    (setf x (ktime-get-ns) y x)
    (incf x)
    (setq x (- x 2))
    (+ x y)))

; An inner variable of the same name is another one.
; CHECK-LABEL: @shadowing
; VALUES: %[[A:.*]] = whistler.helper_call "ktime_get_ns"
; VALUES: %[[B:.*]] = whistler.helper_call "get_smp_processor_id"
; VALUES: arith.subi %[[B]], %{{.*}}
; VALUES: whistler.return %[[A]]
(defprog shadowing ()
  (let ((x (ktime-get-ns)))
    (let ((x (get-smp-processor-id))) (decf x))
    x))

; One whose address is taken stays in memory and holds its extended value.
; CHECK-LABEL: @addressed
; CHECK: %[[X:.*]] = whistler.alloca i64
; CHECK: whistler.store %{{.*}}, %[[X]][0] : i64, !whistler.ptr<stack>
; CHECK: whistler.load %[[X]][0] : !whistler.ptr<stack> -> i32
(defprog addressed ()
  (let ((x u16 (ktime-get-ns)))
    (load u32 (stack-addr x))))
