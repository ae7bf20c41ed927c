; Arithmetic, bits and conversions.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

; Sums and products over any number of operands, from the left.
; CHECK-LABEL: @sums
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK-NEXT: %[[A:.*]] = arith.addi %[[T]], %c2_i64
; CHECK-NEXT: %[[B:.*]] = arith.addi %[[A]], %[[T]]
; CHECK-NEXT: %[[C:.*]] = arith.subi %c0_i64, %[[T]]
; CHECK-NEXT: %[[D:.*]] = arith.muli %[[B]], %[[C]]
; CHECK-NEXT: %[[E:.*]] = arith.subi %[[D]], %[[T]]
; CHECK-NEXT: %[[F:.*]] = arith.subi %[[E]], %{{.*}}
(defprog sums ()
  (let ((x (ktime-get-ns)))
    (- (* (+ x 2 x) (- x)) x (+) (*) (1+ 2) (1- 1) x)))

; Division is unsigned and total.
; CHECK-LABEL: @divisions
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: %[[Q:.*]] = whistler.udiv %[[T]], %{{.*}} : i64
; CHECK: whistler.umod %[[Q]], %[[T]] : i64
; CHECK-NOT: arith.div
; CHECK: }
(defprog divisions ()
  (let ((x (ktime-get-ns)))
    (mod (/ x 10) x)))

; CHECK-LABEL: @bits
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: %[[A:.*]] = arith.andi %[[T]], %c255_i64
; CHECK: %[[B:.*]] = arith.ori %[[A]], %c256_i64
; CHECK: %[[C:.*]] = arith.xori %[[B]], %[[T]]
; CHECK: %[[D:.*]] = arith.xori %[[C]], %c-1_i64
; CHECK: whistler.return %[[D]]
(defprog bits ()
  (let ((x (ktime-get-ns)))
    (lognot (logxor (logior (logand x 255) 256) x))))

; A count that is not constant is masked, as the machine does it.
; CHECK-LABEL: @shifts
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK-NEXT: %[[A:.*]] = arith.shli %[[T]], %c3_i64
; CHECK-NEXT: %[[N:.*]] = arith.andi %[[T]], %c63_i64
; CHECK-NEXT: %[[B:.*]] = arith.shrui %[[A]], %[[N]]
; CHECK: %[[C:.*]] = arith.shrsi %[[B]], %{{.*}}
; CHECK-NEXT: %[[D:.*]] = arith.shli %[[C]], %c4_i64
; CHECK-NEXT: arith.shrui %[[D]], %c5_i64
(defprog shifts ()
  (let ((x (ktime-get-ns)))
    (ash (ash (>>> (>> (<< x 3) x) x) 4) -5)))

; Any run-time value may be a count, also that of a name which is no variable.
; CHECK-LABEL: @counts
; CHECK: %[[G:.*]] = whistler.load
; CHECK: %[[N:.*]] = arith.extui %[[G]]
; CHECK: arith.andi %[[N]], %c63_i64
; CHECK: arith.shli
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: arith.andi %[[T]], %c63_i64
; CHECK: arith.shrui
(defglobal distance u32)
(defprog counts ()
  (symbol-macrolet ((now (ktime-get-ns)))
    (>> (<< 5 distance) now)))

; Comparisons: unsigned, signed, and over more than two operands.
; CHECK-LABEL: @comparisons
; CHECK: arith.cmpi ult, %[[T:.*]], %[[U:.*]] : i64
; CHECK: arith.cmpi ult, %[[U]], %{{.*}} : i64
; CHECK: arith.cmpi sge, %[[T]], %[[U]] : i64
; CHECK: arith.cmpi ne, %[[T]], %[[U]] : i64
; CHECK: arith.cmpi ne, %[[T]], %{{.*}} : i64
; CHECK: arith.cmpi ne, %[[U]], %{{.*}} : i64
(defprog comparisons ()
  (let ((x (ktime-get-ns)) (y (get-prandom-u32)))
    (when (< x y 10) (return 1))
    (when (s>= x y) (return 2))
    (when (/= x y 3) (return 4))
    0))

; CHECK-LABEL: @casts
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK-NEXT: %[[A:.*]] = arith.trunci %[[T]] : i64 to i16
; CHECK-NEXT: %[[B:.*]] = arith.extsi %[[A]] : i16 to i32
; CHECK-NEXT: %[[D:.*]] = arith.extui %[[B]] : i32 to i64
; CHECK-NEXT: whistler.return %[[D]]
(defprog casts ()
  (cast u32 (cast i16 (cast u64 (ktime-get-ns)))))

; CHECK-LABEL: @swaps
; CHECK: %[[T:.*]] = whistler.helper_call
; CHECK: whistler.byteswap %{{.*}} : i16
; CHECK: whistler.byteswap %{{.*}} : i32
; CHECK: whistler.byteswap %{{.*}} : i64
(defprog swaps ()
  (let ((x (ktime-get-ns)))
    (+ (ntohs x) (htonl x) (ntohll x))))

; CHECK-LABEL: @others
; CHECK: arith.minui
; CHECK: arith.maxui
; CHECK: whistler.log2
(defprog others ()
  (let ((x (ktime-get-ns)))
    (log2 (max (min x 10) (get-prandom-u32)))))

; Constants are computed by the compiler, with all 64 bits.
; CHECK-LABEL: @constants
; CHECK: whistler.return %c-2_i64
(defconstant +most+ (1- (expt 2 64)))
(defprog constants () (- +most+ 1))
