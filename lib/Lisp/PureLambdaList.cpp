//===- PureLambdaList.cpp - parameters of functions and macros --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads lambda lists and binds them to arguments, as sections 3.4.1, 3.4.4 and
// 3.4.5 of the Common Lisp standard say.
//
//===----------------------------------------------------------------------===//

#include "PureLambdaList.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {

/// What the elements after a lambda list keyword are, in the order in which
/// they may follow each other.
enum class Section {
  Required,
  Optional,
  Rest,
  AfterRest,
  Keys,
  OtherKeys,
  Aux
};

struct Keyword {
  StringLiteral name;
  Section section;
  bool forMacrosOnly;
};

class LambdaListParser {
public:
  LambdaListParser(Interpreter &interpreter, bool isMacro,
                   SmallPtrSetImpl<const Symbol *> &names)
      : interpreter(interpreter), isMacro(isMacro), names(names) {}

  bool parse(const Form *form, LambdaList &list);

private:
  bool parseElement(const Form *element, LambdaList &list);
  bool enterSection(const Keyword &keyword, LambdaList &list);
  bool parseSpecial(const Form *&rest, LambdaList &list);
  bool parseVariable(const Form *form, Parameter &parameter);
  bool parseName(const Form *form, const Symbol *&name);
  bool parseWithDefault(const Form *form, bool isKey, Parameter &parameter);
  bool parseKeyName(const Form *form, Parameter &parameter);

  Interpreter &interpreter;
  bool isMacro;
  SmallPtrSetImpl<const Symbol *> &names;
  Section section = Section::Required;
};

} // namespace

static constexpr Keyword keywords[] = {
    {"&OPTIONAL", Section::Optional, false},
    {"&REST", Section::Rest, false},
    {"&BODY", Section::Rest, true},
    {"&KEY", Section::Keys, false},
    {"&ALLOW-OTHER-KEYS", Section::OtherKeys, false},
    {"&AUX", Section::Aux, false},
};

static bool isLambdaListKeyword(const Form *form) {
  const Symbol *symbol = form->getSymbol();
  return symbol && symbol->getName().starts_with("&");
}

bool LambdaListParser::parseName(const Form *form, const Symbol *&name) {
  name = form->getSymbol();
  return name && !isLambdaListKeyword(form) &&
         interpreter.getInfo(name).bindable && names.insert(name).second;
}

bool LambdaListParser::parseVariable(const Form *form, Parameter &parameter) {
  if (!isMacro || form->getSymbol())
    return parseName(form, parameter.name);
  if (!isa<ConsForm>(form))
    return false;
  parameter.pattern = std::make_unique<LambdaList>();
  return LambdaListParser(interpreter, isMacro, names)
      .parse(form, *parameter.pattern);
}

/// `var` or `(keyword var)`.
bool LambdaListParser::parseKeyName(const Form *form, Parameter &parameter) {
  const Form *variable = form;
  const Symbol *keyword = form->getSymbol();
  if (isa<ConsForm>(form)) {
    if (properListLength(form) != size_t(2))
      return false;
    keyword = listElement(form, 0)->getSymbol();
    variable = listElement(form, 1);
    if (!keyword || !keyword->isKeyword())
      return false;
  }
  if (!keyword)
    return false;
  parameter.keyword =
      keyword->isKeyword()
          ? keyword
          : interpreter.getForms().internKeyword(keyword->getName());
  return parseVariable(variable, parameter);
}

/// `var` or `(var [default [supplied]])`.
bool LambdaListParser::parseWithDefault(const Form *form, bool isKey,
                                        Parameter &parameter) {
  const Form *variable = form;
  if (isa<ConsForm>(form)) {
    std::optional<size_t> length = properListLength(form);
    if (!length || *length > 3)
      return false;
    variable = listElement(form, 0);
    if (*length > 1)
      parameter.defaultForm = listElement(form, 1);
    if (*length > 2 && (section == Section::Aux ||
                        !parseName(listElement(form, 2), parameter.supplied)))
      return false;
  }
  return isKey ? parseKeyName(variable, parameter)
               : parseVariable(variable, parameter);
}

bool LambdaListParser::enterSection(const Keyword &keyword, LambdaList &list) {
  if (keyword.forMacrosOnly && !isMacro)
    return false;
  // `&allow-other-keys` belongs to the keys, everything else comes once.
  if (keyword.section <= section || section == Section::Rest ||
      (keyword.section == Section::OtherKeys && section != Section::Keys))
    return false;
  section = keyword.section;
  list.hasKeys |= section == Section::Keys;
  list.allowsOtherKeys |= section == Section::OtherKeys;
  return true;
}

bool LambdaListParser::parseElement(const Form *element, LambdaList &list) {
  switch (section) {
  case Section::Required:
    return parseVariable(element, list.required.emplace_back());
  case Section::Optional:
    return parseWithDefault(element, /*isKey=*/false,
                            list.optional.emplace_back());
  case Section::Rest:
    section = Section::AfterRest;
    return parseVariable(element, list.rest.emplace());
  case Section::Keys:
    return parseWithDefault(element, /*isKey=*/true, list.keys.emplace_back());
  case Section::Aux:
    return parseWithDefault(element, /*isKey=*/false, list.aux.emplace_back());
  case Section::AfterRest:
  case Section::OtherKeys:
    return false;
  }
  return false;
}

/// `&whole var` and `&environment var`, which may stand between other things.
bool LambdaListParser::parseSpecial(const Form *&rest, LambdaList &list) {
  const auto *cons = cast<ConsForm>(rest);
  bool isWhole = cons->getCar()->isSymbol("&WHOLE");
  const auto *next = dyn_cast<ConsForm>(cons->getCdr());
  const Symbol *&name = isWhole ? list.whole : list.environment;
  if (!isMacro || !next || name || !parseName(next->getCar(), name))
    return false;
  rest = next->getCdr();
  return true;
}

bool LambdaListParser::parse(const Form *form, LambdaList &list) {
  const Form *rest = form;
  while (const auto *cons = dyn_cast<ConsForm>(rest)) {
    interpreter.touch(cons);
    const Form *element = cons->getCar();
    if ((element->isSymbol("&WHOLE") && rest == form) ||
        element->isSymbol("&ENVIRONMENT")) {
      if (section == Section::Rest || !parseSpecial(rest, list))
        return false;
      continue;
    }
    rest = cons->getCdr();
    if (isLambdaListKeyword(element)) {
      const auto *keyword = find_if(keywords, [&](const Keyword &keyword) {
        return element->isSymbol(keyword.name);
      });
      if (keyword == std::end(keywords) || !enterSection(*keyword, list))
        return false;
    } else if (!parseElement(element, list)) {
      return false;
    }
  }
  if (section == Section::Rest)
    return false;
  if (rest->isNil())
    return true;
  // A dot means the same as `&rest`.
  return isMacro && section < Section::Rest &&
         parseName(rest, list.rest.emplace().name);
}

bool pure::parseLambdaList(Interpreter &interpreter, const Form *form,
                           bool isMacro, LambdaList &list) {
  SmallPtrSet<const Symbol *, 8> names;
  return LambdaListParser(interpreter, isMacro, names).parse(form, list);
}

//===----------------------------------------------------------------------===//
// Binding
//===----------------------------------------------------------------------===//

namespace {

/// Binds one lambda list. `tails` are the conses that hold the arguments and
/// what ends them, for arguments that come from a list.
class ArgumentBinder {
public:
  ArgumentBinder(Interpreter &interpreter, const LambdaList &list,
                 Arguments args, ArrayRef<const Form *> tails, Env &env)
      : interpreter(interpreter), list(list), args(args), tails(tails),
        env(env) {}

  bool bind();

private:
  bool bindParameter(const Parameter &parameter, Value value);
  bool bindOrDefault(const Parameter &parameter, Value value);
  bool bindRest();
  bool bindKeys();
  bool checkKeys();
  bool failed() {
    interpreter.fail();
    return false;
  }

  Interpreter &interpreter;
  const LambdaList &list;
  Arguments args;
  ArrayRef<const Form *> tails;
  Env &env;
  size_t position = 0;
};

} // namespace

bool ArgumentBinder::bindParameter(const Parameter &parameter, Value value) {
  if (!parameter.pattern)
    return interpreter.bind(env, parameter.name, value);
  const Form *form = interpreter.toForm(value);
  return form && bindTree(interpreter, *parameter.pattern, form, form, env);
}

/// `value` is null where there is no argument.
bool ArgumentBinder::bindOrDefault(const Parameter &parameter, Value value) {
  bool isSupplied = bool(value);
  if (!isSupplied)
    value = parameter.defaultForm ? interpreter.eval(parameter.defaultForm, env)
                                  : Value(interpreter.getNil());
  if (!value || !bindParameter(parameter, value))
    return false;
  return !parameter.supplied ||
         interpreter.bind(env, parameter.supplied,
                          interpreter.getBoolean(isSupplied));
}

bool ArgumentBinder::bindRest() {
  if (!tails.empty())
    return bindParameter(*list.rest, tails[position]);
  FormList elements;
  for (Value value : args.drop_front(position)) {
    const Form *form = interpreter.toForm(value);
    if (!form)
      return false;
    elements.push_back(form);
  }
  return bindParameter(*list.rest, interpreter.makeList(elements));
}

/// Whether all keyword arguments come in pairs and may be given.
bool ArgumentBinder::checkKeys() {
  Arguments rest = args.drop_front(position);
  if (rest.size() % 2)
    return false;
  bool allowsOthers = list.allowsOtherKeys;
  bool hasOthers = false;
  bool isFirst = true;
  for (size_t i = 0; i < rest.size(); i += 2) {
    const Form *key = rest[i].getForm();
    const Symbol *symbol = key ? key->getSymbol() : nullptr;
    if (!symbol)
      return false;
    if (symbol->isKeyword("ALLOW-OTHER-KEYS")) {
      if (isFirst)
        allowsOthers |= interpreter.isTrue(rest[i + 1]);
      isFirst = false;
      continue;
    }
    hasOthers |= none_of(list.keys, [&](const Parameter &parameter) {
      return parameter.keyword == symbol;
    });
  }
  return allowsOthers || !hasOthers;
}

bool ArgumentBinder::bindKeys() {
  if (!checkKeys())
    return failed();
  Arguments rest = args.drop_front(position);
  for (const Parameter &parameter : list.keys) {
    Value value;
    for (size_t i = 0; i < rest.size() && !value; i += 2)
      if (rest[i].getForm()->getSymbol() == parameter.keyword)
        value = rest[i + 1];
    if (!bindOrDefault(parameter, value))
      return false;
  }
  return true;
}

bool ArgumentBinder::bind() {
  bool isDotted = !tails.empty() && !tails.back()->isNil();
  size_t maxArgs = list.required.size() + list.optional.size();
  if (args.size() < list.required.size() ||
      (!list.rest && !list.hasKeys && args.size() > maxArgs) ||
      (isDotted && (!list.rest || list.hasKeys)))
    return failed();
  for (const Parameter &parameter : list.required)
    if (!bindParameter(parameter, args[position++]))
      return false;
  for (const Parameter &parameter : list.optional) {
    Value value = position < args.size() ? args[position++] : Value();
    if (!bindOrDefault(parameter, value))
      return false;
  }
  // With a dot before the optional arguments are complete, no rest is left.
  if (list.rest && !bindRest())
    return false;
  if (list.hasKeys && !bindKeys())
    return false;
  return all_of(list.aux, [&](const Parameter &parameter) {
    return bindOrDefault(parameter, Value());
  });
}

bool pure::bindArguments(Interpreter &interpreter, const LambdaList &list,
                         Arguments args, Env &env) {
  return ArgumentBinder(interpreter, list, args, {}, env).bind();
}

bool pure::bindTree(Interpreter &interpreter, const LambdaList &list,
                    const Form *args, const Form *whole, Env &env) {
  DepthGuard guard(interpreter);
  SmallVector<Value, 8> values;
  SmallVector<const Form *, 8> tails(1, args);
  ListWalker walker(interpreter, args);
  while (const Form *element = walker.next()) {
    values.push_back(element);
    tails.push_back(walker.getRest());
  }
  if (list.whole && !interpreter.bind(env, list.whole, whole))
    return false;
  if (list.environment && !interpreter.bind(env, list.environment, Value()))
    return false;
  return ArgumentBinder(interpreter, list, values, tails, env).bind();
}
