// What the running kernel says of its types. The offsets that are written here
// are those of no kernel.

whistler.struct "load_weight" kernel size 8 align 8
  [#whistler.field<"weight" : ui64 at 0>]
whistler.struct "sched_entity" kernel size 8 align 8
  [#whistler.field<"load" : !whistler.struct<"load_weight"> at 0>]
whistler.struct "task_struct" kernel size 64 align 8
  [#whistler.field<"pid" : si32 at 0>, #whistler.field<"tgid" : si32 at 32>,
   #whistler.field<"comm" : !whistler.array<16 x ui8> at 64>,
   #whistler.field<"se" : !whistler.struct<"sched_entity"> at 192>,
   #whistler.field<"missing" : si32 at 256>]
whistler.struct "no_such_struct" kernel size 4 align 4
  [#whistler.field<"x" : si32 at 0>]
whistler.enum "pid_type" : ui32
  [#whistler.enumerator<"PIDTYPE_PID" = 7>, #whistler.enumerator<"PIDTYPE_SID" = 100>,
   #whistler.enumerator<"PIDTYPE_NONE" = 5>]
whistler.struct "task_struct___bits" kernel size 8 align 4
  [#whistler.field<"sched_reset_on_fork" : ui32 at 3 width 1>]

whistler.map @answers type "array" key 4 : ui32 value 8 : ui64 entries 16

whistler.func @keep noinline params [#whistler.param<"index" : ui32>, #whistler.param<"value" : ui64>] result ui64 {
^bb0(%index: i64, %value: i64):
  %any = arith.constant 0 : i64
  %key = arith.trunci %index : i64 to i32
  %0 = whistler.map_update @answers[%key], %value, %any : i32, i64
  whistler.return %0
}

// The thread's number twice: from the task, and from the helper.
whistler.prog @pids type "raw-tracepoint" section "raw_tp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c4 = arith.constant 4 : i64
  %mask = arith.constant 0xffffffff : i64
  %task = whistler.helper_call "get_current_task"() : () -> i64
  %t = whistler.int_to_ptr %task : !whistler.ptr<kernel>
  %pid = whistler.field_addr %t[0] field "task_struct:pid" : !whistler.ptr<kernel>
  %room = whistler.alloca !whistler.array<1 x ui32>
  %zero = arith.constant 0 : i32
  whistler.store %zero, %room[0] : i32, !whistler.ptr<stack>
  %e = whistler.helper_call "probe_read_kernel"(%room, %c4, %pid) : (!whistler.ptr<stack>, i64, !whistler.ptr<kernel>) -> i64
  %read = whistler.load %room[0] : !whistler.ptr<stack> -> i32
  %wide = arith.extui %read : i32 to i64
  %both = whistler.helper_call "get_current_pid_tgid"() : () -> i64
  %low = arith.andi %both, %mask : i64
  %difference = arith.subi %low, %wide : i64
  %k0 = whistler.call @keep(%c0, %difference) : (i64, i64) -> i64
  %isSome = arith.minui %wide, %c1 : i64
  %k1 = whistler.call @keep(%c1, %isSome) : (i64, i64) -> i64
  %k2 = whistler.call @keep(%c2, %e) : (i64, i64) -> i64
  whistler.return %c0
}

whistler.prog @queries type "raw-tracepoint" section "raw_tp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %c4 = arith.constant 4 : i64
  %c5 = arith.constant 5 : i64
  %c6 = arith.constant 6 : i64
  %c7 = arith.constant 7 : i64
  %c8 = arith.constant 8 : i64
  %c9 = arith.constant 9 : i64
  %c10 = arith.constant 10 : i64
  %c11 = arith.constant 11 : i64
  %q0 = whistler.core_query field_exists "task_struct:se.load.weight"
  %k0 = whistler.call @keep(%c0, %q0) : (i64, i64) -> i64
  %q1 = whistler.core_query field_exists "task_struct:missing"
  %k1 = whistler.call @keep(%c1, %q1) : (i64, i64) -> i64
  %q2 = whistler.core_query type_exists "task_struct"
  %k2 = whistler.call @keep(%c2, %q2) : (i64, i64) -> i64
  %q3 = whistler.core_query type_exists "no_such_struct"
  %k3 = whistler.call @keep(%c3, %q3) : (i64, i64) -> i64
  %q4 = whistler.core_query enumval_value "pid_type:PIDTYPE_SID"
  %k4 = whistler.call @keep(%c4, %q4) : (i64, i64) -> i64
  %q5 = whistler.core_query enumval_exists "pid_type:PIDTYPE_NONE"
  %k5 = whistler.call @keep(%c5, %q5) : (i64, i64) -> i64
  %q6 = whistler.core_query byte_sz "task_struct:comm"
  %k6 = whistler.call @keep(%c6, %q6) : (i64, i64) -> i64
  %q7 = whistler.core_query signed "task_struct:tgid"
  %k7 = whistler.call @keep(%c7, %q7) : (i64, i64) -> i64
  %q8 = whistler.core_query byte_off "task_struct:comm[3]"
  %q8b = whistler.core_query byte_off "task_struct:comm"
  %q8c = arith.subi %q8, %q8b : i64
  %k8 = whistler.call @keep(%c8, %q8c) : (i64, i64) -> i64
  %q9 = whistler.core_query rshift_u64 "task_struct___bits:sched_reset_on_fork"
  %k9 = whistler.call @keep(%c9, %q9) : (i64, i64) -> i64
  // Larger than what is declared here.
  %q10 = whistler.core_query type_size "task_struct"
  %c64 = arith.constant 64 : i64
  %larger = arith.cmpi ugt, %q10, %c64 : i64
  %q10b = arith.extui %larger : i1 to i64
  %k10 = whistler.call @keep(%c10, %q10b) : (i64, i64) -> i64
  // The first field of a task is not its number.
  %q11 = whistler.core_query byte_off "task_struct:pid"
  %q11b = arith.minui %q11, %c1 : i64
  %k11 = whistler.call @keep(%c11, %q11b) : (i64, i64) -> i64
  whistler.return %c0
}
