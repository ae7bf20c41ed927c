// Of what is set to zero, what is stored to before it is read need not be.

// RUN: whistler-opt --whistler-dead-stores %s | FileCheck %s

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
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca !whistler.array<1 x ui64>
  whistler.memset %slot[0], %zero, 8 : !whistler.ptr<stack>
  cf.br ^bb1
^bb1:
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  whistler.return %x
}
