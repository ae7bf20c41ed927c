; Global variables, and what they start with.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "pair" size 8 align 4 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui16 at 32>]
; CHECK-DAG: whistler.global @hits : ui64 section ".bss"
; CHECK-DAG: whistler.global @limit : si32 section ".rodata" init "\FB\FF\FF\FF"
; CHECK-DAG: whistler.global @zero : ui32 section ".rodata"
; CHECK-DAG: whistler.global @text : !whistler.array<6 x ui8> section ".data" init "abc\00\00\00"
; CHECK-DAG: whistler.global @numbers : !whistler.array<3 x ui16> section ".data" init "\01\00\02\00\00\00"
; CHECK-DAG: whistler.global @point : !whistler.struct<"pair"> section ".data" init "\00\00\00\00\07\00\00\00"

(defstruct pair (a u32) (b u16))
(defglobal hits u64)
(defglobal limit i32 -5 :const t)
(defglobal zero u32 0 :const t)
(defglobal text (array u8 6) "abc")
(defglobal numbers (array u16 3) (1 2))
(defglobal point pair (:b 7))
; CHECK-LABEL: whistler.prog @p type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.global_addr @hits
; CHECK: %[[V1:.*]] = whistler.load %[[V0]][0] : !whistler.ptr<map_value> -> i64
; CHECK: %[[V2:.*]] = arith.addi %[[V1]], %c1_i64 : i64
; CHECK: whistler.store %[[V2]], %[[V0]][0] : i64, !whistler.ptr<map_value>
; CHECK: %[[V3:.*]] = whistler.global_addr @hits
; CHECK: %[[V4:.*]] = whistler.global_addr @hits
; CHECK: %[[V5:.*]] = whistler.load %[[V4]][0] : !whistler.ptr<map_value> -> i64
; CHECK: %[[V6:.*]] = whistler.global_addr @limit
; CHECK: %[[V7:.*]] = whistler.load %[[V6]][0] : !whistler.ptr<map_value> -> i32
; CHECK: %[[V8:.*]] = arith.extsi %[[V7]] : i32 to i64
; CHECK: %[[V9:.*]] = arith.addi %[[V5]], %[[V8]] : i64
; CHECK: whistler.store %[[V9]], %[[V3]][0] : i64, !whistler.ptr<map_value>
; CHECK: %[[V10:.*]] = whistler.global_addr @text
; CHECK: %[[V11:.*]] = whistler.load %[[V10]][0] : !whistler.ptr<map_value> -> i8
; CHECK: %[[V12:.*]] = arith.extui %[[V11]] : i8 to i64
; CHECK: %[[V13:.*]] = whistler.global_addr @point
; CHECK: %[[V14:.*]] = whistler.load %[[V13]][4] : !whistler.ptr<map_value> -> i16
; CHECK: %[[V15:.*]] = arith.extui %[[V14]] : i16 to i64
; CHECK: %[[V16:.*]] = arith.addi %[[V12]], %[[V15]] : i64
; CHECK: %[[V17:.*]] = whistler.global_addr @numbers
; CHECK: %[[V18:.*]] = whistler.load %[[V17]][2] : !whistler.ptr<map_value> -> i16
; CHECK: %[[V19:.*]] = arith.extui %[[V18]] : i16 to i64
; CHECK: %[[V20:.*]] = arith.addi %[[V16]], %[[V19]] : i64
; CHECK: whistler.return %[[V20]]
(defprog p () (incf hits) (setf hits (+ hits limit)) (+ (load u8 text) (pair-b point) (load u16 (global-ptr numbers) 2)))
