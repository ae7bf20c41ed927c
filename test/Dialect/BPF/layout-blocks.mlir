// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-layout-blocks))' | FileCheck %s

// The false successor comes next; conditions are turned around for that.
// CHECK-LABEL: @inverted
bpf.func @inverted program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK: bpf.jcond_imm le w64 %{{.*}}, 5 : !bpf.reg<r1> ^bb2, ^bb1
  bpf.jcond_imm gt w64 %ctx, 5 : !bpf.reg<r1> ^then, ^exit
^exit:
  bpf.exit %r : !bpf.reg<r0>
^then:
  // CHECK: ^bb1:
  // CHECK-NEXT: bpf.store_imm
  bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>
  bpf.ja ^exit
  // CHECK: ^bb2:
  // CHECK-NEXT: bpf.exit
}

// A test of bits has no negation: its false successor comes next.
// CHECK-LABEL: @bits
bpf.func @bits program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.jcond_imm set w64 %{{.*}}, 4 : !bpf.reg<r1> ^bb2, ^bb1
  bpf.jcond_imm set w64 %ctx, 4 : !bpf.reg<r1> ^a, ^b
^a:
  %0 = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.ja ^exit(%0 : !bpf.reg<r0>)
^b:
  // CHECK: ^bb1:
  // CHECK-NEXT: bpf.mov_imm w64 2
  // A jump to an exit is one.
  // CHECK-NEXT: bpf.exit
  %1 = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.ja ^exit(%1 : !bpf.reg<r0>)
^exit(%r : !bpf.reg<r0>):
  bpf.exit %r : !bpf.reg<r0>
  // CHECK: ^bb2:
  // CHECK-NEXT: bpf.mov_imm w64 1
  // CHECK-NEXT: bpf.exit
  // CHECK-NEXT: }
}

// Blocks that only jump on are skipped, unreachable ones go, equal exits are
// one.
// CHECK-LABEL: @threaded
bpf.func @threaded program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.jcond_imm eq w64 %{{.*}}, 0 : !bpf.reg<r1> ^bb2, ^bb1
  bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> ^a, ^b
^a:
  bpf.ja ^a2
^a2:
  %0 = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
^unreachable:
  bpf.ja ^a2
^b:
  // CHECK: ^bb1:
  // CHECK-NEXT: bpf.store_imm
  bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>
  // CHECK-NEXT: bpf.ja ^bb2
  bpf.ja ^c
^c:
  // CHECK: ^bb2:
  // CHECK-NEXT: bpf.mov_imm w64 1
  // CHECK-NEXT: bpf.exit
  // CHECK-NEXT: }
  %1 = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
}

// Both ways are the same.
// CHECK-LABEL: @same
bpf.func @same program "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0(%[[CTX:.*]]: !bpf.reg<r1>):
^bb0(%ctx: !bpf.reg<r1>):
  bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> ^a, ^b
^a:
  bpf.ja ^b
^b:
  // CHECK-NEXT: bpf.mov_imm w64 1
  // CHECK-NEXT: bpf.exit
  %0 = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// A loop stays together, and only its own edge goes back.
// CHECK-LABEL: @loop
bpf.func @loop program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %zero = bpf.mov_imm w64 0 : !bpf.reg<r2>
  bpf.ja ^head(%zero : !bpf.reg<r2>)
^done:
  // CHECK: ^bb1(%{{.*}}: !bpf.reg<r2>):
  // CHECK: bpf.jcond_imm eq {{.*}} ^bb4, ^bb2
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
^latch:
  %i2 = bpf.alu_imm add w64 %i, 1 : !bpf.reg<r2> -> !bpf.reg<r2>
  bpf.jcond_imm lt w64 %i2, 9 : !bpf.reg<r2> ^head(%i2 : !bpf.reg<r2>), ^done
^head(%i: !bpf.reg<r2>):
  %x = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.jcond_imm eq w64 %x, 0 : !bpf.reg<r3> ^done, ^body
  // CHECK: ^bb2:
  // CHECK-NEXT: bpf.jcond_imm {{.*}} ^bb1(%{{.*}} : !bpf.reg<r2>), ^bb3
^body:
  bpf.jcond_imm eq w64 %x, 1 : !bpf.reg<r3> ^head(%i : !bpf.reg<r2>), ^latch
  // CHECK: ^bb3:
  // CHECK: bpf.jcond_imm lt {{.*}} ^bb1(%{{.*}} : !bpf.reg<r2>), ^bb4
  // CHECK: ^bb4:
  // CHECK-NEXT: bpf.mov_imm w64 0
}

// The rounds of a loop fall through, and so does its way out of the function,
// although other blocks end the function in the same way.
// CHECK-LABEL: @rounds
bpf.func @rounds program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %zero = bpf.mov_imm w64 0 : !bpf.reg<r2>
  bpf.ja ^head(%zero : !bpf.reg<r2>)
^head(%i: !bpf.reg<r2>):
  // CHECK: ^bb1(%{{.*}}: !bpf.reg<r2>):
  // CHECK: bpf.jcond_imm eq {{.*}} ^bb4, ^bb2
  %x = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.jcond_imm ne w64 %x, 0 : !bpf.reg<r3> ^round, ^last
^last:
  %y = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r4>
  bpf.jcond_imm eq w64 %y, 0 : !bpf.reg<r4> ^pass, ^drop
^drop:
  %one = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %one : !bpf.reg<r0>
^round:
  // CHECK: ^bb2:
  // CHECK: bpf.jcond_imm lt {{.*}} ^bb1(%{{.*}} : !bpf.reg<r2>), ^bb3
  // CHECK: ^bb3:
  // CHECK-NEXT: bpf.mov_imm w64 2
  // CHECK-NEXT: bpf.exit
  // CHECK: ^bb4:
  %i2 = bpf.alu_imm add w64 %i, 1 : !bpf.reg<r2> -> !bpf.reg<r2>
  bpf.jcond_imm lt w64 %i2, 9 : !bpf.reg<r2> ^head(%i2 : !bpf.reg<r2>), ^pass
^pass:
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
}

// The first instruction set has no jumps on less: this one stays as it is.
// CHECK-LABEL: @greater
bpf.func @greater program "xdp" section "xdp" license "GPL" attributes {bpf.no_less_jumps} {
^bb0(%ctx: !bpf.reg<r1>):
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK: bpf.jcond_imm gt w64 %{{.*}}, 5
  // CHECK-NOT: bpf.jcond_imm le
  bpf.jcond_imm gt w64 %ctx, 5 : !bpf.reg<r1> ^then, ^exit
^exit:
  bpf.exit %r : !bpf.reg<r0>
^then:
  bpf.store_imm b32 0, %ctx[0] : !bpf.reg<r1>
  bpf.ja ^exit
}
