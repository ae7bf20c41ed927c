; Helpers, tail calls and single instructions.

; RUN: whistler-translate --import-whistler %s | whistler-opt --whistler-O1 | FileCheck %s

(defmap progs :type :prog-array :key-size 4 :value-size 4 :max-entries 8)
(defmap hash :type :hash :key u32 :value u64 :max-entries 8)
(defmap events :type :perf-event-array :key-size 4 :value-size 4)

; A helper has the kernel's name with hyphens. Maps are their addresses.
; CHECK-LABEL: @helpers
; CHECK: %[[SLOT:.*]] = whistler.alloca i64
; CHECK: %[[M:.*]] = whistler.map_ref @hash
; CHECK: %[[P:.*]] = whistler.helper_call "map_lookup_elem"(%[[M]], %[[SLOT]]) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> !whistler.ptr<any>
; CHECK: whistler.load %[[P]][0]
(defprog helpers ()
  (let ((key 1))
    (when-let ((p (map-lookup-elem hash (stack-addr key))))
      (return (load u64 p))))
  (get-smp-processor-id))

; CHECK-LABEL: @many_arguments
; CHECK: whistler.map_ref @events
; CHECK: whistler.helper_call "perf_event_output"(%arg0, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) : (!whistler.ptr<ctx>, !whistler.ptr<map>, i64, !whistler.ptr<stack>, i64) -> i64
(defprog many-arguments ()
  (let ((x 7))
    (perf-event-output (ctx-ptr) events BPF_F_CURRENT_CPU (stack-addr x) 8)))

; CHECK-LABEL: @tail
; CHECK: whistler.tail_call %arg0, @progs[%c3_i64]
; CHECK: whistler.return
(defprog tail ()
  (tail-call progs 3)
  XDP_DROP)

; CHECK-LABEL: @instruction
; CHECK: %[[V:.*]] = whistler.asm code 183 dst 3 src 0 off 0 imm 5
; CHECK: whistler.return %[[V]]
(defprog instruction ()
  (asm #xb7 3 0 0 5))
