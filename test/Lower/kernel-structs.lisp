; Fields of kernel structs: loaded where the verifier trusts the pointer, else through a helper.

; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: whistler-translate --import-whistler --btf=%t.btf %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "task_struct" kernel size 152 align 1 [#whistler.field<"se" : !whistler.struct<"sched_entity"> at 64>, #whistler.field<"in_execve" : ui32 at 256 width 1>, #whistler.field<"priority" : si32 at 257 width 7>, #whistler.field<"pid" : si32 at 288>, #whistler.field<"mm" : !whistler.pointer<!whistler.struct<"mm_struct">> at 384>, #whistler.field<"real_parent" : !whistler.pointer<!whistler.struct<"task_struct">> at 448>, #whistler.field<"comm" : !whistler.array<16 x si8> at 576>, #whistler.field<"entities" : !whistler.array<2 x !whistler.struct<"sched_entity">> at 704>, #whistler.field<"numbers" : !whistler.array<2 x ui64> at 1088>]
; CHECK-DAG: whistler.struct "sched_entity" kernel size 24 align 1 [#whistler.field<"exec_start" : ui64 at 64>, #whistler.field<"vruntime" : si64 at 128>]
; CHECK-DAG: whistler.struct "mm_struct" kernel size 16 align 1 [#whistler.field<"map_count" : si32 at 64>]
; CHECK-DAG: whistler.struct "inode" kernel size 16 align 8 [#whistler.field<"ino" : ui64 at 0>, #whistler.field<"size" : si32 at 64>]

(import-kernel-struct task-struct pid comm in-execve priority (se exec-start) mm numbers)
(import-kernel-struct mm-struct)
(defstruct (inode (:kernel t)) (ino u64) (size i32))
; CHECK-LABEL: whistler.prog @trusted type "tp-btf" section "tp_btf/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[0] size 8 : !whistler.ptr<btf>
; CHECK: %[[V1:.*]] = whistler.load %[[V0]][36] field "task_struct:pid" : !whistler.ptr<btf> -> i32
; CHECK: %[[V2:.*]] = arith.extsi %[[V1]] : i32 to i64
; CHECK: %[[V3:.*]] = whistler.load %[[V0]][75] field "task_struct:comm[3]" : !whistler.ptr<btf> -> i8
; CHECK: %[[V4:.*]] = arith.extsi %[[V3]] : i8 to i64
; CHECK: %[[V5:.*]] = arith.addi %[[V2]], %[[V4]] : i64
; CHECK: %[[V6:.*]] = whistler.load %[[V0]][48] field "task_struct:mm" : !whistler.ptr<btf> -> !whistler.ptr<btf>
; CHECK: %[[V7:.*]] = whistler.load %[[V6]][8] field "mm_struct:map_count" : !whistler.ptr<btf> -> i32
; CHECK: %[[V8:.*]] = arith.extsi %[[V7]] : i32 to i64
; CHECK: %[[V9:.*]] = arith.addi %[[V5]], %[[V8]] : i64
; CHECK: whistler.return %[[V9]]
(defprog trusted (:type :tp-btf :section "tp_btf/f" :args ((task (ptr task-struct)))) (+ (task-struct-pid task) (task-struct-comm task 3) (mm-struct-map-count (task-struct-mm task))))

; CHECK-LABEL: whistler.prog @probed type "kprobe" section "kprobe/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.alloca i32
; CHECK: %[[V1:.*]] = whistler.alloca i64
; CHECK: %[[V2:.*]] = whistler.helper_call "get_current_task"() : () -> i64
; CHECK: %[[V3:.*]] = whistler.int_to_ptr %[[V2]] : !whistler.ptr<kernel>
; CHECK: %[[V4:.*]] = whistler.field_addr %[[V3]][16] field "task_struct:se.exec_start" : !whistler.ptr<kernel>
; CHECK: %[[V5:.*]] = whistler.helper_call "probe_read_kernel"(%[[V1]], %c8_i64, %[[V4]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V6:.*]] = whistler.load %[[V1]][0] : !whistler.ptr<stack> -> i64
; CHECK: %[[V7:.*]] = whistler.int_to_ptr %[[V2]] : !whistler.ptr<kernel>
; CHECK: %[[V8:.*]] = whistler.field_addr %[[V7]][48] field "task_struct:mm" : !whistler.ptr<kernel>
; CHECK: %[[V9:.*]] = whistler.helper_call "probe_read_kernel"(%[[V1]], %c8_i64, %[[V8]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V10:.*]] = whistler.load %[[V1]][0] : !whistler.ptr<stack> -> i64
; CHECK: %[[V11:.*]] = whistler.int_to_ptr %[[V10]] : !whistler.ptr<kernel>
; CHECK: %[[V12:.*]] = whistler.field_addr %[[V11]][8] field "mm_struct:map_count" : !whistler.ptr<kernel>
; CHECK: %[[V13:.*]] = whistler.helper_call "probe_read_kernel"(%[[V0]], %c4_i64, %[[V12]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V14:.*]] = whistler.load %[[V0]][0] : !whistler.ptr<stack> -> i32
; CHECK: %[[V15:.*]] = arith.extsi %[[V14]] : i32 to i64
; CHECK: %[[V16:.*]] = arith.addi %[[V6]], %[[V15]] : i64
; CHECK: %[[V17:.*]] = whistler.int_to_ptr %[[V2]] : !whistler.ptr<kernel>
; CHECK: %[[V18:.*]] = whistler.helper_call "ktime_get_ns"() : () -> i64
; CHECK: %[[V19:.*]] = whistler.field_addr %[[V17]][136] field "task_struct:numbers" : !whistler.ptr<kernel>
; CHECK: %[[V20:.*]] = arith.muli %[[V18]], %c8_i64 : i64
; CHECK: %[[V21:.*]] = whistler.ptr_add %[[V19]], %[[V20]] : !whistler.ptr<kernel>
; CHECK: %[[V22:.*]] = whistler.helper_call "probe_read_kernel"(%[[V1]], %c8_i64, %[[V21]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V23:.*]] = whistler.load %[[V1]][0] : !whistler.ptr<stack> -> i64
; CHECK: %[[V24:.*]] = arith.addi %[[V16]], %[[V23]] : i64
; CHECK: %[[V25:.*]] = whistler.int_to_ptr %c5_i64 : !whistler.ptr<kernel>
; CHECK: %[[V26:.*]] = whistler.field_addr %[[V25]][8] field "inode:size" : !whistler.ptr<kernel>
; CHECK: %[[V27:.*]] = whistler.helper_call "probe_read_kernel"(%[[V0]], %c4_i64, %[[V26]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V28:.*]] = whistler.load %[[V0]][0] : !whistler.ptr<stack> -> i32
; CHECK: %[[V29:.*]] = arith.extsi %[[V28]] : i32 to i64
; CHECK: %[[V30:.*]] = arith.addi %[[V24]], %[[V29]] : i64
; CHECK: whistler.return %[[V30]]
(defprog probed (:type :kprobe :section "kprobe/f") (let ((task (get-current-task))) (+ (task-struct-se-exec-start task) (mm-struct-map-count (task-struct-mm task)) (task-struct-numbers task (ktime-get-ns)) (inode-size 5))))

; CHECK-LABEL: whistler.prog @bits type "kprobe" section "kprobe/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.alloca i64
; CHECK: %[[V1:.*]] = whistler.int_to_ptr %c5_i64 : !whistler.ptr<kernel>
; CHECK: whistler.store %c0_i64, %[[V0]][0] : i64, !whistler.ptr<stack>
; CHECK: %[[V2:.*]] = whistler.core_query byte_off "task_struct:in_execve"
; CHECK: %[[V3:.*]] = whistler.ptr_add %[[V1]], %[[V2]] : !whistler.ptr<kernel>
; CHECK: %[[V4:.*]] = whistler.core_query byte_sz "task_struct:in_execve"
; CHECK: %[[V5:.*]] = whistler.helper_call "probe_read_kernel"(%[[V0]], %[[V4]], %[[V3]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V6:.*]] = whistler.load %[[V0]][0] : !whistler.ptr<stack> -> i64
; CHECK: %[[V7:.*]] = whistler.core_query lshift_u64 "task_struct:in_execve"
; CHECK: %[[V8:.*]] = arith.shli %[[V6]], %[[V7]] : i64
; CHECK: %[[V9:.*]] = whistler.core_query rshift_u64 "task_struct:in_execve"
; CHECK: %[[V10:.*]] = arith.shrui %[[V8]], %[[V9]] : i64
; CHECK: %[[V11:.*]] = whistler.int_to_ptr %c5_i64 : !whistler.ptr<kernel>
; CHECK: whistler.store %c0_i64, %[[V0]][0] : i64, !whistler.ptr<stack>
; CHECK: %[[V12:.*]] = whistler.core_query byte_off "task_struct:priority"
; CHECK: %[[V13:.*]] = whistler.ptr_add %[[V11]], %[[V12]] : !whistler.ptr<kernel>
; CHECK: %[[V14:.*]] = whistler.core_query byte_sz "task_struct:priority"
; CHECK: %[[V15:.*]] = whistler.helper_call "probe_read_kernel"(%[[V0]], %[[V14]], %[[V13]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: %[[V16:.*]] = whistler.load %[[V0]][0] : !whistler.ptr<stack> -> i64
; CHECK: %[[V17:.*]] = whistler.core_query lshift_u64 "task_struct:priority"
; CHECK: %[[V18:.*]] = arith.shli %[[V16]], %[[V17]] : i64
; CHECK: %[[V19:.*]] = whistler.core_query rshift_u64 "task_struct:priority"
; CHECK: %[[V20:.*]] = arith.shrsi %[[V18]], %[[V19]] : i64
; CHECK: %[[V21:.*]] = arith.addi %[[V10]], %[[V20]] : i64
; CHECK: whistler.return %[[V21]]
(defprog bits (:type :kprobe :section "kprobe/f") (+ (task-struct-in-execve 5) (task-struct-priority 5)))

; CHECK-LABEL: whistler.prog @path type "tp-btf" section "tp_btf/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.ctx_load %{{.*}}[0] size 8 : !whistler.ptr<btf>
; CHECK: %[[V1:.*]] = whistler.load %[[V0]][56] field "task_struct:real_parent" : !whistler.ptr<btf> -> !whistler.ptr<btf>
; CHECK: %[[V2:.*]] = whistler.load %[[V1]][128] field "task_struct:entities[1].vruntime" : !whistler.ptr<btf> -> i64
; CHECK: whistler.return %[[V2]]
(defprog path (:type :tp-btf :section "tp_btf/f" :args ((task (ptr task-struct)))) (core-read task task-struct real-parent entities 1 vruntime))

; CHECK-LABEL: whistler.prog @address type "kprobe" section "kprobe/f" license "GPL"
; CHECK: %[[V0:.*]] = whistler.alloca i64
; CHECK: whistler.store %c0_i64, %[[V0]][0] : i64, !whistler.ptr<stack>
; CHECK: %[[V1:.*]] = whistler.helper_call "get_current_task"() : () -> i64
; CHECK: %[[V2:.*]] = whistler.int_to_ptr %[[V1]] : !whistler.ptr<kernel>
; CHECK: %[[V3:.*]] = whistler.field_addr %[[V2]][72] field "task_struct:comm" : !whistler.ptr<kernel>
; CHECK: %[[V4:.*]] = whistler.helper_call "probe_read_kernel"(%[[V0]], %c8_i64, %[[V3]]) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
; CHECK: whistler.return %[[V4]]
(defprog address (:type :kprobe :section "kprobe/f") (let ((b 0)) (probe-read-kernel (stack-addr b) 8 (task-struct-comm-ptr (get-current-task)))))
