// Messages whose results are used are kept, unless they are to be replaced.

// RUN: whistler-opt %s --test-strip-trace | FileCheck %s
// RUN: whistler-opt %s --test-strip-trace=replace-used=true | FileCheck %s --check-prefix=REPLACE
// RUN: whistler-opt %s --test-strip-trace > %t.once
// RUN: whistler-opt %t.once --test-strip-trace | diff %t.once -
// RUN: whistler-opt %s --test-strip-trace --remarks-filter=test-strip-trace -o %t.out 2>&1 | FileCheck %s --check-prefix=REMARK

whistler.global @text : !whistler.array<3 x ui8> section ".rodata.str1.1" init "hi\00"

// CHECK-LABEL: @used
// CHECK: whistler.helper_call "trace_printk"
// CHECK-NOT: whistler.helper_call
// CHECK: whistler.return
// REPLACE-LABEL: @used
// REPLACE: %[[ZERO:.*]] = arith.constant 0 : i64
// REPLACE-NOT: trace_printk
// REPLACE: whistler.return %[[ZERO]]
// REMARK: strip-trace.mlir:[[#@LINE+6]]:8: remark: [Missed] MessageKept | Category:test-strip-trace | Function=used
// REMARK: strip-trace.mlir:[[#@LINE+6]]:8: remark: [Passed] MessageDropped | Category:test-strip-trace | Function=used
whistler.prog @used type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %size = arith.constant 3 : i64
  %text = whistler.global_addr @text
  %0 = whistler.helper_call "trace_printk"(%text, %size) : (!whistler.ptr<map_value>, i64) -> i64
  %1 = whistler.helper_call "trace_printk"(%text, %size) : (!whistler.ptr<map_value>, i64) -> i64
  whistler.return %0
}

// Other helpers stay.
// CHECK-LABEL: @others
// CHECK: whistler.helper_call "ktime_get_ns"
// REPLACE-LABEL: @others
// REPLACE: whistler.helper_call "ktime_get_ns"
whistler.prog @others type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %two = arith.constant 2 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  whistler.return %two
}
