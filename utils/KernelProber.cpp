//===- KernelProber.cpp - What the running kernel lets programs do --------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Loads minimal programs to find out which helpers each program type may call,
// which of them need a GPL-compatible license, and which context fields may be
// read and written. Prints the lines of lib/UAPI/data/kernel-*.txt.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/Contexts.h"
#include "Whistler/UAPI/Helpers.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>
#include <unistd.h>

#include <map>
#include <set>
#include <string>

using namespace whistler::uapi;

namespace {
/// One way to load a program of some kind.
struct Variant {
  bpf_prog_type type;
  bpf_attach_type attachType = bpf_attach_type(0);
  uint32_t flags = 0;
  uint32_t btfId = 0;
};

/// What the verifier said.
struct Answer {
  bool wasAccepted;
  std::string log;

  bool says(llvm::StringRef text) const {
    return llvm::StringRef(log).contains(text);
  }
};
} // namespace

static constexpr bpf_insn exitInsn = {BPF_JMP | BPF_EXIT, 0, 0, 0, 0};

static bpf_insn moveImmediate(uint8_t reg, int32_t value) {
  return {BPF_ALU64 | BPF_MOV | BPF_K, reg, 0, 0, value};
}

static Answer load(const Variant &variant, llvm::StringRef license,
                   llvm::ArrayRef<bpf_insn> insns) {
  static char log[1 << 16];
  log[0] = 0;
  bpf_prog_load_opts opts = {};
  opts.sz = sizeof(opts);
  opts.expected_attach_type = variant.attachType;
  opts.prog_flags = variant.flags;
  opts.attach_btf_id = variant.btfId;
  opts.log_level = 1;
  opts.log_buf = log;
  opts.log_size = sizeof(log);
  int fd = bpf_prog_load(variant.type, "probe", license.data(), insns.data(),
                         insns.size(), &opts);
  if (fd >= 0)
    close(fd);
  return {fd >= 0, log};
}

/// The functions, hooks and tracepoints to try for programs that are loaded
/// for a BTF target. Hooks of different nature offer different helpers.
static llvm::ArrayRef<llvm::StringLiteral> btfTargets(ProgramKind kind) {
  static constexpr llvm::StringLiteral tracepoints[] = {"sched_switch",
                                                        "kfree_skb"};
  static constexpr llvm::StringLiteral functions[] = {"bpf_fentry_test1",
                                                      "vfs_read"};
  static constexpr llvm::StringLiteral hooks[] = {"file_open", "socket_create",
                                                  "bprm_check_security",
                                                  "inet_conn_established"};
  switch (kind) {
  case ProgramKind::TpBtf:
    return tracepoints;
  case ProgramKind::Fentry:
  case ProgramKind::Fexit:
    return functions;
  case ProgramKind::LSM:
    return hooks;
  default:
    return {};
  }
}

/// Every way to load a program of that kind: one per section name of libbpf
/// and BTF target.
static llvm::SmallVector<Variant> variantsOf(ProgramKind kind) {
  llvm::SmallVector<Variant> variants;
  for (const SectionDef &def : getSectionDefs()) {
    if (def.kind != kind || !def.uapiType)
      continue;
    Variant variant{bpf_prog_type(*def.uapiType)};
    if (def.attachType)
      variant.attachType = bpf_attach_type(*def.attachType);
    variant.flags = def.isSleepable ? BPF_F_SLEEPABLE : 0;
    llvm::ArrayRef<llvm::StringLiteral> targets = btfTargets(kind);
    if (targets.empty())
      variants.push_back(variant);
    for (llvm::StringRef target : targets) {
      int id = libbpf_find_vmlinux_btf_id(target.data(), variant.attachType);
      if (id <= 0)
        continue;
      variant.btfId = id;
      variants.push_back(variant);
    }
  }
  return variants;
}

/// "bpf_map_pop_elem#88" in the log, without prefix and number; empty when the
/// log has no such thing.
static std::string nameInLog(llvm::StringRef log, uint32_t id) {
  llvm::StringRef before = log.split(("#" + llvm::Twine(id)).str()).first;
  llvm::StringRef name = before.substr(before.find_last_of(' ') + 1);
  return name.consume_front("bpf_") && before.size() < log.size() ? name.str()
                                                                  : "";
}

/// Helpers by number. The kernel names those that the build's header lacks.
static std::map<uint32_t, std::string> findHelpers() {
  std::map<uint32_t, std::string> names;
  for (const Helper &helper : getHelpers())
    names[helper.id] = helper.cName.str();
  for (uint32_t id = 1;; ++id) {
    for (const ProgramType &type : getProgramTypes()) {
      if (names.count(id))
        break;
      bpf_insn call[] = {{BPF_JMP | BPF_CALL, 0, 0, 0, int32_t(id)}, exitInsn};
      Answer answer = load({bpf_prog_type(type.uapiType)}, "GPL", call);
      std::string name = nameInLog(answer.log, id);
      if (answer.says("invalid func") || name == "unknown")
        return names;
      if (!name.empty())
        names[id] = name;
    }
    if (!names.count(id))
      return names;
  }
}

/// Whether the verifier's answer to a call of a helper means that programs
/// like this one may call it, if not with these arguments.
static bool isOffered(const Answer &answer) {
  // Without its first instruction in the log, the program was refused for
  // what it is rather than for the call.
  bool wasVerified = answer.wasAccepted || answer.says("(85) call ");
  return wasVerified && !answer.says("unknown func") &&
         !answer.says("cannot use helper") && !answer.says("invalid func") &&
         !answer.says("might sleep in a non-sleepable");
}

static void printLine(llvm::StringRef what, const ProgramType &type,
                      const std::set<std::string> &names) {
  llvm::outs() << what << ' ' << type.name << ':';
  for (const std::string &name : names)
    llvm::outs() << ' ' << name;
  llvm::outs() << '\n';
}

static void probeHelpers(const ProgramType &type,
                         llvm::ArrayRef<Variant> variants,
                         const std::map<uint32_t, std::string> &helpers) {
  std::set<std::string> offered;
  for (const auto &[id, name] : helpers) {
    bpf_insn call[] = {{BPF_JMP | BPF_CALL, 0, 0, 0, int32_t(id)}, exitInsn};
    bool isCallable = false, isGpl = false;
    for (const Variant &variant : variants) {
      if (!isOffered(load(variant, "GPL", call)))
        continue;
      isCallable = true;
      // Some program types as a whole are closed to other licenses.
      isGpl |= !type.requiresGpl &&
               load(variant, "Proprietary", call).says("GPL-restricted");
    }
    if (isCallable)
      offered.insert(isGpl ? name + "!" : name);
  }
  if (!offered.empty())
    printLine("call", type, offered);
}

static uint8_t sizeCode(uint32_t bytes) {
  switch (bytes) {
  case 1:
    return BPF_B;
  case 2:
    return BPF_H;
  case 4:
    return BPF_W;
  default:
    return BPF_DW;
  }
}

/// Whether some variant may run `insns`, followed by `return 1`.
static bool accepts(llvm::ArrayRef<Variant> variants,
                    llvm::ArrayRef<bpf_insn> insns) {
  llvm::SmallVector<bpf_insn> program(insns);
  program.append({moveImmediate(BPF_REG_0, 1), exitInsn});
  return llvm::any_of(variants, [&](const Variant &variant) {
    return load(variant, "GPL", program).wasAccepted;
  });
}

static void probeFields(const ProgramType &type,
                        llvm::ArrayRef<Variant> variants) {
  const ContextStruct *context = getContextStruct(type.kind);
  if (!context || !accepts(variants, {}))
    return;
  std::set<std::string> readable, writable;
  for (const ContextField &field : context->fields) {
    if (field.kind == FieldKind::Struct) {
      readable.insert(field.cName.str());
      continue;
    }
    uint8_t size = sizeCode(field.size);
    auto offset = int16_t(field.offset);
    bpf_insn read = {uint8_t(BPF_LDX | BPF_MEM | size), BPF_REG_2, BPF_REG_1,
                     offset, 0};
    bpf_insn write = {uint8_t(BPF_STX | BPF_MEM | size), BPF_REG_1, BPF_REG_2,
                      offset, 0};
    if (accepts(variants, read))
      readable.insert(field.cName.str());
    if (accepts(variants, {moveImmediate(BPF_REG_2, 0), write}))
      writable.insert(field.cName.str());
  }
  printLine("read", type, readable);
  printLine("write", type, writable);
}

int main() {
  libbpf_set_print(nullptr);
  std::map<uint32_t, std::string> helpers = findHelpers();
  for (const ProgramType &type : getProgramTypes()) {
    llvm::SmallVector<Variant> variants = variantsOf(type.kind);
    probeHelpers(type, variants, helpers);
    probeFields(type, variants);
  }
  return 0;
}
