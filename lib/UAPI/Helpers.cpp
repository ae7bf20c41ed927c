//===- Helpers.cpp - Kernel helper functions ------------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Look-ups in the generated helper tables, and who may call what.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/Helpers.h"

#include "Lookup.h"

#include <linux/bpf.h>

using namespace whistler::uapi;

static constexpr KernelVersion recordedKernels[] = {
#include "RecordedKernels.inc"
};
static constexpr unsigned numKernels = std::size(recordedKernels);

namespace {
/// Program kinds, as bits, that may call a helper.
struct HelperMasks {
  uint32_t gplOnly;
  uint32_t available[numKernels];
};
} // namespace

static constexpr Helper helpers[] = {
#include "Helpers.inc"
};

/// Parallel to `helpers`.
static constexpr HelperMasks helperMasks[] = {
#include "HelperMasks.inc"
};
static_assert(std::size(helpers) == std::size(helperMasks));

/// The strings that the kernel's license_is_gpl_compatible() compares with.
static constexpr llvm::StringLiteral gplLicenses[] = {
    "GPL",          "GPL v2",       "GPL and additional rights",
    "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"};

llvm::ArrayRef<Helper> whistler::uapi::getHelpers() { return helpers; }

const Helper *whistler::uapi::lookupHelper(llvm::StringRef lispName) {
  return lookupByName<Helper>(helpers, lispName);
}

const Helper *whistler::uapi::lookupHelperByCName(llvm::StringRef cName) {
  cName.consume_front("bpf_");
  const Helper *helper = lookupHelper(hyphenate(cName));
  return helper && helper->cName == cName ? helper : nullptr;
}

const Helper *whistler::uapi::lookupHelperById(uint32_t id) {
  for (const Helper &helper : helpers)
    if (helper.id == id)
      return &helper;
  return nullptr;
}

llvm::ArrayRef<KernelVersion> whistler::uapi::getRecordedKernels() {
  return recordedKernels;
}

bool whistler::uapi::isHelperAvailable(const Helper &helper, ProgramKind kind) {
  for (unsigned kernel = 0; kernel < numKernels; ++kernel)
    if (isHelperAvailable(helper, kind, kernel))
      return true;
  return false;
}

bool whistler::uapi::isHelperAvailable(const Helper &helper, ProgramKind kind,
                                       unsigned kernelIndex) {
  assert(kernelIndex < numKernels && "no such recording");
  return helperMasks[helper.index].available[kernelIndex] & kindBit(kind);
}

KernelVersion whistler::uapi::getHelperSince(const Helper &helper,
                                             ProgramKind kind) {
  bool wasRefused = false;
  for (unsigned kernel = 0; kernel < numKernels; ++kernel) {
    if (recordedKernels[kernel] < helper.since)
      continue;
    if (isHelperAvailable(helper, kind, kernel))
      return wasRefused ? recordedKernels[kernel] : helper.since;
    wasRefused = true;
  }
  return helper.since;
}

bool whistler::uapi::isGplOnly(const Helper &helper, ProgramKind kind) {
  return helperMasks[helper.index].gplOnly & kindBit(kind);
}

bool whistler::uapi::isGplOnly(const Helper &helper) {
  return helperMasks[helper.index].gplOnly != 0;
}

bool whistler::uapi::isGplCompatible(llvm::StringRef license) {
  return llvm::is_contained(gplLicenses, license);
}
