// Constants are swapped in place of values where only equality matters.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler-byteswap-folding)' | FileCheck %s
// RUN: whistler-opt %s --whistler-byteswap-folding > %t.once
// RUN: whistler-opt %t.once --whistler-byteswap-folding | diff %t.once -

// 9999 is 0x270f.
// CHECK-LABEL: @port
whistler.prog @port type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load
  // CHECK-NEXT: %[[WIDE:.*]] = arith.extui %[[X]] : i16 to i32
  // CHECK-NEXT: %[[C:.*]] = arith.constant 3879 : i32
  // CHECK-NEXT: arith.cmpi eq, %[[WIDE]], %[[C]] : i32
  // CHECK-NOT: byteswap
  // CHECK: whistler.return
  %port = arith.constant 9999 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %0 = arith.cmpi eq, %w, %port : i64
  cf.cond_br %0, ^yes, ^no
^yes:
  whistler.return %port
^no:
  whistler.return %port
}

// Several comparisons, of all bits and of some: 0x1fff becomes 0xff1f. Where
// one bit is looked at, it is compared with zero.
// CHECK-LABEL: @several
whistler.prog @several type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: arith.constant 65311 : i32
  // CHECK: %[[AND:.*]] = arith.andi
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i32
  // CHECK: arith.cmpi ne, %[[AND]], %[[ZERO]]
  // CHECK: arith.constant 32 : i32
  // CHECK: %[[BIT:.*]] = arith.andi
  // CHECK: %[[ZERO2:.*]] = arith.constant 0 : i32
  // CHECK: arith.cmpi ne, %[[BIT]], %[[ZERO2]]
  // CHECK: %[[C:.*]] = arith.constant 64 : i32
  // CHECK: arith.cmpi eq, %{{.*}}, %[[C]]
  // CHECK-NOT: byteswap
  // CHECK: whistler.return
  %offset = arith.constant 8191 : i64
  %more = arith.constant 8192 : i64
  %dont = arith.constant 16384 : i64
  %zero = arith.constant 0 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[20] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %low = arith.andi %w, %offset : i64
  %0 = arith.cmpi ne, %low, %zero : i64
  cf.cond_br %0, ^yes, ^one
^one:
  %bit = arith.andi %w, %more : i64
  %1 = arith.cmpi eq, %bit, %more : i64
  cf.cond_br %1, ^yes, ^two
^two:
  %2 = arith.cmpi eq, %w, %dont : i64
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %more
^no:
  whistler.return %zero
}

// An address, of which a part is compared: its high byte comes first.
// CHECK-LABEL: @shifted
whistler.prog @shifted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load
  // CHECK-NEXT: %[[MASK:.*]] = arith.constant 255 : i32
  // CHECK-NEXT: %[[AND:.*]] = arith.andi %[[X]], %[[MASK]]
  // CHECK-NEXT: %[[TEN:.*]] = arith.constant 10 : i32
  // CHECK-NEXT: arith.cmpi eq, %[[AND]], %[[TEN]]
  // CHECK-NOT: byteswap
  // CHECK: whistler.return
  %c24 = arith.constant 24 : i64
  %ten = arith.constant 10 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[26] : !whistler.ptr<packet> -> i32
  %s = whistler.byteswap %x : i32
  %w = arith.extui %s : i32 to i64
  %high = arith.shrui %w, %c24 : i64
  %0 = arith.cmpi eq, %high, %ten : i64
  cf.cond_br %0, ^yes, ^no
^yes:
  whistler.return %ten
^no:
  whistler.return %c24
}

// What is ordered, stored or used otherwise has to be swapped.
// CHECK-LABEL: @needed
whistler.prog @needed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[S:.*]] = whistler.byteswap
  // CHECK: %[[W:.*]] = arith.extui %[[S]]
  // CHECK: arith.cmpi ult, %[[W]]
  // CHECK: arith.cmpi eq, %[[W]]
  // CHECK: whistler.return %[[W]]
  %c24 = arith.constant 24 : i64
  %c1024 = arith.constant 1024 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %0 = arith.cmpi ult, %w, %c1024 : i64
  cf.cond_br %0, ^one, ^no
^one:
  %1 = arith.cmpi eq, %w, %c24 : i64
  cf.cond_br %1, ^yes, ^no
^yes:
  whistler.return %w
^no:
  whistler.return %c24
}

// A constant of 64 bits that no instruction holds is no gain, unless it was one
// before.
// CHECK-LABEL: @wide
whistler.prog @wide type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load
  // CHECK: %[[S:.*]] = whistler.byteswap %[[X]] : i64
  // CHECK: arith.cmpi eq, %[[S]]
  // CHECK: %[[Y:.*]] = whistler.load
  // CHECK-NOT: byteswap
  // CHECK: %[[C:.*]] = arith.constant 16 : i64
  // CHECK: arith.cmpi eq, %[[Y]], %[[C]]
  %small = arith.constant 16 : i64
  %large = arith.constant 1152921504606846976 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %s = whistler.byteswap %x : i64
  %0 = arith.cmpi eq, %s, %small : i64
  cf.cond_br %0, ^one, ^no
^one:
  %y = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %t = whistler.byteswap %y : i64
  %1 = arith.cmpi eq, %t, %large : i64
  cf.cond_br %1, ^no, ^two
^two:
  whistler.return %small
^no:
  whistler.return %large
}

// Two swapped values.
// CHECK-LABEL: @both
whistler.prog @both type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load %{{.*}}[0]
  // CHECK-NEXT: %[[Y:.*]] = whistler.load %{{.*}}[2]
  // CHECK-NEXT: arith.cmpi ne, %[[X]], %[[Y]] : i16
  %c1 = arith.constant 1 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %y = whistler.load %p[2] : !whistler.ptr<packet> -> i16
  %t = whistler.byteswap %y : i16
  %v = arith.extui %t : i16 to i64
  %0 = arith.cmpi ne, %w, %v : i64
  cf.cond_br %0, ^yes, ^no
^yes:
  whistler.return %c1
^no:
  whistler.return %c1
}

// A bit set in network byte order: 0x4000 becomes 0x40.
// CHECK-LABEL: @bitwise
whistler.prog @bitwise type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load
  // CHECK-NEXT: %[[C:.*]] = arith.constant 64 : i16
  // CHECK-NEXT: %[[OR:.*]] = arith.ori %[[X]], %[[C]]
  // CHECK-NEXT: whistler.store %[[OR]]
  %c1 = arith.constant 1 : i64
  %bit = arith.constant 16384 : i16
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %or = arith.ori %s, %bit : i16
  %t = whistler.byteswap %or : i16
  whistler.store %t, %p[0] : i16, !whistler.ptr<packet>
  whistler.return %c1
}

// One byte of a value in network byte order is loaded where it is.
// CHECK-LABEL: @byte
whistler.prog @byte type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load %[[P:.*]][4] : !whistler.ptr<packet> -> i8
  // CHECK: %[[WIDE:.*]] = arith.extui %[[X]] : i8 to i64
  // CHECK: %[[C8:.*]] = arith.constant 8 : i64
  // CHECK: arith.shli %[[WIDE]], %[[C8]]
  // CHECK: %[[Y:.*]] = whistler.load %[[P]][10] : !whistler.ptr<packet> -> i8
  // CHECK: arith.extui %[[Y]] : i8 to i32
  // CHECK: %[[C8:.*]] = arith.constant 8 : i32
  // CHECK: arith.shli
  // CHECK-NOT: byteswap
  // CHECK: whistler.return
  %mask = arith.constant 65280 : i64
  %mask32 = arith.constant 65280 : i32
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[4] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %0 = arith.andi %w, %mask : i64
  %y = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %t = whistler.byteswap %y : i32
  %1 = arith.andi %t, %mask32 : i32
  whistler.store %1, %p[8] : i32, !whistler.ptr<packet>
  whistler.return %0
}

// Not half a byte, what is needed otherwise, and fields of the context, which
// are no memory.
// CHECK-LABEL: @no_byte
whistler.prog @no_byte type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-3: whistler.byteswap
  // CHECK: whistler.return
  %half = arith.constant 61440 : i64
  %mask = arith.constant 65280 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[4] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %0 = arith.andi %w, %half : i64
  %y = whistler.load %p[6] : !whistler.ptr<packet> -> i16
  %t = whistler.byteswap %y : i16
  %v = arith.extui %t : i16 to i64
  %1 = arith.andi %v, %mask : i64
  %z = whistler.ctx_load %ctx[12] size 2 : i16
  %u = whistler.byteswap %z : i16
  %a = arith.extui %u : i16 to i64
  %2 = arith.andi %a, %mask : i64
  %3 = arith.muli %0, %1 : i64
  %4 = arith.muli %2, %v : i64
  %5 = arith.addi %3, %4 : i64
  whistler.return %5
}

// A type that comes from either of two headers, or is none of them, is compared
// as it was loaded. 0x800 becomes 8, and 0x8100 0x81.
// CHECK-LABEL: @argument
whistler.prog @argument type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load %{{.*}}[12]
  // CHECK: %[[W:.*]] = arith.extui %[[X]] : i16 to i64
  // CHECK: arith.constant 129 : i32
  // CHECK: cf.cond_br %{{.*}}, ^{{.*}}, ^[[ALL:[a-z0-9]+]](%[[W]] : i64)
  // CHECK: %[[Y:.*]] = whistler.load %{{.*}}[16]
  // CHECK: %[[V:.*]] = arith.extui %[[Y]] : i16 to i64
  // CHECK: %[[SWAPPED:.*]] = arith.constant 256 : i64
  // CHECK: cf.cond_br %{{.*}}, ^[[ALL]](%[[V]] : i64), ^[[ALL]](%[[SWAPPED]] : i64)
  // CHECK: ^[[ALL]](%[[TYPE:.*]]: i64):
  // CHECK: %[[EIGHT:.*]] = arith.constant 8 : i64
  // CHECK: arith.cmpi eq, %[[TYPE]], %[[EIGHT]]
  // CHECK-NOT: byteswap
  // CHECK: whistler.return
  %vlan = arith.constant 33024 : i64
  %ipv4 = arith.constant 2048 : i64
  %none = arith.constant 1 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[12] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %0 = arith.cmpi eq, %w, %vlan : i64
  cf.cond_br %0, ^tagged, ^all(%w : i64)
^tagged:
  %y = whistler.load %p[16] : !whistler.ptr<packet> -> i16
  %t = whistler.byteswap %y : i16
  %v = arith.extui %t : i16 to i64
  %z = whistler.load %p[18] : !whistler.ptr<packet> -> i8
  %c = arith.constant 0 : i8
  %1 = arith.cmpi eq, %z, %c : i8
  cf.cond_br %1, ^all(%v : i64), ^all(%none : i64)
^all(%type: i64):
  %2 = arith.cmpi eq, %type, %ipv4 : i64
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %none
^no:
  whistler.return %vlan
}

// Not if it is ordered or given on, if a field is needed swapped, or if it is
// no field.
// CHECK-LABEL: @other_arguments
whistler.prog @other_arguments type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.byteswap
  // CHECK: arith.cmpi eq, %{{.*}}, %{{.*}} : i64
  // CHECK: whistler.return
  %vlan = arith.constant 33024 : i64
  %ipv4 = arith.constant 2048 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[12] : !whistler.ptr<packet> -> i16
  %s = whistler.byteswap %x : i16
  %w = arith.extui %s : i16 to i64
  %y = whistler.load %p[16] : !whistler.ptr<packet> -> i16
  %t = whistler.byteswap %y : i16
  %v = arith.extui %t : i16 to i64
  %z = whistler.load %p[18] : !whistler.ptr<packet> -> i64
  %0 = arith.cmpi ult, %w, %vlan : i64
  cf.cond_br %0, ^all(%v, %w : i64, i64), ^all(%z, %v : i64, i64)
^all(%type: i64, %other: i64):
  %1 = arith.cmpi eq, %type, %ipv4 : i64
  cf.cond_br %1, ^yes, ^no
^yes:
  %2 = arith.cmpi ult, %other, %ipv4 : i64
  cf.cond_br %2, ^no, ^last
^last:
  whistler.return %ipv4
^no:
  whistler.return %vlan
}
