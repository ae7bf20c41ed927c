//===- CheckKernel.cpp - what a module asks of the kernel -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Compares what is in a module with the kernel that it is compiled for.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"
#include "Whistler/Transforms/Passes.h"
#include "Whistler/UAPI/Helpers.h"
#include "Whistler/UAPI/MapTypes.h"

#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/TypeSwitch.h"

#include <linux/bpf.h>
#include <set>

namespace mlir::whistler {
#define GEN_PASS_DEF_CHECKKERNELPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;
using uapi::KernelFeature;
using uapi::KernelVersion;

namespace {
/// What one operation asks of the kernel.
struct Need {
  Operation *op = nullptr;
  KernelVersion since;
  /// What a message calls it.
  std::string what;
};

/// Collects the needs of everything that will be in a module's object.
class NeedFinder {
public:
  /// `note` is called with each need, in the order of the module.
  NeedFinder(ModuleOp module, llvm::function_ref<void(const Need &)> note)
      : module(module), note(note) {}

  void run();

private:
  /// The kinds of programs that get into a program or function, as bits.
  using KindMask = uint32_t;
  static_assert(uapi::NumProgramKinds <= 32);

  void findBodies();
  void visitDeclaration(Operation &op);
  void visitProgram(ProgOp prog);
  void visitFunction(FuncOp func);
  void visitBody(Operation *body, KindMask kinds);
  void visitLoops(Operation *body);
  void visitHelperCall(HelperCallOp call, KindMask kinds);

  void need(Operation *op, KernelVersion since, const Twine &what) {
    note({op, since, what.str()});
  }
  void need(Operation *op, KernelFeature feature) {
    need(op, uapi::getSince(feature), uapi::getDescription(feature));
  }

  ModuleOp module;
  llvm::function_ref<void(const Need &)> note;
  llvm::MapVector<Operation *, KindMask> bodies;
};

struct CheckKernel : mlir::whistler::impl::CheckKernelPassBase<CheckKernel> {
  using CheckKernelPassBase::CheckKernelPassBase;
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Instructions that the source spells out
//===----------------------------------------------------------------------===//

/// What the instruction of an `asm` form needs beyond the oldest kernels; the
/// fields are those of the kernel's instruction set document.
static std::optional<KernelFeature> getNeed(AsmOp op) {
  uint8_t code = op.getCode(), instructionClass = BPF_CLASS(code);
  bool isALU = instructionClass == BPF_ALU || instructionClass == BPF_ALU64;
  bool isDivision = BPF_OP(code) == BPF_DIV || BPF_OP(code) == BPF_MOD;
  constexpr uint8_t jumpMayGoto = 0xe5, modeSignExtending = 0x80;
  constexpr uint32_t lastAtomicRMW = 0xff;
  if (code == jumpMayGoto)
    return KernelFeature::MayGoto;
  if (code == (BPF_JMP32 | BPF_JA) || code == (BPF_ALU64 | BPF_END) ||
      (instructionClass == BPF_LDX && BPF_MODE(code) == modeSignExtending) ||
      (isALU && (isDivision || BPF_OP(code) == BPF_MOV) && op.getOff() != 0))
    return KernelFeature::SignExtension;
  if (instructionClass == BPF_STX && BPF_MODE(code) == BPF_ATOMIC)
    return uint32_t(op.getImm()) > lastAtomicRMW ? KernelFeature::AtomicLoad
           : op.getImm() != BPF_ADD ? std::optional(KernelFeature::AtomicFetch)
                                    : std::nullopt;
  if (instructionClass == BPF_JMP32)
    return KernelFeature::Jump32;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// NeedFinder
//===----------------------------------------------------------------------===//

/// Finds the programs, the global functions, and the functions that they call
/// or take the address of, with the kinds of programs that get there.
void NeedFinder::findBodies() {
  SmallVector<Operation *> pending;
  for (Operation &op : module.getOps()) {
    KindMask kinds = 0;
    if (auto prog = dyn_cast<ProgOp>(op))
      if (const auto *type = uapi::lookupProgramType(prog.getProgramType()))
        kinds = 1u << unsigned(type->kind);
    auto func = dyn_cast<FuncOp>(op);
    if (!isa<ProgOp>(op) && !(func && func.getIsGlobal()))
      continue;
    bodies[&op] = kinds;
    pending.push_back(&op);
  }
  SymbolTable symbols(module);
  while (!pending.empty()) {
    Operation *body = pending.pop_back_val();
    KindMask kinds = bodies.lookup(body);
    body->walk([&](Operation *op) {
      StringRef name;
      if (auto call = dyn_cast<CallOp>(op))
        name = call.getCallee();
      else if (auto address = dyn_cast<FuncRefOp>(op))
        name = address.getCallee();
      Operation *callee = name.empty() ? nullptr : symbols.lookup(name);
      if (!callee)
        return;
      auto [known, isNew] = bodies.insert({callee, kinds});
      if (!isNew && (known->second | kinds) == known->second)
        return;
      known->second |= kinds;
      pending.push_back(callee);
    });
  }
}

void NeedFinder::run() {
  findBodies();
  for (Operation &op : module.getOps()) {
    visitDeclaration(op);
    auto body = bodies.find(&op);
    if (body != bodies.end())
      visitBody(&op, body->second);
  }
}

void NeedFinder::visitDeclaration(Operation &op) {
  if (auto map = dyn_cast<MapOp>(op)) {
    if (const uapi::MapType *type = uapi::lookupMapType(map.getMapType()))
      need(map, type->since, "a map of type `:" + type->name + "`");
  } else if (isa<GlobalOp>(op)) {
    need(&op, KernelFeature::GlobalVariable);
  } else if (auto prog = dyn_cast<ProgOp>(op)) {
    visitProgram(prog);
  } else if (auto func = dyn_cast<FuncOp>(op); func && bodies.contains(&op)) {
    visitFunction(func);
  }
}

void NeedFinder::visitProgram(ProgOp prog) {
  const uapi::SectionDef *section =
      uapi::classifySection(prog.getSection()).def;
  if (section)
    need(prog, section->since,
         "a program of type `:" + prog.getProgramType() + "` in section \"" +
             prog.getSection() + "\"");
}

void NeedFinder::visitFunction(FuncOp func) {
  need(func, KernelFeature::Function);
  if (!func.getIsGlobal())
    return;
  need(func, KernelFeature::GlobalFunction);
  for (auto param : func.getParams().getAsRange<ParamAttr>()) {
    auto pointer = dyn_cast<PointerType>(param.getType());
    auto pointee =
        pointer ? dyn_cast<StructType>(pointer.getPointee()) : StructType();
    bool isContext =
        pointee && llvm::any_of(uapi::getProgramTypes(), [&](const auto &type) {
          return type.contextStruct == pointee.getTag();
        });
    if (pointer && !isContext)
      need(func, KernelFeature::PointerToGlobalFunction);
  }
}

void NeedFinder::visitHelperCall(HelperCallOp call, KindMask kinds) {
  const uapi::Helper *helper = uapi::lookupHelperByCName(call.getHelper());
  if (!helper)
    return;
  KernelVersion since = helper->since;
  std::string where;
  for (const uapi::ProgramType &type : uapi::getProgramTypes()) {
    bool isHere = kinds & (1u << unsigned(type.kind));
    KernelVersion here =
        isHere ? uapi::getHelperSince(*helper, type.kind) : since;
    if (!(since < here))
      continue;
    since = here;
    where = (" in a program of type `:" + type.name + "`").str();
  }
  need(call, since, "the helper `" + helper->name + "`" + where);
}

/// Reports each loop at the branch that leads into or out of it.
void NeedFinder::visitLoops(Operation *body) {
  Region &region = body->getRegion(0);
  for (auto it = llvm::scc_begin(&region); !it.isAtEnd(); ++it)
    if (it.hasCycle())
      need((*it).back()->getTerminator(), KernelFeature::Loop);
}

void NeedFinder::visitBody(Operation *body, KindMask kinds) {
  visitLoops(body);
  TailCallOp tailCall;
  bool isMixed = isa<FuncOp>(body);
  body->walk([&](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](HelperCallOp call) { visitHelperCall(call, kinds); })
        .Case([&](MapLookupOp lookup) {
          if (lookup.getIsCertain())
            need(op, KernelFeature::CertainLookup);
        })
        .Case([&](TailCallOp call) {
          need(op, KernelFeature::TailCall);
          tailCall = call;
        })
        .Case([&](CallOp) { isMixed = true; })
        .Case([&](FuncRefOp) { need(op, KernelFeature::Callback); })
        .Case([&](AtomicRMWOp rmw) {
          bool isAddition = rmw.getKind() == AtomicKind::Add;
          if (!isAddition || (rmw.getOld() && !rmw.getOld().use_empty()))
            need(op, KernelFeature::AtomicFetch);
        })
        .Case([&](AtomicCmpXchgOp) { need(op, KernelFeature::AtomicFetch); })
        .Case([&](AsmOp instruction) {
          if (std::optional<KernelFeature> feature = getNeed(instruction))
            need(op, *feature);
        })
        .Default([](Operation *) {});
  });
  if (tailCall && isMixed)
    need(tailCall, KernelFeature::TailCallInFunction);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

void CheckKernel::runOnOperation() {
  ModuleOp module = getOperation();
  TargetKernel target(module);
  Need newest;
  // A form that becomes several operations is reported once.
  std::set<std::pair<const void *, std::string>> reported;
  auto check = [&](const Need &need) {
    if (newest.since < need.since)
      newest = need;
    if (!target.isNamed() || !(target.getVersion() < need.since))
      return;
    signalPassFailure();
    if (!reported
             .insert({need.op->getLoc().getAsOpaquePointer(), need.since.str()})
             .second)
      return;
    need.op->emitError(need.what)
        << " needs Linux " << need.since.str()
        << ", and this is compiled for Linux " << target.getVersion().str()
        << " (`--min-kernel`)";
  };
  if (const auto *set = uapi::lookupInstructionSet(cpu))
    check({module, set->since, "the instruction set " + cpu});
  NeedFinder(module, check).run();
  if (uapi::defaultMinKernel < newest.since)
    setNeededKernel(module, newest.since);
  if (report && newest.op)
    newest.op->emitRemark(newest.what) << " needs Linux " << newest.since.str()
                                       << "; nothing else needs a newer one";
}
