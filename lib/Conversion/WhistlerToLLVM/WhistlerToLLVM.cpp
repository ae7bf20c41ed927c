//===- WhistlerToLLVM.cpp - the conversion to LLVM --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Converts a module of the whistler dialect to the LLVM dialect.
//
//===----------------------------------------------------------------------===//

#include "Declarations.h"
#include "Patterns.h"

#include "Whistler/Conversion/Passes.h"
#include "Whistler/Dialect/Whistler/Utils/Functions.h"
#include "Whistler/UAPI/KernelVersion.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "llvm/ADT/StringExtras.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_CONVERTWHISTLERTOLLVMPASS
#include "Whistler/Conversion/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

/// The little-endian BPF target, as clang describes it.
static constexpr StringRef targetTriple = "bpfel";
static constexpr StringRef dataLayout =
    "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128";

namespace {
struct ConvertWhistlerToLLVM
    : mlir::whistler::impl::ConvertWhistlerToLLVMPassBase<
          ConvertWhistlerToLLVM> {
  using ConvertWhistlerToLLVMPassBase::ConvertWhistlerToLLVMPassBase;
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// What a program or function is called with and yields.
static LLVM::LLVMFunctionType getFunctionType(Operation *source,
                                              const TypeConverter &converter) {
  SmallVector<Type> params;
  for (BlockArgument argument : source->getRegion(0).getArguments())
    params.push_back(converter.convertType(argument.getType()));
  MLIRContext *context = source->getContext();
  auto func = dyn_cast<FuncOp>(source);
  Type result = func && isa<PointerType>(func.getResult())
                    ? Type(LLVM::LLVMPointerType::get(context))
                    : Type(IntegerType::get(context, 64));
  return LLVM::LLVMFunctionType::get(result, params);
}

namespace {
/// A program or function, whose body goes on being converted.
template <typename SourceOp>
struct FunctionPattern : OpConversionPattern<SourceOp> {
  FunctionPattern(const LLVMTypeConverter &converter, MLIRContext *context,
                  DebugInfo &debugInfo, StringRef cpu)
      : OpConversionPattern<SourceOp>(converter, context), debugInfo(debugInfo),
        cpu(cpu) {}

  LogicalResult
  matchAndRewrite(SourceOp op, typename SourceOp::Adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto created = LLVM::LLVMFuncOp::create(
        rewriter, op.getLoc(), op.getSymName(),
        getFunctionType(op, *this->getTypeConverter()));
    created.setDsoLocal(true);
    created.setNoUnwind(true);
    created.setTargetCpu(cpu);
    // There is no library whose functions LLVM could call, and only the newest
    // kernels take computed jumps.
    created.setPassthroughAttr(rewriter.getArrayAttr(
        {rewriter.getStringAttr("no-builtins"),
         rewriter.getStrArrayAttr({"no-jump-tables", "true"})}));
    setKind(created, op);
    created->setLoc(FusedLoc::get(op.getContext(), {op.getLoc()},
                                  debugInfo.getSubprogram(op)));
    Region &body = created.getBody();
    rewriter.inlineRegionBefore(op.getBody(), body, body.end());
    if (failed(rewriter.convertRegionTypes(&body, *this->getTypeConverter())))
      return failure();
    if (created.getLinkage() == LLVM::Linkage::External &&
        std::is_same_v<SourceOp, FuncOp>)
      keepArguments(rewriter, created);
    rewriter.eraseOp(op);
    return success();
  }

private:
  /// The verifier wants all arguments of a function that it verifies on its own
  /// at each call. LLVM passes nothing in the place of one that is not used, so
  /// an assembly without instructions uses them all.
  static void keepArguments(ConversionPatternRewriter &rewriter,
                            LLVM::LLVMFuncOp created) {
    if (created.getNumArguments() == 0)
      return;
    OpBuilder::InsertionGuard guard(rewriter);
    Block &entry = created.getBody().front();
    rewriter.setInsertionPointToStart(&entry);
    SmallVector<StringRef> constraints(entry.getNumArguments(), "r");
    LLVM::InlineAsmOp::create(
        rewriter, created.getLoc(), TypeRange(), entry.getArguments(),
        /*asm_string=*/"", llvm::join(constraints, ","),
        /*has_side_effects=*/true, /*is_align_stack=*/false,
        LLVM::TailCallKind::None, /*asm_dialect=*/nullptr,
        /*operand_attrs=*/nullptr);
  }

  static void setKind(LLVM::LLVMFuncOp created, ProgOp prog) {
    created.setSection(prog.getSection());
  }
  static void setKind(LLVM::LLVMFuncOp created, FuncOp func) {
    // The kernel verifies a global function once, on its own.
    created.setNoInline(func.getIsGlobal() || func.getNoInline());
    if (!func.getIsGlobal())
      created.setLinkage(LLVM::Linkage::Internal);
  }

  DebugInfo &debugInfo;
  StringRef cpu;
};
} // namespace

/// Gives all operations of `func` the locations that debug information has.
static void setLocations(LLVM::LLVMFuncOp func, DebugInfo &debugInfo) {
  auto fused = cast<FusedLoc>(func->getLoc());
  auto subprogram = cast<LLVM::DISubprogramAttr>(fused.getMetadata());
  func.getBody().walk([&](Operation *op) {
    op->setLoc(debugInfo.getLocation(op->getLoc(), subprogram));
  });
  // The function's own has to be a place, too.
  func->setLoc(FusedLoc::get(
      func.getContext(), {debugInfo.getLocation(func->getLoc(), subprogram)},
      subprogram));
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Takes what is left of the other dialects out of `module`: functions nobody
/// needs, and constants of the source, which are for other languages.
static void eraseUnneeded(ModuleOp module) {
  llvm::SetVector<Operation *> needed = ::whistler::findNeededFunctions(module);
  for (Operation &op : llvm::make_early_inc_range(module.getOps()))
    if (isa<DefineOp>(op) || (isa<FuncOp>(op) && !needed.contains(&op)))
      op.erase();
}

/// Moves the indices in `module` to where their values are computed, and has
/// all else use the index. What is an index in one place is so everywhere: the
/// verifier has to know all of what is found out about it.
static void hoistIndices(ModuleOp module) {
  SmallVector<IndexOp> indices;
  module.walk([&](IndexOp op) { indices.push_back(op); });
  for (IndexOp op : indices) {
    Value value = op.getValue();
    if (Operation *source = value.getDefiningOp())
      op->moveAfter(source);
    else
      op->moveBefore(&value.getParentBlock()->front());
    value.replaceAllUsesExcept(op, op);
  }
}

static LogicalResult convertFunctions(ModuleOp module, ConversionState &state,
                                      StringRef cpu) {
  MLIRContext *context = module.getContext();
  LLVMTypeConverter converter(context);
  converter.addConversion([](PtrType type) -> Type {
    return LLVM::LLVMPointerType::get(type.getContext());
  });
  RewritePatternSet patterns(context);
  arith::populateArithToLLVMConversionPatterns(converter, patterns);
  cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
  populateArithmeticPatterns(converter, patterns);
  populateMemoryPatterns(converter, state, patterns);
  populateCallPatterns(converter, patterns);
  populateKernelPatterns(converter, state, patterns);
  patterns.add<FunctionPattern<ProgOp>, FunctionPattern<FuncOp>>(
      converter, context, state.debugInfo, cpu);

  ConversionTarget target(*context);
  target.addIllegalDialect<WhistlerDialect, arith::ArithDialect,
                           cf::ControlFlowDialect>();
  target.addLegalDialect<LLVM::LLVMDialect>();
  target.addLegalOp<ModuleOp, StructOp, EnumOp>();
  // Folding would undo what is there for the verifier.
  ConversionConfig config;
  config.foldingMode = DialectConversionFoldingMode::Never;
  return applyFullConversion(module, target, std::move(patterns), config);
}

void ConvertWhistlerToLLVM::runOnOperation() {
  ModuleOp module = getOperation();
  const uapi::InstructionSet *set = uapi::lookupInstructionSet(cpu);
  if (!set) {
    module.emitError("unknown instruction set version \"")
        << cpu << "\"; there are v1, v2, v3 and v4";
    return signalPassFailure();
  }
  eraseUnneeded(module);

  ::whistler::StructLayouts layouts(module);
  DebugInfo debugInfo(module, layouts);
  unsigned numQueries = 0;
  ConversionState state{layouts, debugInfo,
                        /*hasAtomics=*/cpu != "v1" && cpu != "v2", numQueries};
  for (Operation &op : module.getOps())
    if (isa<ProgOp, FuncOp>(op) && failed(checkBody(state, &op)))
      return signalPassFailure();
  hoistIndices(module);
  if (failed(convertDeclarations(module, layouts, debugInfo)) ||
      failed(convertFunctions(module, state, cpu)))
    return signalPassFailure();
  for (auto func : module.getOps<LLVM::LLVMFuncOp>()) {
    keepNullTests(func);
    setLocations(func, debugInfo);
  }
  module->setAttr(LLVM::LLVMDialect::getTargetTripleAttrName(),
                  StringAttr::get(&getContext(), targetTriple));
  module->setAttr(LLVM::LLVMDialect::getDataLayoutAttrName(),
                  StringAttr::get(&getContext(), dataLayout));
}
