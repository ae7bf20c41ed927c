// Names that mean something in some language, and what only looks like a name of
// C's.

// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: whistler-translate --emit-header=c %s -o names.h
// RUN: whistler-translate --emit-header=go %s -o names.go
// RUN: whistler-translate --emit-header=rust %s -o names.rs
// RUN: whistler-translate --emit-header=python %s -o names.py
// RUN: whistler-translate --emit-header=lisp %s -o names-types.lisp
// RUN: FileCheck %s --check-prefix=C < names.h
// RUN: FileCheck %s --check-prefix=GO < names.go
// RUN: FileCheck %s --check-prefix=RUST < names.rs
// RUN: FileCheck %s --check-prefix=PYTHON < names.py
// RUN: FileCheck %s --check-prefix=LISP < names-types.lisp

// All of it is accepted.
// RUN: %if gcc %{ gcc -x c -std=gnu17 -Wall -Werror -fsyntax-only names.h %}
// RUN: %if g++ %{ g++ -x c++ -std=gnu++20 -Wall -Werror -fsyntax-only names.h %}
// RUN: %if go %{ gofmt -l names.go | count 0 %}
// RUN: %if go %{ env GOCACHE=%t.cache go vet names.go %}
// RUN: %if rustc %{ rustc --edition 2021 -D warnings -A nonstandard_style --crate-type lib names.rs %}
// RUN: %python -B names.py
// RUN: ecl --norc --shell names-types.lisp
// RUN: %if sbcl %{ sbcl --noinform --non-interactive --load names-types.lisp %}

// C: #define NULL_ 0
// C: #define LINE 1
// C: #define T 2
// C: #define _4TUPLE 3
// C: #define FOO_BAR 4
// C: struct class_ {
// C-NEXT: __u8 linux_;
// C-NEXT: __u8 fn;
// C-NEXT: __u8 int_;
// C-NEXT: __u8 and_;
// C-NEXT: __u8 lambda;
// C-NEXT: __u8 type;
// C-NEXT: __u8 self;
// C-NEXT: __u8 _a;
// C-NEXT: __u8 __unix___;
// C-NEXT: __u8 from_buffer;
// C-NEXT: __u8 _pad0;
// C-NEXT: __u8 _4tuple;
// C: struct none {
// C: union self {
// C: #define WHILE_MAP "while"

// GO: const Null = 0
// GO: const Line = 1
// GO: const X4tuple = 3
// GO: type Class struct {
// GO: Linux
// GO: X4tuple
// GO: func (u *Self) Bytes_() *uint8 {

// RUST: pub const _4TUPLE: u64 = 3;
// RUST: pub struct Class {
// RUST-NEXT: pub linux: u8,
// RUST-NEXT: pub fn_: u8,
// RUST-NEXT: pub int_: u8,
// RUST-NEXT: pub and: u8,
// RUST-NEXT: pub lambda: u8,
// RUST-NEXT: pub type_: u8,
// RUST-NEXT: pub self_: u8,
// RUST: pub _pad0: u8,
// RUST-NEXT: pub _4tuple: u8,
// RUST-NEXT: pub _pad1: [u8; 4],
// RUST: pub union Self_ {

// PYTHON: class Class(ctypes.LittleEndianStructure):
// PYTHON: ("and_", ctypes.c_uint8),
// PYTHON-NEXT: ("lambda_", ctypes.c_uint8),
// PYTHON: ("from_buffer_", ctypes.c_uint8),
// PYTHON: ("_pad1", ctypes.c_uint8 * 4),
// PYTHON: class None_(ctypes.LittleEndianStructure):

// LISP: (cl:defconstant null 0)
// LISP: (cl:defconstant |+--LINE--+| 1)
// LISP: (cl:defconstant t 2)
// LISP: (cl:defconstant |4TUPLE| 3)
// LISP: (cl:defconstant |FOO\|) \\BAR| 4)
// LISP: (cl:defconstant |%START|_ 5)
// LISP: (cl:defun class-int (%bytes

whistler.define "null" 0
whistler.define "+--line--+" 1
whistler.define "t" 2
whistler.define "4tuple" 3
whistler.define "foo|) \\bar" 4
whistler.define "%start" 5
whistler.define "*/ quote\22\0A" 6
whistler.struct "class" size 16 align 4
  [#whistler.field<"linux" : ui8 at 0>, #whistler.field<"fn" : ui8 at 8>,
   #whistler.field<"int_" : ui8 at 16>, #whistler.field<"and" : ui8 at 24>,
   #whistler.field<"lambda" : ui8 at 32>, #whistler.field<"type" : ui8 at 40>,
   #whistler.field<"self" : ui8 at 48>, #whistler.field<"_a" : ui8 at 56>,
   #whistler.field<"__unix__" : ui8 at 64>,
   #whistler.field<"from_buffer" : ui8 at 72>,
   #whistler.field<"_pad0" : ui8 at 80>,
   #whistler.field<"_4tuple" : ui8 at 88>]
whistler.struct "none" size 1 align 1 [#whistler.field<"list" : ui8 at 0>]
whistler.struct "self" union size 1 align 1
  [#whistler.field<"bytes" : ui8 at 0>]
whistler.struct "list" size 8 align 8 [#whistler.field<"length" : si64 at 0>]
whistler.map @while type "array" key 4 value 8 : !whistler.struct<"list"> entries 1
