// Functions that programs call: their section, symbols, types and records.

// REQUIRES: bpftool
// RUN: whistler-translate --emit-elf %s -o %t.o
// RUN: llvm-readelf -SsrW %t.o | FileCheck %s --check-prefix=ELF
// RUN: bpftool btf dump file %t.o | FileCheck %s --check-prefix=BTF
// RUN: llvm-objdump -d -l -S %t.o | FileCheck %s --check-prefix=CODE
// RUN: whistler-translate --emit-asm %s | FileCheck %s

// ELF: .text PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 000060 00 AX 0 0 8
// ELF: Relocation section '.rel.text'
// ELF: R_BPF_64_32 {{[0-9a-f]+}} .text
// ELF: Relocation section '.relxdp'
// A static function is a place in its section, a global one its symbol.
// ELF: R_BPF_64_32 {{[0-9a-f]+}} .text
// ELF-NEXT: R_BPF_64_64 {{[0-9a-f]+}} .text
// ELF-NEXT: R_BPF_64_32 {{[0-9a-f]+}} outer
// ELF-DAG: 0000000000000000 48 FUNC LOCAL DEFAULT {{[0-9]+}} first
// ELF-DAG: 0000000000000030 16 FUNC LOCAL DEFAULT {{[0-9]+}} second
// ELF-DAG: 0000000000000040 32 FUNC GLOBAL DEFAULT {{[0-9]+}} outer
// ELF-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} p

// BTF: {{\[}}[[#U16:]]] INT 'unsigned short'
// BTF: {{\[}}[[#VOID:]]] PTR '(anon)' type_id=0
// BTF: {{\[}}[[#U64:]]] INT 'unsigned long long'
// BTF: FUNC_PROTO '(anon)' ret_type_id=[[#U64]] vlen=2
// BTF-NEXT: 'a' type_id=[[#U16]]
// BTF-NEXT: 'b' type_id=[[#VOID]]
// BTF: FUNC 'first' type_id={{[0-9]+}} linkage=static
// A context that functions take is described, as the kernel goes by its name.
// BTF: {{\[}}[[#CTX:]]] STRUCT 'xdp_md'
// BTF: {{\[}}[[#PTR:]]] PTR '(anon)' type_id=[[#CTX]]
// BTF: {{\[}}[[#UNKNOWN:]]] FWD 'unknown' fwd_kind=struct
// BTF: {{\[}}[[#OTHER:]]] PTR '(anon)' type_id=[[#UNKNOWN]]
// BTF: FUNC_PROTO '(anon)' ret_type_id={{[0-9]+}} vlen=2
// BTF-NEXT: 'ctx' type_id=[[#PTR]]
// BTF-NEXT: 'other' type_id=[[#OTHER]]
// BTF: FUNC 'outer' type_id={{[0-9]+}} linkage=global
// BTF: FUNC 'p' type_id={{[0-9]+}} linkage=global

// CODE-LABEL: <outer>:
// CODE: call 0x5
// CODE-LABEL: <p>:
// CODE: call -0x1
// CODE: ld_pseudo r2, 0x4, 0x30
// CODE: call -0x1

// CHECK: first: ; static function, 6 slots, 0 bytes of stack
// CHECK-NEXT: ; {{.*}}functions.mlir:[[#@LINE+14]]: %0 = arith.addi
// CHECK: outer: ; global function, 4 slots
// CHECK: call second
// CHECK: p: ; type xdp, section "xdp", license "GPL"
// CHECK: call first
// CHECK: r2 = func[second]
// CHECK: call bpf_loop#181
// CHECK: call outer
whistler.func @first params [#whistler.param<"a" : ui16>, #whistler.param<"b" : !whistler.pointer<none>>] result ui64 {
^bb0(%a: i64, %b: !whistler.ptr<any>):
  %c3 = arith.constant 3 : i64
  %c5 = arith.constant 5 : i64
  %c6 = arith.constant 6 : i64
  %c7 = arith.constant 7 : i64
  %0 = arith.addi %a, %c3 : i64
  %1 = arith.muli %0, %c5 : i64
  %2 = arith.xori %1, %c6 : i64
  %3 = arith.ori %2, %c7 : i64
  whistler.return %3
}
whistler.func @second params [] result ui64 {
  %0 = arith.constant 0 : i64
  whistler.return %0
}
whistler.func @outer global params [#whistler.param<"ctx" : !whistler.pointer<!whistler.struct<"xdp_md">>>,
                                    #whistler.param<"other" : !whistler.pointer<!whistler.struct<"unknown">>>] result si32 {
^bb0(%ctx: !whistler.ptr<ctx>, %other: !whistler.ptr<any>):
  %0 = whistler.call @second() : () -> i64
  %c1 = arith.constant 1 : i64
  %1 = arith.addi %0, %c1 : i64
  %2 = arith.muli %1, %1 : i64
  whistler.return %2
}
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %null = whistler.null : !whistler.ptr<any>
  %0 = whistler.call @first(%c0, %null) : (i64, !whistler.ptr<any>) -> i64
  %f = whistler.func_ref @second
  %1 = whistler.helper_call "loop"(%0, %f, %null, %c0) : (i64, !whistler.ptr<func>, !whistler.ptr<any>, i64) -> i64
  %2 = whistler.call @outer(%ctx, %null) : (!whistler.ptr<ctx>, !whistler.ptr<any>) -> i64
  whistler.return %2
}
