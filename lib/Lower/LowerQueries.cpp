//===- LowerQueries.cpp - questions about the kernel's types ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Sizes, offsets and existence of types, answered by the loader.
//
//===----------------------------------------------------------------------===//

#include "KernelField.h"
#include "LoweringScopes.h"

#include "llvm/ADT/StringSwitch.h"

using namespace whistler;
using namespace mlir::whistler;

StructInfo *ProgramLowering::parseKernelStruct(const Form *form) {
  const Symbol *name = form->getSymbol();
  if (!name || name->isKeyword()) {
    error(form, "the name of a kernel struct is needed, and this is `" +
                    getText(form) + "`");
    return nullptr;
  }
  StructInfo *info = env.lookupStruct(name);
  if (!info) {
    if (env.isBroken(name) || !env.kernel->load(form->getRange()))
      return nullptr;
    info = env.kernel->lookupStruct(getCIdentifier(name->getName()));
  }
  if (info && info->isKernel)
    return info;
  if (info)
    error(form, "`" + getText(form) +
                    "` is a struct of the program's own, which is the same in "
                    "every kernel");
  else
    error(form, "the kernel has no struct `" + getText(form) + "`" +
                    getSuggestion(name, getLispSpellings(
                                            env.kernel->types.structNames())));
  return nullptr;
}

/// `field-exists`, `field-offset` and `field-size`.
Result ProgramLowering::lowerFieldQuery(const Call &call) {
  StructInfo *info = parseKernelStruct(call.args[0]);
  if (!info)
    return failed();
  auto query = llvm::StringSwitch<CoreQuery>(call.name)
                   .Case("FIELD-EXISTS", CoreQuery::FieldExists)
                   .Case("FIELD-OFFSET", CoreQuery::FieldByteOffset)
                   .Default(CoreQuery::FieldByteSize);
  KernelField start;
  start.type = StructType::get(builder.getContext(), info->tag);
  std::optional<KernelField> field = selectPath(start, call.args.drop_front());
  if (!field)
    return failed();
  return Value(create<CoreQueryOp>(getIntType(64), query, field->subject));
}

/// `type-exists` and `type-size`.
Result ProgramLowering::lowerTypeQuery(const Call &call) {
  StructInfo *info = parseKernelStruct(call.args[0]);
  if (!info)
    return failed();
  CoreQuery query =
      call.name == "TYPE-SIZE" ? CoreQuery::TypeSize : CoreQuery::TypeExists;
  return Value(create<CoreQueryOp>(getIntType(64), query, info->tag));
}

/// `enum-value` and `enum-value-exists`.
Result ProgramLowering::lowerEnumQuery(const Call &call) {
  const Symbol *tagName = call.args[0]->getSymbol();
  const Symbol *name = call.args[1]->getSymbol();
  if (!tagName || !name) {
    error(call.args[tagName ? 1 : 0],
          "`" + call.getName() +
              "` takes the names of an enumeration and of one of its values");
    return failed();
  }
  if (!env.kernel->load(call.form->getRange()))
    return failed();
  std::string tag = getCIdentifier(tagName->getName());
  if (!env.kernel->types.findEnum(tag)) {
    error(call.args[0],
          "the kernel has no enumeration `" + getText(call.args[0]) + "`" +
              getSuggestion(tagName,
                            getLispSpellings(env.kernel->types.enumNames())));
    return failed();
  }
  std::optional<std::string> enumerator =
      env.kernel->importEnumerator(tag, name->getName());
  if (!enumerator) {
    error(call.args[1],
          "the enumeration `" + tag + "` has no value `" +
              getText(call.args[1]) + "`" +
              getSuggestion(name, env.kernel->getEnumeratorNames(tag)));
    return failed();
  }
  CoreQuery query = call.name == "ENUM-VALUE" ? CoreQuery::EnumValue
                                              : CoreQuery::EnumValueExists;
  return Value(
      create<CoreQueryOp>(getIntType(64), query, tag + ":" + *enumerator));
}
