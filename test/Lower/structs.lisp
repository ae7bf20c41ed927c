; Structs on the stack, in maps, in one another.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "flow" size 16 align 8 [#whistler.field<"src" : ui32 at 0>, #whistler.field<"port" : ui16 at 32>, #whistler.field<"bytes" : ui64 at 64>]
; CHECK-DAG: whistler.struct "stats" size 56 align 8 [#whistler.field<"flow" : !whistler.struct<"flow"> at 0>, #whistler.field<"buckets" : !whistler.array<8 x ui32> at 128>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"stats">> at 384>, #whistler.field<"tail" : !whistler.array<0 x ui8> at 448>]
; CHECK-DAG: whistler.map @table type "hash" key 16 : !whistler.struct<"flow"> value 56 : !whistler.struct<"stats"> entries 8

(defstruct flow "An IPv4 flow." (src u32) (port u16) (bytes u64))
(defstruct stats (flow flow) (buckets (array u32 8)) (next (ptr stats)) (tail (array u8 0)))
(defmap table :type :hash :key flow :value stats :max-entries 8)
; CHECK-LABEL: whistler.prog @make type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.alloca !whistler.array<2 x ui64>
; CHECK: whistler.memset %[[V0]][0], %c0_i8, 16 : !whistler.ptr<stack>
; CHECK: whistler.store %c3_i16, %[[V0]][4] : i16, !whistler.ptr<stack>
; CHECK: %[[V1:.*]] = whistler.helper_call "ktime_get_ns"() : () -> i64
; CHECK: %[[V2:.*]] = arith.trunci %[[V1]] : i64 to i32
; CHECK: whistler.store %[[V2]], %[[V0]][0] : i32, !whistler.ptr<stack>
; CHECK: whistler.return %c0_i64
(defprog make () (let ((f (make-flow :port 3 :src (ktime-get-ns)))) (getmap table f) 0))

; CHECK-LABEL: whistler.prog @access type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<kernel>
; CHECK: %[[V1:.*]] = whistler.null : !whistler.ptr<map_value>
; CHECK: %[[V2:.*]] = whistler.map_ref @table
; CHECK: %[[V3:.*]] = whistler.alloca !whistler.array<2 x ui64>
; CHECK: whistler.memset %[[V3]][0], %c0_i8, 16 : !whistler.ptr<stack>
; CHECK: %[[V4:.*]] = whistler.helper_call "map_lookup_elem"(%[[V2]], %[[V3]]) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> !whistler.ptr<any>
; CHECK: %[[V5:.*]] = whistler.alloca !whistler.array<2 x ui64>
; CHECK: whistler.memset %[[V5]][0], %c0_i8, 16 : !whistler.ptr<stack>
; CHECK: whistler.store %c1_i32, %[[V5]][0] : i32, !whistler.ptr<stack>
; CHECK: %[[V6:.*]] = whistler.map_lookup @table[%[[V5]]] : !whistler.ptr<stack>
; CHECK: %[[V7:.*]] = whistler.ptr_cmp ne %[[V6]], %[[V1]] : !whistler.ptr<map_value>, !whistler.ptr<map_value>
; CHECK: %[[V8:.*]] = whistler.load %[[V6]][8] : !whistler.ptr<map_value> -> i64
; CHECK: %[[V9:.*]] = arith.addi %[[V8]], %c1_i64 : i64
; CHECK: whistler.store %[[V9]], %[[V6]][8] : i64, !whistler.ptr<map_value>
; CHECK: whistler.store %c7_i32, %[[V6]][28] : i32, !whistler.ptr<map_value>
; CHECK: %[[V10:.*]] = whistler.alloca !whistler.array<2 x ui64>
; CHECK: whistler.memset %[[V10]][0], %c0_i8, 16 : !whistler.ptr<stack>
; CHECK: whistler.store %c9_i32, %[[V10]][0] : i32, !whistler.ptr<stack>
; CHECK: whistler.memcpy %[[V6]][0], %[[V10]][0], 16 : !whistler.ptr<map_value>, !whistler.ptr<stack>
; CHECK: %[[V11:.*]] = whistler.load %[[V6]][48] : !whistler.ptr<map_value> -> !whistler.ptr<kernel>
; CHECK: %[[V12:.*]] = whistler.ptr_cmp ne %[[V11]], %[[V0]] : !whistler.ptr<kernel>, !whistler.ptr<kernel>
; CHECK: whistler.return %c1_i64
; CHECK: %[[V13:.*]] = whistler.helper_call "ktime_get_ns"() : () -> i64
; CHECK: %[[V14:.*]] = arith.andi %[[V13]], %c7_i64 : i64
; CHECK: %[[V15:.*]] = whistler.index %[[V14]] below 8 checked
; CHECK: %[[V16:.*]] = arith.muli %[[V15]], %c4_i64 : i64
; CHECK: %[[V17:.*]] = whistler.ptr_add %[[V6]], %[[V16]] : !whistler.ptr<map_value>
; CHECK: %[[V18:.*]] = whistler.load %[[V17]][16] : !whistler.ptr<map_value> -> i32
; CHECK: %[[V19:.*]] = arith.extui %[[V18]] : i32 to i64
; CHECK: %[[V20:.*]] = whistler.ptr_add %[[V6]], %c56_i64 : !whistler.ptr<map_value>
; CHECK: %[[V21:.*]] = whistler.load %[[V20]][0] : !whistler.ptr<map_value> -> i8
; CHECK: %[[V22:.*]] = arith.extui %[[V21]] : i8 to i64
; CHECK: %[[V23:.*]] = arith.addi %[[V19]], %[[V22]] : i64
; CHECK: whistler.return %[[V23]]
; CHECK: whistler.return %c56_i64
(defprog access () (when-let ((s (map-lookup-elem table (make-flow)))) 0) (let ((s (getmap table (make-flow :src 1))))

  (when s (incf (flow-bytes (stats-flow s))) (setf (stats-buckets s 3) 7) (setf (stats-flow s) (make-flow :src 9)) (when-let ((n (stats-next s))) (return 1)) (return (+ (stats-buckets s (logand (ktime-get-ns) 7)) (load u8 (stats-tail s)))))) (sizeof stats))
