//===- Translation.cpp - the LLVM dialect to LLVM IR ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Adds to MLIR's translation what the LLVM dialect has no attributes for.
//
//===----------------------------------------------------------------------===//

#include "EmbeddedSources.h"

#include "Whistler/Conversion/LLVMAttributes.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Target/LLVMIR.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Target/LLVMIR/LLVMTranslationInterface.h"
#include "mlir/Target/LLVMIR/ModuleTranslation.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"

using namespace whistler;
// Not all of mlir: it has a namespace `whistler` of its own.
using llvm::ArrayRef;
using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;
using llvm::LogicalResult;
using llvm::SmallVector;
using mlir::ModuleOp;
using mlir::NamedAttribute;
using mlir::Operation;
using mlir::LLVM::ModuleTranslation;
using mlir::whistler::EnumeratorAttr;
using mlir::whistler::EnumOp;
using mlir::whistler::FieldAttr;
using mlir::whistler::StructOp;

//===----------------------------------------------------------------------===//
// Debug information
//===----------------------------------------------------------------------===//

/// Gives an enumeration its enumerators.
static void addEnumerators(llvm::DICompositeType *type, EnumOp op) {
  auto underlying = cast<mlir::IntegerType>(op.getUnderlying());
  SmallVector<llvm::Metadata *> elements;
  for (auto attr : op.getEnumerators().getAsRange<EnumeratorAttr>())
    elements.push_back(llvm::DIEnumerator::get(
        type->getContext(),
        llvm::APInt(underlying.getWidth(), attr.getValue(), /*isSigned=*/false,
                    /*implicitTrunc=*/true),
        !underlying.isSigned(), attr.getName()));
  type->replaceElements(llvm::MDTuple::get(type->getContext(), elements));
}

/// Tells which members of a struct are bitfields.
static void markBitFields(llvm::DICompositeType *type, StructOp op) {
  llvm::LLVMContext &context = type->getContext();
  SmallVector<llvm::Metadata *> elements;
  for (auto [attr, element] :
       llvm::zip_equal(op.getFields(), type->getElements())) {
    auto *member = cast<llvm::DIDerivedType>(element);
    auto field = cast<FieldAttr>(attr);
    if (field.getBitWidth() == 0) {
      elements.push_back(member);
      continue;
    }
    uint64_t unit = 8 * mlir::whistler::getSizeInBytes(field.getType());
    auto *storage = llvm::ConstantAsMetadata::get(llvm::ConstantInt::get(
        llvm::Type::getInt64Ty(context),
        llvm::alignDown(uint64_t(field.getBitOffset()), unit)));
    elements.push_back(llvm::DIDerivedType::get(
        context, member->getTag(), member->getName(), member->getFile(),
        member->getLine(), member->getScope(), member->getBaseType(),
        member->getSizeInBits(), member->getAlignInBits(),
        member->getOffsetInBits(), /*DWARFAddressSpace=*/std::nullopt,
        /*PtrAuthData=*/std::nullopt, llvm::DINode::FlagBitField, storage));
  }
  type->replaceElements(llvm::MDTuple::get(context, elements));
}

//===----------------------------------------------------------------------===//
// The interface
//===----------------------------------------------------------------------===//

namespace {
/// Translates the declarations of types that `convert-whistler-to-llvm` leaves,
/// and the attributes that it adds.
class WhistlerTranslation : public mlir::LLVMTranslationDialectInterface {
public:
  using LLVMTranslationDialectInterface::LLVMTranslationDialectInterface;

  LogicalResult convertOperation(Operation *op, llvm::IRBuilderBase &,
                                 ModuleTranslation &) const final {
    return mlir::success(isa<StructOp, EnumOp>(op));
  }

  LogicalResult amendOperation(Operation *op,
                               ArrayRef<llvm::Instruction *> instructions,
                               NamedAttribute attribute,
                               ModuleTranslation &translation) const final {
    auto type = dyn_cast<mlir::LLVM::DITypeAttr>(attribute.getValue());
    if (!type)
      return mlir::success();
    llvm::Metadata *node = translation.translateDebugInfo(type);
    if (attribute.getName() == mlir::whistler::accessTypeAttrName) {
      for (llvm::Instruction *instruction : instructions)
        if (isa<llvm::CallInst>(instruction))
          instruction->setMetadata(llvm::LLVMContext::MD_preserve_access_index,
                                   cast<llvm::MDNode>(node));
    } else if (attribute.getName() == mlir::whistler::debugTypeAttrName) {
      auto *composite = cast<llvm::DICompositeType>(node);
      if (auto enumOp = dyn_cast<EnumOp>(op))
        addEnumerators(composite, enumOp);
      else
        markBitFields(composite, cast<StructOp>(op));
    }
    return mlir::success();
  }
};
} // namespace

void whistler::registerLLVMIRTranslation(mlir::DialectRegistry &registry) {
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
  registry.addExtension(
      +[](mlir::MLIRContext *, mlir::whistler::WhistlerDialect *dialect) {
        dialect->addInterfaces<WhistlerTranslation>();
      });
}

std::unique_ptr<llvm::Module>
whistler::translateToLLVMIR(ModuleOp module, llvm::LLVMContext &context,
                            const llvm::SourceMgr *sources) {
  mlir::DialectRegistry registry;
  registerLLVMIRTranslation(registry);
  module.getContext()->appendDialectRegistry(registry);
  std::unique_ptr<llvm::Module> translated =
      mlir::translateModuleToLLVMIR(module, context, /*name=*/"whistler");
  if (translated && sources)
    embedSources(*translated, *sources);
  return translated;
}

LogicalResult whistler::emitLLVMIR(ModuleOp module, llvm::raw_ostream &os,
                                   const llvm::SourceMgr *sources) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> translated =
      translateToLLVMIR(module, context, sources);
  if (!translated)
    return mlir::failure();
  translated->print(os, /*AAW=*/nullptr);
  return mlir::success();
}
