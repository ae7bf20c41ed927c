whistler.define "+syn-threshold+" 100
whistler.define "+minus+" -5
whistler.define "+least+" -9223372036854775808
whistler.define "+all-ones+" -1 unsigned
whistler.struct "ct_key" size 12 align 4
  [#whistler.field<"addr" : ui32 at 0>, #whistler.field<"port" : ui16 at 32>,
   #whistler.field<"proto" : ui8 at 48>, #whistler.field<"delta" : si16 at 64>]
whistler.struct "outer" size 64 align 8
  [#whistler.field<"key" : !whistler.struct<"ct_key"> at 0>,
   #whistler.field<"kind" : !whistler.enum<"pid_type", ui32> at 96>,
   #whistler.field<"task" : !whistler.pointer<!whistler.struct<"task_struct">> at 128>,
   #whistler.field<"mac" : !whistler.array<6 x ui8> at 192>,
   #whistler.field<"grid" : !whistler.array<2 x !whistler.array<3 x si16>> at 240>,
   #whistler.field<"u" : !whistler.struct<"ip"> at 352>,
   #whistler.field<"last" : si64 at 384>,
   #whistler.field<"tiny" : si8 at 448>,
   #whistler.field<"tail" : !whistler.array<0 x !whistler.struct<"pair">> at 456>]
whistler.struct "pair" size 2 align 1
  [#whistler.field<"a" : !whistler.enum<"small", si8> at 0>,
   #whistler.field<"b" : !whistler.enum<"unknown", ui8> at 8>]
whistler.struct "ip" union size 4 align 4
  [#whistler.field<"v4" : ui32 at 0>, #whistler.field<"raw" : !whistler.array<4 x ui8> at 0>]
whistler.struct "tight" size 14 align 2
  [#whistler.field<"a" : ui8 at 0>, #whistler.field<"b" : ui64 at 8>, #whistler.field<"c" : ui16 at 80>, #whistler.field<"d" : !whistler.array<0 x ui32> at 112>]
whistler.enum "small" : si8 [#whistler.enumerator<"SMALL_OFF" = -1>]
whistler.enum "unused" : ui32 [#whistler.enumerator<"UNUSED" = 1>]
whistler.enum "pid_type" : ui32 [#whistler.enumerator<"PIDTYPE_PID" = 0>, #whistler.enumerator<"PIDTYPE_TGID" = 1>]
whistler.map @flows type "hash" key 12 : !whistler.struct<"ct_key"> value 8 : ui64 entries 1024
whistler.map @events type "ringbuf" key 0 value 0 entries 4096
whistler.global @limit : ui32 section ".rodata" init "\64\00\00\00"
whistler.global @hidden local : ui32 section ".bss"
