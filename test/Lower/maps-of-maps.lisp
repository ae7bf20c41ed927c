; A lookup in a map of maps gives a map.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.map @inner type "array" key 4 : ui32 value 8 : ui64 entries 4
; CHECK-DAG: whistler.map @outer type "hash-of-maps" key 4 : ui32 value 4 entries 4 inner @inner

(defmap inner :type :array :key u32 :value u64 :max-entries 4)
(defmap outer :type :hash-of-maps :key u32 :max-entries 4 :inner-map inner)
; CHECK-LABEL: whistler.prog @p type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<any>
; CHECK: %[[V1:.*]] = whistler.null : !whistler.ptr<map_value>
; CHECK: %[[V2:.*]] = whistler.alloca i64
; CHECK: whistler.store %c1_i64, %[[V2]][0] : i64, !whistler.ptr<stack>
; CHECK: %[[V3:.*]] = whistler.map_lookup @outer[%c5_i32] : i32
; CHECK: %[[V4:.*]] = whistler.ptr_cmp ne %[[V3]], %[[V1]] : !whistler.ptr<map_value>, !whistler.ptr<map_value>
; CHECK: %[[V5:.*]] = whistler.helper_call "map_lookup_elem"(%[[V3]], %[[V2]]) : (!whistler.ptr<map_value>, !whistler.ptr<stack>) -> !whistler.ptr<any>
; CHECK: %[[V6:.*]] = whistler.ptr_cmp ne %[[V5]], %[[V0]] : !whistler.ptr<any>, !whistler.ptr<any>
; CHECK: %[[V7:.*]] = whistler.load %[[V5]][0] : !whistler.ptr<any> -> i64
; CHECK: whistler.return %[[V7]]
; CHECK: whistler.return %c0_i64
(defprog p () (let ((k 1)) (when-let ((m (getmap outer 5)) (v (map-lookup-elem m (stack-addr k)))) (return (load u64 v)))) 0)
