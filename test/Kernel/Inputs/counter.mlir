// Counts packets by the low bits of their first byte, and drops those that are
// too short.

whistler.map @counts type "array" key 4 : ui32 value 8 : ui64 entries 4

whistler.prog @count type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c3 = arith.constant 3 : i8
  %size = arith.constant 20 : i64
  %drop = arith.constant 1 : i64
  %pass = arith.constant 2 : i64
  %data = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 field "xdp_md:data_end" : !whistler.ptr<packet_end>
  %limit = whistler.ptr_add %data, %size : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %limit, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^drop, ^count
^count:
  %byte = whistler.load %data[0] : !whistler.ptr<packet> -> i8
  %low = arith.andi %byte, %c3 : i8
  %key = arith.extui %low : i8 to i32
  %value = whistler.map_lookup @counts[%key] : i32
  %null = whistler.null : !whistler.ptr<map_value>
  %absent = whistler.ptr_cmp eq %value, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %absent, ^drop, ^found
^found:
  whistler.atomic_rmw add %value[0], %c1 : !whistler.ptr<map_value>, i64
  whistler.return %pass
^drop:
  whistler.return %drop
}
