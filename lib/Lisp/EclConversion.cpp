//===- EclConversion.cpp - from forms to Lisp objects -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Forms to Lisp objects. Everything here may be unwound by ECL.
//
//===----------------------------------------------------------------------===//

#include "EclConversion.h"

#include "EclRuntime.h"
#include "EclSession.h"

#include "llvm/ADT/StringExtras.h"

using namespace whistler;
using namespace whistler::ecl;
using llvm::dyn_cast;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

/// Names that are ASCII are base strings, as those that ECL reads.
static cl_object makeName(StringRef text) {
  if (!llvm::isASCII(text))
    return makeString(text);
  cl_object name = ecl_alloc_simple_base_string(text.size());
  memcpy(name->base_string.self, text.data(), text.size());
  return name;
}

static cl_object findPackage(StringRef name) {
  if (name.empty())
    return currentPackage();
  return ecl_find_package_nolock(makeName(name));
}

/// Gives a symbol of evaluated code the value of the language's constant of
/// that name. The client is asked here, apart, since its C++ objects must not
/// be unwound.
static LLVM_ATTRIBUTE_NOINLINE std::optional<uint64_t>
lookupConstant(const Symbol *symbol) {
  return Session::getCurrent().getClient().getConstant(symbol);
}

static void bindLanguageConstant(const Symbol *symbol, cl_object object) {
  if (std::optional<uint64_t> value = lookupConstant(symbol))
    cl_set(object, ecl_make_unsigned_integer(*value));
}

cl_object Converter::toLisp(const Symbol *symbol) {
  if (symbol == forms.getNilSymbol())
    return ECL_NIL;
  if (symbol->isUninterned()) {
    auto known = uninternedObjects.find(symbol);
    if (known != uninternedObjects.end())
      return known->second;
    cl_object object = cl_make_symbol(makeName(symbol->getName()));
    identities.insert(object, symbol);
    uninternedObjects[symbol] = object;
    return object;
  }
  auto known = internedObjects.find(symbol);
  if (known != internedObjects.end())
    return known->second;
  cl_object package = findPackage(symbol->getPackage());
  if (package == ECL_NIL)
    signalError("There is no package with the name ~a.",
                makeName(symbol->getPackage()));
  int status;
  cl_object object = ecl_intern(makeName(symbol->getName()), package, &status);
  internedObjects[symbol] = object;
  if (object->symbol.hpack != cl_core.lisp_package &&
      cl_boundp(object) == ECL_NIL)
    bindLanguageConstant(symbol, object);
  return object;
}

void Converter::forgetSymbols() {
  internedObjects.clear();
  internedSymbols.clear();
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// Writes hexadecimal digits of a big integer if they fit; their number. Apart,
/// since the C++ objects in it must not be unwound.
static LLVM_ATTRIBUTE_NOINLINE size_t writeDigits(const IntegerForm *form,
                                                  unsigned char *buffer,
                                                  size_t size) {
  llvm::SmallString<64> digits;
  form->getValue().toString(digits, 16);
  if (digits.size() <= size)
    memcpy(buffer, digits.data(), digits.size());
  return digits.size();
}

static cl_object makeInteger(const IntegerForm *form) {
  if (std::optional<int64_t> value = form->getInt64())
    return ecl_make_integer(*value);
  if (std::optional<uint64_t> value = form->getUInt64())
    return ecl_make_unsigned_integer(*value);
  size_t size = writeDigits(form, nullptr, 0);
  cl_object digits = ecl_alloc_simple_base_string(size);
  writeDigits(form, digits->base_string.self, size);
  return cl_parse_integer(3, digits, ecl_make_keyword("RADIX"),
                          ecl_make_fixnum(16));
}

//===----------------------------------------------------------------------===//
// Structure
//===----------------------------------------------------------------------===//

/// Whether a comma in `form` belongs to a backquote outside of it.
static bool hasOpenComma(const Form *form, int level) {
  if (auto *vector = dyn_cast<VectorForm>(form))
    return llvm::any_of(vector->getElements(), [&](const Form *element) {
      return hasOpenComma(element, level);
    });
  if (const Symbol *op = listOperator(form); op && op->getPackage() == "SI") {
    if (op->getName() == "QUASIQUOTE")
      ++level;
    else if (op->getName().starts_with("UNQUOTE") && --level < 0)
      return true;
  }
  return llvm::any_of(listElements(form), [&](const Form *element) {
    return hasOpenComma(element, level);
  });
}

cl_object Converter::convertVector(const VectorForm *vector) {
  llvm::ArrayRef<const Form *> elements = vector->getElements();
  if (hasOpenComma(vector, 0)) {
    // ,(apply #'vector `(elements...)), as ECL's own reader has it.
    cl_object list = ECL_NIL;
    for (const Form *element : llvm::reverse(elements))
      list = CONS(convert(element), list);
    cl_object function = cl_list(2, ecl_make_symbol("FUNCTION", "COMMON-LISP"),
                                 ecl_make_symbol("VECTOR", "COMMON-LISP"));
    cl_object quoted = cl_list(2, ecl_make_symbol("QUASIQUOTE", "SI"), list);
    cl_object call =
        cl_list(3, ecl_make_symbol("APPLY", "COMMON-LISP"), function, quoted);
    return cl_list(2, ecl_make_symbol("UNQUOTE", "SI"), call);
  }
  cl_object object = ecl_alloc_simple_vector(elements.size(), ecl_aet_object);
  for (size_t i = 0; i != elements.size(); ++i)
    object->vector.self.t[i] = ECL_NIL;
  for (size_t i = 0; i != elements.size(); ++i)
    object->vector.self.t[i] = convert(elements[i]);
  origins.insert(object, vector);
  return object;
}

cl_object Converter::convertList(const ConsForm *cons) {
  cl_object head = ecl_list1(convert(cons->getCar()));
  origins.insert(head, cons);
  cl_object last = head;
  while (auto *next = dyn_cast<ConsForm>(cons->getCdr())) {
    cl_object cell = ecl_list1(convert(next->getCar()));
    origins.insert(cell, next);
    ECL_RPLACD(last, cell);
    last = cell;
    cons = next;
  }
  if (!cons->getCdr()->isNil())
    ECL_RPLACD(last, convert(cons->getCdr()));
  return head;
}

cl_object Converter::readText(const Form *form, StringRef text) {
  place = form;
  cl_object object = callImpl("READ-TEXT", makeString(text));
  place = nullptr;
  return object;
}

cl_object Converter::convertUnevaluated(const UnevaluatedForm *form) {
  switch (form->getDispatch()) {
  case '=':
  case '#':
    // Labels have a meaning only in the whole form.
    foundLabel = true;
    return ECL_NIL;
  case '.': {
    cl_object subform = convert(form->getSubform());
    if (foundLabel)
      return ECL_NIL;
    place = form;
    cl_object object = cl_eval(subform);
    place = nullptr;
    return object;
  }
  default:
    return readText(form, form->getText());
  }
}

cl_object Converter::convert(const Form *form) {
  switch (form->getKind()) {
  case Form::Kind::Cons:
    return convertList(llvm::cast<ConsForm>(form));
  case Form::Kind::Symbol: {
    place = form;
    cl_object object = toLisp(form->getSymbol());
    place = nullptr;
    return object;
  }
  case Form::Kind::Integer: {
    cl_object object = makeInteger(llvm::cast<IntegerForm>(form));
    if (!ECL_FIXNUMP(object))
      origins.insert(object, form);
    return object;
  }
  case Form::Kind::Character:
    return ECL_CODE_CHAR(llvm::cast<CharacterForm>(form)->getCodePoint());
  case Form::Kind::String: {
    cl_object object = makeString(llvm::cast<StringForm>(form)->getValue());
    origins.insert(object, form);
    return object;
  }
  case Form::Kind::Ratio:
  case Form::Kind::Float: {
    cl_object object = readText(form, llvm::cast<TextForm>(form)->getText());
    origins.insert(object, form);
    return object;
  }
  case Form::Kind::Vector:
    return convertVector(llvm::cast<VectorForm>(form));
  case Form::Kind::Unevaluated:
    return convertUnevaluated(llvm::cast<UnevaluatedForm>(form));
  }
  llvm_unreachable("all kinds are handled");
}

cl_object Converter::toLisp(const Form *form) {
  place = nullptr;
  foundLabel = false;
  cl_object object = convert(form);
  if (!foundLabel)
    return object;
  llvm::SMRange range = form->getRange();
  if (!range.isValid()) {
    place = form;
    signalError("A label cannot be followed into code that a macro has made.");
  }
  return readText(form,
                  StringRef(range.Start.getPointer(),
                            range.End.getPointer() - range.Start.getPointer()));
}
