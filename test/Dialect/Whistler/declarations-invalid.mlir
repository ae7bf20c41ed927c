// Declarations and uses that contradict each other.

// RUN: whistler-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{field type 'i32' does not describe memory}}
whistler.struct "s" size 4 align 4 [#whistler.field<"a" : i32 at 0>]

// -----

// expected-error @below {{fields are #whistler.field attributes}}
whistler.struct "s" size 4 align 4 [1]

// -----

// expected-error @below {{field "b" is not behind the field in front of it}}
whistler.struct "s" size 8 align 4 [#whistler.field<"a" : ui32 at 32>, #whistler.field<"b" : ui32 at 0>]

// -----

// expected-error @below {{field "a" is outside of the struct}}
whistler.struct "s" size 4 align 4 [#whistler.field<"a" : ui32 at 64>]

// -----

// expected-error @below {{enumerators are #whistler.enumerator attributes}}
whistler.enum "e" : ui32 [1]

// -----

// expected-error @below {{variable type 'i64' does not describe memory}}
whistler.global @g : i64 section ".bss"

// -----

// expected-error @below {{the section of a variable is .data, .bss or .rodata}}
whistler.global @g : ui64 section "maps"

// -----

// expected-error @below {{type '!whistler.struct<"s">' is not declared}}
whistler.global @g : !whistler.struct<"s"> section ".bss"

// -----

// expected-error @below {{is initialized with 3 bytes, and has 4}}
whistler.global @g : ui32 section ".data" init "abc"

// -----

// expected-error @below {{entry block must have one argument for each parameter}}
whistler.func @f params [#whistler.param<"x" : ui32>] result ui64 {
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// -----

// expected-error @below {{parameter '!whistler.pointer<none>' cannot be passed as 'i64'}}
whistler.func @f params [#whistler.param<"x" : !whistler.pointer<none>>] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}

// -----

// expected-error @below {{parameters are #whistler.param attributes}}
whistler.func @f params [1] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}

// -----

// expected-error @below {{a function has at most 5 parameters}}
whistler.func @f params [1, 2, 3, 4, 5, 6] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}

// -----

whistler.func @f params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{parameter '!whistler.pointer<none>' cannot be passed as 'i64'}}
  %1 = whistler.call @f(%0) : (i64) -> i64
  whistler.return %0
}

// -----

whistler.func @f params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{@f takes 1 arguments, not 0}}
  %1 = whistler.call @f() : () -> i64
  whistler.return %0
}

// -----

whistler.func @f params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{result 'ui64' cannot be returned as '!whistler.ptr<any>'}}
  %1 = whistler.call @f(%p) : (!whistler.ptr<any>) -> !whistler.ptr<any>
  whistler.return %0
}

// -----

whistler.func @f params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{no function named @g}}
  %1 = whistler.call @g() : () -> i64
  whistler.return %0
}

// -----

whistler.func @f params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{no function named @g}}
  %1 = whistler.func_ref @g
  whistler.return %0
}

// -----

whistler.func @f params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  // expected-error @below {{no global variable named @g}}
  %1 = whistler.global_addr @g
  whistler.return %0
}

// -----

whistler.func @f params [#whistler.param<"x" : ui32>] result ui64 {
^bb0(%x: i64):
  // expected-error @below {{an array has at least 1 element, not 0}}
  %0 = whistler.index %x below 0
  whistler.return %0
}
