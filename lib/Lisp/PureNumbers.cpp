//===- PureNumbers.cpp - integer arithmetic ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Functions on integers of any size. Ratios and floats are declined.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

static const IntegerForm *asInteger(Value value) {
  return dyn_cast_if_present<IntegerForm>(value.getForm());
}

/// Gets the values of arguments that all have to be integers, made equally wide
/// with `room` bits to spare.
static bool getIntegers(Interpreter &interpreter, Arguments args,
                        SmallVectorImpl<APSInt> &out, unsigned room = 1) {
  unsigned width = 1;
  for (Value arg : args) {
    const IntegerForm *integer = asInteger(arg);
    if (!integer) {
      interpreter.fail();
      return false;
    }
    out.push_back(integer->getValue());
    width = std::max(width, out.back().getBitWidth());
  }
  for (APSInt &value : out)
    value = value.extend(width + room);
  return true;
}

static Value makeInteger(Interpreter &interpreter, const APInt &value) {
  return interpreter.makeInteger(APSInt(value, /*isUnsigned=*/false));
}

//===----------------------------------------------------------------------===//
// Sums and products
//===----------------------------------------------------------------------===//

static Value addTwo(Interpreter &interpreter, Value a, Value b,
                    bool isDifference) {
  const IntegerForm *x = asInteger(a);
  const IntegerForm *y = asInteger(b);
  if (!x || !y)
    return interpreter.fail();
  int64_t result;
  if (x->getInt64() && y->getInt64() &&
      !(isDifference ? SubOverflow(*x->getInt64(), *y->getInt64(), result)
                     : AddOverflow(*x->getInt64(), *y->getInt64(), result)))
    return interpreter.getForms().makeInteger(result);
  SmallVector<APSInt, 2> values;
  getIntegers(interpreter, {a, b}, values);
  return makeInteger(interpreter, isDifference ? values[0] - values[1]
                                               : values[0] + values[1]);
}

static Value add(Interpreter &interpreter, Arguments args) {
  Value sum = interpreter.getForms().makeInteger(0);
  for (Value arg : args) {
    sum = addTwo(interpreter, sum, arg, /*isDifference=*/false);
    if (!sum)
      return sum;
  }
  return sum;
}

static Value subtract(Interpreter &interpreter, Arguments args) {
  if (args.size() == 1)
    return addTwo(interpreter, Value(interpreter.getForms().makeInteger(0)),
                  args[0], /*isDifference=*/true);
  Value difference = args[0];
  for (Value arg : args.drop_front()) {
    difference = addTwo(interpreter, difference, arg, /*isDifference=*/true);
    if (!difference)
      return difference;
  }
  return difference;
}

static Value increment(Interpreter &interpreter, Arguments args) {
  return addTwo(interpreter, args[0],
                Value(interpreter.getForms().makeInteger(1)),
                /*isDifference=*/false);
}

static Value decrement(Interpreter &interpreter, Arguments args) {
  return addTwo(interpreter, args[0],
                Value(interpreter.getForms().makeInteger(1)),
                /*isDifference=*/true);
}

static Value multiply(Interpreter &interpreter, Arguments args) {
  Value product = interpreter.getForms().makeInteger(1);
  for (Value arg : args) {
    const IntegerForm *factor = asInteger(arg);
    if (!factor || interpreter.hasFailed())
      return interpreter.fail();
    APSInt a = asInteger(product)->getValue();
    APSInt b = factor->getValue();
    unsigned width = a.getBitWidth() + b.getBitWidth();
    product = makeInteger(interpreter, a.extend(width) * b.extend(width));
  }
  return product;
}

//===----------------------------------------------------------------------===//
// Division
//===----------------------------------------------------------------------===//

namespace {
/// What a division rounds towards.
enum class Rounding { Down, Up, Zero, Nearest };

struct Division {
  APInt quotient, remainder;
};
} // namespace

/// Whether a quotient rounded towards zero has to be moved away from it.
static bool roundsAway(Rounding rounding, const Division &division,
                       const APInt &divisor) {
  const APInt &remainder = division.remainder;
  if (remainder.isZero())
    return false;
  bool isNegative = remainder.isNegative() != divisor.isNegative();
  if (rounding != Rounding::Nearest)
    return rounding != Rounding::Zero &&
           isNegative == (rounding == Rounding::Down);
  // The operands have a bit to spare, so that doubling cannot overflow.
  APInt twice = remainder.abs() << 1;
  return twice.ugt(divisor.abs()) ||
         (twice == divisor.abs() && division.quotient[0]);
}

static std::optional<Division> divide(Interpreter &interpreter, Arguments args,
                                      Rounding rounding) {
  Value divisor =
      args.size() == 2 ? args[1] : Value(interpreter.getForms().makeInteger(1));
  SmallVector<APSInt, 2> values;
  if (!getIntegers(interpreter, {args[0], divisor}, values, /*room=*/2) ||
      values[1].isZero()) {
    interpreter.fail();
    return std::nullopt;
  }
  Division division;
  APInt::sdivrem(values[0], values[1], division.quotient, division.remainder);
  if (!roundsAway(rounding, division, values[1]))
    return division;
  bool isNegative = values[0].isNegative() != values[1].isNegative();
  if (isNegative) {
    --division.quotient;
    division.remainder += values[1];
  } else {
    ++division.quotient;
    division.remainder -= values[1];
  }
  return division;
}

template <Rounding rounding>
static Value getQuotient(Interpreter &interpreter, Arguments args) {
  std::optional<Division> division = divide(interpreter, args, rounding);
  return division ? makeInteger(interpreter, division->quotient) : Value();
}

template <Rounding rounding>
static Value getRemainder(Interpreter &interpreter, Arguments args) {
  std::optional<Division> division = divide(interpreter, args, rounding);
  return division ? makeInteger(interpreter, division->remainder) : Value();
}

/// Exact division; an inexact one gives a ratio.
static Value divideExactly(Interpreter &interpreter, Arguments args) {
  Value quotient = args[0];
  Arguments divisors = args.drop_front();
  if (divisors.empty()) {
    quotient = Value(interpreter.getForms().makeInteger(1));
    divisors = args;
  }
  for (Value divisor : divisors) {
    std::optional<Division> division =
        divide(interpreter, {quotient, divisor}, Rounding::Zero);
    if (!division || !division->remainder.isZero())
      return interpreter.fail();
    quotient = makeInteger(interpreter, division->quotient);
  }
  return quotient;
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

using Relation = bool (*)(int order);

static bool isEqualOrder(int order) { return order == 0; }
static bool isLess(int order) { return order < 0; }
static bool isGreater(int order) { return order > 0; }
static bool isNotGreater(int order) { return order <= 0; }
static bool isNotLess(int order) { return order >= 0; }

/// Whether a relation holds between neighbours.
template <Relation relation>
static Value compare(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 4> values;
  if (!getIntegers(interpreter, args, values))
    return Value();
  bool holds = true;
  for (size_t i = 1; i < values.size(); ++i)
    holds &= relation(APSInt::compareValues(values[i - 1], values[i]));
  return interpreter.getBoolean(holds);
}

static Value areAllDifferent(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 4> values;
  if (!getIntegers(interpreter, args, values))
    return Value();
  llvm::sort(values);
  return interpreter.getBoolean(
      std::adjacent_find(values.begin(), values.end()) == values.end());
}

template <bool isMaximum>
static Value getExtremum(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 4> values;
  if (!getIntegers(interpreter, args, values))
    return Value();
  return makeInteger(interpreter,
                     isMaximum ? *max_element(values) : *min_element(values));
}

static bool isZero(const APSInt &value) { return value.isZero(); }
static bool isPositive(const APSInt &value) {
  return value.isStrictlyPositive();
}
static bool isNegative(const APSInt &value) { return value.isNegative(); }
static bool isOdd(const APSInt &value) { return value[0]; }
static bool isEven(const APSInt &value) { return !value[0]; }

template <bool (*predicate)(const APSInt &)>
static Value test(Interpreter &interpreter, Arguments args) {
  const IntegerForm *integer = asInteger(args[0]);
  return integer ? Value(interpreter.getBoolean(predicate(integer->getValue())))
                 : interpreter.fail();
}

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

namespace {
enum class BitOperation { And, Or, Xor, Eqv };
} // namespace

template <BitOperation operation>
static Value combineBits(Interpreter &interpreter, Arguments args) {
  constexpr bool startsWithOnes =
      operation == BitOperation::And || operation == BitOperation::Eqv;
  SmallVector<APSInt, 4> values;
  if (!getIntegers(interpreter, args, values))
    return Value();
  unsigned width = values.empty() ? 64 : values.front().getBitWidth();
  APInt result(width, 0);
  if (startsWithOnes)
    result.setAllBits();
  for (const APSInt &value : values) {
    if (operation == BitOperation::And)
      result &= value;
    else if (operation == BitOperation::Or)
      result |= value;
    else
      result ^= value;
    if (operation == BitOperation::Eqv)
      result.flipAllBits();
  }
  return makeInteger(interpreter, result);
}

static Value logNot(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 1> values;
  return getIntegers(interpreter, args, values)
             ? makeInteger(interpreter, ~values[0])
             : Value();
}

static Value logTest(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 2> values;
  if (!getIntegers(interpreter, args, values))
    return Value();
  return interpreter.getBoolean(values[0].intersects(values[1]));
}

/// (logbitp index integer)
static Value logBitP(Interpreter &interpreter, Arguments args) {
  const IntegerForm *index = asInteger(args[0]);
  const IntegerForm *integer = asInteger(args[1]);
  if (!index || !integer || !index->getInt64() || index->isNegative())
    return interpreter.fail();
  APSInt value = integer->getValue();
  uint64_t bit =
      std::min<uint64_t>(*index->getInt64(), value.getBitWidth() - 1);
  return interpreter.getBoolean(value[bit]);
}

/// The ones of a value, or the zeros of a negative one.
static Value logCount(Interpreter &interpreter, Arguments args) {
  const IntegerForm *integer = asInteger(args[0]);
  if (!integer)
    return interpreter.fail();
  APSInt value = integer->getValue();
  unsigned ones = value.popcount();
  return interpreter.getForms().makeInteger(
      value.isNegative() ? value.getBitWidth() - ones : ones);
}

static Value integerLength(Interpreter &interpreter, Arguments args) {
  const IntegerForm *integer = asInteger(args[0]);
  if (!integer)
    return interpreter.fail();
  return interpreter.getForms().makeInteger(
      integer->getValue().getSignificantBits() - 1);
}

/// How far a shift or power may go.
static constexpr int64_t maxExponent = 4096;

/// (ash integer count)
static Value shift(Interpreter &interpreter, Arguments args) {
  const IntegerForm *integer = asInteger(args[0]);
  const IntegerForm *countForm = asInteger(args[1]);
  std::optional<int64_t> count =
      countForm ? countForm->getInt64() : std::nullopt;
  if (!integer || !count || *count > maxExponent)
    return interpreter.fail();
  APSInt value = integer->getValue();
  if (*count >= 0) {
    APInt wide = value.sext(value.getBitWidth() + unsigned(*count));
    return makeInteger(interpreter, wide.shl(unsigned(*count)));
  }
  unsigned width = value.getBitWidth();
  bool isBeyond = *count <= -int64_t(width);
  return makeInteger(interpreter,
                     value.ashr(isBeyond ? width - 1 : unsigned(-*count)));
}

//===----------------------------------------------------------------------===//
// Other functions
//===----------------------------------------------------------------------===//

static Value getAbsolute(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 1> values;
  return getIntegers(interpreter, args, values)
             ? makeInteger(interpreter, values[0].abs())
             : Value();
}

static Value getSign(Interpreter &interpreter, Arguments args) {
  const IntegerForm *integer = asInteger(args[0]);
  if (!integer)
    return interpreter.fail();
  APSInt value = integer->getValue();
  return interpreter.getForms().makeInteger(value.isZero()       ? 0
                                            : value.isNegative() ? -1
                                                                 : 1);
}

static Value getGcd(Interpreter &interpreter, Arguments args) {
  SmallVector<APSInt, 4> values;
  if (!getIntegers(interpreter, args, values))
    return Value();
  APInt result(values.empty() ? 64 : values.front().getBitWidth(), 0);
  for (const APSInt &value : values)
    result = APIntOps::GreatestCommonDivisor(result, value.abs());
  return makeInteger(interpreter, result);
}

static Value getLcm(Interpreter &interpreter, Arguments args) {
  Value result = interpreter.getForms().makeInteger(1);
  for (Value arg : args) {
    Value divisor = getGcd(interpreter, {result, arg});
    if (!divisor)
      return divisor;
    if (asInteger(divisor)->getInt64() == 0)
      return divisor;
    Value product = multiply(interpreter, {result, arg});
    Value quotient =
        product ? getQuotient<Rounding::Zero>(interpreter, {product, divisor})
                : Value();
    if (!quotient)
      return quotient;
    result = getAbsolute(interpreter, quotient);
  }
  return result;
}

/// (expt base power) for powers that give an integer.
static Value getPower(Interpreter &interpreter, Arguments args) {
  const IntegerForm *base = asInteger(args[0]);
  const IntegerForm *powerForm = asInteger(args[1]);
  std::optional<int64_t> power =
      powerForm ? powerForm->getInt64() : std::nullopt;
  if (!base || !power || *power < 0 || *power > maxExponent)
    return interpreter.fail();
  Value result = interpreter.getForms().makeInteger(1);
  for (int64_t i = 0; i < *power && result; ++i) {
    interpreter.charge(1);
    result = multiply(interpreter, {result, args[0]});
  }
  return result;
}

static Value getSquareRoot(Interpreter &interpreter, Arguments args) {
  const IntegerForm *integer = asInteger(args[0]);
  std::optional<uint64_t> value = integer ? integer->getUInt64() : std::nullopt;
  if (!value)
    return interpreter.fail();
  // Bit by bit, since APInt rounds to the nearest root.
  uint64_t root = 0;
  for (uint64_t bit = uint64_t(1) << 31; bit; bit >>= 1)
    if ((root | bit) * (root | bit) <= *value)
      root |= bit;
  return interpreter.getForms().makeInteger(int64_t(root));
}

ArrayRef<Builtin> pure::getNumberBuiltins() {
  static constexpr auto any = Builtin::anyNumber;
  static constexpr auto none = Builtin::None;
  static constexpr Builtin table[] = {
      {"*", 0, any, none, multiply},
      {"+", 0, any, none, add},
      {"-", 1, any, none, subtract},
      {"/", 1, any, none, divideExactly},
      {"/=", 1, any, none, areAllDifferent},
      {"1+", 1, 1, none, increment},
      {"1-", 1, 1, none, decrement},
      {"<", 1, any, none, compare<isLess>},
      {"<=", 1, any, none, compare<isNotGreater>},
      {"=", 1, any, none, compare<isEqualOrder>},
      {">", 1, any, none, compare<isGreater>},
      {">=", 1, any, none, compare<isNotLess>},
      {"ABS", 1, 1, none, getAbsolute},
      {"ASH", 2, 2, none, shift},
      {"CEILING", 1, 2, none, getQuotient<Rounding::Up>},
      {"EVENP", 1, 1, none, test<isEven>},
      {"EXPT", 2, 2, none, getPower},
      {"FLOOR", 1, 2, none, getQuotient<Rounding::Down>},
      {"GCD", 0, any, none, getGcd},
      {"INTEGER-LENGTH", 1, 1, none, integerLength},
      {"ISQRT", 1, 1, none, getSquareRoot},
      {"LCM", 0, any, none, getLcm},
      {"LOGAND", 0, any, none, combineBits<BitOperation::And>},
      {"LOGBITP", 2, 2, none, logBitP},
      {"LOGCOUNT", 1, 1, none, logCount},
      {"LOGEQV", 0, any, none, combineBits<BitOperation::Eqv>},
      {"LOGIOR", 0, any, none, combineBits<BitOperation::Or>},
      {"LOGNOT", 1, 1, none, logNot},
      {"LOGTEST", 2, 2, none, logTest},
      {"LOGXOR", 0, any, none, combineBits<BitOperation::Xor>},
      {"MAX", 1, any, none, getExtremum<true>},
      {"MIN", 1, any, none, getExtremum<false>},
      {"MINUSP", 1, 1, none, test<isNegative>},
      {"MOD", 2, 2, none, getRemainder<Rounding::Down>},
      {"ODDP", 1, 1, none, test<isOdd>},
      {"PLUSP", 1, 1, none, test<isPositive>},
      {"REM", 2, 2, none, getRemainder<Rounding::Zero>},
      {"ROUND", 1, 2, none, getQuotient<Rounding::Nearest>},
      {"SIGNUM", 1, 1, none, getSign},
      {"TRUNCATE", 1, 2, none, getQuotient<Rounding::Zero>},
      {"ZEROP", 1, 1, none, test<isZero>},
  };
  return table;
}
