//===- Environment.cpp - what a source file has declared --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Look-ups of declarations and argument lists.
//
//===----------------------------------------------------------------------===//

#include "Environment.h"

#include "Forms.h"
#include "KernelImport.h"

#include "Whistler/UAPI/Constants.h"
#include "Whistler/UAPI/Protocols.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <cstring>

using namespace whistler;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

const MapInfo *Environment::lookupMap(const Symbol *name) const {
  auto it = maps.find(getKey(name));
  return it == maps.end() || name->isKeyword() ? nullptr : &it->second;
}

std::optional<uint64_t> Environment::lookupConstant(const Symbol *name) const {
  if (!name->isLanguageName())
    return std::nullopt;
  auto it = constants.find(getKey(name));
  if (it != constants.end())
    return it->second;
  // The protocol library's own constants are named in lower case, as the
  // language's names are; the kernel's keep their C spelling.
  if (auto value = uapi::lookupConstant(name->getName()))
    return *value;
  if (auto value = uapi::lookupConstant(name->getName().lower()))
    return *value;
  return llvm::StringSwitch<std::optional<uint64_t>>(name->getName())
      .Cases({"NIL", "NULL"}, 0)
      .Case("T", 1)
      .Default(std::nullopt);
}

std::optional<Accessor> Environment::lookupAccessor(const Symbol *name) const {
  if (!name->isLanguageName())
    return std::nullopt;
  std::string lower = name->getName().lower();
  auto it = accessors.find(lower);
  if (it != accessors.end())
    return it->second;
  const uapi::ProtocolField *field = uapi::lookupProtocolField(lower);
  if (!field)
    return std::nullopt;
  Accessor accessor{field->offset, {8u * field->width, false}};
  accessor.isAddress = field->isAddress;
  if (!field->isAddress) {
    accessor.isNetOrder = field->netOrder && field->width > 1;
    accessor.shift = field->shift;
    accessor.mask = field->mask;
  }
  return accessor;
}

StructInfo *Environment::lookupStruct(const Symbol *name) const {
  auto it = structs.find(getKey(name));
  return it == structs.end() || name->isKeyword() ? nullptr : it->second.get();
}

StructInfo *Environment::lookupStructByTag(llvm::StringRef tag) const {
  return structsByTag.lookup(tag);
}

/// The field or path that an accessor is named after. Those of a struct that is
/// imported as a whole are imported now.
static const StructField *
lookupNamedField(StructInfo &info, llvm::StringRef name, KernelImport *kernel) {
  for (const StructField &path : info.paths)
    if (name == path.name)
      return &path;
  if (const StructField *field = info.lookup(name);
      field && (field->isNamed || info.isOpen))
    return field;
  return info.isOpen ? kernel->importField(info, name, /*form=*/nullptr,
                                           /*isNamed=*/true)
                     : nullptr;
}

/// What `name` does if it is an operator of `info`.
static std::optional<StructOperator>
matchOperator(StructInfo &info, llvm::StringRef name, KernelImport *kernel) {
  if (!info.isKernel && name == "make-" + info.name)
    return StructOperator{StructOperator::Make, &info};
  if (!name.consume_front(info.name) || !name.consume_front("-"))
    return std::nullopt;
  if (const StructField *field = lookupNamedField(info, name, kernel))
    return StructOperator{StructOperator::Field, &info, field};
  if (name.consume_back("-ptr"))
    if (const StructField *field = lookupNamedField(info, name, kernel))
      return StructOperator{StructOperator::Address, &info, field};
  return std::nullopt;
}

std::optional<StructOperator>
Environment::lookupStructOperator(const Symbol *name) const {
  if (!name->isLanguageName())
    return std::nullopt;
  std::string lower = name->getName().lower();
  // A struct's name may be the beginning of another's: at each hyphen there may
  // end one.
  for (llvm::StringRef prefix = lower;;) {
    llvm::StringRef structName = prefix.starts_with("make-")
                                     ? prefix.drop_front(strlen("make-"))
                                     : prefix;
    for (llvm::StringRef candidate : {structName, prefix}) {
      auto it = structs.find(candidate.upper());
      if (it != structs.end())
        if (auto found = matchOperator(*it->second, lower, kernel))
          return found;
    }
    size_t hyphen = prefix.rfind('-');
    if (hyphen == llvm::StringRef::npos)
      return std::nullopt;
    prefix = prefix.take_front(hyphen);
  }
}

StructInfo &Environment::addStruct(const Symbol *name, StructInfo info) {
  auto &entry = structs[getKey(name)];
  // What was lowered with the old one may still refer to it.
  if (!entry)
    entry = std::make_unique<StructInfo>();
  *entry = std::move(info);
  structsByTag[entry->tag] = entry.get();
  return *entry;
}

const GlobalInfo *Environment::lookupGlobal(const Symbol *name) const {
  auto it = globals.find(getKey(name));
  return it == globals.end() || name->isKeyword() ? nullptr : &it->second;
}

FunctionInfo *Environment::lookupFunction(const Symbol *name) const {
  auto it = functions.find(getKey(name));
  return it == functions.end() || name->isKeyword() ? nullptr
                                                    : it->second.get();
}

FunctionInfo &Environment::addFunction(const Symbol *name, FunctionInfo info) {
  auto &entry = functions[getKey(name)];
  entry = std::make_unique<FunctionInfo>(std::move(info));
  return *entry;
}

void Environment::addTracepoint(TracepointInfo info) {
  auto &entry = tracepoints[info.category + "/" + info.event];
  entry = std::make_unique<TracepointInfo>(std::move(info));
}

TracepointInfo *Environment::lookupTracepoint(llvm::StringRef name) {
  auto it = tracepoints.find(name);
  return it == tracepoints.end() ? nullptr : it->second.get();
}

std::optional<std::string> Environment::claimName(const Form *name) {
  std::string cName = getCIdentifier(name->getSymbol()->getName());
  // KSYM_NAME_LEN, which is no part of the kernel's UAPI.
  constexpr size_t maxNameLength = 512;
  if (cName.size() > maxNameLength) {
    diags.error(name->getRange(),
                "the name has " + llvm::Twine(cName.size()) +
                    " characters, and the kernel takes at most " +
                    llvm::Twine(maxNameLength));
    return std::nullopt;
  }
  auto [it, isNew] = claimedNames.try_emplace(cName, name);
  if (isNew)
    return cName;
  std::string lispName = getLispName(name->getSymbol());
  bool isSame = it->second->getSymbol() == name->getSymbol();
  if (isSame && allowsRedefinition)
    return cName;
  diags
      .error(name->getRange(),
             isSame ? "`" + lispName + "` is defined twice"
                    : "`" + lispName + "` and `" +
                          getLispName(it->second->getSymbol()) +
                          "` have the same name in the object file, `" + cName +
                          "`")
      .note(it->second->getRange(), "the first definition is here");
  return std::nullopt;
}

/// The keys of a table in lower case.
template <typename T>
static std::vector<std::string> getLowerKeys(const llvm::StringMap<T> &table) {
  std::vector<std::string> result;
  for (llvm::StringRef key : table.keys())
    result.push_back(key.lower());
  return result;
}

std::vector<std::string> Environment::getMapNames() const {
  return getLowerKeys(maps);
}

std::vector<std::string> Environment::getAccessorNames() const {
  std::vector<std::string> result = getLowerKeys(accessors);
  for (const uapi::ProtocolHeader &header : uapi::getProtocolHeaders())
    for (const uapi::ProtocolField &field : header.fields)
      result.push_back(field.name.str());
  return result;
}

std::vector<std::string> Environment::getConstantNames() const {
  std::vector<std::string> result = getLowerKeys(constants);
  for (const uapi::Constant &constant : uapi::getConstants())
    result.push_back(constant.name.str());
  return result;
}

std::vector<std::string> Environment::getTypeNames() const {
  std::vector<std::string> result = getLowerKeys(structs);
  for (const char *scalar :
       {"u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"})
    result.push_back(scalar);
  return result;
}

std::vector<std::string> Environment::getOperatorNames() const {
  std::vector<std::string> result = getLowerKeys(functions);
  for (const auto &entry : structs) {
    const StructInfo &info = *entry.second;
    if (!info.isKernel)
      result.push_back("make-" + info.name);
    for (const StructField &field : info.fields)
      if (field.isNamed)
        result.push_back(info.name + "-" + field.name);
    for (const StructField &path : info.paths)
      result.push_back(info.name + "-" + path.name);
  }
  return result;
}

std::vector<std::string> Environment::getGlobalNames() const {
  return getLowerKeys(globals);
}

//===----------------------------------------------------------------------===//
// Macros
//===----------------------------------------------------------------------===//

/// How deep macro expansions may nest.
static constexpr unsigned maxMacroDepth = 1000;

bool Environment::isMacroCall(const Form *form) const {
  const Symbol *op = listOperator(form);
  if (!op || (op->isLanguageName() && isForm(op->getName())))
    return false;
  for (const LocalMacro *macro : localMacros)
    if (CompileTimeLisp::getName(macro) == op &&
        !CompileTimeLisp::isSymbolMacro(macro))
      return true;
  return lisp.isMacro(op);
}

MacroExpansion::MacroExpansion(const Form *outermost, Environment &env)
    : env(env), form(outermost) {
  while (form && env.isMacroCall(form)) {
    if (env.macroDepth + scopes.size() >= maxMacroDepth) {
      env.diags.error(form->getRange(),
                      "macro expansions are nested more than " +
                          llvm::Twine(maxMacroDepth) + " deep");
      form = nullptr;
      break;
    }
    std::optional<const Form *> expansion =
        env.lisp.expand(form, env.localMacros);
    scopes.push_back(std::make_unique<MacroCallScope>(
        env.diags, form->getRange(), getLispName(listOperator(form))));
    const Form *call = form;
    form = expansion.value_or(nullptr);
    // The definition has turned out to be wrong, which has been reported.
    if (form == call && env.diags.hasErrors() && !env.isMacroCall(form))
      form = nullptr;
  }
  env.macroDepth += scopes.size();
}

MacroExpansion::~MacroExpansion() {
  env.macroDepth -= scopes.size();
  // A scope ends before those around it.
  while (!scopes.empty())
    scopes.pop_back();
}

//===----------------------------------------------------------------------===//
// Argument lists
//===----------------------------------------------------------------------===//

KeywordArguments::KeywordArguments(llvm::ArrayRef<const Form *> forms,
                                   llvm::ArrayRef<llvm::StringRef> allowed,
                                   llvm::StringRef what,
                                   DiagnosticEngine &diags) {
  std::vector<std::string> names;
  for (llvm::StringRef name : allowed)
    names.push_back(name.str());
  auto reject = [&](const Form *form, const llvm::Twine &message) {
    diags.error(form->getRange(), message);
    valid = false;
  };
  for (size_t index = 0; index < forms.size(); index += 2) {
    const Form *key = forms[index];
    const Symbol *symbol = key->getSymbol();
    if (!symbol || !symbol->isKeyword()) {
      reject(key, what + " takes `:keyword value` pairs; `" + getText(key) +
                      "` is not a keyword");
      return;
    }
    std::string name = symbol->getName().lower();
    if (!llvm::is_contained(allowed, name)) {
      std::string nearest = findNearest(name, names);
      reject(key, what + " has no keyword `:" + name + "`" +
                      (!nearest.empty() ? "; did you mean `:" + nearest + "`?"
                       : allowed.empty()
                           ? "; it takes none"
                           : "; it takes :" + llvm::join(allowed, " :")));
      continue;
    }
    if (index + 1 == forms.size()) {
      reject(key, "`:" + name + "` has no value");
      continue;
    }
    if (!values.try_emplace(name, forms[index + 1]).second)
      reject(key, "`:" + name + "` is given twice");
  }
}

std::optional<llvm::SmallVector<const Form *>>
whistler::getElements(const Form *list, DiagnosticEngine &diags,
                      llvm::StringRef expected) {
  ListElements elements = listElements(list);
  if (!list->isList()) {
    diags.error(list->getRange(), "`" + getText(list) +
                                      "` stands where there should be " +
                                      expected);
    return std::nullopt;
  }
  if (!elements.isProper()) {
    const Form *tail = elements.getTail();
    diags.error(tail->getRange().isValid() ? tail->getRange()
                                           : list->getRange(),
                "a dotted list cannot stand here; leave out the dot");
    return std::nullopt;
  }
  return llvm::SmallVector<const Form *>(elements.begin(), elements.end());
}
