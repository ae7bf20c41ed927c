// Variables in every kind of section, and a string literal.

whistler.struct "pair" size 8 align 4
  [#whistler.field<"low" : ui16 at 0>, #whistler.field<"high" : ui32 at 32>]

whistler.global @flag : ui8 section ".bss"
whistler.global @hits : ui64 section ".bss"
whistler.global @table : !whistler.array<3 x ui32> section ".data" init "\01\00\00\00\02\00\00\00\03\00\00\00"
whistler.global @hidden local : !whistler.struct<"pair"> section ".data" init "\07\00\00\00\09\00\00\00"
whistler.global @limit : ui32 section ".rodata" init "\64\00\00\00"
whistler.global @extra : ui64 section ".data.extra" init "\05\00\00\00\00\00\00\00"
whistler.global @other local : !whistler.array<4 x ui8> section ".rodata.str1.1" init "abc\00"
whistler.global @format local : !whistler.array<6 x ui8> section ".rodata.str1.1" init "n=%d\0A\00"

whistler.prog @count type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c4 = arith.constant 4 : i64
  %c8 = arith.constant 8 : i64
  %hits = whistler.global_addr @hits
  whistler.atomic_rmw add %hits[0], %c1 : !whistler.ptr<map_value>, i64
  %flag = whistler.global_addr @flag
  %byte = arith.constant 3 : i8
  whistler.store %byte, %flag[0] : i8, !whistler.ptr<map_value>
  // table[2] += hidden.high + limit
  %hidden = whistler.global_addr @hidden
  %high = whistler.load %hidden[4] : !whistler.ptr<map_value> -> i32
  %limit = whistler.global_addr @limit
  %most = whistler.load %limit[0] : !whistler.ptr<map_value> -> i32
  %sum = arith.addi %high, %most : i32
  %table = whistler.global_addr @table
  %third = whistler.ptr_add %table, %c8 : !whistler.ptr<map_value>
  whistler.atomic_rmw add %third[0], %sum : !whistler.ptr<map_value>, i32
  %extra = whistler.global_addr @extra
  %five = whistler.load %extra[0] : !whistler.ptr<map_value> -> i64
  %six = arith.addi %five, %c1 : i64
  whistler.store %six, %extra[0] : i64, !whistler.ptr<map_value>
  whistler.return %six
}

// The helper's result is the length of what it has written.
whistler.prog @say type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c6 = arith.constant 6 : i64
  %c42 = arith.constant 42 : i64
  %format = whistler.global_addr @format
  %0 = whistler.helper_call "trace_printk"(%format, %c6, %c42) : (!whistler.ptr<map_value>, i64, i64) -> i64
  %other = whistler.global_addr @other
  %1 = whistler.load %other[1] : !whistler.ptr<map_value> -> i8
  %2 = arith.extui %1 : i8 to i64
  %c1000 = arith.constant 1000 : i64
  %3 = arith.muli %0, %c1000 : i64
  %4 = arith.addi %3, %2 : i64
  whistler.return %4
}
