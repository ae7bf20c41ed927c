// What no language can declare.

// RUN: whistler-translate --emit-header=c --split-input-file --verify-diagnostics %s
// RUN: whistler-translate --emit-header=lisp --split-input-file --verify-diagnostics %s

// expected-error @below {{the field `flag` of the struct `s` is a bitfield, which languages place differently}}
whistler.struct "s" size 4 align 4 [#whistler.field<"flag" : ui32 at 3 width 1>]

// -----

// expected-error @below {{the field `inner` of the struct `s` is a struct that is not declared}}
whistler.struct "s" size 8 align 4
  [#whistler.field<"inner" : !whistler.array<2 x !whistler.struct<"missing">> at 0>]

// -----

// expected-error @below {{the field `task` of the struct `s` is a kernel struct, whose size is not known}}
whistler.struct "s" size 8 align 4
  [#whistler.field<"task" : !whistler.struct<"task_struct"> at 0>]
whistler.struct "task_struct" kernel size 8 align 8 []

// -----

// expected-error @below {{the struct `a` contains itself}}
whistler.struct "a" size 8 align 4 [#whistler.field<"b" : !whistler.struct<"b"> at 0>]
whistler.struct "b" size 8 align 4 [#whistler.field<"a" : !whistler.struct<"a"> at 0>]

// -----

// expected-error @below {{the struct `s` has 6 bytes, which is no multiple of its alignment of 4}}
whistler.struct "s" size 6 align 4 [#whistler.field<"a" : ui32 at 0>]

// -----

// expected-error @below {{the struct `s` has no bytes, which C++ does not allow}}
whistler.struct "s" size 0 align 4 [#whistler.field<"a" : !whistler.array<0 x ui32> at 0>]

// -----

// expected-error @below {{the field `b` of the struct `s` overlaps the one before it}}
whistler.struct "s" size 8 align 4
  [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui16 at 16>]

// -----

// expected-error @below {{the field `a` of the struct `s` ends outside of it}}
whistler.struct "s" size 4 align 4 [#whistler.field<"a" : ui32 at 16>]

// -----

// expected-error @below {{the field `b` of the union `u` does not begin where the union does}}
whistler.struct "u" union size 4 align 4
  [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui16 at 16>]

// -----

// expected-error @below {{the tag of a struct has to be a C identifier}}
whistler.struct "s { int x; }; /*" size 4 align 4 [#whistler.field<"a" : ui32 at 0>]

// -----

// expected-error @below {{the name of a field has to be a C identifier}}
whistler.struct "s" size 4 align 4 [#whistler.field<"" : ui32 at 0>]

// -----

// expected-error @below {{the name of an enumerator has to be a C identifier}}
whistler.enum "e" : ui32 [#whistler.enumerator<"A B" = 0>]
whistler.struct "s" size 4 align 4 [#whistler.field<"a" : !whistler.enum<"e", ui32> at 0>]

// -----

// expected-error @below {{the name of a map has to be a C identifier}}
whistler.map @"a\22b" type "array" key 4 value 8 entries 1
