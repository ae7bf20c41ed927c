//===- Contexts.cpp - Program contexts ------------------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Look-ups in the generated layouts of the context structs.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/Contexts.h"

#include "Lookup.h"

#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>

#include <cstddef>
#include <type_traits>

using namespace whistler::uapi;

#include "ContextFields.inc"

static constexpr ContextStruct contextStructs[] = {
#include "ContextStructs.inc"
};

const ContextField *ContextStruct::lookup(llvm::StringRef name) const {
  return scanForName<ContextField>(fields, hyphenate(name));
}

llvm::ArrayRef<ContextStruct> whistler::uapi::getContextStructs() {
  return contextStructs;
}

const ContextStruct *whistler::uapi::lookupContextStruct(llvm::StringRef name) {
  return scanForName<ContextStruct>(contextStructs, name);
}

const ContextStruct *whistler::uapi::getContextStruct(ProgramKind kind) {
  return lookupContextStruct(getProgramType(kind).contextStruct);
}

bool whistler::uapi::isFieldReadable(ProgramKind kind,
                                     const ContextField &field) {
  return field.readableBy & kindBit(kind);
}

bool whistler::uapi::isFieldWritable(ProgramKind kind,
                                     const ContextField &field) {
  return field.writableBy & kindBit(kind);
}

/// Indexed by CallRegister.
static constexpr uint32_t callRegisterOffsets[] = {
#if defined(__x86_64__)
    offsetof(pt_regs, rdi), offsetof(pt_regs, rsi), offsetof(pt_regs, rdx),
    offsetof(pt_regs, rcx), offsetof(pt_regs, r8),  offsetof(pt_regs, r9),
    offsetof(pt_regs, rax), offsetof(pt_regs, rsp), offsetof(pt_regs, rbp),
    offsetof(pt_regs, rip),
#elif defined(__aarch64__)
    offsetof(user_pt_regs, regs[0]),  offsetof(user_pt_regs, regs[1]),
    offsetof(user_pt_regs, regs[2]),  offsetof(user_pt_regs, regs[3]),
    offsetof(user_pt_regs, regs[4]),  offsetof(user_pt_regs, regs[5]),
    offsetof(user_pt_regs, regs[0]),  offsetof(user_pt_regs, sp),
    offsetof(user_pt_regs, regs[29]), offsetof(user_pt_regs, pc),
#else
#error "describe the calling convention of this architecture"
#endif
};

uint32_t whistler::uapi::getCallRegisterOffset(CallRegister reg) {
  return callRegisterOffsets[unsigned(reg)];
}
