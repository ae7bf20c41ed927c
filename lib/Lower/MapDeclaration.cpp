//===- MapDeclaration.cpp - defmap ------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Checks a map's parameters against what the kernel allows for its type.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <linux/bpf.h>

using namespace whistler;

/// The values that a rule allows, in words.
static std::string describe(const uapi::SizeRule &rule) {
  if (rule.isNone())
    return "none";
  if (rule.isFixed())
    return getCount(rule.min, "byte");
  std::string result = "at least " + getCount(rule.min, "byte");
  if (rule.max != UINT32_MAX)
    result = std::to_string(rule.min) + " to " + getCount(rule.max, "byte");
  if (rule.multipleOf > 1)
    result += ", in multiples of " + std::to_string(rule.multipleOf);
  return result;
}

/// Finds out the size of a map's keys or values: `role` is "key" or "value".
bool ModuleLowering::parseEntrySize(const KeywordArguments &keywords,
                                    llvm::StringRef role,
                                    const uapi::SizeRule &rule,
                                    const uapi::MapType &type, const Form *form,
                                    uint32_t &size, mlir::Type &entryType) {
  std::string sizeKeyword = (role + "-size").str();
  const Form *sizeForm = keywords.lookup(sizeKeyword);
  const Form *typeForm = keywords.lookup(role);
  if (sizeForm && typeForm) {
    diags.error(typeForm->getRange(), "`:" + role + "` and `:" + sizeKeyword +
                                          "` say the same; give one of them");
    return false;
  }
  if (typeForm) {
    std::optional<mlir::Type> parsed = parseSizedType(typeForm, env);
    if (!parsed)
      return false;
    entryType = *parsed;
    size = uint32_t(*env.getSize(entryType));
  } else if (sizeForm) {
    std::optional<int64_t> value = requireConstantIn(
        sizeForm, env, "`:" + sizeKeyword + "`", 0, INT32_MAX);
    if (!value)
      return false;
    size = uint32_t(*value);
  } else {
    // A size that the type leaves no choice about need not be written.
    size = rule.isFixed() ? rule.min : 0;
  }
  if (rule.allows(size))
    return true;
  const Form *culprit = typeForm ? typeForm : sizeForm ? sizeForm : form;
  std::string kind = ("a map of type `:" + type.name + "` ").str();
  if (culprit == form)
    diags.error(form->getRange(), "the map has no `:" + sizeKeyword + "`; " +
                                      kind + "needs " + describe(rule));
  else if (rule.isNone())
    diags.error(culprit->getRange(),
                kind + "has no " + role + "s; leave out `:" +
                    (typeForm ? role.str() : sizeKeyword) + "`");
  else
    diags.error(culprit->getRange(), kind + "cannot have " + role + "s of " +
                                         getCount(size, "byte") +
                                         "; they have to be " + describe(rule));
  return false;
}

bool ModuleLowering::parseMaxEntries(const KeywordArguments &keywords,
                                     const uapi::MapType &type,
                                     const Form *form, uint32_t &entries) {
  const Form *entriesForm = keywords.lookup("max-entries");
  entries = 0;
  if (!entriesForm) {
    if (type.entries == uapi::EntriesRule::Optional ||
        type.entries == uapi::EntriesRule::Zero)
      return true;
    diags.error(form->getRange(), "the map has no `:max-entries`");
    return false;
  }
  std::optional<int64_t> value =
      requireConstantIn(entriesForm, env, "`:max-entries`", 0, UINT32_MAX);
  if (!value)
    return false;
  entries = uint32_t(*value);
  if (type.entries == uapi::EntriesRule::Zero && entries != 0) {
    diags.error(entriesForm->getRange(),
                "a map of type `:" + type.name +
                    "` takes no `:max-entries`; leave it out");
    return false;
  }
  bool needsEntries = type.entries == uapi::EntriesRule::Required ||
                      type.entries == uapi::EntriesRule::PageMultiple;
  if (needsEntries && entries == 0) {
    diags.error(entriesForm->getRange(), "`:max-entries` has to be at least 1");
    return false;
  }
  // The page size is the target's, and 4096 on most.
  bool isPageMultiple = llvm::isPowerOf2_32(entries) && entries % 4096 == 0;
  if (type.entries == uapi::EntriesRule::PageMultiple && !isPageMultiple)
    diags.warning(
        entriesForm->getRange(),
        "the size of a map of type `:" + type.name +
            "` in bytes is a power of two and a multiple of the page "
            "size; the loader makes " +
            llvm::Twine(std::max<uint64_t>(4096, llvm::PowerOf2Ceil(entries))) +
            " of this");
  return true;
}

bool ModuleLowering::parseMapFlags(const KeywordArguments &keywords,
                                   const uapi::MapType &type, const Form *form,
                                   std::optional<uint32_t> &flags) {
  const Form *flagsForm = keywords.lookup("map-flags");
  if (flagsForm) {
    std::optional<int64_t> value =
        requireConstantIn(flagsForm, env, "`:map-flags`", 0, UINT32_MAX);
    if (!value)
      return false;
    flags = uint32_t(*value);
  }
  if ((flags.value_or(0) & type.requiredFlags) == type.requiredFlags)
    return true;
  diags.error((flagsForm ? flagsForm : form)->getRange(),
              "a map of type `:" + type.name + "` needs `:map-flags " +
                  type.requiredFlagsName + "`");
  return false;
}

bool ModuleLowering::parsePinning(const KeywordArguments &keywords,
                                  bool &pinByName) {
  const Form *pinning = keywords.lookup("pinning");
  pinByName = false;
  if (!pinning || pinning->isNil() || pinning->isKeyword("NONE"))
    return true;
  pinByName = pinning->isKeyword("BY-NAME");
  if (!pinByName)
    diags.error(pinning->getRange(), "`:pinning` is `:by-name` or `:none`");
  return pinByName;
}

/// The attribute for what `:key` or `:value` said, if it was given.
static mlir::TypeAttr getEntryType(mlir::Type type) {
  return type ? mlir::TypeAttr::get(type) : mlir::TypeAttr();
}

/// `:inner-map`, which maps of maps need: the name of a map that is like those
/// in it.
bool ModuleLowering::parseInnerMap(const KeywordArguments &keywords,
                                   const uapi::MapType &type, const Form *form,
                                   mlir::FlatSymbolRefAttr &inner) {
  const Form *innerForm = keywords.lookup("inner-map");
  bool holdsMaps = type.value == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
                   type.value == BPF_MAP_TYPE_HASH_OF_MAPS;
  if (!innerForm) {
    if (holdsMaps)
      diags.error(form->getRange(),
                  "a map of type `:" + type.name +
                      "` needs `:inner-map name`: a map that the maps in it "
                      "are like");
    return !holdsMaps;
  }
  if (!holdsMaps) {
    diags.error(innerForm->getRange(), "a map of type `:" + type.name +
                                           "` holds no maps; leave out "
                                           "`:inner-map`");
    return false;
  }
  const Symbol *name = innerForm->getSymbol();
  const MapInfo *map = name ? env.lookupMap(name) : nullptr;
  if (!map) {
    if (!name || !env.isBroken(name))
      diags.error(innerForm->getRange(),
                  "`:inner-map` is the name of a map that is defined before, "
                  "and `" +
                      getText(innerForm) + "` is none" +
                      (name ? getSuggestion(name, env.getMapNames()) : ""));
    return false;
  }
  if (map->innerMap) {
    diags.error(innerForm->getRange(),
                "the maps in a map of maps cannot hold maps themselves");
    return false;
  }
  inner = mlir::FlatSymbolRefAttr::get(&context, map->cName);
  return true;
}

/// Finds the map type that a `:type` argument names.
static const uapi::MapType *parseMapType(const Form *typeForm,
                                         DiagnosticEngine &diags) {
  const Symbol *symbol = typeForm->getSymbol();
  auto *string = llvm::dyn_cast<StringForm>(typeForm);
  std::string name = symbol   ? symbol->getName().lower()
                     : string ? string->getValue().lower()
                              : std::string();
  if (!symbol || !symbol->isKeyword()) {
    diags.error(typeForm->getRange(),
                "the type of a map is a keyword such as `:" +
                    (uapi::lookupMapType(name) ? name : "hash") + "`");
    return nullptr;
  }
  std::vector<std::string> names;
  for (const uapi::MapType &type : uapi::getMapTypes())
    if (type.unsupported.empty())
      names.push_back(type.name.str());
  const uapi::MapType *type = uapi::lookupMapType(name);
  if (!type) {
    std::string nearest = findNearest(name, names);
    diags.error(typeForm->getRange(),
                "there is no map type `:" + name + "`" +
                    (nearest.empty() ? "; there are :" + llvm::join(names, " :")
                                     : "; did you mean `:" + nearest + "`?"));
    return nullptr;
  }
  if (!type->unsupported.empty()) {
    diags.error(typeForm->getRange(),
                "a map of type `:" + name +
                    "` cannot be declared: " + type->unsupported);
    return nullptr;
  }
  return type;
}

void ModuleLowering::lowerMap(const Form *form, Arguments args) {
  if (!checkName(args[0], "a map"))
    return;
  KeywordArguments keywords(args.drop_front(),
                            {"type", "key-size", "value-size", "key", "value",
                             "max-entries", "map-flags", "pinning",
                             "inner-map"},
                            "a map", diags);
  std::optional<std::string> cName = env.claimName(args[0]);
  const Form *typeForm = keywords.lookup("type");
  if (keywords.isValid() && !typeForm)
    diags.error(form->getRange(), "the map has no `:type`");
  const uapi::MapType *type =
      typeForm ? parseMapType(typeForm, diags) : nullptr;
  if (!keywords.isValid() || !type || !cName) {
    // Uses of the map shall not be reported too.
    env.addBroken(args[0]->getSymbol()->getName());
    return;
  }

  MapInfo info;
  info.cName = *cName;
  info.type = type;
  info.range = form->getRange();
  std::optional<uint32_t> flags;
  uint32_t entries;
  bool pinByName;
  bool isValid = parseEntrySize(keywords, "key", type->key, *type, form,
                                info.keySize, info.keyType);
  isValid &= parseEntrySize(keywords, "value", type->valueSize, *type, form,
                            info.valueSize, info.valueType);
  isValid &= parseMaxEntries(keywords, *type, form, entries);
  isValid &= parseMapFlags(keywords, *type, form, flags);
  isValid &= parsePinning(keywords, pinByName);
  mlir::FlatSymbolRefAttr inner;
  isValid &= parseInnerMap(keywords, *type, form, inner);
  if (!isValid) {
    env.addBroken(args[0]->getSymbol()->getName());
    return;
  }
  if (inner)
    info.innerMap = inner.getValue();
  env.addMap(args[0]->getSymbol(), info);
  auto map = mlir::whistler::MapOp::create(
      builder, getLocation(form->getRange(), diags, &context), info.cName,
      type->name, info.keySize, getEntryType(info.keyType), info.valueSize,
      getEntryType(info.valueType), entries,
      flags ? builder.getI32IntegerAttr(int32_t(*flags)) : mlir::IntegerAttr(),
      pinByName, inner);
  removeEarlier(map);
}
