// What is not refused: no input leads there, or it is not known which.

// RUN: whistler-opt --whistler-verify-safety %s | FileCheck %s
// RUN: whistler-opt --whistler-verify-safety="elide-null-checks=true" %s | FileCheck %s

// CHECK: whistler.map @m
whistler.map @m type "hash" key 4 value 8 entries 1
whistler.global @verbose : ui64 section ".rodata"

// A condition that the loader decides.
whistler.prog @constant type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c0 = arith.constant 0 : i64
  %address = whistler.global_addr @verbose
  %verbose = whistler.load %address[0] : !whistler.ptr<map_value> -> i64
  %p = whistler.map_lookup @m[%key] : i32
  %test = arith.cmpi ne, %verbose, %c0 : i64
  cf.cond_br %test, ^use, ^out
^use:
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c0
}

// A byte is not above 300, and what is 1 in three bits has no second one.
whistler.prog @ranges type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c7 = arith.constant 7 : i64
  %c300 = arith.constant 300 : i64
  %p = whistler.map_lookup @m[%key] : i32
  %byte = whistler.ctx_load %ctx[16] size 1 : i8
  %x = arith.extui %byte : i8 to i64
  %above = arith.cmpi ugt, %x, %c300 : i64
  cf.cond_br %above, ^use, ^second
^second:
  %three = arith.andi %x, %c7 : i64
  %is1 = arith.cmpi eq, %three, %c1 : i64
  cf.cond_br %is1, ^third, ^out
^third:
  %bit = arith.andi %x, %c2 : i64
  %is_set = arith.cmpi ne, %bit, %c0 : i64
  cf.cond_br %is_set, ^use, ^out
^use:
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c0
}

// One of two pointers is there.
whistler.prog @one_of_two type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c0 = arith.constant 0 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%key] : i32
  %q = whistler.map_lookup @m[%key] : i32
  %has_p = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %has_p, ^use(%p : !whistler.ptr<map_value>), ^other
^other:
  %has_q = whistler.ptr_cmp ne %q, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %has_q, ^use(%q : !whistler.ptr<map_value>), ^out
^use(%r: !whistler.ptr<map_value>):
  %v = whistler.load %r[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c0
}

// Nobody calls it, and nobody knows what the instruction does.
whistler.func @uncalled params [] result ui64 {
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @m[%key] : i32
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
}
whistler.prog @unknown type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @m[%key] : i32
  %a = whistler.asm code 0xb7 dst 0 src 0 off 0 imm 1
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
}
