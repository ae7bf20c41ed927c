//===- TargetKernel.cpp - the kernel that a module is for -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads, writes and verifies the module attributes that name kernels.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"

using namespace mlir;
using namespace mlir::whistler;
using ::whistler::uapi::KernelVersion;

static constexpr StringLiteral minKernelName = "whistler.min_kernel";
static constexpr StringLiteral neededKernelName = "whistler.needs_kernel";

Attribute KernelAttr::parse(AsmParser &parser, Type) {
  std::string text;
  SMLoc loc;
  if (parser.parseLess() || parser.getCurrentLocation(&loc) ||
      parser.parseString(&text) || parser.parseGreater())
    return {};
  std::optional<KernelVersion> version = KernelVersion::parse(text);
  if (!version) {
    parser.emitError(loc, "expected a version of Linux such as \"6.1\"");
    return {};
  }
  return get(parser.getContext(), version->majorNumber, version->minorNumber);
}

void KernelAttr::print(AsmPrinter &printer) const {
  printer << "<\"" << KernelVersion{getMajorNumber(), getMinorNumber()}.str()
          << "\">";
}

LogicalResult WhistlerDialect::verifyOperationAttribute(Operation *op,
                                                        NamedAttribute attr) {
  if (attr.getName() != minKernelName && attr.getName() != neededKernelName)
    return success();
  if (isa<ModuleOp>(op) && isa<KernelAttr>(attr.getValue()))
    return success();
  return op->emitOpError("'") << attr.getName().getValue()
                              << "' is a #whistler.kernel, and on modules only";
}

static std::optional<KernelVersion> getVersion(ModuleOp module,
                                               StringRef name) {
  auto kernel = module ? module->getAttrOfType<KernelAttr>(name) : KernelAttr();
  if (!kernel)
    return std::nullopt;
  return KernelVersion{kernel.getMajorNumber(), kernel.getMinorNumber()};
}

static void setVersion(ModuleOp module, StringRef name, KernelVersion version) {
  module->setAttr(name,
                  KernelAttr::get(module.getContext(), version.majorNumber,
                                  version.minorNumber));
}

TargetKernel::TargetKernel(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  std::optional<KernelVersion> found = ::getVersion(module, minKernelName);
  named = found.has_value();
  version = found.value_or(version);
}

void TargetKernel::set(ModuleOp module, KernelVersion version) {
  setVersion(module, minKernelName, version);
}

std::optional<KernelVersion> mlir::whistler::getNeededKernel(ModuleOp module) {
  return ::getVersion(module, neededKernelName);
}

void mlir::whistler::setNeededKernel(ModuleOp module, KernelVersion version) {
  setVersion(module, neededKernelName, version);
}
