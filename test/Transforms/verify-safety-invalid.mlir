// What the verifier refuses on some way.

// RUN: whistler-opt --whistler-verify-safety %s --split-input-file --verify-diagnostics

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @null type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @m[%key] : i32
  // expected-error @below {{the map may have no such entry, and then this pointer is null}}
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  // Once is enough.
  %w = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %w
}

// -----

// On the way that the test does not lie on.
whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @other_way type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c3 = arith.constant 3 : i32
  %c0 = arith.constant 0 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%key] : i32
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %test = arith.cmpi eq, %x, %c3 : i32
  cf.cond_br %test, ^check, ^use
^check:
  %is_null = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_null, ^out, ^use
^use:
  // expected-error @below {{the map may have no such entry}}
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c0
}

// -----

// Where it is known to be null.
whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @wrong_way type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c0 = arith.constant 0 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%key] : i32
  %is_null = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_null, ^use, ^out
^use:
  // expected-error @below {{the map may have no such entry}}
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c0
}

// -----

// After a loop, and as the key of a map.
whistler.map @m type "hash" key 8 value 8 entries 1
whistler.prog @after_loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i64
  %c0 = arith.constant 0 : i64
  %c9 = arith.constant 9 : i64
  %p = whistler.map_lookup @m[%key] : i64
  cf.br ^header(%c0 : i64)
^header(%i: i64):
  %more = arith.cmpi ult, %i, %c9 : i64
  cf.cond_br %more, ^body, ^end
^body:
  %next = arith.addi %i, %key : i64
  cf.br ^header(%next : i64)
^end:
  // expected-error @below {{the map may have no such entry}}
  %q = whistler.map_lookup @m[%p] : !whistler.ptr<map_value>
  whistler.return %c0
}

// -----

whistler.prog @lengths type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c34 = arith.constant 34 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %p = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %is_short = whistler.ptr_cmp gt %p, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %is_short, ^out, ^use
^use:
  %v = whistler.load %data[33] : !whistler.ptr<packet> -> i8
  // expected-error @below {{the packet may be shorter than the 35 bytes up to here}}
  %w = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %e = whistler.helper_call "xdp_adjust_head"(%ctx, %c34) : (!whistler.ptr<ctx>, i64) -> i64
  // expected-error @below {{a helper has moved the packet}}
  %x = whistler.load %data[0] : !whistler.ptr<packet> -> i8
  whistler.return %c34
^out:
  whistler.return %c34
}

// -----

whistler.map @rb type "ringbuf" key 0 value 0 entries 4096
whistler.prog @records type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c8 = arith.constant 8 : i64
  %null = whistler.null : !whistler.ptr<ringbuf>
  %rb = whistler.map_ref @rb
  // expected-error @below {{the record is neither submitted nor discarded on some way}}
  %r = whistler.helper_call "ringbuf_reserve"(%rb, %c8, %c0) : (!whistler.ptr<map>, i64, i64) -> !whistler.ptr<ringbuf>
  %is_null = whistler.ptr_cmp eq %r, %null : !whistler.ptr<ringbuf>, !whistler.ptr<ringbuf>
  cf.cond_br %is_null, ^out, ^fill
^fill:
  // expected-error @below {{bytes 4 to 11 are not all inside of the record, which has 8 bytes}}
  whistler.store %c8, %r[4] : i64, !whistler.ptr<ringbuf>
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %test = arith.cmpi eq, %t, %c0 : i64
  cf.cond_br %test, ^out, ^submit
^submit:
  // expected-note @below {{released here}}
  %s = whistler.helper_call "ringbuf_submit"(%r, %c0) : (!whistler.ptr<ringbuf>, i64) -> i64
  // expected-error @below {{the record has been submitted or discarded}}
  %u = whistler.helper_call "ringbuf_discard"(%r, %c0) : (!whistler.ptr<ringbuf>, i64) -> i64
  cf.br ^out
^out:
  // expected-note @below {{the program is left here}}
  whistler.return %c0
}

// -----

whistler.map @fixed type "array" key 4 value 8 entries 1 flags 128
whistler.map @m type "hash" key 4 value 8 entries 1
whistler.prog @others type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  %c0 = arith.constant 0 : i64
  %slot = whistler.alloca i64
  // expected-error @below {{bytes -1 to 6 are not all inside of the memory on the stack, which has 8 bytes}}
  whistler.store %c0, %slot[-1] : i64, !whistler.ptr<stack>
  // expected-error @below {{programs may only read this map}}
  %e = whistler.map_update @fixed[%key], %c0, %c0 : i32, i64
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %wide = arith.extui %x : i32 to i64
  %p = whistler.map_lookup @m[%key] : i32
  // expected-error @below {{a pointer that may be null cannot be moved}}
  %q = whistler.ptr_add %p, %wide : !whistler.ptr<map_value>
  %v = whistler.load %q[0] : !whistler.ptr<map_value> -> i8
  whistler.return %e
}
