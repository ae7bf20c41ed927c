// What is stored to the stack and not read need not be.

// RUN: whistler-opt --whistler-dead-stores %s | FileCheck %s
// RUN: whistler-opt --whistler-dead-stores %s > %t.once
// RUN: whistler-opt --whistler-dead-stores %t.once | diff %t.once -

whistler.map @m type "hash" key 16 value 8 entries 4

// CHECK-LABEL: @all_fields
// CHECK-NOT: whistler.memset
// CHECK: whistler.return
whistler.prog @all_fields type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %slot[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  whistler.store %x, %slot[8] : i64, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%slot] : !whistler.ptr<stack>
  whistler.return %x
}

// The padding behind a field stays zero.
// CHECK-LABEL: @padding
// CHECK: whistler.memset %{{.*}}[4], %{{.*}}, 4 : !whistler.ptr<stack>
// CHECK-NOT: whistler.memset
// CHECK: whistler.return
whistler.prog @padding type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %c5 = arith.constant 5 : i32
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %slot[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %c5, %slot[0] : i32, !whistler.ptr<stack>
  whistler.store %x, %slot[8] : i64, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%slot] : !whistler.ptr<stack>
  whistler.return %x
}

// What is read in between was zero.
// CHECK-LABEL: @read_between
// CHECK: whistler.memset %{{.*}}[0], %{{.*}}, 8 : !whistler.ptr<stack>
whistler.prog @read_between type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca !whistler.array<1 x ui64>
  whistler.memset %slot[0], %zero, 8 : !whistler.ptr<stack>
  %old = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  whistler.return %old
}

// A helper that is given the address may read it.
// CHECK-LABEL: @helper_between
// CHECK: whistler.memset %{{.*}}[0], %{{.*}}, 8 : !whistler.ptr<stack>
whistler.prog @helper_between type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %c8 = arith.constant 8 : i64
  %slot = whistler.alloca !whistler.array<1 x ui64>
  whistler.memset %slot[0], %zero, 8 : !whistler.ptr<stack>
  %x = whistler.helper_call "trace_printk"(%slot, %c8) : (!whistler.ptr<stack>, i64) -> i64
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  whistler.return %x
}

// A store in another block may not happen.
// CHECK-LABEL: @other_block
// CHECK: whistler.memset %{{.*}}[0], %{{.*}}, 8 : !whistler.ptr<stack>
whistler.prog @other_block type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %none = arith.constant 0 : i64
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca !whistler.array<1 x ui64>
  whistler.memset %slot[0], %zero, 8 : !whistler.ptr<stack>
  %c = arith.cmpi eq, %x, %none : i64
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  cf.br ^bb2
^bb2:
  %y = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  whistler.return %y
}

// On all ways it is stored to again, or not read.
// CHECK-LABEL: @all_ways
// CHECK-NOT: whistler.memset
// CHECK: whistler.store
// CHECK-NOT: whistler.memset
// CHECK: whistler.return
whistler.prog @all_ways type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %none = arith.constant 0 : i64
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca !whistler.array<1 x ui64>
  whistler.memset %slot[0], %zero, 8 : !whistler.ptr<stack>
  %c = arith.cmpi eq, %x, %none : i64
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  %y = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  whistler.return %y
^bb2:
  whistler.return %none
}

// The next round of a loop reads what the last one stored.
// CHECK-LABEL: @loop
// CHECK: whistler.store %c0{{.*}}[0] : i64
// CHECK: ^bb1:
// CHECK: whistler.load
// CHECK: whistler.store %{{.*}}[0] : i64
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 0 : i64
  %slot = whistler.alloca i64
  whistler.store %none, %slot[0] : i64, !whistler.ptr<stack>
  cf.br ^bb1
^bb1:
  %x = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %y = arith.addi %x, %t : i64
  whistler.store %y, %slot[0] : i64, !whistler.ptr<stack>
  %c = arith.cmpi ult, %t, %y : i64
  cf.cond_br %c, ^bb1, ^bb2
^bb2:
  whistler.return %none
}

// A helper writes two bytes, fails or not, of which two are read.
// CHECK-LABEL: @filled
// CHECK-NOT: whistler.store
// CHECK: whistler.return
whistler.prog @filled type "socket-filter" section "socket" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 0 : i64
  %c2 = arith.constant 2 : i64
  %slot = whistler.alloca i64
  whistler.store %none, %slot[0] : i64, !whistler.ptr<stack>
  %e = whistler.helper_call "skb_load_bytes"(%ctx, %c2, %slot, %c2) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %x = whistler.load %slot[0] : !whistler.ptr<stack> -> i16
  %y = arith.extui %x : i16 to i64
  whistler.return %y
}

// It does not write the others; one that reads a string writes no more than that.
// CHECK-LABEL: @not_filled
// CHECK: whistler.store %{{.*}}, %[[A:.*]][0] : i64
// CHECK: whistler.store %{{.*}}, %[[B:.*]][0] : i64
// CHECK: whistler.return
whistler.prog @not_filled type "kprobe" section "kprobe" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 0 : i64
  %c2 = arith.constant 2 : i64
  %c8 = arith.constant 8 : i64
  %a = whistler.alloca i64
  %b = whistler.alloca i64
  whistler.store %none, %a[0] : i64, !whistler.ptr<stack>
  whistler.store %none, %b[0] : i64, !whistler.ptr<stack>
  %0 = whistler.helper_call "probe_read_kernel"(%a, %c2, %c8) : (!whistler.ptr<stack>, i64, i64) -> i64
  %1 = whistler.helper_call "probe_read_kernel_str"(%b, %c8, %c8) : (!whistler.ptr<stack>, i64, i64) -> i64
  %x = whistler.load %a[0] : !whistler.ptr<stack> -> i64
  %y = whistler.load %b[0] : !whistler.ptr<stack> -> i64
  %z = arith.addi %x, %y : i64
  whistler.return %z
}

// What it fills may be what it is to read.
// CHECK-LABEL: @from_itself
// CHECK: whistler.store
// CHECK: whistler.return
whistler.prog @from_itself type "kprobe" section "kprobe" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c8 = arith.constant 8 : i64
  %a = whistler.alloca i64
  whistler.store %c8, %a[0] : i64, !whistler.ptr<stack>
  %0 = whistler.helper_call "probe_read_kernel"(%a, %c8, %a) : (!whistler.ptr<stack>, i64, !whistler.ptr<stack>) -> i64
  %x = whistler.load %a[0] : !whistler.ptr<stack> -> i64
  whistler.return %x
}

// Of an extended value only the lower half is read; of another, all.
// CHECK-LABEL: @extended
// CHECK: whistler.store %{{.*}}, %[[A:.*]][0] : i32
// CHECK: whistler.store %{{.*}}, %[[B:.*]][0] : i64
// CHECK: whistler.return
whistler.prog @extended type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %w = arith.extui %v : i32 to i64
  %a = whistler.alloca i64
  %b = whistler.alloca i64
  whistler.store %w, %a[0] : i64, !whistler.ptr<stack>
  whistler.store %w, %b[0] : i64, !whistler.ptr<stack>
  %x = whistler.load %a[0] : !whistler.ptr<stack> -> i32
  %y = whistler.load %b[0] : !whistler.ptr<stack> -> i64
  %z = arith.extui %x : i32 to i64
  %sum = arith.addi %z, %y : i64
  whistler.return %sum
}

// An address that is computed may be in any variable.
// CHECK-LABEL: @computed_address
// CHECK: whistler.store
// CHECK: whistler.store
// CHECK: whistler.return
whistler.prog @computed_address type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %w = arith.extui %v : i32 to i64
  %d = arith.andi %w, %c1 : i64
  %a = whistler.alloca !whistler.array<2 x ui8>
  %zero = arith.constant 0 : i8
  whistler.store %zero, %a[0] : i8, !whistler.ptr<stack>
  whistler.store %zero, %a[1] : i8, !whistler.ptr<stack>
  %p = whistler.ptr_add %a, %d : !whistler.ptr<stack>
  %x = whistler.load %p[0] : !whistler.ptr<stack> -> i8
  %y = arith.extui %x : i8 to i64
  whistler.return %y
}
