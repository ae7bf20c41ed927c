//===- CoreSubjects.cpp - what relocations ask about ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The rules are those of libbpf's relo_core.c: bpf_core_parse_spec() for paths,
// bpf_core_calc_field_relo() and its neighbours for the values.
//
//===----------------------------------------------------------------------===//

#include "CoreSubjects.h"

#include "DataTypes.h"

#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "Whistler/Dialect/Whistler/Utils/FieldPath.h"

#include "llvm/Support/MathExtras.h"

using namespace whistler;
using llvm::createStringError;
using llvm::dyn_cast;
using llvm::Expected;
using llvm::LogicalResult;
using llvm::StringRef;
using mlir::IntegerType;
using mlir::Type;
using mlir::bpf::CoreKind;
namespace bpf = mlir::bpf;
namespace ir = mlir::whistler;

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
                                    const FieldPath &path) {
  std::optional<uint64_t> size = layouts.getSize(path.type);
  if (!size)
    return createStringError("the type of the field is not declared");
  if (path.bitWidth == 0)
    return Storage{path.bitOffset / 8, *size, 8 * *size};
  // The smallest aligned integer, from the declared one on, that holds all
  // bits.
  for (uint64_t bytes = *size; bytes <= 8; bytes *= 2) {
    uint64_t offset = llvm::alignDown(path.bitOffset / 8, bytes);
    if (path.bitOffset + path.bitWidth <= 8 * (offset + bytes))
      return Storage{offset, bytes, path.bitWidth};
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
                                      const FieldPath &path) {
  if (kind == CoreKind::FieldExists)
    return 1;
  if (path.isElement && kind != CoreKind::FieldByteOffset &&
      kind != CoreKind::FieldByteSize)
    return createStringError("the loader answers " + stringifyCoreKind(kind) +
                             " for fields only, not for elements of arrays");
  Expected<Storage> storage = getStorage(layouts, path);
  if (!storage)
    return storage.takeError();
  switch (kind) {
  case CoreKind::FieldByteOffset:
    return storage->byteOffset;
  case CoreKind::FieldByteSize:
    return storage->byteSize;
  case CoreKind::FieldSigned:
    return isSigned(path.type);
  case CoreKind::FieldLShiftU64:
    return 64 - (path.bitOffset + storage->bitSize - 8 * storage->byteOffset);
  default:
    return 64 - storage->bitSize;
  }
}

static Expected<CoreSubject> lookupField(StructLayouts &layouts, CoreKind kind,
                                         StringRef tag, StringRef path) {
  Expected<FieldPath> field = walkFieldPath(layouts, tag, path);
  if (!field)
    return field.takeError();
  Expected<uint64_t> value = answerField(layouts, kind, *field);
  if (!value)
    return value.takeError();
  return CoreSubject{field->steps.front().layout->tag, /*isEnum=*/false,
                     field->getAccess(), *value, field->bitWidth != 0};
}

static Expected<CoreSubject> lookupType(StructLayouts &layouts, CoreKind kind,
                                        StringRef tag) {
  const StructLayout *layout = layouts.lookup(tag);
  if (!layout)
    return createStringError("there is no struct named \"" + tag + "\"");
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
