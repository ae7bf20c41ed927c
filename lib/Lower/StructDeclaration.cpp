//===- StructDeclaration.cpp - defstruct and defunion -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lays out structs as a C compiler for this target does.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "Forms.h"

#include "Whistler/UAPI/Contexts.h"

#include "llvm/Support/MathExtras.h"

using namespace whistler;
using mlir::whistler::StructType;

/// The most bytes of a struct: what offsets of instructions can reach.
static constexpr uint64_t maxStructSize = INT16_MAX;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Parses `name` or `(name (:kernel t))`.
bool ModuleLowering::parseStructName(const Form *form, bool isUnion,
                                     StructInfo &info, const Symbol *&name) {
  const Form *nameForm = form;
  info.isUnion = isUnion;
  if (form->isList() && !form->isNil()) {
    nameForm = listElement(form, 0);
    for (const Form *option : llvm::drop_begin(listElements(form))) {
      const Form *value = listElement(option, 1);
      const Form *key = listElement(option, 0);
      if (isUnion || !key || !key->isKeyword("KERNEL") ||
          properListLength(option) != 2) {
        diags.error(option->getRange(),
                    isUnion ? "a union has no options"
                            : "the only option of a struct is `(:kernel t)`");
        return false;
      }
      info.isKernel = !value->isNil();
    }
  }
  if (!checkName(nameForm, isUnion ? "a union" : "a struct"))
    return false;
  name = nameForm->getSymbol();
  info.name = name->getName().lower();
  info.tag = getCIdentifier(name->getName());
  info.range = nameForm->getRange();
  if (ScalarType::get(name->getName())) {
    diags.error(info.range,
                "`" + info.name + "` is a scalar type; choose another name");
    return false;
  }
  if (!info.isKernel && uapi::lookupContextStruct(info.tag)) {
    diags.error(info.range, "`struct " + info.tag +
                                "` is the kernel's, whose fields `(ctx field)` "
                                "reads; choose another name");
    return false;
  }
  const StructInfo *earlier = env.lookupStructByTag(info.tag);
  bool mayReplace = env.allowsRedefinition || earlier == nullptr ||
                    (earlier->isImplicit && info.isKernel);
  if (!earlier || (mayReplace && earlier->name == info.name))
    return true;
  diags
      .error(info.range, earlier->name == info.name
                             ? "`" + info.name + "` is defined twice"
                             : "`" + info.name + "` and `" + earlier->name +
                                   "` have the same name in C, `" + info.tag +
                                   "`")
      .note(earlier->range, "the first definition is here");
  return false;
}

/// Reports an operator of a struct that means something else already.
static bool checkOperatorName(const StructInfo &info, const std::string &name,
                              llvm::SMRange range, Environment &env) {
  if (isForm(llvm::StringRef(name).upper())) {
    env.diags.error(range, "the struct would define `" + name +
                               "`, which is a form of the language");
    return false;
  }
  const Symbol *symbol = env.forms.intern(llvm::StringRef(name).upper());
  auto other = env.lookupStructOperator(symbol);
  if (other && other->info->name != info.name) {
    env.diags
        .error(range, "the struct would define `" + name +
                          "`, which belongs to the struct `" +
                          other->info->name + "`")
        .note(other->info->range, "that struct is here");
    return false;
  }
  if (env.lookupAccessor(symbol) || uapi::lookupHelper(name))
    env.diags.warning(range, "the struct hides the built-in `" + name + "`");
  return true;
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

/// Whether a struct holds itself, or an array of itself.
static bool holdsItself(const Form *type, const Symbol *name) {
  while (listOperator(type) && listOperator(type)->is("ARRAY") &&
         listElement(type, 1))
    type = listElement(type, 1);
  return type->getSymbol() == name && !ScalarType::get(type);
}

/// Parses `(name type)`; in a union also the name of a struct.
static std::optional<StructField>
parseField(const Form *form, const StructInfo &info, Environment &env) {
  const Form *nameForm = form, *typeForm = form;
  bool isPair = form->isList() && properListLength(form) == 2;
  bool isStructName = info.isUnion && !form->isList() && !ScalarType::get(form);
  if (!isPair && !isStructName) {
    env.diags.error(form->getRange(),
                    info.isUnion ? "a member is written `(name type)`, or is "
                                   "the name of a struct"
                                 : "a field is written `(name type)`");
    return std::nullopt;
  }
  if (isPair) {
    nameForm = listElement(form, 0);
    typeForm = listElement(form, 1);
  }
  const Symbol *name = nameForm->getSymbol();
  if (!name || name->isKeyword() || nameForm->isNil()) {
    env.diags.error(nameForm->getRange(),
                    "the name of a field has to be a symbol, and this is `" +
                        getText(nameForm) + "`");
    return std::nullopt;
  }
  if (holdsItself(typeForm,
                  env.forms.intern(llvm::StringRef(info.name).upper()))) {
    env.diags.error(typeForm->getRange(), "`" + info.name +
                                              "` cannot hold itself; `(ptr " +
                                              info.name + ")` points to one");
    return std::nullopt;
  }
  // Fields of the kernel's structs are where the kernel has them.
  std::optional<mlir::Type> type = info.isKernel
                                       ? parseDataType(typeForm, env)
                                       : parseSizedType(typeForm, env);
  if (!type)
    return std::nullopt;
  return StructField{name->getName().lower(),
                     getCIdentifier(name->getName()),
                     *type,
                     /*bitOffset=*/0,
                     /*bitWidth=*/0,
                     nameForm};
}

/// Whether a zero-length array stands somewhere else than at the end.
static bool isMisplacedEmptyArray(const StructField &field, bool isLast,
                                  const StructInfo &info, Environment &env) {
  if (env.getSize(field.type) != 0u)
    return false;
  if (isLast && !info.isUnion && !info.fields.empty())
    return false;
  env.diags.error(field.form->getRange(),
                  "an array of no elements can only be the last field, behind "
                  "another one");
  return true;
}

/// Whether a field's accessor is called as what gives another field's address.
static bool isCalledLikeAddress(const StructField &field,
                                const StructInfo &info,
                                DiagnosticEngine &diags) {
  for (const StructField &other : info.fields) {
    bool isFirst = field.name == other.name + "-ptr";
    if (!isFirst && other.name != field.name + "-ptr")
      continue;
    const std::string &pointed = isFirst ? other.name : field.name;
    diags
        .error(field.form->getRange(), "`" + info.name + "-" + pointed +
                                           "-ptr` would be both the field `" +
                                           pointed +
                                           "-ptr` and the address of `" +
                                           pointed + "`; choose another name")
        .note(other.form->getRange(), "the other field is here");
    return true;
  }
  return false;
}

/// Gives a field its place behind the others.
static void placeField(StructField &field, StructInfo &info, Environment &env) {
  uint32_t alignment = env.getAlignment(field.type);
  uint64_t size = *env.getSize(field.type);
  uint64_t offset = info.isUnion ? 0 : llvm::alignTo(info.size, alignment);
  field.bitOffset = uint32_t(8 * offset);
  info.alignment = std::max(info.alignment, alignment);
  info.size = uint32_t(std::max<uint64_t>(info.size, offset + size));
}

bool ModuleLowering::parseFields(Arguments args, StructInfo &info) {
  bool isValid = true;
  for (auto [index, form] : llvm::enumerate(args)) {
    std::optional<StructField> field = parseField(form, info, env);
    if (!field ||
        isMisplacedEmptyArray(*field, index + 1 == args.size(), info, env)) {
      isValid = false;
      continue;
    }
    auto earlier = llvm::find_if(info.fields, [&](const StructField &other) {
      return other.cName == field->cName;
    });
    if (earlier != info.fields.end()) {
      diags
          .error(field->form->getRange(),
                 earlier->name == field->name
                     ? "there is a field `" + earlier->name + "` already"
                     : "`" + field->name + "` and `" + earlier->name +
                           "` have the same name in C, `" + field->cName + "`")
          .note(earlier->form->getRange(), "the first one is here");
      isValid = false;
      continue;
    }
    isValid &= info.isKernel || !isCalledLikeAddress(*field, info, diags);
    isValid &= checkOperatorName(info, info.name + "-" + field->name,
                                 field->form->getRange(), env);
    placeField(*field, info, env);
    if (info.size > maxStructSize && isValid) {
      diags.error(field->form->getRange(),
                  "with this field the struct has " + llvm::Twine(info.size) +
                      " bytes, and at most " + llvm::Twine(maxStructSize) +
                      " are possible");
      isValid = false;
    }
    info.fields.push_back(std::move(*field));
  }
  info.size = uint32_t(llvm::alignTo(info.size, info.alignment));
  return isValid;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void ModuleLowering::declareStruct(StructInfo &info) {
  // By offset; members of a union stay in the order of the source.
  std::vector<std::pair<uint32_t, size_t>> order;
  for (auto [index, field] : llvm::enumerate(info.fields))
    order.emplace_back(field.bitOffset, index);
  llvm::sort(order);
  llvm::SmallVector<mlir::Attribute> fields;
  for (auto [offset, index] : order) {
    const StructField &field = info.fields[index];
    fields.push_back(mlir::whistler::FieldAttr::get(
        &context, field.cName, field.type, offset, field.bitWidth));
  }
  mlir::OpBuilder::InsertionGuard guard(builder);
  mlir::whistler::StructOp earlier = info.op;
  if (earlier)
    builder.setInsertionPoint(earlier);
  info.op = mlir::whistler::StructOp::create(
      builder, getLocation(info.range, diags, &context), info.tag, info.isUnion,
      info.isKernel, info.size, info.alignment, builder.getArrayAttr(fields));
  if (earlier)
    earlier.erase();
}

/// Whether a type has a struct of that tag in it, and no pointer to one.
static bool holdsStruct(mlir::Type type, llvm::StringRef tag) {
  while (auto array =
             llvm::dyn_cast_if_present<mlir::whistler::ArrayType>(type))
    type = array.getElement();
  auto structType = llvm::dyn_cast_if_present<StructType>(type);
  return structType && structType.getTag() == tag;
}

/// What a declaration is called in messages if it has a struct of that tag in
/// it, and nothing if it has not.
static std::optional<std::string> describeHolder(mlir::Operation &op,
                                                 llvm::StringRef tag) {
  if (auto map = llvm::dyn_cast<mlir::whistler::MapOp>(op))
    if (holdsStruct(map.getKeyType().value_or(mlir::Type()), tag) ||
        holdsStruct(map.getValueType().value_or(mlir::Type()), tag))
      return ("the map `" + map.getSymName() + "`").str();
  if (auto global = llvm::dyn_cast<mlir::whistler::GlobalOp>(op))
    if (holdsStruct(global.getType(), tag))
      return ("the variable `" + global.getSymName() + "`").str();
  if (auto other = llvm::dyn_cast<mlir::whistler::StructOp>(op))
    if (llvm::any_of(other.getFields().getAsRange<mlir::whistler::FieldAttr>(),
                     [&](mlir::whistler::FieldAttr field) {
                       return holdsStruct(field.getType(), tag);
                     }))
      return ("the struct `" + other.getTag() + "`").str();
  return std::nullopt;
}

/// Reports a struct that is defined anew where something has been laid out with
/// the earlier one, whose layout differs.
bool ModuleLowering::checkNewLayout(const StructInfo &earlier,
                                    const StructInfo &info) {
  bool isSame = llvm::equal(earlier.fields, info.fields,
                            [](const StructField &lhs, const StructField &rhs) {
                              return lhs.type == rhs.type &&
                                     lhs.bitOffset == rhs.bitOffset;
                            });
  if ((isSame && earlier.size == info.size) || earlier.isKernel)
    return true;
  for (mlir::Operation &op : getModule().getOps()) {
    std::optional<std::string> holder = describeHolder(op, info.tag);
    if (!holder)
      continue;
    diags
        .error(info.range, *holder + " has the earlier `" + info.name +
                               "` in it, which is laid out otherwise; choose "
                               "another name")
        .note(earlier.range, "the earlier definition is here");
    return false;
  }
  return true;
}

void ModuleLowering::lowerStruct(const Form *form, Arguments args) {
  bool isUnion = listOperator(form)->is("DEFUNION");
  StructInfo info;
  const Symbol *name = nullptr;
  bool isValid = parseStructName(args[0], isUnion, info, name);
  Arguments fields = args.drop_front();
  // Common Lisp allows a documentation string in front of the slots.
  if (!fields.empty() && llvm::isa<StringForm>(fields.front()))
    fields = fields.drop_front();
  if (isValid && fields.empty() && !info.isKernel) {
    diags.error(form->getRange(), isUnion ? "the union has no members"
                                          : "the struct has no fields");
    isValid = false;
  }
  isValid &= name && parseFields(fields, info);
  if (isValid)
    isValid = checkOperatorName(info, "make-" + info.name, info.range, env);
  if (!isValid) {
    // Uses of what the struct would define shall not be reported too.
    if (name)
      env.addBrokenStruct(name->getName());
    return;
  }
  const StructInfo *earlier = env.lookupStruct(name);
  if (earlier && !checkNewLayout(*earlier, info))
    return;
  info.op = earlier ? earlier->op : mlir::whistler::StructOp();
  declareStruct(env.addStruct(name, std::move(info)));
}
