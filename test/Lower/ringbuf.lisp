; Records are submitted at the end, and discarded where control leaves earlier.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "event" size 8 align 4 [#whistler.field<"pid" : ui32 at 0>, #whistler.field<"cpu" : ui32 at 32>]
; CHECK-DAG: whistler.map @events type "ringbuf" key 0 value 0 entries 4096

(defstruct event (pid u32) (cpu u32))
(defmap events :type :ringbuf :max-entries 4096)
; CHECK-LABEL: whistler.prog @with type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<ringbuf>
; CHECK: %[[V1:.*]] = whistler.map_ref @events
; CHECK: %[[V2:.*]] = whistler.helper_call "ringbuf_reserve"(%[[V1]], %c8_i64, %c0_i64) : (!whistler.ptr<map>, i64, i64) -> !whistler.ptr<ringbuf>
; CHECK: %[[V3:.*]] = whistler.ptr_cmp ne %[[V2]], %[[V0]] : !whistler.ptr<ringbuf>, !whistler.ptr<ringbuf>
; CHECK: %[[V4:.*]] = whistler.helper_call "ktime_get_ns"() : () -> i64
; CHECK: %[[V5:.*]] = arith.cmpi eq, %[[V4]], %c5_i64 : i64
; CHECK: %[[V6:.*]] = whistler.helper_call "ringbuf_discard"(%[[V2]], %c0_i64) : (!whistler.ptr<ringbuf>, i64) -> i64
; CHECK: whistler.return %c7_i64
; CHECK: whistler.store %c3_i32, %[[V2]][0] : i32, !whistler.ptr<ringbuf>
; CHECK: %[[V7:.*]] = whistler.helper_call "ringbuf_submit"(%[[V2]], %c0_i64) : (!whistler.ptr<ringbuf>, i64) -> i64
; CHECK: whistler.return %{{.*}}
(defprog with () (with-ringbuf (e events event) (when (= (ktime-get-ns) 5) (return 7)) (setf (event-pid e) 3)))

; CHECK-LABEL: whistler.prog @leave type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<ringbuf>
; CHECK: %[[V1:.*]] = whistler.map_ref @events
; CHECK: %[[V2:.*]] = whistler.helper_call "ringbuf_reserve"(%[[V1]], %c16_i64, %c0_i64) : (!whistler.ptr<map>, i64, i64) -> !whistler.ptr<ringbuf>
; CHECK: %[[V3:.*]] = whistler.ptr_cmp ne %[[V2]], %[[V0]] : !whistler.ptr<ringbuf>, !whistler.ptr<ringbuf>
; CHECK: %[[V4:.*]] = whistler.helper_call "ringbuf_discard"(%[[V2]], %c0_i64) : (!whistler.ptr<ringbuf>, i64) -> i64
; CHECK: whistler.return %c1_i64
(defprog leave () (block b (with-ringbuf (e events 16) (return-from b 4))) 1)

; CHECK-LABEL: whistler.prog @by_hand type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<ringbuf>
; CHECK: %[[V1:.*]] = whistler.map_ref @events
; CHECK: %[[V2:.*]] = whistler.helper_call "ringbuf_reserve"(%[[V1]], %c8_i64, %c0_i64) : (!whistler.ptr<map>, i64, i64) -> !whistler.ptr<ringbuf>
; CHECK: %[[V3:.*]] = whistler.ptr_cmp ne %[[V2]], %[[V0]] : !whistler.ptr<ringbuf>, !whistler.ptr<ringbuf>
; CHECK: whistler.store %c1_i32, %[[V2]][4] : i32, !whistler.ptr<ringbuf>
; CHECK: %[[V4:.*]] = whistler.helper_call "ringbuf_submit"(%[[V2]], %c2_i64) : (!whistler.ptr<ringbuf>, i64) -> i64
; CHECK: %[[V5:.*]] = whistler.alloca !whistler.array<1 x ui64>
; CHECK: whistler.memset %[[V5]][0], %c0_i8, 8 : !whistler.ptr<stack>
; CHECK: whistler.store %c1_i32, %[[V5]][0] : i32, !whistler.ptr<stack>
; CHECK: %[[V6:.*]] = whistler.map_ref @events
; CHECK: %[[V7:.*]] = whistler.helper_call "ringbuf_output"(%[[V6]], %[[V5]], %c8_i64, %c0_i64) : (!whistler.ptr<map>, !whistler.ptr<stack>, i64, i64) -> i64
; CHECK: %[[V8:.*]] = whistler.map_ref @events
; CHECK: %[[V9:.*]] = whistler.helper_call "ringbuf_reserve"(%[[V8]], %c8_i64, %c0_i64) : (!whistler.ptr<map>, i64, i64) -> !whistler.ptr<ringbuf>
; CHECK: %[[V10:.*]] = whistler.ptr_cmp ne %[[V9]], %[[V0]] : !whistler.ptr<ringbuf>, !whistler.ptr<ringbuf>
; CHECK: %[[V11:.*]] = whistler.helper_call "ringbuf_discard"(%[[V9]], %c0_i64) : (!whistler.ptr<ringbuf>, i64) -> i64
; CHECK: whistler.return %c0_i64
(defprog by-hand () (let ((r (ringbuf-reserve events event))) (if r (progn (setf (event-cpu r) 1) (ringbuf-submit r 2)) 0)) (let ((e (make-event :pid 1))) (ringbuf-output events e (sizeof event))) (when-let ((r (ringbuf-reserve events 8))) (ringbuf-discard r)) 0)
