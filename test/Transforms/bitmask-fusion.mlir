// Tests that fail alike become one.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler-bitmask-fusion)' | FileCheck %s
// RUN: whistler-opt %s --whistler-bitmask-fusion > %t.once
// RUN: whistler-opt %t.once --whistler-bitmask-fusion | diff %t.once -

// Two bits that have to be clear.
// CHECK-LABEL: @clear
whistler.prog @clear type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load
  // CHECK: %[[C:.*]] = arith.constant 5 : i32
  // CHECK: %[[AND:.*]] = arith.andi %[[X]], %[[C]] : i32
  // CHECK: arith.cmpi eq, %[[AND]], %{{.*}} : i32
  // CHECK-NEXT: cf.cond_br
  // CHECK-NOT: cf.cond_br
  // CHECK: whistler.return
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %four = arith.constant 4 : i32
  %r = arith.constant 1 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %a = arith.andi %x, %one : i32
  %0 = arith.cmpi ne, %a, %zero : i32
  cf.cond_br %0, ^no, ^next
^next:
  %b = arith.andi %x, %four : i32
  %1 = arith.cmpi eq, %b, %zero : i32
  cf.cond_br %1, ^yes, ^no
^yes:
  whistler.return %r
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// Two bits out of several that are set or clear take two instructions as they
// are, and two as one test; with a third one there is something to gain.
// CHECK-LABEL: @flags
whistler.prog @flags type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[MASK:.*]] = arith.constant 22 : i32
  // CHECK: %[[AND:.*]] = arith.andi %{{.*}}, %[[MASK]] : i32
  // CHECK: %[[C:.*]] = arith.constant 2 : i32
  // CHECK: arith.cmpi eq, %[[AND]], %[[C]] : i32
  // CHECK-NEXT: cf.cond_br
  // CHECK-NOT: cf.cond_br
  // CHECK: whistler.return
  %zero = arith.constant 0 : i32
  %two = arith.constant 2 : i32
  %four = arith.constant 4 : i32
  %c16 = arith.constant 16 : i32
  %r = arith.constant 1 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %a = arith.andi %x, %two : i32
  %0 = arith.cmpi ne, %a, %zero : i32
  cf.cond_br %0, ^next, ^no
^next:
  %b = arith.andi %x, %four : i32
  %1 = arith.cmpi eq, %b, %zero : i32
  cf.cond_br %1, ^last, ^no
^last:
  %c = arith.andi %x, %c16 : i32
  %2 = arith.cmpi eq, %c, %zero : i32
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %r
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// CHECK-LABEL: @two_flags
// CHECK-COUNT-2: cf.cond_br
whistler.prog @two_flags type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i32
  %two = arith.constant 2 : i32
  %four = arith.constant 4 : i32
  %r = arith.constant 1 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %a = arith.andi %x, %two : i32
  %0 = arith.cmpi ne, %a, %zero : i32
  cf.cond_br %0, ^next, ^no
^next:
  %b = arith.andi %x, %four : i32
  %1 = arith.cmpi eq, %b, %zero : i32
  cf.cond_br %1, ^yes, ^no
^yes:
  whistler.return %r
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// Other places where they fail, or something that happens in between, keep
// tests apart.
// CHECK-LABEL: @apart
// CHECK-COUNT-4: cf.cond_br
whistler.prog @apart type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %four = arith.constant 4 : i32
  %r = arith.constant 1 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %a = arith.andi %x, %one : i32
  %0 = arith.cmpi eq, %a, %zero : i32
  cf.cond_br %0, ^next, ^no
^next:
  %b = arith.andi %x, %four : i32
  %1 = arith.cmpi eq, %b, %zero : i32
  cf.cond_br %1, ^yes, ^other
^yes:
  %y = whistler.ctx_load %ctx[16] size 4 : i32
  %c = arith.andi %y, %one : i32
  %2 = arith.cmpi eq, %c, %zero : i32
  cf.cond_br %2, ^effect, ^no
^effect:
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %d = arith.andi %y, %four : i32
  %3 = arith.cmpi eq, %d, %zero : i32
  cf.cond_br %3, ^done, ^no
^done:
  whistler.return %t
^other:
  whistler.return %r
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// Two ports in one load: 22 and 80 in network byte order, the first one in the
// low half.
// CHECK-LABEL: @ports
whistler.prog @ports type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^bb1:
  // CHECK-NEXT: %[[X:.*]] = whistler.load %{{.*}}[-20] : !whistler.ptr<packet> -> i32
  // CHECK-NEXT: %[[C:.*]] = arith.constant 1342182912 : i32
  // CHECK-NEXT: arith.cmpi eq, %[[X]], %[[C]] : i32
  // CHECK-NEXT: cf.cond_br
  %c54 = arith.constant 54 : i64
  %c22 = arith.constant 5632 : i16
  %c80 = arith.constant 20480 : i16
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^no, ^one
^one:
  %x = whistler.load %q[-20] : !whistler.ptr<packet> -> i16
  %1 = arith.cmpi eq, %x, %c22 : i16
  cf.cond_br %1, ^two, ^no
^two:
  %y = whistler.load %q[-18] : !whistler.ptr<packet> -> i16
  %2 = arith.cmpi eq, %y, %c80 : i16
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %c54
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// EtherType and the first byte of the header behind it, from the start.
// CHECK-LABEL: @type_and_version
whistler.prog @type_and_version type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load %{{.*}}[12] : !whistler.ptr<packet> -> i32
  // CHECK-NEXT: %[[MASK:.*]] = arith.constant 16777215 : i32
  // CHECK-NEXT: %[[AND:.*]] = arith.andi %[[X]], %[[MASK]]
  // CHECK-NEXT: %[[C:.*]] = arith.constant 4521992 : i32
  // CHECK-NEXT: arith.cmpi eq, %[[AND]], %[[C]] : i32
  %c34 = arith.constant 34 : i64
  %ip = arith.constant 8 : i16
  %first = arith.constant 69 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp le %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^one, ^no
^one:
  %x = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %1 = arith.cmpi eq, %x, %ip : i16
  cf.cond_br %1, ^two, ^no
^two:
  %y = whistler.load %data[14] : !whistler.ptr<packet> -> i8
  %2 = arith.cmpi eq, %y, %first : i8
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %c34
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// The fourth byte is not known to be there.
// CHECK-LABEL: @short
// CHECK: whistler.load %{{.*}}[12] : !whistler.ptr<packet> -> i16
// CHECK: whistler.load %{{.*}}[14] : !whistler.ptr<packet> -> i8
whistler.prog @short type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c15 = arith.constant 15 : i64
  %ip = arith.constant 8 : i16
  %first = arith.constant 69 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %data, %c15 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^no, ^one
^one:
  %x = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %1 = arith.cmpi eq, %x, %ip : i16
  cf.cond_br %1, ^two, ^no
^two:
  %y = whistler.load %data[14] : !whistler.ptr<packet> -> i8
  %2 = arith.cmpi eq, %y, %first : i8
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %c15
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// What is stored in between may be what is loaded next.
// CHECK-LABEL: @written
// CHECK: whistler.load %{{.*}}[0] : !whistler.ptr<packet> -> i16
// CHECK: whistler.load %{{.*}}[2] : !whistler.ptr<packet> -> i16
whistler.prog @written type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c34 = arith.constant 34 : i64
  %ip = arith.constant 8 : i16
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^no, ^one
^one:
  %x = whistler.load %data[0] : !whistler.ptr<packet> -> i16
  %1 = arith.cmpi eq, %x, %ip : i16
  whistler.store %ip, %data[2] : i16, !whistler.ptr<packet>
  cf.cond_br %1, ^two, ^no
^two:
  %y = whistler.load %data[2] : !whistler.ptr<packet> -> i16
  %2 = arith.cmpi eq, %y, %ip : i16
  cf.cond_br %2, ^yes, ^no
^yes:
  whistler.return %c34
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// Fields next to each other, with a test of another one in between.
// CHECK-LABEL: @other_between
// CHECK: %[[V:.*]] = whistler.load %{{.*}}[12] : !whistler.ptr<packet> -> i32
// CHECK-NOT: whistler.load %{{.*}}[14]
// CHECK: cf.cond_br %{{.*}}, ^[[NEXT:bb[0-9]+]], ^[[NO:bb[0-9]+]]
// CHECK: ^[[NEXT]]:
// CHECK: whistler.load %{{.*}}[23] : !whistler.ptr<packet> -> i8
// CHECK: cf.cond_br %{{.*}}, ^{{.*}}, ^[[NO]]
whistler.prog @other_between type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c34 = arith.constant 34 : i64
  %ip = arith.constant 8 : i16
  %icmp = arith.constant 1 : i8
  %version = arith.constant 69 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^no, ^one
^one:
  %x = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %1 = arith.cmpi eq, %x, %ip : i16
  cf.cond_br %1, ^two, ^no
^two:
  %y = whistler.load %data[23] : !whistler.ptr<packet> -> i8
  %2 = arith.cmpi eq, %y, %icmp : i8
  cf.cond_br %2, ^three, ^no
^three:
  %z = whistler.load %data[14] : !whistler.ptr<packet> -> i8
  %3 = arith.cmpi eq, %z, %version : i8
  cf.cond_br %3, ^yes, ^no
^yes:
  whistler.return %c34
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
}

// Where the test in between fails, control comes to another place.
// CHECK-LABEL: @other_failure
// CHECK: whistler.load %{{.*}}[12] : !whistler.ptr<packet> -> i16
// CHECK: whistler.load %{{.*}}[23] : !whistler.ptr<packet> -> i8
// CHECK: whistler.load %{{.*}}[14] : !whistler.ptr<packet> -> i8
whistler.prog @other_failure type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c34 = arith.constant 34 : i64
  %ip = arith.constant 8 : i16
  %icmp = arith.constant 1 : i8
  %version = arith.constant 69 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^no, ^one
^one:
  %x = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %1 = arith.cmpi eq, %x, %ip : i16
  cf.cond_br %1, ^two, ^no
^two:
  %y = whistler.load %data[23] : !whistler.ptr<packet> -> i8
  %2 = arith.cmpi eq, %y, %icmp : i8
  cf.cond_br %2, ^three, ^other
^three:
  %z = whistler.load %data[14] : !whistler.ptr<packet> -> i8
  %3 = arith.cmpi eq, %z, %version : i8
  cf.cond_br %3, ^yes, ^no
^yes:
  whistler.return %c34
^no:
  %s = arith.constant 2 : i64
  whistler.return %s
^other:
  %t = arith.constant 3 : i64
  whistler.return %t
}

// The verifier wants to know the bound of what is added before it is added.
// CHECK-LABEL: @address
// CHECK-COUNT-2: cf.cond_br
whistler.prog @address type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %high = arith.constant -256 : i64
  %one = arith.constant 1 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %a = arith.andi %x, %high : i64
  %0 = arith.cmpi eq, %a, %zero : i64
  cf.cond_br %0, ^next, ^no
^next:
  %q = whistler.ptr_add %p, %x : !whistler.ptr<packet>
  %b = arith.andi %x, %one : i64
  %1 = arith.cmpi eq, %b, %zero : i64
  cf.cond_br %1, ^yes, ^no
^yes:
  %v = whistler.load %q[0] : !whistler.ptr<packet> -> i64
  whistler.return %v
^no:
  whistler.return %one
}

// Numbers that follow each other are one range. The longest comes last, where
// the value is not needed any more; a range from zero on needs no difference.
// CHECK-LABEL: @runs
whistler.prog @runs type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load %{{.*}}[12]
  // CHECK: %[[C9:.*]] = arith.constant 9 : i32
  // CHECK: %[[IS9:.*]] = arith.cmpi eq, %[[X]], %[[C9]]
  // CHECK: cf.cond_br %[[IS9]], ^[[YES:[a-z0-9]+]], ^[[NEXT:.*]]
  // CHECK: ^[[NEXT]]:
  // CHECK: %[[C1:.*]] = arith.constant 1 : i32
  // CHECK: %[[LOW:.*]] = arith.cmpi ule, %[[X]], %[[C1]]
  // CHECK: cf.cond_br %[[LOW]], ^[[YES]], ^[[LAST:.*]]
  // CHECK: ^[[LAST]]:
  // CHECK: %[[MINUS:.*]] = arith.constant -133 : i32
  // CHECK: %[[DISTANCE:.*]] = arith.addi %[[X]], %[[MINUS]]
  // CHECK: %[[C2:.*]] = arith.constant 2 : i32
  // CHECK: %[[IN:.*]] = arith.cmpi ule, %[[DISTANCE]], %[[C2]]
  // CHECK: cf.cond_br %[[IN]], ^[[YES]], ^[[NO:.*]]
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c9 = arith.constant 9 : i32
  %c133 = arith.constant 133 : i32
  %c134 = arith.constant 134 : i32
  %c135 = arith.constant 135 : i32
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %0 = arith.cmpi eq, %x, %c134 : i32
  cf.cond_br %0, ^yes, ^b1
^b1:
  %1 = arith.cmpi ne, %x, %c0 : i32
  cf.cond_br %1, ^b2, ^yes
^b2:
  %2 = arith.cmpi eq, %x, %c9 : i32
  cf.cond_br %2, ^yes, ^b3
^b3:
  %3 = arith.cmpi eq, %x, %c133 : i32
  cf.cond_br %3, ^yes, ^b4
^b4:
  %4 = arith.cmpi eq, %x, %c1 : i32
  cf.cond_br %4, ^yes, ^b5
^b5:
  %5 = arith.cmpi eq, %x, %c135 : i32
  cf.cond_br %5, ^yes, ^no
^yes:
  whistler.return %one
^no:
  whistler.return %two
}

// Two numbers are no less than their range, and neither are three if the value
// has to be copied. What is used otherwise keeps its tests.
// CHECK-LABEL: @no_runs
whistler.prog @no_runs type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: arith.cmpi eq
  // CHECK-NOT: arith.cmpi ule
  // CHECK-COUNT-3: arith.cmpi eq
  // CHECK-NOT: arith.cmpi ule
  // CHECK-COUNT-3: arith.cmpi eq
  // CHECK-NOT: arith.cmpi ule
  // CHECK: whistler.return
  %c3 = arith.constant 3 : i32
  %c4 = arith.constant 4 : i32
  %c5 = arith.constant 5 : i32
  %c7 = arith.constant 7 : i32
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %y = whistler.ctx_load %ctx[16] size 4 : i32
  %z = whistler.ctx_load %ctx[20] size 4 : i32
  %w = arith.extui %z : i32 to i64
  %0 = arith.cmpi eq, %x, %c3 : i32
  cf.cond_br %0, ^yes, ^b1
^b1:
  %1 = arith.cmpi eq, %x, %c4 : i32
  cf.cond_br %1, ^yes, ^b2
^b2:
  %2 = arith.cmpi eq, %y, %c3 : i32
  cf.cond_br %2, ^yes, ^b3
^b3:
  %3 = arith.cmpi eq, %y, %c4 : i32
  cf.cond_br %3, ^yes, ^b4
^b4:
  %4 = arith.cmpi eq, %y, %c5 : i32
  cf.cond_br %4, ^yes, ^b5
^b5:
  %5 = arith.cmpi ugt, %y, %c7 : i32
  cf.cond_br %5, ^no, ^b6
^b6:
  %6 = arith.cmpi eq, %z, %c3 : i32
  cf.cond_br %6, ^yes, ^b7
^b7:
  %7 = arith.cmpi eq, %z, %c4 : i32
  cf.cond_br %7, ^yes, ^b8
^b8:
  %8 = arith.cmpi eq, %z, %c5 : i32
  cf.cond_br %8, ^yes, ^no
^yes:
  whistler.return %w
^no:
  whistler.return %two
}

// One of the comparisons decides another branch, too.
// CHECK-LABEL: @shared_in_run
whistler.prog @shared_in_run type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[IS135:.*]] = arith.cmpi eq
  // CHECK: cf.cond_br %[[IS135]], ^[[NO:[a-z0-9]+]], ^[[YES:[a-z0-9]+]]
  // CHECK: arith.cmpi ule
  // CHECK-NEXT: cf.cond_br %{{.*}}, ^[[YES]], ^[[NO]]
  %c133 = arith.constant 133 : i32
  %c134 = arith.constant 134 : i32
  %c135 = arith.constant 135 : i32
  %c136 = arith.constant 136 : i32
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %y = whistler.ctx_load %ctx[16] size 4 : i32
  %3 = arith.cmpi eq, %x, %c135 : i32
  %flag = arith.cmpi eq, %y, %zero : i32
  cf.cond_br %flag, ^other, ^b1
^other:
  cf.cond_br %3, ^no, ^yes
^b1:
  %1 = arith.cmpi eq, %x, %c134 : i32
  cf.cond_br %1, ^yes, ^b2
^b2:
  %2 = arith.cmpi eq, %x, %c133 : i32
  cf.cond_br %2, ^yes, ^b3
^b3:
  cf.cond_br %3, ^yes, ^b4
^b4:
  %4 = arith.cmpi eq, %x, %c136 : i32
  cf.cond_br %4, ^yes, ^no
^yes:
  whistler.return %one
^no:
  whistler.return %two
}

// Both branches are on one comparison.
// CHECK-LABEL: @same_comparison
whistler.prog @same_comparison type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.cond_br
  // CHECK-NOT: cf.cond_br
  %mask = arith.constant 5 : i32
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %bits = arith.andi %x, %mask : i32
  %is_clear = arith.cmpi eq, %bits, %zero : i32
  cf.cond_br %is_clear, ^again, ^no
^again:
  cf.cond_br %is_clear, ^yes, ^no
^yes:
  whistler.return %one
^no:
  whistler.return %two
}
