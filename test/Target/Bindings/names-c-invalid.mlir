// Macros of C replace any name.

// RUN: whistler-translate --emit-header=c --split-input-file --verify-diagnostics %s

// expected-note @below {{the other one is here}}
whistler.define "+max+" 1
// expected-error @below {{the field `MAX` and the constant `+max+` would both be `MAX` in C}}
whistler.struct "s" size 4 align 4 [#whistler.field<"MAX" : ui32 at 0>]

// -----

// expected-note @below {{the other one is here}}
whistler.define "+max+" 1
// expected-error @below {{the enumerator `MAX` and the constant `+max+` would both be `MAX` in C}}
whistler.enum "e" : ui32 [#whistler.enumerator<"MAX" = 1>]
whistler.struct "s" size 4 align 4 [#whistler.field<"a" : !whistler.enum<"e", ui32> at 0>]

// -----

// expected-note @below {{the other one is here}}
whistler.struct "e" size 4 align 4 [#whistler.field<"a" : !whistler.enum<"e", ui32> at 0>]
// expected-error @below {{the enumeration `e` and the struct `e` would both be `e` in C}}
whistler.enum "e" : ui32 [#whistler.enumerator<"MAX" = 1>]

// -----

// expected-error @below {{the constant `++` has no name in C: it would need an ASCII letter or digit}}
whistler.define "++" 1
