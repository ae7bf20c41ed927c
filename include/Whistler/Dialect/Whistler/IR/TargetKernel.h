//===- TargetKernel.h - the kernel that a module is for ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The module attributes that name kernels.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_TARGETKERNEL_H
#define WHISTLER_DIALECT_WHISTLER_IR_TARGETKERNEL_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/UAPI/KernelVersion.h"

namespace mlir::whistler {

/// The oldest kernel that a module is compiled for.
class TargetKernel {
public:
  /// The kernel of the module that `op` is or is in.
  explicit TargetKernel(Operation *op);

  ::whistler::uapi::KernelVersion getVersion() const { return version; }
  /// Whether the module names the kernel; it is the default otherwise.
  bool isNamed() const { return named; }
  /// Whether programs may make use of `feature`.
  bool has(::whistler::uapi::KernelFeature feature) const {
    return !(version < ::whistler::uapi::getSince(feature));
  }

  /// Makes `module` name a kernel.
  static void set(ModuleOp module, ::whistler::uapi::KernelVersion version);

private:
  ::whistler::uapi::KernelVersion version = ::whistler::uapi::defaultMinKernel;
  bool named = false;
};

/// The kernel that `whistler-check-kernel` found `module` to need; none where
/// every kernel will do that is taken for granted.
std::optional<::whistler::uapi::KernelVersion> getNeededKernel(ModuleOp module);
void setNeededKernel(ModuleOp module, ::whistler::uapi::KernelVersion version);

} // namespace mlir::whistler

#endif // WHISTLER_DIALECT_WHISTLER_IR_TARGETKERNEL_H
