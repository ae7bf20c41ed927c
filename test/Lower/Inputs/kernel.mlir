// The types of a kernel that does not exist. `whistler-translate --emit-btf`
// makes a file of them that `--btf` reads.

whistler.enum "pid_type" : ui32 [
  #whistler.enumerator<"PIDTYPE_PID" = 0>,
  #whistler.enumerator<"PIDTYPE_TGID" = 1>]

whistler.struct "list_head" size 16 align 8 [
  #whistler.field<"next" : !whistler.pointer<!whistler.struct<"list_head">> at 0>,
  #whistler.field<"prev" : !whistler.pointer<!whistler.struct<"list_head">> at 64>]

whistler.struct "sched_entity" size 24 align 8 [
  #whistler.field<"on_rq" : ui8 at 0>,
  #whistler.field<"exec_start" : ui64 at 64>,
  #whistler.field<"vruntime" : si64 at 128>]

whistler.struct "mm_struct" size 16 align 8 [
  #whistler.field<"owner" : !whistler.pointer<!whistler.struct<"task_struct">> at 0>,
  #whistler.field<"map_count" : si32 at 64>]

whistler.struct "task_struct" size 152 align 8 [
  #whistler.field<"state" : ui32 at 0>,
  #whistler.field<"type" : !whistler.enum<"pid_type", ui32> at 32>,
  #whistler.field<"se" : !whistler.struct<"sched_entity"> at 64>,
  #whistler.field<"in_execve" : ui32 at 256 width 1>,
  #whistler.field<"priority" : si32 at 257 width 7>,
  #whistler.field<"pid" : si32 at 288>,
  #whistler.field<"tgid" : si32 at 320>,
  #whistler.field<"mm" : !whistler.pointer<!whistler.struct<"mm_struct">> at 384>,
  #whistler.field<"real_parent" : !whistler.pointer<!whistler.struct<"task_struct">> at 448>,
  #whistler.field<"stack" : !whistler.pointer<none> at 512>,
  #whistler.field<"comm" : !whistler.array<16 x si8> at 576>,
  #whistler.field<"entities" : !whistler.array<2 x !whistler.struct<"sched_entity">> at 704>,
  #whistler.field<"numbers" : !whistler.array<2 x ui64> at 1088>]

whistler.struct "trace_entry" size 8 align 4 [
  #whistler.field<"type" : ui16 at 0>,
  #whistler.field<"pid" : si32 at 32>]

whistler.struct "trace_event_raw_sched_switch" size 56 align 8 [
  #whistler.field<"ent" : !whistler.struct<"trace_entry"> at 0>,
  #whistler.field<"prev_comm" : !whistler.array<16 x si8> at 64>,
  #whistler.field<"prev_pid" : si32 at 192>,
  #whistler.field<"prev_state" : si64 at 256>,
  #whistler.field<"next_pid" : si32 at 320>,
  #whistler.field<"next_address" : !whistler.pointer<none> at 384>]
