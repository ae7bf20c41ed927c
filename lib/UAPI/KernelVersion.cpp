//===- KernelVersion.cpp - kernels and what they have ---------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The versions that brought instructions and abilities of the verifier.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/KernelVersion.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace whistler::uapi;

using KF = KernelFeature;

namespace {
struct FeatureRow {
  KernelFeature feature;
  KernelVersion since;
  llvm::StringLiteral description;
};
} // namespace

/// Indexed by KernelFeature. For what only some architectures have from the
/// start, the version is that of x86-64.
static constexpr FeatureRow features[] = {
    {KF::TailCall, {4, 2}, "a tail call"},
    {KF::Function, {4, 16}, "a function that is called"},
    {KF::Jump32, {5, 1}, "a 32-bit jump"},
    {KF::GlobalVariable, {5, 2}, "a global variable"},
    {KF::Loop, {5, 3}, "a loop"},
    {KF::GlobalFunction, {5, 6}, "a `global` function"},
    {KF::TailCallInFunction,
     {5, 10},
     "a tail call in a program that calls functions"},
    {KF::AtomicFetch,
     {5, 12},
     "an atomic operation other than an addition without result"},
    {KF::PointerToGlobalFunction,
     {5, 12},
     "a pointer that a `global` function takes"},
    {KF::Callback, {5, 13}, "a function that a helper calls"},
    {KF::SignExtension, {6, 6}, "an instruction of version 4"},
    {KF::MayGoto, {6, 9}, "the instruction may_goto"},
    {KF::CertainLookup, {6, 14}, "a lookup that needs no test for null"},
    {KF::AtomicLoad, {6, 15}, "an atomic load or store"},
};

static constexpr bool areInOrder() {
  unsigned index = 0;
  for (const FeatureRow &row : features)
    if (unsigned(row.feature) != index++)
      return false;
  return true;
}
static_assert(areInOrder(), "the table is indexed by KernelFeature");

static constexpr InstructionSet instructionSets[] = {
    {"v1", {3, 18}}, {"v2", {4, 14}}, {"v3", {5, 1}}, {"v4", {6, 6}}};

std::optional<KernelVersion> KernelVersion::parse(llvm::StringRef text) {
  auto [majorText, minorText] = text.split('.');
  KernelVersion version;
  // Signs are no part of a version.
  auto isNumber = [](llvm::StringRef part) {
    return llvm::all_of(part, llvm::isDigit);
  };
  if (!isNumber(majorText) || !isNumber(minorText) ||
      majorText.getAsInteger(10, version.majorNumber) ||
      minorText.getAsInteger(10, version.minorNumber))
    return std::nullopt;
  return version;
}

std::string KernelVersion::str() const {
  return std::to_string(majorNumber) + "." + std::to_string(minorNumber);
}

KernelVersion whistler::uapi::getSince(KernelFeature feature) {
  return features[unsigned(feature)].since;
}

llvm::StringRef whistler::uapi::getDescription(KernelFeature feature) {
  return features[unsigned(feature)].description;
}

llvm::ArrayRef<InstructionSet> whistler::uapi::getInstructionSets() {
  return instructionSets;
}

const InstructionSet *
whistler::uapi::lookupInstructionSet(llvm::StringRef name) {
  const auto *found =
      llvm::find_if(instructionSets, [=](const InstructionSet &set) {
        return set.name == name;
      });
  return found == std::end(instructionSets) ? nullptr : found;
}

const InstructionSet &whistler::uapi::getInstructionSet(KernelVersion kernel) {
  const InstructionSet *newest = instructionSets;
  for (const InstructionSet &set : instructionSets)
    if (!(kernel < set.since))
      newest = &set;
  return *newest;
}
