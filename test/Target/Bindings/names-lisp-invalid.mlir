// Accessors of different structs may have the same name in Lisp.

// RUN: whistler-translate --emit-header=lisp --split-input-file --verify-diagnostics %s

// expected-note @below {{the other one is here}}
whistler.struct "a" size 4 align 4 [#whistler.field<"b_c" : ui32 at 0>]
// expected-error @below {{the accessor of `c` of `a_b` and the accessor of `b_c` of `a` would both be `a-b-c` in Lisp}}
whistler.struct "a_b" size 4 align 4 [#whistler.field<"c" : ui32 at 0>]
