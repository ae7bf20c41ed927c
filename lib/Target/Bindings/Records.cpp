//===- Records.cpp - structs and unions for bindings ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Orders structs and unions, names them, and finds out where their padding is.
//
//===----------------------------------------------------------------------===//

#include "Model.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::cast;
using llvm::dyn_cast;
using llvm::FailureOr;
using llvm::LogicalResult;
using llvm::StringRef;
using llvm::success;
using mlir::failed;
using mlir::failure;
using mlir::ModuleOp;
using mlir::Type;
using mlir::whistler::ArrayType;
using mlir::whistler::EnumType;
using mlir::whistler::FieldAttr;
using mlir::whistler::StructOp;
using mlir::whistler::StructType;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type bindings::getInnermost(Type type) {
  while (auto array = dyn_cast<ArrayType>(type))
    type = array.getElement();
  return type;
}

mlir::IntegerType bindings::getStorage(Type type) {
  return llvm::TypeSwitch<Type, mlir::IntegerType>(type)
      .Case([](EnumType t) { return getStorage(t.getUnderlying()); })
      .Case([](mlir::IntegerType t) { return t; })
      .Default([](Type t) {
        return mlir::IntegerType::get(t.getContext(), 64,
                                      mlir::IntegerType::Unsigned);
      });
}

const Record &Model::getRecord(Type type) const {
  StringRef tag = cast<StructType>(type).getTag();
  return *llvm::find_if(records,
                        [&](const Record &r) { return r.getTag() == tag; });
}

uint64_t Model::getAlignment(Type type) const {
  Type element = getInnermost(type);
  if (llvm::isa<StructType>(element))
    return getRecord(element).align;
  return getSize(element);
}

std::string Record::makePaddingName(unsigned &count) const {
  for (;;) {
    std::string name = "_pad" + std::to_string(count++);
    if (llvm::none_of(members, [&](const Member &m) { return m.name == name; }))
      return name;
  }
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

namespace {
/// Adds the structs of a module to a model, inner ones first.
class RecordCollector {
public:
  explicit RecordCollector(Model &model) : model(model) {}

  /// Adds a struct and those that it has in it.
  LogicalResult add(StructOp op);

private:
  LogicalResult addInner(StructOp op, FieldAttr field);
  LogicalResult checkExtent(const Record &record);
  LogicalResult addMembers(Record &record);
  FailureOr<Member> makeMember(const Record &record, FieldAttr field);
  void findPadding(Record &record);
  void findMisaligned(Record &record);

  Model &model;
  /// Structs that have been begun, and whether they are done.
  llvm::DenseMap<mlir::Operation *, bool> states;
};
} // namespace

static std::string describe(StructOp op) {
  return (llvm::Twine("the ") + (op.getIsUnion() ? "union" : "struct") + " `" +
          op.getTag() + "`")
      .str();
}

LogicalResult RecordCollector::addInner(StructOp op, FieldAttr field) {
  auto type = dyn_cast<StructType>(getInnermost(field.getType()));
  if (!type)
    return success();
  StructOp inner = model.types.lookupStruct(type.getTag());
  if (inner && !inner.getIsKernel())
    return add(inner);
  return op.emitError() << "the field `" << field.getName() << "` of "
                        << describe(op) << " is a "
                        << (inner ? "kernel struct, whose size is not known"
                                  : "struct that is not declared");
}

LogicalResult RecordCollector::add(StructOp op) {
  auto [it, isNew] = states.try_emplace(op, false);
  if (!isNew) {
    if (it->second)
      return success();
    return op.emitError() << describe(op) << " contains itself";
  }
  for (auto field : op.getFields().getAsRange<FieldAttr>())
    if (failed(addInner(op, field)))
      return failure();
  if (!isCIdentifier(op.getTag()))
    return op.emitError("the tag of a struct has to be a C identifier");

  Record record{
      op, "",   {}, uint32_t(op.getSize()), uint32_t(op.getAlignment()),
      0,  false};
  FailureOr<std::string> name =
      makeName(op.getTag(), model.style.type, model.style, describe(op), op);
  if (failed(name) || failed(model.claimTag(*name, describe(op), op)) ||
      failed(checkExtent(record)) || failed(addMembers(record)))
    return failure();
  record.name = *name;
  findPadding(record);
  findMisaligned(record);
  model.records.push_back(std::move(record));
  states[op] = true;
  return success();
}

LogicalResult RecordCollector::checkExtent(const Record &record) {
  StructOp op = record.op;
  if (record.size == 0)
    return op.emitError() << describe(op)
                          << " has no bytes, which C++ does not allow";
  if (!llvm::isPowerOf2_64(record.align) || record.size % record.align != 0)
    return op.emitError() << describe(op) << " has " << record.size
                          << " bytes, which is no multiple of its alignment of "
                          << record.align;
  return success();
}

FailureOr<Member> RecordCollector::makeMember(const Record &record,
                                              FieldAttr field) {
  StructOp op = record.op;
  std::string what = "the field `" + field.getName().str() + "`";
  if (!isCIdentifier(field.getName()))
    return op.emitError("the name of a field has to be a C identifier");
  if (field.getBitWidth() != 0 || field.getBitOffset() % 8 != 0)
    return op.emitError()
           << what << " of " << describe(op)
           << " is a bitfield, which languages place differently";
  FailureOr<std::string> name =
      makeName(field.getName(), model.style.member, model.style, what, op);
  if (failed(name))
    return failure();
  Member member{*name,
                field.getName(),
                field.getType(),
                field.getBitOffset() / 8,
                model.getSize(field.getType()),
                0,
                false};
  bool isInside = member.offset + member.size <= record.size;
  if (isInside && (!record.isUnion() || member.offset == 0))
    return member;
  return op.emitError() << what << " of " << describe(op)
                        << (isInside ? " does not begin where the union does"
                                     : " ends outside of it");
}

LogicalResult RecordCollector::addMembers(Record &record) {
  NameScope names(model.style);
  StructOp op = record.op;
  uint64_t end = 0;
  for (auto field : op.getFields().getAsRange<FieldAttr>()) {
    FailureOr<Member> member = makeMember(record, field);
    if (failed(member) ||
        failed(names.claim(member->name, "the field `" + field.getName() + "`",
                           op)))
      return failure();
    if (!record.isUnion() && member->offset < end)
      return op.emitError() << "the field `" << field.getName() << "` of "
                            << describe(op) << " overlaps the one before it";
    end = member->offset + member->size;
    record.members.push_back(*member);
  }
  return success();
}

void RecordCollector::findPadding(Record &record) {
  uint64_t end = 0;
  for (Member &member : record.members) {
    if (record.isUnion()) {
      end = std::max(end, member.size);
      continue;
    }
    member.padding = member.offset - end;
    end = member.offset + member.size;
  }
  record.trailingPadding = record.size - end;
}

/// Follows the rules of C to see whether they lead to the same layout.
void RecordCollector::findMisaligned(Record &record) {
  uint64_t end = 0, align = 1;
  bool isNatural = true;
  for (Member &member : record.members) {
    uint64_t needed = model.getAlignment(member.type);
    member.isMisaligned = member.offset % needed != 0 || needed > record.align;
    uint64_t start = record.isUnion() ? 0 : llvm::alignTo(end, needed);
    isNatural &= member.offset == start;
    end = std::max(end, start + member.size);
    align = std::max(align, needed);
  }
  record.isNatural = isNatural && align == record.align &&
                     llvm::alignTo(end, align) == record.size;
}

LogicalResult bindings::collectRecords(ModuleOp module, Model &model) {
  RecordCollector collector(model);
  // Members refer to others of the same vector only by their types.
  for (StructOp op : module.getOps<StructOp>())
    if (!op.getIsKernel() && failed(collector.add(op)))
      return failure();
  return success();
}
