//===- PureSearch.cpp - functions that choose elements ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Functions that find, count or remove elements of sequences, and those that
// treat lists as sets and tables.
//
//===----------------------------------------------------------------------===//

#include "PureSequences.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Keyword arguments
//===----------------------------------------------------------------------===//

static bool getBound(Value value, size_t &bound) {
  const auto *integer = dyn_cast_if_present<IntegerForm>(value.getForm());
  std::optional<int64_t> index = integer ? integer->getInt64() : std::nullopt;
  if (!index || *index < 0)
    return false;
  bound = size_t(*index);
  return true;
}

static bool isNil(Value value) {
  return value.getForm() && value.getForm()->isNil();
}

namespace {
struct KeyName {
  StringLiteral name;
  unsigned group;
};
} // namespace

bool SequenceKeys::parse(Interpreter &interpreter, Arguments args,
                         unsigned allowed) {
  static constexpr KeyName names[] = {
      {"TEST", Test},  {"KEY", Key},          {"START", Bounds},
      {"END", Bounds}, {"FROM-END", FromEnd}, {"INITIAL-VALUE", InitialValue},
  };
  SmallVector<const KeyName *, 4> seen;
  for (; args.size() >= 2; args = args.drop_front(2)) {
    const Form *keyword = args[0].getForm();
    const auto *name = find_if(names, [&](const KeyName &name) {
      return keyword && keyword->isKeyword(name.name);
    });
    if (name == std::end(names) || !(name->group & allowed) ||
        is_contained(seen, name))
      break;
    seen.push_back(name);
    bool isGood = true;
    size_t bound = 0;
    if (name->name == "TEST")
      isGood = (test = interpreter.getFunction(args[1]));
    else if (name->name == "KEY")
      isGood = isNil(args[1]) || (key = interpreter.getFunction(args[1]));
    else if (name->name == "START")
      isGood = getBound(args[1], start);
    else if (name->name == "FROM-END")
      fromEnd = interpreter.isTrue(args[1]);
    else if (name->name == "INITIAL-VALUE")
      initialValue = args[1];
    else if (!isNil(args[1]) && (isGood = getBound(args[1], bound)))
      end = bound;
    if (!isGood)
      break;
  }
  if (!args.empty())
    interpreter.fail();
  return args.empty();
}

Value SequenceKeys::getKey(Interpreter &interpreter,
                           const Form *element) const {
  return key ? interpreter.call(*key, Value(element)) : Value(element);
}

bool ElementTest::start(Interpreter &in, Choice how, Value chooser,
                        const SequenceKeys &sequenceKeys) {
  interpreter = &in;
  choice = how;
  keys = sequenceKeys;
  item = chooser;
  if (choice == Choice::Item)
    return true;
  predicate = in.getFunction(chooser);
  return predicate;
}

std::optional<bool> ElementTest::operator()(const Form *element) const {
  Value value = keys.getKey(*interpreter, element);
  if (!value)
    return std::nullopt;
  std::optional<bool> result;
  if (predicate)
    result = interpreter->callTest(*predicate, value);
  else if (keys.test)
    result = interpreter->callTest(*keys.test, {item, value});
  else
    result = interpreter->isEql(item, value);
  if (!result || interpreter->hasFailed())
    return std::nullopt;
  return choice == Choice::IfNot ? !*result : *result;
}

//===----------------------------------------------------------------------===//
// Searching sequences
//===----------------------------------------------------------------------===//

namespace {

/// The arguments (chooser sequence [keys]) of a function on a sequence.
struct Search {
  FormList elements;
  SequenceKeys keys;
  ElementTest isChosen;
  size_t end = 0;

  bool start(Interpreter &interpreter, Choice choice, Arguments args);
  /// The index of the first chosen element, or of the last, or the end.
  std::optional<size_t> find() const;
};

} // namespace

bool Search::start(Interpreter &interpreter, Choice choice, Arguments args) {
  unsigned allowed =
      SequenceKeys::Key | SequenceKeys::Bounds | SequenceKeys::FromEnd;
  if (choice == Choice::Item)
    allowed |= SequenceKeys::Test;
  if (!getSequence(interpreter, args[1], elements) ||
      !keys.parse(interpreter, args.drop_front(2), allowed) ||
      !isChosen.start(interpreter, choice, args[0], keys))
    return false;
  end = keys.end.value_or(elements.size());
  if (keys.start > end || end > elements.size()) {
    interpreter.fail();
    return false;
  }
  return true;
}

std::optional<size_t> Search::find() const {
  size_t found = end;
  for (size_t i = keys.start; i < end; ++i) {
    size_t index = keys.fromEnd ? end - 1 - (i - keys.start) : i;
    std::optional<bool> chosen = isChosen(elements[index]);
    if (!chosen)
      return std::nullopt;
    if (*chosen)
      return index;
  }
  return found;
}

template <Choice choice>
static Value find(Interpreter &interpreter, Arguments args) {
  Search search;
  std::optional<size_t> index;
  if (search.start(interpreter, choice, args))
    index = search.find();
  if (!index)
    return Value();
  return *index == search.end ? interpreter.getNil() : search.elements[*index];
}

template <Choice choice>
static Value position(Interpreter &interpreter, Arguments args) {
  Search search;
  std::optional<size_t> index;
  if (search.start(interpreter, choice, args))
    index = search.find();
  if (!index)
    return Value();
  if (*index == search.end)
    return interpreter.getNil();
  return interpreter.getForms().makeInteger(int64_t(*index));
}

template <Choice choice>
static Value count(Interpreter &interpreter, Arguments args) {
  Search search;
  if (!search.start(interpreter, choice, args))
    return Value();
  int64_t sum = 0;
  for (size_t i = search.keys.start; i < search.end; ++i) {
    std::optional<bool> chosen = search.isChosen(search.elements[i]);
    if (!chosen)
      return Value();
    sum += *chosen;
  }
  return interpreter.getForms().makeInteger(sum);
}

/// Removes what is chosen from a copy.
template <Choice choice>
static Value removeFromCopy(Interpreter &interpreter, Arguments args) {
  Search search;
  if (!search.start(interpreter, choice, args))
    return Value();
  FormList kept;
  for (size_t i = 0; i < search.elements.size(); ++i) {
    std::optional<bool> chosen = false;
    if (i >= search.keys.start && i < search.end)
      chosen = search.isChosen(search.elements[i]);
    if (!chosen)
      return Value();
    if (!*chosen)
      kept.push_back(search.elements[i]);
  }
  return makeSequenceLike(interpreter, args[1], kept);
}

/// A result that may be or contain a part of the argument.
static Value share(Interpreter &interpreter, Value result) {
  return result ? Value(interpreter.share(result.getForm())) : result;
}

template <Choice choice>
static Value remove(Interpreter &interpreter, Arguments args) {
  return share(interpreter, removeFromCopy<choice>(interpreter, args));
}

/// For destructive versions: what is done to the list leaves it unusable.
static Value overwrite(Interpreter &interpreter, Value list, Value result) {
  const Form *form = list.getForm();
  if (!result || !form || !form->isList() ||
      !interpreter.overwrite(form, /*all=*/true))
    return interpreter.fail();
  return result;
}

template <Choice choice>
static Value destroy(Interpreter &interpreter, Arguments args) {
  Value result = removeFromCopy<choice>(interpreter, args);
  return result ? overwrite(interpreter, args[1], result) : result;
}

/// (substitute new old sequence [keys]), with a predicate in place of old.
template <Choice choice>
static Value substitute(Interpreter &interpreter, Arguments args) {
  Search search;
  const Form *replacement = interpreter.toForm(args[0]);
  if (!replacement || !search.start(interpreter, choice, args.drop_front()))
    return Value();
  for (size_t i = search.keys.start; i < search.end; ++i) {
    std::optional<bool> chosen = search.isChosen(search.elements[i]);
    if (!chosen)
      return Value();
    if (*chosen)
      search.elements[i] = replacement;
  }
  return share(interpreter,
               makeSequenceLike(interpreter, args[2], search.elements));
}

//===----------------------------------------------------------------------===//
// Lists as sets and tables
//===----------------------------------------------------------------------===//

/// What a list is searched for: (chooser list [keys]).
static bool startListSearch(Interpreter &interpreter, Choice choice,
                            Arguments args, const Form *&list,
                            ElementTest &isChosen) {
  unsigned allowed = SequenceKeys::Key;
  if (choice == Choice::Item)
    allowed |= SequenceKeys::Test;
  SequenceKeys keys;
  list = interpreter.toForm(args[1]);
  return list && keys.parse(interpreter, args.drop_front(2), allowed) &&
         isChosen.start(interpreter, choice, args[0], keys);
}

/// The tail that begins with the chosen element, or NIL.
template <Choice choice>
static Value member(Interpreter &interpreter, Arguments args) {
  const Form *list;
  ElementTest isChosen;
  if (!startListSearch(interpreter, choice, args, list, isChosen))
    return Value();
  ListWalker walker(interpreter, list);
  while (true) {
    const Form *tail = walker.getRest();
    const Form *element = walker.next();
    if (!element)
      return tail->isNil() ? Value(tail) : interpreter.fail();
    std::optional<bool> chosen = isChosen(element);
    if (!chosen)
      return Value();
    if (*chosen)
      return tail;
  }
}

/// The first pair whose car, or cdr, is chosen, or NIL.
template <Choice choice, bool byCar>
static Value associate(Interpreter &interpreter, Arguments args) {
  const Form *list;
  ElementTest isChosen;
  if (!startListSearch(interpreter, choice, args, list, isChosen))
    return Value();
  ListWalker walker(interpreter, list);
  while (const Form *element = walker.next()) {
    if (element->isNil())
      continue;
    const auto *pair = dyn_cast<ConsForm>(element);
    if (!pair)
      return interpreter.fail();
    interpreter.touch(pair);
    std::optional<bool> chosen =
        isChosen(byCar ? pair->getCar() : pair->getCdr());
    if (!chosen)
      return Value();
    if (*chosen)
      return pair;
  }
  return walker.getRest()->isNil() ? interpreter.getNil() : interpreter.fail();
}

/// Whether an element, whose key counts too, is in a list.
static std::optional<bool> contains(Interpreter &interpreter,
                                    ArrayRef<const Form *> list,
                                    const Form *element,
                                    const SequenceKeys &keys) {
  Value key = keys.getKey(interpreter, element);
  ElementTest isSame;
  if (!key || !isSame.start(interpreter, Choice::Item, key, keys))
    return std::nullopt;
  for (const Form *other : list) {
    std::optional<bool> same = isSame(other);
    if (!same || *same)
      return same;
  }
  return false;
}

/// (adjoin item list [keys])
static Value adjoin(Interpreter &interpreter, Arguments args) {
  SequenceKeys keys;
  FormList elements;
  const Form *item = interpreter.toForm(args[0]);
  const Form *list = interpreter.toForm(args[1]);
  if (!item || !list || !interpreter.getElements(list, elements) ||
      !keys.parse(interpreter, args.drop_front(2),
                  SequenceKeys::Test | SequenceKeys::Key))
    return Value();
  std::optional<bool> found = contains(interpreter, elements, item, keys);
  if (!found)
    return Value();
  return *found ? list : interpreter.makeCons(item, list);
}

/// (subsetp list list [keys])
static Value subsetp(Interpreter &interpreter, Arguments args) {
  SequenceKeys keys;
  FormList part, whole;
  const Form *first = interpreter.toForm(args[0]);
  const Form *second = interpreter.toForm(args[1]);
  if (!first || !second || !interpreter.getElements(first, part) ||
      !interpreter.getElements(second, whole) ||
      !keys.parse(interpreter, args.drop_front(2),
                  SequenceKeys::Test | SequenceKeys::Key))
    return Value();
  for (const Form *element : part) {
    std::optional<bool> found = contains(interpreter, whole, element, keys);
    if (!found)
      return Value();
    if (!*found)
      return interpreter.getNil();
  }
  return interpreter.getBoolean(true);
}

/// (remove-duplicates sequence [keys]): of elements that are the same the last
/// one stays, or the first with :from-end.
static Value removeDuplicatesFromCopy(Interpreter &interpreter,
                                      Arguments args) {
  SequenceKeys keys;
  FormList elements, kept;
  if (!getSequence(interpreter, args[0], elements) ||
      !keys.parse(interpreter, args.drop_front(),
                  SequenceKeys::Test | SequenceKeys::Key |
                      SequenceKeys::FromEnd))
    return Value();
  ArrayRef<const Form *> all = elements;
  for (size_t i = 0; i < all.size(); ++i) {
    // The test gets the earlier element first.
    std::optional<bool> repeated =
        keys.fromEnd
            ? std::optional<bool>(false)
            : contains(interpreter, all.drop_front(i + 1), all[i], keys);
    for (size_t j = 0; keys.fromEnd && j < i && repeated && !*repeated; ++j)
      repeated = contains(interpreter, all[i], all[j], keys);
    if (!repeated)
      return Value();
    if (!*repeated)
      kept.push_back(all[i]);
  }
  return makeSequenceLike(interpreter, args[0], kept);
}

static Value removeDuplicates(Interpreter &interpreter, Arguments args) {
  return share(interpreter, removeDuplicatesFromCopy(interpreter, args));
}

static Value deleteDuplicates(Interpreter &interpreter, Arguments args) {
  Value result = removeDuplicatesFromCopy(interpreter, args);
  return result ? overwrite(interpreter, args[0], result) : result;
}

ArrayRef<Builtin> pure::getSearchBuiltins() {
  static constexpr auto any = Builtin::anyNumber;
  static constexpr uint8_t functions = Builtin::Functions;
  constexpr Choice item = Choice::Item, yes = Choice::If, no = Choice::IfNot;
  static constexpr Builtin table[] = {
      {"ADJOIN", 2, any, functions, adjoin},
      {"ASSOC", 2, any, functions, associate<item, true>},
      {"ASSOC-IF", 2, any, functions, associate<yes, true>},
      {"COUNT", 2, any, functions, count<item>},
      {"COUNT-IF", 2, any, functions, count<yes>},
      {"COUNT-IF-NOT", 2, any, functions, count<no>},
      {"DELETE", 2, any, functions, destroy<item>},
      {"DELETE-DUPLICATES", 1, any, functions, deleteDuplicates},
      {"DELETE-IF", 2, any, functions, destroy<yes>},
      {"DELETE-IF-NOT", 2, any, functions, destroy<no>},
      {"FIND", 2, any, functions, find<item>},
      {"FIND-IF", 2, any, functions, find<yes>},
      {"FIND-IF-NOT", 2, any, functions, find<no>},
      {"MEMBER", 2, any, functions, member<item>},
      {"MEMBER-IF", 2, any, functions, member<yes>},
      {"MEMBER-IF-NOT", 2, any, functions, member<no>},
      {"POSITION", 2, any, functions, position<item>},
      {"POSITION-IF", 2, any, functions, position<yes>},
      {"POSITION-IF-NOT", 2, any, functions, position<no>},
      {"RASSOC", 2, any, functions, associate<item, false>},
      {"REMOVE", 2, any, functions, remove<item>},
      {"REMOVE-DUPLICATES", 1, any, functions, removeDuplicates},
      {"REMOVE-IF", 2, any, functions, remove<yes>},
      {"REMOVE-IF-NOT", 2, any, functions, remove<no>},
      {"SUBSETP", 2, any, functions, subsetp},
      {"SUBSTITUTE", 3, any, functions, substitute<item>},
      {"SUBSTITUTE-IF", 3, any, functions, substitute<yes>},
  };
  return table;
}
