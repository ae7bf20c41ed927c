// Slots of functions and of source lines; nothing changes, and nothing is said
// unless it is asked for.

// RUN: whistler-opt %s --bpf-report-size 2>&1 | FileCheck %s --check-prefix=SILENT
// RUN: whistler-opt %s -o %t.before
// RUN: whistler-opt %s --bpf-report-size '--remarks-filter=bpf-report.*' -o %t.after 2> %t.remarks
// RUN: cmp %t.before %t.after
// RUN: grep remark: %t.remarks | FileCheck %s

// SILENT-NOT: remark:

// A constant of 64 bits takes two slots, and a jump to the next block none; line
// 3 is also where what was inlined from it is.
// CHECK: prog.lisp:2:1: remark: [Analysis] FunctionSize {{.*}} Function=f {{.*}}Slots=6
// CHECK-NEXT: other.lisp:9:9: remark: [Analysis] LineSize {{.*}}Slots=1
// CHECK-NEXT: prog.lisp:3:4: remark: [Analysis] LineSize {{.*}}Slots=3
// CHECK-NEXT: prog.lisp:4:2: remark: [Analysis] LineSize {{.*}}Slots=2
// CHECK-NOT: remark
bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.ld_imm64 4294967296 : !bpf.reg<r0> loc("prog.lisp":3:7 to :9)
  bpf.jcond_imm eq w64 %0, 0 : !bpf.reg<r0> ^bb2, ^bb1 loc("prog.lisp":4:2)
^bb1:
  %1 = bpf.mov_imm w64 1 : !bpf.reg<r0> loc(callsite("prog.lisp":3:4 at "prog.lisp":9:1))
  bpf.ja ^bb2 loc("prog.lisp":5:1)
^bb2:
  %2 = bpf.mov_imm w64 2 : !bpf.reg<r0> loc("prog.lisp":4:9)
  bpf.exit %2 : !bpf.reg<r0> loc("other.lisp":9:9)
} loc("prog.lisp":2:1)
