//===- KernelDeclaration.cpp - types of the kernel --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Imports structs, enumerations and tracepoints from a kernel's BTF.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "KernelImport.h"

#include "Whistler/KernelTypes/TracepointFormat.h"

#include "llvm/ADT/StringExtras.h"

using namespace whistler;

/// A C name as Lisp programs write it.
static std::string getLispSpelling(llvm::StringRef cName) {
  std::string result = cName.lower();
  llvm::replace(result, '_', '-');
  return result;
}

std::vector<std::string>
whistler::getLispSpellings(llvm::ArrayRef<llvm::StringRef> cNames) {
  std::vector<std::string> result;
  for (llvm::StringRef name : cNames)
    result.push_back(getLispSpelling(name));
  return result;
}

//===----------------------------------------------------------------------===//
// KernelImport
//===----------------------------------------------------------------------===//

llvm::Error KernelImport::loadTypes() {
  if (llvm::Error error = types.load())
    return error;
  env.otherFiles.push_back(types.path());
  return llvm::Error::success();
}

bool KernelImport::load(llvm::SMRange range) {
  llvm::Error error = loadTypes();
  if (!error)
    return true;
  std::string reason = llvm::toString(std::move(error));
  // One report is enough.
  if (!std::exchange(hasReported, true))
    env.diags.error(range, "the kernel's types cannot be read: " + reason)
        .hint("`--btf=FILE` takes them from another file: raw BTF, or a kernel "
              "image with BTF in it");
  return false;
}

/// The struct that a field or pointer names: declared as far as its size goes.
mlir::Type KernelImport::importStructType(const KernelType &type,
                                          llvm::StringRef tag) {
  if (!env.lookupStructByTag(tag)) {
    StructInfo info;
    info.name = getLispSpelling(tag);
    info.tag = tag.str();
    info.isUnion = type.IsUnion;
    info.isKernel = true;
    info.importedFrom = type.Id;
    info.isImplicit = true;
    info.size = uint32_t(type.ByteSize);
    declare(env.addStruct(env.forms.intern(llvm::StringRef(info.name).upper()),
                          std::move(info)));
  }
  return mlir::whistler::StructType::get(&env.context, tag);
}

/// A type of the kernel's as the language has it; null for one that it has not.
/// `owner` names a struct without a tag: by the field that has it.
mlir::Type KernelImport::convert(const KernelType &type,
                                 llvm::StringRef owner) {
  mlir::MLIRContext *context = &env.context;
  using Kind = KernelType::Kind;
  bool isScalarSize = llvm::isPowerOf2_64(type.ByteSize) && type.ByteSize <= 8;
  switch (type.TypeKind) {
  case Kind::Integer:
  case Kind::Enum: {
    if (!isScalarSize)
      return mlir::Type();
    mlir::Type scalar =
        getDataType({unsigned(8 * type.ByteSize), type.IsSigned}, context);
    if (type.TypeKind == Kind::Integer)
      return scalar;
    return mlir::whistler::EnumType::get(context, type.Tag, scalar);
  }
  case Kind::Struct:
    return importStructType(type, type.Tag.empty() ? owner : type.Tag);
  case Kind::Pointer: {
    mlir::Type pointee = mlir::NoneType::get(context);
    if (!type.Tag.empty())
      pointee = mlir::whistler::StructType::get(context, type.Tag);
    return mlir::whistler::PointerType::get(context, pointee);
  }
  case Kind::Array: {
    mlir::Type element = convert(types.target(type), owner);
    if (!element)
      return mlir::Type();
    return mlir::whistler::ArrayType::get(context, uint32_t(type.Count),
                                          element);
  }
  case Kind::Void:
  case Kind::Float:
  case Kind::Opaque:
    return mlir::Type();
  }
  llvm_unreachable("unknown kind of type");
}

const StructField *KernelImport::importField(StructInfo &info,
                                             llvm::StringRef name,
                                             const Form *form, bool isNamed) {
  std::string cName = name.lower();
  llvm::replace(cName, '-', '_');
  for (StructField &field : info.fields)
    if (llvm::StringRef(field.cName).equals_insensitive(cName)) {
      field.isNamed |= isNamed;
      return &field;
    }
  if (info.importedFrom.isVoid())
    return nullptr;
  std::optional<KernelField> found;
  // The case of the letters is not known.
  for (const KernelField &candidate : types.fields(info.importedFrom))
    if (candidate.Name.equals_insensitive(cName))
      found = candidate;
  if (!found)
    return nullptr;
  mlir::Type type = convert(found->Type, (info.tag + "." + found->Name).str());
  if (!type) {
    if (form)
      env.diags.error(form->getRange(),
                      "the field `" + name.lower() +
                          "` has a type that programs cannot read");
    return nullptr;
  }
  info.fields.push_back({name.lower(), found->Name.str(), type,
                         uint32_t(found->BitOffset), found->BitWidth, form,
                         isNamed});
  const StructField &field = info.fields.back();
  declare(info);
  return &field;
}

StructInfo *KernelImport::lookupStruct(llvm::StringRef tag) {
  if (StructInfo *info = env.lookupStructByTag(tag))
    return info;
  if (std::optional<KernelType> type = types.findStruct(tag)) {
    importStructType(*type, tag);
    return env.lookupStructByTag(tag);
  }
  return nullptr;
}

std::vector<std::string>
KernelImport::getFieldNames(const StructInfo &info) const {
  std::vector<std::string> names;
  for (const StructField &field : info.fields)
    names.push_back(field.name);
  if (!info.importedFrom.isVoid())
    llvm::append_range(names,
                       getLispSpellings(types.fieldNames(info.importedFrom)));
  return names;
}

//===----------------------------------------------------------------------===//
// import-kernel-struct
//===----------------------------------------------------------------------===//

/// Imports a field that is named by itself, or a path to one: `(se exec-start)`
/// becomes the field `se-exec-start`.
bool ModuleLowering::importFieldPath(StructInfo &info, const Form *form) {
  std::optional<llvm::SmallVector<const Form *>> path =
      form->isList() ? getElements(form, diags)
                     : llvm::SmallVector<const Form *>{form};
  if (!path)
    return false;
  if (path->empty()) {
    diags.error(form->getRange(),
                "a field is its name, or a list of names that leads to it");
    return false;
  }
  StructInfo *current = &info;
  std::string name, cName;
  uint32_t bitOffset = 0;
  const StructField *field = nullptr;
  for (const Form *element : *path) {
    const Symbol *symbol = element->getSymbol();
    auto structType =
        field ? llvm::dyn_cast<mlir::whistler::StructType>(field->type)
              : mlir::whistler::StructType();
    if (field)
      current =
          structType ? env.lookupStructByTag(structType.getTag()) : nullptr;
    if (!symbol || symbol->isKeyword() || !current) {
      diags.error(element->getRange(),
                  !current ? "`" + field->name +
                                 "` is no struct that is part "
                                 "of this one; `core-read` "
                                 "follows pointers"
                           : "the name of a field has to be a symbol, and this "
                             "is `" +
                                 getText(element) + "`");
      return false;
    }
    unsigned errorsBefore = diags.getNumErrors();
    field = kernel.importField(*current, symbol->getName(), element,
                               path->size() == 1);
    if (!field) {
      if (diags.getNumErrors() == errorsBefore)
        diags.error(element->getRange(),
                    "`struct " + current->tag + "` has no field `" +
                        getText(element) + "`" +
                        getSuggestion(symbol, kernel.getFieldNames(*current)));
      return false;
    }
    name += (name.empty() ? "" : "-") + field->name;
    cName += (cName.empty() ? "" : ".") + field->cName;
    bitOffset += field->bitOffset;
  }
  if (path->size() > 1)
    info.paths.push_back(
        {name, cName, field->type, bitOffset, field->bitWidth, form});
  return true;
}

void ModuleLowering::lowerImportStruct(const Form *form, Arguments args) {
  if (!checkName(args[0], "a struct"))
    return;
  const Symbol *name = args[0]->getSymbol();
  std::string tag = getCIdentifier(name->getName());
  if (!kernel.load(form->getRange()))
    return env.addBrokenStruct(name->getName());
  std::optional<KernelType> type = kernel.types.findStruct(tag);
  if (!type) {
    diags.error(
        args[0]->getRange(),
        "the kernel has no struct `" + getText(args[0]) + "`" +
            getSuggestion(name, getLispSpellings(kernel.types.structNames())));
    return env.addBrokenStruct(name->getName());
  }
  StructInfo *info = env.lookupStructByTag(tag);
  if (info &&
      (info->importedFrom.isVoid() || info->name != name->getName().lower())) {
    diags
        .error(args[0]->getRange(),
               "`" + getText(args[0]) + "` is defined twice")
        .note(info->range, "the first definition is here");
    return;
  }
  kernel.importStructType(*type, tag);
  info = env.lookupStructByTag(tag);
  info->range = args[0]->getRange();
  info->isImplicit = false;
  info->isOpen |= args.size() == 1;
  bool isValid = true;
  for (const Form *field : args.drop_front())
    isValid &= importFieldPath(*info, field);
  if (!isValid)
    env.addBrokenStruct(name->getName());
  declareStruct(*info);
}

//===----------------------------------------------------------------------===//
// deftracepoint
//===----------------------------------------------------------------------===//

/// What stands in front of the name of a field that says where in the record
/// data of variable length is (include/trace/stages/stage1_struct_define.h).
/// Format files leave it out.
static constexpr llvm::StringLiteral dataLocPrefix = "--data-loc-";

/// The type of a field that a format file tells of; null for one that programs
/// cannot read.
static mlir::Type getFormatType(const TracepointField &field,
                                mlir::MLIRContext *context) {
  auto getScalar = [&](uint32_t bytes) -> mlir::Type {
    if (!llvm::isPowerOf2_32(bytes) || bytes > 8)
      return mlir::Type();
    return getDataType({8 * bytes, field.IsSigned}, context);
  };
  if (!field.IsArray || field.IsDataLoc)
    return getScalar(field.ByteSize);
  // The bounds are not told, only the whole size.
  bool isText = llvm::StringRef(field.Type).contains("char");
  uint32_t elementSize = isText || field.ByteSize % 4 != 0 ? 1 : 4;
  return mlir::whistler::ArrayType::get(context, field.ByteSize / elementSize,
                                        getScalar(elementSize));
}

/// The record as the format file of the running kernel describes it: at fixed
/// offsets.
bool ModuleLowering::readTracepointFormat(TracepointInfo &info,
                                          const Form *form) {
  llvm::Expected<TracepointFormat> format =
      whistler::readTracepointFormat(info.category, info.event);
  if (!format) {
    std::string reason = llvm::toString(format.takeError());
    auto handle = diags.error(form->getRange(),
                              "there is no tracepoint `" + getText(form) +
                                  "`: the kernel's types have no record of it, "
                                  "and " +
                                  reason);
    std::vector<std::string> names;
    for (const std::string &event : tracepointEvents(info.category))
      names.push_back(getLispSpelling(event));
    std::string nearest = findNearest(getLispSpelling(info.event), names);
    if (!nearest.empty())
      handle.hint("did you mean `" + getLispSpelling(info.category) + "/" +
                  nearest + "`?");
    return false;
  }
  env.otherFiles.push_back(format->Path);
  for (const TracepointField &field : format->Fields)
    if (mlir::Type type = getFormatType(field, &context))
      info.fields.push_back({getLispSpelling(field.Name), field.Name, type,
                             8 * field.ByteOffset, 0, form});
  return true;
}

void ModuleLowering::lowerTracepoint(const Form *form, Arguments args) {
  const Symbol *name = args[0]->getSymbol();
  auto [category, event] = name ? name->getName().split('/')
                                : std::pair<llvm::StringRef, llvm::StringRef>();
  if (category.empty() || event.empty() || name->isKeyword()) {
    diags.error(args[0]->getRange(),
                "a tracepoint is written `category/event`, as in "
                "`sched/sched-switch`");
    return;
  }
  TracepointInfo info;
  info.category = category.lower();
  info.event = event.lower();
  llvm::replace(info.category, '-', '_');
  llvm::replace(info.event, '-', '_');
  // That the running kernel does not describe its types is no error; that a
  // file which the user names cannot be read is one.
  bool isNamed = kernel.types.path() != KernelTypes::RunningKernel;
  if (isNamed && !kernel.load(args[0]->getRange()))
    return env.addBrokenStruct("TP");
  // The record's type is what makes the object fit other kernels.
  std::optional<KernelType> record;
  if (!kernel.hasTypes() ||
      !(record = kernel.types.findTracepointRecord(info.event))) {
    if (!readTracepointFormat(info, args[0]))
      return env.addBrokenStruct("TP");
  } else {
    std::string tag = "trace_event_raw_" + info.event;
    kernel.importStructType(*record, tag);
    info.record = env.lookupStructByTag(tag);
  }
  info.isOpen = args.size() == 1;
  for (const Form *fieldForm : args.drop_front()) {
    const Symbol *field = fieldForm->getSymbol();
    if (!field ||
        !kernel.lookupTracepointField(info, field->getName(), fieldForm)) {
      diags.error(fieldForm->getRange(),
                  "the tracepoint has no field `" + getText(fieldForm) + "`" +
                      (field ? getSuggestion(field, kernel.getFieldNames(info))
                             : std::string()));
      return env.addBrokenStruct("TP");
    }
    info.named.insert(field->getName().lower());
  }
  env.addTracepoint(std::move(info));
}

const StructField *KernelImport::lookupTracepointField(TracepointInfo &info,
                                                       llvm::StringRef name,
                                                       const Form *form) {
  if (info.record) {
    if (const StructField *field =
            importField(*info.record, name, form, /*isNamed=*/false))
      return field;
    return importField(*info.record, (dataLocPrefix + name).str(), form,
                       /*isNamed=*/false);
  }
  auto it = llvm::find_if(info.fields, [&](const StructField &field) {
    return name.equals_insensitive(field.name);
  });
  return it == info.fields.end() ? nullptr : &*it;
}

std::vector<std::string>
KernelImport::getFieldNames(const TracepointInfo &info) const {
  std::vector<std::string> names;
  if (!info.record) {
    for (const StructField &field : info.fields)
      names.push_back(field.name);
    return names;
  }
  for (llvm::StringRef name : getFieldNames(*info.record)) {
    name.consume_front(dataLocPrefix);
    names.push_back(name.str());
  }
  return names;
}

//===----------------------------------------------------------------------===//
// Enumerations
//===----------------------------------------------------------------------===//

std::optional<std::string>
KernelImport::importEnumerator(llvm::StringRef tag, llvm::StringRef name) {
  std::optional<KernelType> type = types.findEnum(tag);
  if (!type)
    return std::nullopt;
  std::string cName = name.str();
  llvm::replace(cName, '-', '_');
  llvm::SmallVector<mlir::Attribute> enumerators;
  std::optional<std::string> found;
  for (const KernelEnumerator &enumerator : types.enumerators(type->Id)) {
    if (enumerator.Name.equals_insensitive(cName))
      found = enumerator.Name.str();
    enumerators.push_back(mlir::whistler::EnumeratorAttr::get(
        &env.context, enumerator.Name, enumerator.Value));
  }
  bool isDeclared = llvm::any_of(
      module.getOps<mlir::whistler::EnumOp>(),
      [&](mlir::whistler::EnumOp op) { return op.getTag() == tag; });
  if (found && !isDeclared) {
    mlir::OpBuilder builder = mlir::OpBuilder::atBlockBegin(module.getBody());
    mlir::whistler::EnumOp::create(
        builder, module.getLoc(), tag,
        getDataType({unsigned(8 * type->ByteSize), type->IsSigned},
                    &env.context),
        builder.getArrayAttr(enumerators));
  }
  return found;
}

std::vector<std::string>
KernelImport::getEnumeratorNames(llvm::StringRef tag) const {
  std::vector<std::string> names;
  if (std::optional<KernelType> type = types.findEnum(tag))
    for (const KernelEnumerator &enumerator : types.enumerators(type->Id))
      names.push_back(getLispSpelling(enumerator.Name));
  return names;
}
