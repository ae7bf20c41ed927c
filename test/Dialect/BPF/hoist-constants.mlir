// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-hoist-constants))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-hoist-constants))' | diff %t -

// Two guards return 2: r0 is set before them, and both go to the only exit.
// CHECK-LABEL: @guards
bpf.func @guards program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u32 %{{.*}}[0]
  // CHECK-NEXT: %[[TWO:.*]] = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.jcond_imm eq w64 %[[A]], 0 {{.*}} ^[[EXIT:bb[0-9]+]](%[[TWO]] : !bpf.reg<r0>), ^[[NEXT:bb[0-9]+]]
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^pass, ^next
^next:
  // CHECK: ^[[NEXT]]:
  // CHECK: bpf.jcond_imm eq {{.*}} ^[[EXIT]](%[[TWO]] : !bpf.reg<r0>)
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %b, 0 : !bpf.reg<r2> ^pass, ^drop
^pass:
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
^drop:
  // CHECK: %[[ONE:.*]] = bpf.mov_imm w64 1
  // CHECK: ^[[EXIT]](%[[R:.*]]: !bpf.reg<r0>):
  // CHECK-NEXT: bpf.exit %[[R]]
  // CHECK-NOT: bpf.exit
  bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>
  %one = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %one : !bpf.reg<r0>
}

// Between the guards a call overwrites r0.
// CHECK-LABEL: @overwritten
bpf.func @overwritten program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u32
  // CHECK-NEXT: bpf.jcond_imm
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r6> ^pass, ^next
^next:
  %b = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.jcond_imm eq w64 %b, 1 : !bpf.reg<r0> ^pass, ^drop
^pass:
  // CHECK: bpf.mov_imm w64 2
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
^drop:
  // CHECK: bpf.mov_imm w64 1
  %one = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %one : !bpf.reg<r0>
}

// Where r0 was found to be zero, it needs no zero; so only the first guard does,
// and it can have it early.
// CHECK-LABEL: @zero
bpf.func @zero program "tracepoint" section "tp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[ZERO:.*]] = bpf.mov_imm w64 0 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.jcond_imm eq w64 %{{.*}}, 7 {{.*}} ^[[EXIT:bb[0-9]+]](%[[ZERO]] : !bpf.reg<r0>), ^
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.jcond_imm eq w64 %a, 7 : !bpf.reg<r6> ^none, ^next
^next:
  // CHECK: %[[P:.*]] = bpf.call 5
  // CHECK-NEXT: bpf.jcond_imm eq w64 %[[P]], 0 : !bpf.reg<r0> ^[[EXIT]](%[[P]] : !bpf.reg<r0>), ^
  %p = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.jcond_imm eq w64 %p, 0 : !bpf.reg<r0> ^none, ^some
^none:
  %zero = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %zero : !bpf.reg<r0>
^some:
  // CHECK: ^[[EXIT]](
  %b = bpf.alu_imm add w64 %p, 1 : !bpf.reg<r0> -> !bpf.reg<r0>
  bpf.exit %b : !bpf.reg<r0>
}

// r3 is read where control goes otherwise.
// CHECK-LABEL: @needed
bpf.func @needed program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u32 %{{.*}}[4]
  // CHECK-NEXT: bpf.jcond_imm
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^set, ^keep
^set:
  %five = bpf.mov_imm w64 5 : !bpf.reg<r3>
  bpf.ja ^end(%five : !bpf.reg<r3>)
^keep:
  bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>
  bpf.ja ^end(%b : !bpf.reg<r3>)
^end(%c: !bpf.reg<r3>):
  %r = bpf.mov w64 %c : !bpf.reg<r3> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The first block sets what is known, so that nothing leads there any more;
// then the next one is looked at.
// CHECK-LABEL: @skipped
bpf.func @skipped program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u32 %{{.*}}[0]
  // CHECK: bpf.jcond_imm eq w64 %[[A]], 0
  // CHECK-NOT: bpf.mov_imm w64 0
  // CHECK: bpf.mov_imm w64 5
  // CHECK-NOT: bpf.mov_imm w64 0
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^known, ^next
^known:
  %zero = bpf.mov_imm w64 0 : !bpf.reg<r2>
  bpf.ja ^five(%zero : !bpf.reg<r2>)
^next:
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.jcond_imm eq w64 %b, 0 : !bpf.reg<r3> ^five(%a : !bpf.reg<r2>), ^other
^five(%c: !bpf.reg<r2>):
  %five = bpf.mov_imm w64 5 : !bpf.reg<r3>
  bpf.ja ^end(%five, %c : !bpf.reg<r3>, !bpf.reg<r2>)
^other:
  bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>
  bpf.ja ^end(%b, %a : !bpf.reg<r3>, !bpf.reg<r2>)
^end(%d: !bpf.reg<r3>, %e: !bpf.reg<r2>):
  bpf.store b32 %d, %ctx[4] : !bpf.reg<r3>, !bpf.reg<r1>
  %r = bpf.mov w64 %e : !bpf.reg<r2> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Both ways set r7 to the same number before they read the packet further: it is
// set before they part.
// CHECK-LABEL: @common
bpf.func @common program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u32 %{{.*}}[0]
  // CHECK-NEXT: %[[COMMON:.*]] = bpf.mov_imm w64 7 : !bpf.reg<r7>
  // CHECK-NEXT: bpf.jcond_imm eq w64 %[[A]], 0
  // CHECK-NOT: bpf.mov_imm w64 7
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^left, ^right
^left:
  %seven = bpf.mov_imm w64 7 : !bpf.reg<r7>
  // CHECK: bpf.load u32 %{{.*}}[4]
  // CHECK-NEXT: bpf.jcond_imm gt w64 %{{.*}}, 9 {{.*}}(%[[COMMON]] : !bpf.reg<r7>)
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm gt w64 %b, 9 : !bpf.reg<r2> ^join(%seven : !bpf.reg<r7>), ^other
^right:
  %seven2 = bpf.mov_imm w64 7 : !bpf.reg<r7>
  // CHECK: bpf.load u32 %{{.*}}[8]
  // CHECK-NEXT: bpf.jcond_imm gt w64 %{{.*}}, 5 {{.*}}(%[[COMMON]] : !bpf.reg<r7>)
  %c = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm gt w64 %c, 5 : !bpf.reg<r2> ^join(%seven2 : !bpf.reg<r7>), ^other
^other:
  %d = bpf.load u32 %ctx[12] : !bpf.reg<r1> -> !bpf.reg<r7>
  bpf.store b32 %d, %ctx[12] : !bpf.reg<r7>, !bpf.reg<r1>
  bpf.ja ^join(%d : !bpf.reg<r7>)
^join(%x: !bpf.reg<r7>):
  %r = bpf.mov w64 %x : !bpf.reg<r7> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Where the ways part, r7 still has what one of them needs.
// CHECK-LABEL: @still_needed
bpf.func @still_needed program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.jcond_imm eq
  // CHECK: bpf.mov_imm w64 7
  // CHECK: bpf.mov_imm w64 7
  %n = bpf.load u32 %ctx[16] : !bpf.reg<r1> -> !bpf.reg<r7>
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^left, ^right
^left:
  bpf.store b32 %n, %ctx[12] : !bpf.reg<r7>, !bpf.reg<r1>
  %seven = bpf.mov_imm w64 7 : !bpf.reg<r7>
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm gt w64 %b, 9 : !bpf.reg<r2> ^join(%seven : !bpf.reg<r7>), ^other
^right:
  %seven2 = bpf.mov_imm w64 7 : !bpf.reg<r7>
  %c = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm gt w64 %c, 5 : !bpf.reg<r2> ^join(%seven2 : !bpf.reg<r7>), ^other
^other:
  %d = bpf.load u32 %ctx[12] : !bpf.reg<r1> -> !bpf.reg<r7>
  bpf.store b32 %d, %ctx[12] : !bpf.reg<r7>, !bpf.reg<r1>
  bpf.ja ^join(%d : !bpf.reg<r7>)
^join(%x: !bpf.reg<r7>):
  %r = bpf.mov w64 %x : !bpf.reg<r7> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The way from the first jump, for which r6 is set before that, comes through
// the block that sets it for the second.
// CHECK-LABEL: @through
// CHECK: bpf.jcond_imm ne w64 %{{.*}}, 0 : !bpf.reg<r2> ^[[LOAD:bb[0-9]]], ^[[ZERO:bb[0-9]]]
// CHECK: ^[[LOAD]]:
// CHECK: bpf.jcond_imm eq w64 %{{.*}}, 1 : !bpf.reg<r6> ^{{.*}}, ^[[ZERO]]
// CHECK: ^[[ZERO]]:
// CHECK-NEXT: bpf.mov_imm w64 0 : !bpf.reg<r6>
// CHECK-NOT: bpf.mov_imm w64 0
// CHECK: bpf.exit
bpf.func @through program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %p = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  %zero = bpf.mov_imm w64 0 : !bpf.reg<r6>
  bpf.jcond_imm ne w64 %p, 0 : !bpf.reg<r2> ^load, ^join(%zero : !bpf.reg<r6>)
^load:
  %n = bpf.load u64 %p[0] : !bpf.reg<r2> -> !bpf.reg<r6>
  bpf.jcond_imm eq w64 %n, 1 : !bpf.reg<r6> ^join(%n : !bpf.reg<r6>), ^other
^other:
  %zero2 = bpf.mov_imm w64 0 : !bpf.reg<r6>
  bpf.ja ^join(%zero2 : !bpf.reg<r6>)
^join(%x: !bpf.reg<r6>):
  bpf.store b32 %x, %ctx[4] : !bpf.reg<r6>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
