//===- CoreSubjects.cpp - what relocations ask about ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Walks paths through structs. The rules are those of libbpf's relo_core.c:
// bpf_core_parse_spec() for the path, bpf_core_calc_field_relo() and its
// neighbours for the values.
//
//===----------------------------------------------------------------------===//

#include "CoreSubjects.h"

#include "DataTypes.h"

#include "Whistler/Dialect/BPF/IR/Opcodes.h"

#include "llvm/Support/MathExtras.h"

using namespace whistler;
using llvm::createStringError;
using llvm::dyn_cast;
using llvm::Error;
using llvm::Expected;
using llvm::LogicalResult;
using llvm::StringRef;
using llvm::Twine;
using mlir::IntegerType;
using mlir::Type;
using mlir::bpf::CoreKind;
namespace bpf = mlir::bpf;
namespace ir = mlir::whistler;

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

namespace {
/// A place that a path has come to.
struct Place {
  std::string access = "0";
  /// From the start of the struct.
  uint64_t bitOffset = 0;
  /// The width of a bitfield, otherwise 0.
  uint32_t bitWidth = 0;
  Type type;
  /// The last step was to an element of an array.
  bool isElement = false;
};

/// Walks one path.
class PathWalker {
public:
  PathWalker(StructLayouts &layouts, const StructLayout &root)
      : layouts(layouts), current(&root), name(root.tag.str()) {}

  /// Follows `path`, such as `se.load.weight` or `comm[2]`.
  Expected<Place> walk(StringRef path);

private:
  Error enterField(StringRef field);
  Error enterElement(StringRef index);
  bool findField(const StructLayout &layout, StringRef field);

  StructLayouts &layouts;
  /// The struct at the current place; null at something else.
  const StructLayout *current;
  /// What the current place is called, for messages.
  std::string name;
  Place place;
};
} // namespace

/// Moves the current place to `field` of `layout`, or of a struct without a
/// name in it.
bool PathWalker::findField(const StructLayout &layout, StringRef field) {
  for (auto [index, candidate] : llvm::enumerate(layout.fields)) {
    Place before = place;
    place.access += ":" + std::to_string(index);
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
  place.access += ":" + std::to_string(element);
  place.bitOffset += 8 * *size * element;
  place.type = array.getElement();
  place.isElement = true;
  name += ("[" + index + "]").str();
  return Error::success();
}

Expected<Place> PathWalker::walk(StringRef path) {
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

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

namespace {
/// The bytes that hold a field.
struct Storage {
  uint64_t byteOffset;
  uint64_t byteSize;
  uint64_t bitSize;
};
} // namespace

static Expected<Storage> getStorage(StructLayouts &layouts,
                                    const Place &place) {
  std::optional<uint64_t> size = layouts.getSize(place.type);
  if (!size)
    return createStringError("the type of the field is not declared");
  if (place.bitWidth == 0)
    return Storage{place.bitOffset / 8, *size, 8 * *size};
  // The smallest aligned integer, from the declared one on, that holds all
  // bits.
  for (uint64_t bytes = *size; bytes <= 8; bytes *= 2) {
    uint64_t offset = llvm::alignDown(place.bitOffset / 8, bytes);
    if (place.bitOffset + place.bitWidth <= 8 * (offset + bytes))
      return Storage{offset, bytes, place.bitWidth};
  }
  return createStringError("the bitfield crosses a border of 8 bytes, and "
                           "cannot be read with one load");
}

static bool isSigned(Type type) {
  if (auto enumType = dyn_cast<ir::EnumType>(type))
    type = enumType.getUnderlying();
  auto integer = dyn_cast<IntegerType>(type);
  return integer && integer.isSigned();
}

static Expected<uint64_t> answerField(StructLayouts &layouts, CoreKind kind,
                                      const Place &place) {
  if (kind == CoreKind::FieldExists)
    return 1;
  if (place.isElement && kind != CoreKind::FieldByteOffset &&
      kind != CoreKind::FieldByteSize)
    return createStringError("the loader answers " + stringifyCoreKind(kind) +
                             " for fields only, not for elements of arrays");
  Expected<Storage> storage = getStorage(layouts, place);
  if (!storage)
    return storage.takeError();
  switch (kind) {
  case CoreKind::FieldByteOffset:
    return storage->byteOffset;
  case CoreKind::FieldByteSize:
    return storage->byteSize;
  case CoreKind::FieldSigned:
    return isSigned(place.type);
  case CoreKind::FieldLShiftU64:
    return 64 - (place.bitOffset + storage->bitSize - 8 * storage->byteOffset);
  default:
    return 64 - storage->bitSize;
  }
}

static Error noSuchStruct(StringRef tag) {
  return createStringError("there is no struct named \"" + tag + "\"");
}

static Expected<CoreSubject> lookupField(StructLayouts &layouts, CoreKind kind,
                                         StringRef tag, StringRef path) {
  const StructLayout *layout = layouts.lookup(tag);
  if (!layout)
    return noSuchStruct(tag);
  if (path.empty())
    return createStringError("a field is written `struct:path`, not `" + tag +
                             "`");
  Expected<Place> place = PathWalker(layouts, *layout).walk(path);
  if (!place)
    return place.takeError();
  Expected<uint64_t> value = answerField(layouts, kind, *place);
  if (!value)
    return value.takeError();
  return CoreSubject{layout->tag, /*isEnum=*/false, place->access, *value,
                     place->bitWidth != 0};
}

static Expected<CoreSubject> lookupType(StructLayouts &layouts, CoreKind kind,
                                        StringRef tag) {
  const StructLayout *layout = layouts.lookup(tag);
  if (!layout)
    return noSuchStruct(tag);
  uint64_t value = kind == CoreKind::TypeExists ? 1 : layout->size;
  return CoreSubject{layout->tag, /*isEnum=*/false, "0", value};
}

static bool isEnum64(ir::EnumOp op) {
  return btf::Builder::needsEnum64(isSigned(op.getUnderlying()),
                                   getEnumerators(op));
}

static Expected<CoreSubject> lookupEnumerator(StructLayouts &layouts,
                                              CoreKind kind, StringRef tag,
                                              StringRef name) {
  ir::EnumOp op = layouts.lookupEnum(tag);
  if (!op)
    return createStringError("there is no enumeration named \"" + tag + "\"");
  for (auto [index, attr] : llvm::enumerate(op.getEnumerators())) {
    auto enumerator = llvm::cast<ir::EnumeratorAttr>(attr);
    if (enumerator.getName() != name)
      continue;
    // libbpf takes what BTF keeps in 32 bits for signed ones, but not what it
    // keeps in 64.
    int64_t value = enumerator.getValue();
    if (kind == CoreKind::EnumValueExists)
      value = 1;
    else if (!isEnum64(op))
      value = int32_t(value);
    return CoreSubject{op.getTag(), /*isEnum=*/true, std::to_string(index),
                       uint64_t(value)};
  }
  return createStringError("the enumeration \"" + tag + "\" has no \"" + name +
                           "\"");
}

Expected<CoreSubject> whistler::lookupCoreSubject(StructLayouts &layouts,
                                                  CoreKind kind,
                                                  StringRef subject) {
  auto [tag, path] = subject.split(':');
  switch (kind) {
  case CoreKind::TypeExists:
  case CoreKind::TypeSize:
    return lookupType(layouts, kind, subject);
  case CoreKind::EnumValueExists:
  case CoreKind::EnumValue:
    return lookupEnumerator(layouts, kind, tag, path);
  default:
    return lookupField(layouts, kind, tag, path);
  }
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

static LogicalResult fillIn(const CoreSubject &subject,
                            const bpf::CoreRelocation &relocation,
                            bpf::EncodedFunction &code) {
  bpf::Instruction &instruction = code.slots[relocation.slot];
  mlir::Location loc = code.locations[relocation.slot];
  switch (BPF_CLASS(instruction.opcode)) {
  case BPF_ALU:
  case BPF_ALU64:
    instruction.imm = int32_t(subject.value);
    return mlir::success();
  case BPF_LD:
    instruction.imm = int32_t(llvm::Lo_32(subject.value));
    code.slots[relocation.slot + 1].imm = int32_t(llvm::Hi_32(subject.value));
    return mlir::success();
  default:
    break;
  }
  if (!llvm::isInt<16>(subject.value))
    return mlir::emitError(loc)
           << "the field \"" << relocation.subject << "\" is at offset "
           << subject.value << ", further than a load reaches; take its "
           << "address first";
  if (!subject.isBitField && instruction.offset != int64_t(subject.value))
    return mlir::emitError(loc)
           << "the field \"" << relocation.subject << "\" is at offset "
           << subject.value << ", not " << instruction.offset;
  instruction.offset = int16_t(subject.value);
  return mlir::success();
}

LogicalResult whistler::fillInCoreAnswers(StructLayouts &layouts,
                                          bpf::EncodedFunction &code) {
  for (const bpf::CoreRelocation &relocation : code.core) {
    Expected<CoreSubject> subject =
        lookupCoreSubject(layouts, relocation.kind, relocation.subject);
    if (!subject)
      return mlir::emitError(code.locations[relocation.slot])
             << llvm::toString(subject.takeError());
    if (failed(fillIn(*subject, relocation, code)))
      return mlir::failure();
  }
  return mlir::success();
}
