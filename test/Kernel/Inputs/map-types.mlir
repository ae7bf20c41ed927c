// Maps with keys and values that are structs, and a map of maps.

whistler.struct "prefix" size 8 align 4
  [#whistler.field<"length" : ui32 at 0>, #whistler.field<"address" : !whistler.array<4 x ui8> at 32>]
whistler.struct "counters" size 16 align 8
  [#whistler.field<"packets" : ui64 at 0>, #whistler.field<"bytes" : ui64 at 64>]

whistler.map @routes type "lpm-trie" key 8 : !whistler.struct<"prefix"> value 16 : !whistler.struct<"counters"> entries 4 flags 1
whistler.map @seen type "hash" key 8 : !whistler.struct<"prefix"> value 16 : !whistler.struct<"counters"> entries 4
whistler.map @slot type "array" key 4 : ui32 value 8 : ui64 entries 2
whistler.map @slots type "array-of-maps" key 4 value 4 entries 4 inner @slot

// 3 where there is a map in the second place, and its first value.
whistler.prog @inner type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 1 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %key = whistler.alloca i32
  %one = arith.constant 1 : i32
  %zero = arith.constant 0 : i32
  whistler.store %one, %key[0] : i32, !whistler.ptr<stack>
  %map = whistler.map_lookup @slots[%key] : !whistler.ptr<stack>
  %absent = whistler.ptr_cmp eq %map, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %absent, ^none, ^found
^found:
  whistler.store %zero, %key[0] : i32, !whistler.ptr<stack>
  %value = whistler.helper_call "map_lookup_elem"(%map, %key) : (!whistler.ptr<map_value>, !whistler.ptr<stack>) -> !whistler.ptr<map_value>
  %empty = whistler.ptr_cmp eq %value, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %empty, ^none, ^value
^value:
  %0 = whistler.load %value[0] : !whistler.ptr<map_value> -> i64
  whistler.return %0
^none:
  whistler.return %none
}

// Puts a prefix of 8 bits and counters into both maps.
whistler.prog @fill type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %any = arith.constant 0 : i64
  %c5 = arith.constant 5 : i64
  %c700 = arith.constant 700 : i64
  %eight = arith.constant 8 : i32
  %ten = arith.constant 10 : i32
  %key = whistler.alloca !whistler.array<2 x ui32>
  whistler.store %eight, %key[0] : i32, !whistler.ptr<stack>
  whistler.store %ten, %key[4] : i32, !whistler.ptr<stack>
  %value = whistler.alloca !whistler.array<2 x ui64>
  whistler.store %c5, %value[0] : i64, !whistler.ptr<stack>
  whistler.store %c700, %value[8] : i64, !whistler.ptr<stack>
  %0 = whistler.map_update @routes[%key], %value, %any : !whistler.ptr<stack>, !whistler.ptr<stack>
  %1 = whistler.map_update @seen[%key], %value, %any : !whistler.ptr<stack>, !whistler.ptr<stack>
  %2 = arith.ori %0, %1 : i64
  whistler.return %2
}
