//===- PureSequences.cpp - functions on whole sequences ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Functions that make sequences of sequences, or one value of all elements.
//
//===----------------------------------------------------------------------===//

#include "PureSequences.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

static bool isAscii(StringRef text) {
  return none_of(text, [](char c) { return c & 0x80; });
}

bool pure::getSequence(Interpreter &interpreter, Value sequence,
                       FormList &elements) {
  const Form *form = interpreter.toForm(sequence);
  if (!form)
    return false;
  if (form->isList())
    return interpreter.getElements(form, elements);
  if (const auto *vector = dyn_cast<VectorForm>(form)) {
    interpreter.charge(vector->getElements().size());
    elements.append(vector->getElements().begin(), vector->getElements().end());
    return true;
  }
  const auto *string = dyn_cast<StringForm>(form);
  if (!string || !isAscii(string->getValue())) {
    interpreter.fail();
    return false;
  }
  interpreter.charge(string->getValue().size());
  for (char c : string->getValue())
    elements.push_back(interpreter.getForms().makeCharacter(c));
  return true;
}

Value pure::makeStringOf(Interpreter &interpreter,
                         ArrayRef<const Form *> characters) {
  SmallString<64> text;
  for (const Form *form : characters) {
    const auto *character = dyn_cast<CharacterForm>(form);
    if (!character || character->getCodePoint() >= 0x80)
      return interpreter.fail();
    text.push_back(char(character->getCodePoint()));
  }
  return interpreter.makeString(text);
}

Value pure::makeSequenceLike(Interpreter &interpreter, Value model,
                             ArrayRef<const Form *> elements) {
  if (isa<StringForm>(model.getForm()))
    return makeStringOf(interpreter, elements);
  if (isa<VectorForm>(model.getForm()))
    return interpreter.getForms().makeVector(elements);
  return interpreter.makeList(elements);
}

/// A sequence of the type that a form names.
static Value makeSequenceOfType(Interpreter &interpreter, Value type,
                                ArrayRef<const Form *> elements) {
  const Form *name = interpreter.toForm(type);
  if (!name)
    return Value();
  if (name->isSymbol("LIST"))
    return interpreter.makeList(elements);
  if (name->isSymbol("STRING") || name->isSymbol("SIMPLE-STRING"))
    return makeStringOf(interpreter, elements);
  if (name->isSymbol("VECTOR") || name->isSymbol("SIMPLE-VECTOR"))
    return interpreter.getForms().makeVector(elements);
  return interpreter.fail();
}

static std::optional<size_t> getIndex(Interpreter &interpreter, Value value,
                                      size_t limit) {
  const auto *integer = dyn_cast_if_present<IntegerForm>(value.getForm());
  std::optional<int64_t> index = integer ? integer->getInt64() : std::nullopt;
  if (index && *index >= 0 && uint64_t(*index) <= limit)
    return size_t(*index);
  interpreter.fail();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Access
//===----------------------------------------------------------------------===//

static Value length(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!getSequence(interpreter, args[0], elements))
    return Value();
  return interpreter.getForms().makeInteger(int64_t(elements.size()));
}

/// (elt sequence index)
static Value elt(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!getSequence(interpreter, args[0], elements))
    return Value();
  std::optional<size_t> index = getIndex(interpreter, args[1], elements.size());
  if (!index || *index == elements.size())
    return interpreter.fail();
  return elements[*index];
}

/// (aref vector index) and its like
template <bool ofString, bool ofVector>
static Value aref(Interpreter &interpreter, Arguments args) {
  const Form *form = args[0].getForm();
  if ((ofString && isa<StringForm>(form)) ||
      (ofVector && isa<VectorForm>(form)))
    return elt(interpreter, args);
  return interpreter.fail();
}

/// (subseq sequence start [end])
static Value subseq(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!getSequence(interpreter, args[0], elements))
    return Value();
  std::optional<size_t> end = elements.size();
  if (args.size() > 2 && !args[2].getForm()->isNil())
    end = getIndex(interpreter, args[2], elements.size());
  std::optional<size_t> start =
      end ? getIndex(interpreter, args[1], *end) : std::nullopt;
  if (!start)
    return Value();
  return makeSequenceLike(
      interpreter, args[0],
      ArrayRef<const Form *>(elements).slice(*start, *end - *start));
}

static Value copySeq(Interpreter &interpreter, Arguments args) {
  FormList elements;
  return getSequence(interpreter, args[0], elements)
             ? makeSequenceLike(interpreter, args[0], elements)
             : Value();
}

static Value reverseSequence(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!getSequence(interpreter, args[0], elements))
    return Value();
  std::reverse(elements.begin(), elements.end());
  return makeSequenceLike(interpreter, args[0], elements);
}

/// (nreverse list)
static Value reverseInPlace(Interpreter &interpreter, Arguments args) {
  const Form *list = args[0].getForm();
  Value result = reverseSequence(interpreter, args);
  if (!result || !list->isList() || !interpreter.overwrite(list, /*all=*/true))
    return interpreter.fail();
  return result;
}

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

static Value vector(Interpreter &interpreter, Arguments args) {
  FormList elements;
  for (Value arg : args)
    elements.push_back(arg.getForm());
  return interpreter.getForms().makeVector(elements);
}

/// (concatenate type sequence...)
static Value concatenate(Interpreter &interpreter, Arguments args) {
  FormList elements;
  for (Value arg : args.drop_front())
    if (!getSequence(interpreter, arg, elements))
      return Value();
  return makeSequenceOfType(interpreter, args[0], elements);
}

/// (coerce object type)
static Value coerce(Interpreter &interpreter, Arguments args) {
  const Form *type = args[1].getForm();
  if (!type->isSymbol("LIST") && !type->isSymbol("STRING") &&
      !type->isSymbol("VECTOR") && !type->isSymbol("SIMPLE-VECTOR"))
    return interpreter.fail();
  if (interpreter.isOfType(args[0], type))
    return args[0];
  return concatenate(interpreter, {args[1], args[0]});
}

namespace {

/// Walks several sequences in parallel, up to the end of the shortest.
class ParallelWalk {
public:
  bool start(Interpreter &interpreter, Arguments sequences);
  /// The next arguments of a call; false at the end.
  bool next(SmallVectorImpl<Value> &args);

private:
  SmallVector<FormList, 2> sequences;
  size_t index = 0;
};

} // namespace

bool ParallelWalk::start(Interpreter &interpreter, Arguments args) {
  for (Value arg : args)
    if (!getSequence(interpreter, arg, sequences.emplace_back()))
      return false;
  return true;
}

bool ParallelWalk::next(SmallVectorImpl<Value> &args) {
  args.clear();
  for (const FormList &sequence : sequences) {
    if (index == sequence.size())
      return false;
    args.push_back(sequence[index]);
  }
  ++index;
  return true;
}

/// (map type function sequence...)
static Value map(Interpreter &interpreter, Arguments args) {
  ParallelWalk walk;
  const Function *function = interpreter.getFunction(args[1]);
  if (!function || !walk.start(interpreter, args.drop_front(2)))
    return Value();
  FormList elements;
  SmallVector<Value, 4> callArgs;
  while (walk.next(callArgs)) {
    const Form *form = interpreter.callForm(*function, callArgs);
    if (!form)
      return Value();
    elements.push_back(form);
  }
  return makeSequenceOfType(interpreter, args[0], elements);
}

namespace {
enum class Quantifier { Every, Some, NotAny, NotEvery };
} // namespace

/// (every predicate sequence...) and its like
template <Quantifier quantifier>
static Value quantify(Interpreter &interpreter, Arguments args) {
  constexpr bool stopsAt =
      quantifier == Quantifier::Some || quantifier == Quantifier::NotAny;
  constexpr bool ifStopped =
      quantifier == Quantifier::Some || quantifier == Quantifier::NotEvery;
  ParallelWalk walk;
  const Function *function = interpreter.getFunction(args[0]);
  if (!function || !walk.start(interpreter, args.drop_front()))
    return Value();
  SmallVector<Value, 4> callArgs;
  while (walk.next(callArgs)) {
    Value value = interpreter.call(*function, callArgs);
    if (!value)
      return value;
    if (interpreter.isTrue(value) == stopsAt)
      return quantifier == Quantifier::Some
                 ? value
                 : Value(interpreter.getBoolean(ifStopped));
  }
  return interpreter.getBoolean(!ifStopped);
}

//===----------------------------------------------------------------------===//
// Reducing and sorting
//===----------------------------------------------------------------------===//

/// (reduce function sequence [keys])
static Value reduce(Interpreter &interpreter, Arguments args) {
  FormList elements;
  SequenceKeys keys;
  const Function *function = interpreter.getFunction(args[0]);
  if (!function || !getSequence(interpreter, args[1], elements) ||
      !keys.parse(interpreter, args.drop_front(2),
                  SequenceKeys::Key | SequenceKeys::FromEnd |
                      SequenceKeys::InitialValue))
    return Value();
  if (keys.fromEnd)
    std::reverse(elements.begin(), elements.end());
  ArrayRef<const Form *> rest = elements;
  Value result = keys.initialValue;
  if (!result) {
    if (rest.empty())
      return interpreter.call(*function, {});
    result = keys.getKey(interpreter, rest.front());
    rest = rest.drop_front();
  }
  for (const Form *element : rest) {
    Value key = result ? keys.getKey(interpreter, element) : Value();
    if (!key)
      return key;
    result = keys.fromEnd ? interpreter.call(*function, {key, result})
                          : interpreter.call(*function, {result, key});
  }
  return result;
}

namespace {

/// Sorts by insertion, which needs no more than a few elements' time here.
class Sorting {
public:
  Sorting(Interpreter &interpreter, const Function &isLess, bool isStable)
      : interpreter(interpreter), isLess(isLess), isStable(isStable) {}

  bool sort(ArrayRef<const Form *> elements, const SequenceKeys &keys,
            FormList &sorted);

private:
  struct Entry {
    const Form *element;
    Value key;
  };

  /// Whether `a` belongs before `b`. Fails where the order is not certain: with
  /// a predicate that contradicts itself, and between elements that `sort` may
  /// leave in any order.
  std::optional<bool> isBefore(const Entry &a, const Entry &b);

  Interpreter &interpreter;
  const Function &isLess;
  bool isStable;
};

} // namespace

std::optional<bool> Sorting::isBefore(const Entry &a, const Entry &b) {
  std::optional<bool> less = interpreter.callTest(isLess, {a.key, b.key});
  std::optional<bool> greater = interpreter.callTest(isLess, {b.key, a.key});
  if (!less || !greater)
    return std::nullopt;
  bool isTie = !*less && !*greater;
  if ((*less && *greater) ||
      (isTie && !isStable && !interpreter.isEql(a.element, b.element)))
    interpreter.fail();
  if (interpreter.hasFailed())
    return std::nullopt;
  return *less;
}

bool Sorting::sort(ArrayRef<const Form *> elements, const SequenceKeys &keys,
                   FormList &sorted) {
  SmallVector<Entry, 16> entries;
  for (const Form *element : elements) {
    Entry entry = {element, keys.getKey(interpreter, element)};
    if (!entry.key)
      return false;
    size_t place = entries.size();
    for (; place > 0; --place) {
      std::optional<bool> before = isBefore(entry, entries[place - 1]);
      if (!before)
        return false;
      if (!*before)
        break;
    }
    entries.insert(entries.begin() + place, entry);
  }
  for (const Entry &entry : entries)
    sorted.push_back(entry.element);
  return true;
}

/// (sort list predicate [:key key])
template <bool isStable>
static Value sort(Interpreter &interpreter, Arguments args) {
  FormList elements, sorted;
  SequenceKeys keys;
  const Form *list = interpreter.toForm(args[0]);
  const Function *isLess = interpreter.getFunction(args[1]);
  if (!list || !isLess || !interpreter.getElements(list, elements) ||
      !keys.parse(interpreter, args.drop_front(2), SequenceKeys::Key) ||
      !Sorting(interpreter, *isLess, isStable).sort(elements, keys, sorted) ||
      !interpreter.overwrite(list, /*all=*/true))
    return Value();
  return interpreter.makeList(sorted);
}

ArrayRef<Builtin> pure::getSequenceBuiltins() {
  static constexpr auto any = Builtin::anyNumber;
  static constexpr auto none = Builtin::None;
  static constexpr uint8_t functions = Builtin::Functions;
  static constexpr Builtin table[] = {
      {"AREF", 2, 2, none, aref<true, true>},
      {"CHAR", 2, 2, none, aref<true, false>},
      {"COERCE", 2, 2, none, coerce},
      {"CONCATENATE", 1, any, none, concatenate},
      {"COPY-SEQ", 1, 1, none, copySeq},
      {"ELT", 2, 2, none, elt},
      {"EVERY", 2, any, functions, quantify<Quantifier::Every>},
      {"LENGTH", 1, 1, none, length},
      {"MAP", 3, any, functions, map},
      {"NOTANY", 2, any, functions, quantify<Quantifier::NotAny>},
      {"NOTEVERY", 2, any, functions, quantify<Quantifier::NotEvery>},
      {"NREVERSE", 1, 1, none, reverseInPlace},
      {"REDUCE", 2, any, functions, reduce},
      {"REVERSE", 1, 1, none, reverseSequence},
      {"SCHAR", 2, 2, none, aref<true, false>},
      {"SOME", 2, any, functions, quantify<Quantifier::Some>},
      {"SORT", 2, any, functions, sort<false>},
      {"STABLE-SORT", 2, any, functions, sort<true>},
      {"SUBSEQ", 2, 3, none, subseq},
      {"SVREF", 2, 2, none, aref<false, true>},
      {"VECTOR", 0, any, none, vector},
  };
  return table;
}
