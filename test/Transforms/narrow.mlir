// Bits that make no difference are not computed.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler-narrow)' | FileCheck %s
// RUN: whistler-opt %s --whistler-narrow > %t.once
// RUN: whistler-opt %t.once --whistler-narrow | diff %t.once -

whistler.map @m type "array" key 4 value 512 entries 1

// A byte has no bits above 255.
// CHECK-LABEL: @byte
whistler.prog @byte type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[W:.*]] = arith.extui
  // CHECK-NEXT: whistler.return %[[W]]
  %c255 = arith.constant 255 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %w = arith.extui %x : i8 to i64
  %low = arith.andi %w, %c255 : i64
  whistler.return %low
}

// What is stored in 16 bits needs no mask of 16, and no sign.
// CHECK-LABEL: @stored
whistler.prog @stored type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[T:.*]] = whistler.helper_call
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[T]], %{{.*}} : i64
  // CHECK-NEXT: %[[N:.*]] = arith.trunci %[[SUM]] : i64 to i16
  // CHECK-NEXT: whistler.store %[[N]]
  %c65535 = arith.constant 65535 : i64
  %c20 = arith.constant 20 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %t = whistler.helper_call "get_prandom_u32"() : () -> i64
  %int = arith.trunci %t : i64 to i32
  %wide = arith.extsi %int : i32 to i64
  %sum = arith.addi %wide, %c20 : i64
  %low = arith.andi %sum, %c65535 : i64
  %n = arith.trunci %low : i64 to i16
  whistler.store %n, %p[0] : i16, !whistler.ptr<packet>
  whistler.return %c20
}

// To the verifier a swapped register may hold anything: the mask that bounds an
// index stays, another goes.
// CHECK-LABEL: @swapped
whistler.prog @swapped type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[S:.*]] = whistler.byteswap
  // CHECK-NEXT: %[[W:.*]] = arith.extui %[[S]]
  // CHECK-NEXT: %[[I:.*]] = arith.andi %[[W]]
  // CHECK-NEXT: whistler.ptr_add %{{.*}}, %[[I]]
  // CHECK: %[[T:.*]] = whistler.byteswap
  // CHECK-NEXT: %[[V:.*]] = arith.extui %[[T]]
  // CHECK-NEXT: whistler.return %[[V]]
  %c65535 = arith.constant 65535 : i64
  %key = arith.constant 0 : i32
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %m = whistler.map_lookup @m[%key] : i32
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %i = arith.andi %w, %c65535 : i64
  %q = whistler.ptr_add %m, %i : !whistler.ptr<map_value>
  whistler.store %key, %q[0] : i32, !whistler.ptr<map_value>
  %y = whistler.load %p[2] : !whistler.ptr<packet> -> i16
  %t = whistler.byteswap %y : i16
  %v = arith.extui %t : i16 to i64
  %l = arith.andi %v, %c65535 : i64
  whistler.return %l
}

// Products of 32 bits: their constants fit, and no extension follows.
// CHECK-LABEL: @hash
whistler.prog @hash type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load
  // CHECK-NEXT: %[[C:.*]] = arith.constant -1640531535 : i32
  // CHECK-NEXT: %[[P:.*]] = arith.muli %[[X]], %[[C]] : i32
  // CHECK-NEXT: %[[W:.*]] = arith.extui %[[P]] : i32 to i64
  // CHECK-NEXT: whistler.return %[[W]]
  %golden = arith.constant 2654435761 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %w = arith.extui %x : i32 to i64
  %p = arith.muli %w, %golden : i64
  %low = arith.trunci %p : i64 to i32
  %r = arith.extui %low : i32 to i64
  whistler.return %r
}

// Through block arguments, and around a loop.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^bb1(%[[A:.*]]: i64, %{{.*}}: i64):
  // CHECK-NOT: arith.andi
  // CHECK: arith.addi %[[A]]
  // CHECK-NOT: arith.andi
  // CHECK: arith.trunci
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c255 = arith.constant 255 : i64
  %c16 = arith.constant 16 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  cf.br ^head(%c0, %c0 : i64, i64)
^head(%sum: i64, %i: i64):
  %next = arith.addi %i, %c1 : i64
  %more = arith.addi %sum, %next : i64
  %low = arith.andi %more, %c255 : i64
  %0 = arith.cmpi ult, %next, %c16 : i64
  cf.cond_br %0, ^head(%low, %next : i64, i64), ^out
^out:
  %byte = arith.trunci %low : i64 to i8
  whistler.store %byte, %p[0] : i8, !whistler.ptr<packet>
  whistler.return %c0
}

// Where a round can go several ways, its result is masked: to the verifier it is
// the same then whichever way that was.
// CHECK-LABEL: @ways
whistler.prog @ways type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: arith.subi
  // CHECK: %[[LOW:.*]] = arith.andi %{{.*}}, %c255_i64
  // CHECK: cf.cond_br %{{.*}}, ^bb1(%[[LOW]], %{{.*}} : i64, i64), ^
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c3 = arith.constant 3 : i64
  %c255 = arith.constant 255 : i64
  %c16 = arith.constant 16 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  cf.br ^head(%c0, %c0 : i64, i64)
^head(%sum: i64, %i: i64):
  %x = whistler.helper_call "get_prandom_u32"() : () -> i64
  %is = arith.cmpi ult, %x, %c16 : i64
  cf.cond_br %is, ^latch(%c1 : i64), ^latch(%c3 : i64)
^latch(%part: i64):
  %next = arith.addi %i, %c1 : i64
  %less = arith.subi %sum, %part : i64
  %low = arith.andi %less, %c255 : i64
  %0 = arith.cmpi ult, %next, %c16 : i64
  cf.cond_br %0, ^head(%low, %next : i64, i64), ^out
^out:
  %byte = arith.trunci %low : i64 to i8
  whistler.store %byte, %p[0] : i8, !whistler.ptr<packet>
  whistler.return %c0
}

// All bits of a sum that is shifted to the right may matter.
// CHECK-LABEL: @carry
whistler.prog @carry type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: arith.andi
  // CHECK: arith.addi
  // CHECK: arith.shrui
  %c16 = arith.constant 16 : i64
  %c65535 = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %low = arith.andi %t, %c65535 : i64
  %sum = arith.addi %low, %c65535 : i64
  %high = arith.shrui %sum, %c16 : i64
  %n = arith.trunci %high : i64 to i16
  whistler.store %n, %p[0] : i16, !whistler.ptr<packet>
  whistler.return %c16
}

// A mask that no instruction holds.
// CHECK-LABEL: @mask
whistler.prog @mask type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[LOW:.*]] = arith.trunci %[[T:.*]] : i64 to i32
  // CHECK-NEXT: %[[W:.*]] = arith.extui %[[LOW]] : i32 to i64
  // CHECK-NEXT: whistler.return %[[W]]
  %c = arith.constant 4294967295 : i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %low = arith.andi %t, %c : i64
  whistler.return %low
}

// Comparisons of what was loaded: for equality always, in order where that
// spares the sign or a constant.
// CHECK-LABEL: @compare
whistler.prog @compare type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load %{{.*}}[12]
  // CHECK: arith.cmpi eq, %[[X]], %{{.*}} : i32
  // CHECK: arith.cmpi slt, %[[X]], %{{.*}} : i32
  // CHECK: arith.cmpi ugt, %[[X]], %{{.*}} : i32
  // CHECK: %[[W:.*]] = arith.extui %[[X]] : i32 to i64
  // CHECK: arith.cmpi ult, %[[W]], %{{.*}} : i64
  // CHECK: arith.constant 240 : i32
  // CHECK-NEXT: %[[AND:.*]] = arith.andi
  // CHECK: arith.constant 64 : i32
  // CHECK-NEXT: arith.cmpi eq, %[[AND]]
  %address = arith.constant 3232235521 : i64
  %minus = arith.constant -5 : i64
  %c4 = arith.constant 4 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %w0 = arith.extui %x : i32 to i64
  %0 = arith.cmpi eq, %w0, %address : i64
  cf.cond_br %0, ^one, ^no
^one:
  %w1 = arith.extsi %x : i32 to i64
  %1 = arith.cmpi slt, %w1, %minus : i64
  cf.cond_br %1, ^two, ^no
^two:
  %w2 = arith.extui %x : i32 to i64
  %2 = arith.cmpi ugt, %w2, %address : i64
  cf.cond_br %2, ^three, ^no
^three:
  %w3 = arith.extui %x : i32 to i64
  %3 = arith.cmpi ult, %w3, %c4 : i64
  cf.cond_br %3, ^four, ^no
^four:
  %w4 = whistler.load %p[14] : !whistler.ptr<packet> -> i32
  %c4i = arith.constant 4 : i32
  %c15i = arith.constant 15 : i32
  %high = arith.shrui %w4, %c4i : i32
  %digit = arith.andi %high, %c15i : i32
  %4 = arith.cmpi eq, %digit, %c4i : i32
  cf.cond_br %4, ^no, ^five
^five:
  whistler.return %minus
^no:
  whistler.return %c4
}

// 10 s are 9765625 * 2^10 ns. The limit itself and the number below it are not
// shifted alike.
// CHECK-LABEL: @limit
whistler.prog @limit type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = arith.subi
  // CHECK: %[[COUNT:.*]] = arith.constant 10 : i64
  // CHECK: %[[SHIFTED:.*]] = arith.shrui %[[X]], %[[COUNT]]
  // CHECK: %[[LIMIT:.*]] = arith.constant 9765625 : i64
  // CHECK: arith.cmpi ult, %[[SHIFTED]], %[[LIMIT]]
  // CHECK: %[[Y:.*]] = arith.addi
  // CHECK: %[[SHIFTED2:.*]] = arith.shrui %[[Y]]
  // CHECK: arith.cmpi uge, %[[SHIFTED2]], %{{.*}}
  %limit = arith.constant 10000000000 : i64
  %below = arith.constant 9999999999 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %x = arith.subi %a, %b : i64
  %0 = arith.cmpi ult, %x, %limit : i64
  %y = arith.addi %a, %b : i64
  %1 = arith.cmpi ugt, %y, %below : i64
  %2 = arith.andi %0, %1 : i1
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %a
^no:
  whistler.return %b
}

// Not what is needed otherwise, limits without zeros below, signed numbers,
// tests for equality, and the largest number, above which there is none.
// CHECK-LABEL: @no_limit
whistler.prog @no_limit type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: arith.shrui
  // CHECK: whistler.return
  %limit = arith.constant 10000000000 : i64
  %odd = arith.constant 10000000001 : i64
  %max = arith.constant -1 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %x = arith.subi %a, %b : i64
  %0 = arith.cmpi ult, %x, %limit : i64
  %y = arith.addi %a, %b : i64
  %1 = arith.cmpi ult, %y, %odd : i64
  %z = arith.xori %a, %b : i64
  %2 = arith.cmpi slt, %z, %limit : i64
  %u = arith.ori %a, %b : i64
  %3 = arith.cmpi eq, %u, %limit : i64
  %v = arith.muli %a, %b : i64
  %4 = arith.cmpi ule, %v, %max : i64
  %5 = arith.andi %0, %1 : i1
  %6 = arith.andi %2, %3 : i1
  %7 = arith.andi %5, %6 : i1
  %8 = arith.andi %7, %4 : i1
  cf.cond_br %8, ^yes, ^no
^yes:
  whistler.return %x
^no:
  whistler.return %b
}
