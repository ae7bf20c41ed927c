//===- FieldPath.cpp - ways from a struct to a field ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Walks paths through structs. The rules are those of libbpf's
// bpf_core_parse_spec().
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/FieldPath.h"

using namespace whistler;
using llvm::createStringError;
using llvm::dyn_cast;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;
namespace ir = mlir::whistler;

std::string FieldPath::getAccess() const {
  std::string access = "0";
  for (const FieldStep &step : steps)
    access += ":" + std::to_string(step.index);
  return access;
}

namespace {
/// Walks one path.
class PathWalker {
public:
  PathWalker(StructLayouts &layouts, const StructLayout &root)
      : layouts(layouts), current(&root), name(root.tag.str()) {}

  /// Follows `path`, such as `se.load.weight` or `comm[2]`.
  Expected<FieldPath> walk(StringRef path);

private:
  Error enterField(StringRef field);
  Error enterElement(StringRef index);
  bool findField(const StructLayout &layout, StringRef field);

  StructLayouts &layouts;
  /// The struct at the current place; null at something else.
  const StructLayout *current;
  /// What the current place is called, for messages.
  std::string name;
  FieldPath place;
};
} // namespace

/// Moves the current place to `field` of `layout`, or of a struct without a
/// name in it.
bool PathWalker::findField(const StructLayout &layout, StringRef field) {
  for (auto [index, candidate] : llvm::enumerate(layout.fields)) {
    FieldPath before = place;
    place.steps.push_back({&layout, ir::ArrayType(), uint32_t(index)});
    place.bitOffset += candidate.getBitOffset();
    if (candidate.getName() == field) {
      place.type = candidate.getType();
      place.bitWidth = candidate.getBitWidth();
      place.isElement = false;
      return true;
    }
    auto nested = dyn_cast<ir::StructType>(candidate.getType());
    if (candidate.getName().empty() && nested)
      if (const StructLayout *inner = layouts.lookup(nested.getTag()))
        if (findField(*inner, field))
          return true;
    place = std::move(before);
  }
  return false;
}

Error PathWalker::enterField(StringRef field) {
  if (!current && llvm::isa<ir::PointerType>(place.type))
    return createStringError("`" + name +
                             "` is a pointer; a path ends there, and what it "
                             "points to has to be read with a path of its own");
  if (!current)
    return createStringError(
        "`" + name + "` is no struct, and has no field \"" + field + "\"");
  if (field.empty() || !findField(*current, field))
    return createStringError("`" + name + "` has no field \"" + field + "\"");
  name += ("." + field).str();
  return Error::success();
}

Error PathWalker::enterElement(StringRef index) {
  auto array = dyn_cast<ir::ArrayType>(place.type);
  if (!array)
    return createStringError("`" + name + "` is no array");
  uint32_t element;
  if (index.getAsInteger(10, element))
    return createStringError("the index \"" + index + "\" of `" + name +
                             "` is no number");
  // An array without a size, at the end of a struct, may have any.
  if (element >= array.getCount() && array.getCount() != 0)
    return createStringError("`" + name + "` has " + Twine(array.getCount()) +
                             " elements, and none of number " + index);
  std::optional<uint64_t> size = layouts.getSize(array.getElement());
  if (!size)
    return createStringError("the type of `" + name + "` is not declared");
  place.steps.push_back({nullptr, array, element});
  place.bitOffset += 8 * *size * element;
  place.type = array.getElement();
  place.isElement = true;
  name += ("[" + index + "]").str();
  return Error::success();
}

Expected<FieldPath> PathWalker::walk(StringRef path) {
  llvm::SmallVector<StringRef> steps;
  path.split(steps, '.');
  for (StringRef step : steps) {
    auto [field, indices] = step.split('[');
    if (Error error = enterField(field))
      return error;
    while (!indices.empty()) {
      auto [index, rest] = indices.split(']');
      if (Error error = enterElement(index))
        return error;
      rest.consume_front("[");
      indices = rest;
    }
    auto type = dyn_cast<ir::StructType>(place.type);
    current = type ? layouts.lookup(type.getTag()) : nullptr;
  }
  return place;
}

Expected<FieldPath> whistler::walkFieldPath(StructLayouts &layouts,
                                            StringRef tag, StringRef path) {
  const StructLayout *layout = layouts.lookup(tag);
  if (!layout)
    return createStringError("there is no struct named \"" + tag + "\"");
  if (path.empty())
    return createStringError("a field is written `struct:path`, not `" + tag +
                             "`");
  return PathWalker(layouts, *layout).walk(path);
}
