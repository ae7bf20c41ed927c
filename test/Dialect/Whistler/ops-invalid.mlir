// What the operations of the dialect refuse.

// RUN: whistler-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{unknown map type "hashmap"}}
whistler.map @m type "hashmap" key 4 value 8 entries 1

// -----

// expected-error @below {{a map of type array cannot have a key size of 8}}
whistler.map @m type "array" key 8 value 8 entries 1

// -----

// expected-error @below {{a map of type queue cannot have a value size of 0}}
whistler.map @m type "queue" key 0 value 0 entries 8

// -----

// expected-error @below {{key type 'ui64' does not have 4 bytes}}
whistler.map @m type "hash" key 4 : ui64 value 8 entries 1

// -----

// expected-error @below {{value type 'f64' does not describe memory}}
whistler.map @m type "hash" key 4 : ui32 value 8 : f64 entries 1

// -----

// expected-error @below {{unknown program type "xpd"}}
whistler.prog @f type "xpd" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

// expected-error @below {{entry block must have one argument, of type '!whistler.ptr<ctx>'}}
whistler.prog @f type "xdp" section "xdp" license "GPL" {
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

// expected-error @below {{entry block must have one argument, of type '!whistler.ptr<ctx>'}}
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<packet>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

// expected-error @below {{entry block must have one argument, of type '!whistler.ptr<ctx>'}}
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>, %more: i64):
  whistler.return %more
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-note @below {{prior use here}}
  %0 = arith.constant 0 : i32
  // expected-error @below {{expects different type than prior uses: 'i64' vs 'i32'}}
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{expected one of [ctx, packet, packet_meta, packet_end, map_value, stack, ringbuf, kernel, map, any, btf, func]}}
  // expected-error @below {{failed to parse Whistler_PtrType parameter 'space'}}
  %0 = whistler.null : !whistler.ptr<pocket>
}

// -----

// expected-note @below {{see existing symbol definition here}}
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}
// expected-error @below {{redefinition of symbol named 'f'}}
whistler.map @f type "array" key 4 value 8 entries 1

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{cannot hold a value of type 'i1'}}
  %0 = whistler.alloca i1
  %1 = arith.constant 0 : i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.alloca i64
  // expected-error @below {{result #0 must be 8-bit signless integer or 16-bit}}
  %1 = whistler.load %0[0] : !whistler.ptr<stack> -> i24
  %2 = arith.constant 0 : i64
  whistler.return %2
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.alloca i64
  %1 = arith.constant true
  // expected-error @below {{operand #0 must be 8-bit signless integer or 16-bit}}
  whistler.store %1, %0[0] : i1, !whistler.ptr<stack>
  %2 = arith.constant 0 : i64
  whistler.return %2
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.alloca i64
  %1 = arith.constant 0 : i8
  // expected-error @below {{negative size}}
  whistler.memset %0[0], %1, -1 : !whistler.ptr<stack>
  %2 = arith.constant 0 : i64
  whistler.return %2
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.alloca i64
  // expected-error @below {{negative size}}
  whistler.memcpy %0[0], %0[4], -4 : !whistler.ptr<stack>, !whistler.ptr<stack>
  %2 = arith.constant 0 : i64
  whistler.return %2
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{a field of 4 bytes cannot be read as 'i64'}}
  %0 = whistler.ctx_load %ctx[0] size 4 : i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{cannot read a field of 3 bytes}}
  %0 = whistler.ctx_load %ctx[0] size 3 : !whistler.ptr<packet>
  %1 = arith.constant 0 : i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.alloca i64
  %1 = arith.constant 0 : i64
  // expected-error @below {{xchg has a result}}
  whistler.atomic_rmw xchg %0[0], %1 : !whistler.ptr<stack>, i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.alloca i64
  %1 = arith.constant 0 : i64
  // expected-error @below {{the result has to be of the operand's type}}
  %2 = whistler.atomic_rmw add %0[0], %1 : !whistler.ptr<stack>, i64 -> i32
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{no map named @m}}
  %0 = whistler.map_ref @m
  %1 = arith.constant 0 : i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %1 = arith.constant 0 : i64
  // expected-error @below {{no map named @f}}
  %0 = whistler.map_lookup @f[%1] : i64
  whistler.return %1
}

// -----

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %1 = arith.constant 0 : i64
  // expected-error @below {{key of type 'i64' for a map with keys of 4 bytes}}
  %0 = whistler.map_lookup @m[%1] : i64
  whistler.return %1
}

// -----

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %1 = arith.constant 0 : i64
  // expected-error @below {{key of type 'i64' for a map with keys of 4 bytes}}
  %0 = whistler.map_delete @m[%1] : i64
  whistler.return %1
}

// -----

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  %1 = arith.constant 0 : i64
  // expected-error @below {{value of type 'i32' for a map with values of 8 bytes}}
  whistler.map_add @m[%key], %key : i32, i32
  whistler.return %1
}

// -----

whistler.map @m type "hash" key 8 value 4 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %1 = arith.constant 0 : i64
  // expected-error @below {{value of type 'i64' for a map with values of 4 bytes}}
  %0 = whistler.map_update @m[%1], %1, %1 : i64, i64
  whistler.return %1
}

// -----

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %1 = arith.constant 0 : i64
  // expected-error @below {{needs a map of type prog-array, not hash}}
  whistler.tail_call %ctx, @m[%1]
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{unknown helper "ktime"}}
  %0 = whistler.helper_call "ktime"() : () -> i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{helper ktime_get_ns takes 0 to 0 arguments, not 1}}
  %1 = whistler.helper_call "ktime_get_ns"(%0) : (i64) -> i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{a helper takes at most 5 arguments}}
  %1 = whistler.helper_call "trace_printk"(%0, %0, %0, %0, %0, %0) : (i64, i64, i64, i64, i64, i64) -> i64
  whistler.return %1
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{the opcode is from 0 to 255, not 256}}
  %0 = whistler.asm code 256 dst 0 src 0 off 0 imm 0
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{registers are from 0 to 10, not 11}}
  %0 = whistler.asm code 0xb7 dst 11 src 0 off 0 imm 0
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{registers are from 0 to 10, not -1}}
  %0 = whistler.asm code 0xb7 dst 1 src -1 off 0 imm 0
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{the offset is from -32768 to 32767, not 40000}}
  %0 = whistler.asm code 0xb7 dst 1 src 0 off 40000 imm 0
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i16
  // expected-error @below {{operand #0 must be 32-bit signless integer or 64-bit signless integer}}
  %1 = whistler.udiv %0, %0 : i16
  %2 = arith.constant 0 : i64
  whistler.return %2
}

// -----

module {
  %0 = arith.constant 0 : i64
  // expected-error @below {{'whistler.return' op expects parent op to be one of 'whistler.prog, whistler.func'}}
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{'whistler.map' op expects parent op 'builtin.module'}}
  whistler.map @m type "hash" key 4 value 8 entries 1
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.null : !whistler.ptr<packet>
  // expected-error @below {{operand #0 must be pointer to Ctx}}
  %0 = "whistler.ctx_load"(%p) <{offset = 0 : i32, size = 4 : i32}> : (!whistler.ptr<packet>) -> i32
  %1 = arith.constant 0 : i64
  whistler.return %1
}
