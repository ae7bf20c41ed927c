// Names that become the same in Go, where types and constants have one
// namespace.

// RUN: whistler-translate --emit-header=go --split-input-file --verify-diagnostics %s

// expected-note @below {{the other one is here}}
whistler.define "+a-b+" 1
// expected-error @below {{the constant `a_b` and the constant `+a-b+` would both be `AB` in Go; rename one of them}}
whistler.define "a_b" 2

// -----

// expected-note @below {{the other one is here}}
whistler.define "+ct-key+" 1
// expected-error @below {{the struct `ct_key` and the constant `+ct-key+` would both be `CtKey` in Go}}
whistler.struct "ct_key" size 4 align 4 [#whistler.field<"a" : ui32 at 0>]

// -----

// expected-error @below {{the field `a__b` and the field `a_b` would both be `AB` in Go}}
// expected-note @below {{the other one is here}}
whistler.struct "s" size 8 align 4
  [#whistler.field<"a_b" : ui32 at 0>, #whistler.field<"a__b" : ui32 at 32>]

// -----

// expected-note @below {{the other one is here}}
whistler.define "+counts-map+" 1
// expected-error @below {{the name of the map `counts` and the constant `+counts-map+` would both be `CountsMap` in Go}}
whistler.map @counts type "array" key 4 value 8 entries 1

// -----

// expected-note @below {{the other one is here}}
whistler.define "+offsetof-s-tail+" 1
// expected-error @below {{the offset of `tail` and the constant `+offsetof-s-tail+` would both be `OffsetofSTail` in Go}}
whistler.struct "s" size 4 align 4
  [#whistler.field<"a" : ui32 at 0>,
   #whistler.field<"tail" : !whistler.array<0 x ui8> at 32>]

// -----

// expected-error @below {{the field `_` has no name in Go: it would need an ASCII letter or digit}}
whistler.struct "s" size 4 align 4 [#whistler.field<"_" : ui32 at 0>]
