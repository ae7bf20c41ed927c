; Arguments of what programs are attached to.

; RUN: whistler-translate --import-whistler %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s


; CHECK-LABEL: whistler.prog @entry type "fentry" section "fentry/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<btf>
; CHECK: %[[V1:.*]] = whistler.ctx_load %{{.*}}[0] size 8 : i64
; CHECK: %[[V2:.*]] = arith.trunci %[[V1]] : i64 to i32
; CHECK: %[[V3:.*]] = arith.extui %[[V2]] : i32 to i64
; CHECK: %[[V4:.*]] = whistler.ctx_load %{{.*}}[8] size 8 : !whistler.ptr<btf>
; CHECK: %[[V5:.*]] = whistler.ptr_cmp ne %[[V4]], %[[V0]] : !whistler.ptr<btf>, !whistler.ptr<btf>
; CHECK: %[[V6:.*]] = arith.select %[[V5]], %[[V3]], %c0_i64 : i64
; CHECK: whistler.return %[[V6]]
(defprog entry (:type :fentry :section "fentry/f" :args ((a u32) (p (ptr task-struct)))) (if p a 0))

; CHECK-LABEL: whistler.prog @leave type "fexit" section "fexit/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[0] size 8 : i64
; CHECK: %[[V1:.*]] = whistler.ctx_load %{{.*}}[8] size 8 : i64
; CHECK: %[[V2:.*]] = arith.trunci %[[V1]] : i64 to i32
; CHECK: %[[V3:.*]] = arith.extsi %[[V2]] : i32 to i64
; CHECK: %[[V4:.*]] = arith.addi %[[V0]], %[[V3]] : i64
; CHECK: whistler.return %[[V4]]
(defprog leave (:type :fexit :section "fexit/f" :args ((a u64) (r i32))) (+ a r))

; CHECK-LABEL: whistler.prog @traced type "tp-btf" section "tp_btf/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[0] size 8 : i64
; CHECK: %[[V1:.*]] = arith.trunci %[[V0]] : i64 to i8
; CHECK: %[[V2:.*]] = arith.extsi %[[V1]] : i8 to i64
; CHECK: whistler.return %[[V2]]
(defprog traced (:type :tp-btf :section "tp_btf/f" :args ((x i8))) x)

; CHECK-LABEL: whistler.prog @checked type "lsm" section "lsm/file_open" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[8] size 8 : i64
; CHECK: %[[V1:.*]] = arith.trunci %[[V0]] : i64 to i32
; CHECK: %[[V2:.*]] = arith.extsi %[[V1]] : i32 to i64
; CHECK: whistler.return %[[V2]]
(defprog checked (:type :lsm :section "lsm/file_open" :args ((f (ptr file)) (r i32))) r)

; CHECK-LABEL: whistler.prog @raw type "raw-tracepoint" section "raw_tracepoint/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<kernel>
; CHECK: %[[V1:.*]] = whistler.ctx_load %{{.*}}[0] size 8 : i64
; CHECK: %[[V2:.*]] = whistler.int_to_ptr %[[V1]] : !whistler.ptr<kernel>
; CHECK: %[[V3:.*]] = whistler.ctx_load %{{.*}}[8] size 8 : i64
; CHECK: %[[V4:.*]] = arith.trunci %[[V3]] : i64 to i16
; CHECK: %[[V5:.*]] = arith.extui %[[V4]] : i16 to i64
; CHECK: %[[V6:.*]] = whistler.ptr_cmp ne %[[V2]], %[[V0]] : !whistler.ptr<kernel>, !whistler.ptr<kernel>
; CHECK: %[[V7:.*]] = arith.select %[[V6]], %[[V5]], %c0_i64 : i64
; CHECK: whistler.return %[[V7]]
(defprog raw (:type :raw-tracepoint :section "raw_tracepoint/f" :args ((p (ptr)) (n u16))) (if p n 0))

; CHECK-LABEL: whistler.prog @probe type "kprobe" section "kprobe/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[112] size 8 : i64
; CHECK: %[[V1:.*]] = whistler.ctx_load %{{.*}}[104] size 8 : i64
; CHECK: %[[V2:.*]] = arith.trunci %[[V1]] : i64 to i8
; CHECK: %[[V3:.*]] = arith.extui %[[V2]] : i8 to i64
; CHECK: %[[V4:.*]] = whistler.ctx_load %{{.*}}[96] size 8 : i64
; CHECK: %[[V5:.*]] = arith.trunci %[[V4]] : i64 to i32
; CHECK: %[[V6:.*]] = arith.extsi %[[V5]] : i32 to i64
; CHECK: %[[V7:.*]] = arith.addi %[[V0]], %[[V3]] : i64
; CHECK: %[[V8:.*]] = arith.addi %[[V7]], %[[V6]] : i64
; CHECK: %[[V9:.*]] = whistler.ctx_load %{{.*}}[112] size 8 : i64
; CHECK: %[[V10:.*]] = arith.addi %[[V8]], %[[V9]] : i64
; CHECK: %[[V11:.*]] = whistler.ctx_load %{{.*}}[152] size 8 : i64
; CHECK: %[[V12:.*]] = arith.addi %[[V10]], %[[V11]] : i64
; CHECK: whistler.return %[[V12]]
(defprog probe (:type :kprobe :section "kprobe/f" :args ((a u64) (b u8) (c i32))) (+ a b c (pt-regs-parm1) (pt-regs-sp)))

; CHECK-LABEL: whistler.prog @user type "uprobe" section "uprobe//bin/true:main" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[112] size 8 : i64
; CHECK: whistler.return %[[V0]]
(defprog user (:type :uprobe :section "uprobe//bin/true:main" :args ((a u64))) a)

; CHECK-LABEL: whistler.prog @returned type "kretprobe" section "kretprobe/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[80] size 8 : i64
; CHECK: %[[V1:.*]] = arith.trunci %[[V0]] : i64 to i32
; CHECK: %[[V2:.*]] = arith.extsi %[[V1]] : i32 to i64
; CHECK: %[[V3:.*]] = whistler.ctx_load %{{.*}}[80] size 8 : i64
; CHECK: %[[V4:.*]] = arith.addi %[[V2]], %[[V3]] : i64
; CHECK: whistler.return %[[V4]]
(defprog returned (:type :kretprobe :section "kretprobe/f" :args ((r i32))) (+ r (pt-regs-ret)))

; CHECK-LABEL: whistler.prog @user_returned type "uretprobe" section "uretprobe//bin/true:main" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[80] size 8 : i64
; CHECK: whistler.return %[[V0]]
(defprog user-returned (:type :uretprobe :section "uretprobe//bin/true:main" :args ((r u64))) r)
