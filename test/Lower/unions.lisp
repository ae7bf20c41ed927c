; Unions overlay their members.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "pair" size 4 align 2 [#whistler.field<"low" : ui16 at 0>, #whistler.field<"high" : ui16 at 16>]
; CHECK-DAG: whistler.struct "word" union size 4 align 4 [#whistler.field<"whole" : ui32 at 0>, #whistler.field<"pair" : !whistler.struct<"pair"> at 0>, #whistler.field<"bytes" : !whistler.array<4 x ui8> at 0>]

(defstruct pair (low u16) (high u16))
(defunion word (whole u32) pair (bytes (array u8 4)))
; CHECK-LABEL: whistler.prog @p type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.alloca !whistler.array<1 x ui64>
; CHECK: whistler.memset %[[V0]][0], %c0_i8, 4 : !whistler.ptr<stack>
; CHECK: %[[V1:.*]] = whistler.helper_call "ktime_get_ns"() : () -> i64
; CHECK: %[[V2:.*]] = arith.trunci %[[V1]] : i64 to i32
; CHECK: whistler.store %[[V2]], %[[V0]][0] : i32, !whistler.ptr<stack>
; CHECK: %[[V3:.*]] = whistler.load %[[V0]][2] : !whistler.ptr<stack> -> i16
; CHECK: %[[V4:.*]] = arith.extui %[[V3]] : i16 to i64
; CHECK: %[[V5:.*]] = whistler.load %[[V0]][1] : !whistler.ptr<stack> -> i8
; CHECK: %[[V6:.*]] = arith.extui %[[V5]] : i8 to i64
; CHECK: %[[V7:.*]] = arith.addi %[[V4]], %[[V6]] : i64
; CHECK: %[[V8:.*]] = arith.addi %[[V7]], %c4_i64 : i64
; CHECK: whistler.return %[[V8]]
(defprog p () (let ((w (make-word :whole (ktime-get-ns)))) (+ (pair-high (word-pair w)) (word-bytes w 1) (sizeof word))))
