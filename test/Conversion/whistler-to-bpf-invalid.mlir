// What instruction selection reports.

// RUN: whistler-opt %s --convert-whistler-to-bpf=cpu=v2 --split-input-file --verify-diagnostics

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  // expected-error @below {{'arith.divui' op has no BPF instruction}}
  %0 = arith.divui %a, %a : i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  // expected-error @below {{'whistler.log2' op has no BPF instruction}}
  %0 = whistler.log2 %a
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  // expected-error @below {{has a value of type 'i24'; there are registers for pointers and integers of 1, 8, 16, 32 and 64 bits}}
  %0 = arith.trunci %a : i64 to i24
  %1 = arith.extui %0 : i24 to i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = arith.constant 1.0 : f32
  // expected-error @below {{has a value of type 'f32'}}
  cf.br ^bb1(%a : f32)
^bb1(%b: f32):
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = arith.constant 1 : index
  // expected-error @below {{has a value of type 'index'}}
  %0 = arith.index_cast %a : index to i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %c = arith.cmpi eq, %a, %a : i64
  // expected-error @below {{uses a comparison as a number; run whistler-expand-ops first}}
  %0 = arith.extui %c : i1 to i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %c = whistler.ptr_cmp eq %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  // expected-error @below {{uses a comparison as a number}}
  cf.cond_br %c, ^bb1(%c : i1), ^bb1(%c : i1)
^bb1(%d: i1):
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  // expected-error @below {{has a key or value that is not in memory; run whistler-key-slots first}}
  %0 = whistler.map_delete @m[%key] : i32
  whistler.return %0
}

// -----

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %v = arith.constant 0 : i64
  // expected-error @below {{has a key or value that is not in memory}}
  %0 = whistler.map_update @m[%key], %v, %v : !whistler.ptr<stack>, i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %c64 = arith.constant 64 : i64
  // expected-error @below {{shifts by more than the width of its operand}}
  %0 = arith.shli %a, %c64 : i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{offset is out of an instruction's range}}
  %0 = whistler.ctx_load %ctx[32768] size 8 : i64
  whistler.return %0
}

// -----

whistler.prog @f type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{offset is out of an instruction's range}}
  whistler.ctx_store %0, %ctx[-32769] : i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.alloca i64
  %0 = arith.constant 0 : i64
  // An addition without a result is older.
  whistler.atomic_rmw add %p[0], %0 : !whistler.ptr<stack>, i64
  // expected-error @below {{atomic operations other than an addition without result need --mcpu=v3 or newer}}
  %1 = whistler.atomic_rmw add %p[0], %0 : !whistler.ptr<stack>, i64 -> i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.alloca i64
  %0 = arith.constant 0 : i64
  // expected-error @below {{atomic operations other than an addition}}
  whistler.atomic_rmw or %p[0], %0 : !whistler.ptr<stack>, i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.alloca i64
  %0 = arith.constant 0 : i64
  // expected-error @below {{a compare-and-exchange needs --mcpu=v3 or newer}}
  %1 = whistler.atomic_cmpxchg %p[0], %0, %0 : !whistler.ptr<stack>, i64
  whistler.return %1
}

// -----

// One pass reports the errors of all programs.
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{offset is out of}}
  %0 = whistler.ctx_load %ctx[40000] size 8 : i64
  whistler.return %0
}
whistler.prog @g type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{offset is out of}}
  %0 = whistler.ctx_load %ctx[40000] size 8 : i64
  whistler.return %0
}
