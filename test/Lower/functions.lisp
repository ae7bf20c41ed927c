; Functions, their parameters and results.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "pair" size 8 align 4 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui32 at 32>]
; CHECK-DAG: whistler.map @m type "array" key 4 : ui32 value 8 : ui64 entries 4

(defstruct pair (a u32) (b u32))
(defmap m :type :array :key u32 :value u64 :max-entries 4)
; CHECK-LABEL: whistler.func @plain params [#whistler.param<"x" : ui64>] result ui64
; CHECK: %[[V0:.*]] = arith.addi %{{.*}}, %c1_i64 : i64
; CHECK: whistler.return %[[V0]]
(defn plain (x) (+ x 1))

; CHECK-LABEL: whistler.func @kept noinline params [#whistler.param<"x" : ui8>, #whistler.param<"p" : !whistler.pointer<!whistler.struct<"pair">>>] result si16
; CHECK: %[[V0:.*]] = arith.trunci %{{.*}} : i64 to i8
; CHECK: %[[V1:.*]] = arith.extui %[[V0]] : i8 to i64
; CHECK: %[[V2:.*]] = whistler.load %{{.*}}[0] : !whistler.ptr<any> -> i32
; CHECK: %[[V3:.*]] = arith.extui %[[V2]] : i32 to i64
; CHECK: %[[V4:.*]] = arith.addi %[[V1]], %[[V3]] : i64
; CHECK: %[[V5:.*]] = arith.trunci %[[V4]] : i64 to i16
; CHECK: %[[V6:.*]] = arith.extsi %[[V5]] : i16 to i64
; CHECK: whistler.return %[[V6]]
(defn (kept :inline nil) ((x u8) (p (ptr pair))) -> i16 (+ x (pair-a p)))

; CHECK-LABEL: whistler.func @open global noinline params [#whistler.param<"x" : ui64>] result ui64
; CHECK: whistler.return %{{.*}}
(defn (open :global t) ((x u64)) x)

; CHECK-LABEL: whistler.func @itself params [#whistler.param<"p" : !whistler.pointer<!whistler.struct<"pair">>>] result !whistler.pointer<!whistler.struct<"pair">>
; CHECK: whistler.return %{{.*}} : !whistler.ptr<any>
(defn itself ((p (ptr pair))) -> (ptr pair) p)

; CHECK-LABEL: whistler.func @mark params [#whistler.param<"ctx" : !whistler.pointer<!whistler.struct<"__sk_buff">>>] result ui64
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[8] size 4 field "__sk_buff:mark" : i32
; CHECK: %[[V1:.*]] = arith.extui %[[V0]] : i32 to i64
; CHECK: whistler.return %[[V1]]
(defn mark ((ctx (ptr --sk-buff))) (ctx mark))

; CHECK-LABEL: whistler.func @each params [#whistler.param<"map" : !whistler.pointer<none>>, #whistler.param<"key" : !whistler.pointer<ui32>>, #whistler.param<"value" : !whistler.pointer<ui64>>, #whistler.param<"data" : !whistler.pointer<none>>] result ui64
; CHECK: whistler.return %c0_i64
(defn each ((map (ptr)) (key (ptr u32)) (value (ptr u64)) (data (ptr))) 0)

; CHECK-LABEL: whistler.prog @p type "tc" section "tc" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<any>
; CHECK: %[[V1:.*]] = whistler.alloca !whistler.array<1 x ui64>
; CHECK: whistler.memset %[[V1]][0], %c0_i8, 8 : !whistler.ptr<stack>
; CHECK: whistler.store %c1_i32, %[[V1]][0] : i32, !whistler.ptr<stack>
; CHECK: %[[V2:.*]] = whistler.alloca i64
; CHECK: whistler.store %c0_i64, %[[V2]][0] : i64, !whistler.ptr<stack>
; CHECK: %[[V3:.*]] = whistler.map_ref @m
; CHECK: %[[V4:.*]] = whistler.func_ref @each
; CHECK: %[[V5:.*]] = whistler.helper_call "for_each_map_elem"(%[[V3]], %[[V4]], %[[V2]], %c0_i64) : (!whistler.ptr<map>, !whistler.ptr<func>, !whistler.ptr<stack>, i64) -> i64
; CHECK: %[[V6:.*]] = whistler.call @plain(%c4_i64) : (i64) -> i64
; CHECK: %[[V7:.*]] = whistler.call @kept(%c44_i64, %[[V1]]) : (i64, !whistler.ptr<stack>) -> i64
; CHECK: %[[V8:.*]] = arith.addi %[[V6]], %[[V7]] : i64
; CHECK: %[[V9:.*]] = whistler.call @open(%c5_i64) : (i64) -> i64
; CHECK: %[[V10:.*]] = arith.addi %[[V8]], %[[V9]] : i64
; CHECK: %[[V11:.*]] = whistler.call @itself(%[[V1]]) : (!whistler.ptr<stack>) -> !whistler.ptr<any>
; CHECK: %[[V12:.*]] = whistler.load %[[V11]][0] : !whistler.ptr<any> -> i32
; CHECK: %[[V13:.*]] = arith.extui %[[V12]] : i32 to i64
; CHECK: %[[V14:.*]] = arith.addi %[[V10]], %[[V13]] : i64
; CHECK: %[[V15:.*]] = whistler.call @mark(%{{.*}}) : (!whistler.ptr<ctx>) -> i64
; CHECK: %[[V16:.*]] = arith.addi %[[V14]], %[[V15]] : i64
; CHECK: %[[V17:.*]] = whistler.call @kept(%c1_i64, %[[V0]]) : (i64, !whistler.ptr<any>) -> i64
; CHECK: %[[V18:.*]] = arith.addi %[[V16]], %[[V17]] : i64
; CHECK: whistler.return %[[V18]]
(defprog p (:type :tc) (let ((q (make-pair :a 1)) (n 0)) (for-each-map-elem m each (stack-addr n) 0) (+ (plain 4) (kept 300 q) (open 5) (pair-a (itself q)) (mark (ctx-ptr)) (kept 1 nil))))
