//===- LowerArithmetic.cpp - arithmetic and comparison ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Operations on 64-bit integers, and on pointers where that has a meaning.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSwitch.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Adds integers, and integers to at most one pointer.
Result ProgramLowering::lowerAdd(const Call &call) {
  if (call.args.empty())
    return makeConstant(0);
  Result sum;
  bool isValid = true;
  for (const Form *arg : call.args) {
    Result value = lowerValue(arg);
    isValid &= value.has_value();
    if (!isValid)
      continue;
    if (!sum) {
      sum = value;
    } else if (isPointer(*sum) && isPointer(*value)) {
      error(arg, "two pointers cannot be added");
      isValid = false;
    } else if (isPointer(*sum)) {
      sum = create<PtrAddOp>(*sum, *value);
    } else if (isPointer(*value)) {
      sum = create<PtrAddOp>(*value, *sum);
    } else {
      sum = create<arith::AddIOp>(*sum, *value);
    }
  }
  return isValid ? sum : failed();
}

/// Subtracts integers, integers from a pointer, or one pointer from another.
Result ProgramLowering::lowerSubtract(const Call &call) {
  if (call.args.size() == 1) {
    Result value = lowerInteger(call.args[0]);
    if (!value)
      return failed();
    return create<arith::SubIOp>(makeConstant(0), *value);
  }
  Result difference = lowerValue(call.args[0]);
  for (const Form *arg : call.args.drop_front()) {
    Result value = lowerValue(arg);
    if (!value)
      difference = failed();
    if (!difference)
      continue;
    if (isPointer(*difference) && isPointer(*value)) {
      difference = create<PtrDiffOp>(*difference, *value);
    } else if (isPointer(*difference)) {
      difference = create<PtrAddOp>(
          *difference, Value(create<arith::SubIOp>(makeConstant(0), *value)));
    } else if (isPointer(*value)) {
      error(arg, "a pointer cannot be subtracted from an integer");
      difference = failed();
    } else {
      difference = create<arith::SubIOp>(*difference, *value);
    }
  }
  return difference;
}

/// `1+` and `1-`.
Result ProgramLowering::lowerIncrement(const Call &call) {
  Result value = lowerValue(call.args[0]);
  if (!value)
    return failed();
  Value amount = makeConstant(call.name == "1+" ? 1 : -1);
  if (isPointer(*value))
    return create<PtrAddOp>(*value, amount);
  return create<arith::AddIOp>(*value, amount);
}

//===----------------------------------------------------------------------===//
// Products and bits
//===----------------------------------------------------------------------===//

/// Combines the values of forms, which have to be integers, from left to right.
Result ProgramLowering::combineIntegers(
    llvm::ArrayRef<const Form *> forms,
    llvm::function_ref<Value(Value, Value)> combine) {
  Result result;
  bool isValid = true;
  for (const Form *form : forms) {
    Result value = lowerInteger(form);
    isValid &= value.has_value();
    if (isValid)
      result = result ? combine(*result, *value) : *value;
  }
  return isValid ? result : failed();
}

Result ProgramLowering::lowerMultiply(const Call &call) {
  if (call.args.empty())
    return makeConstant(1);
  return combineIntegers(call.args, [&](Value a, Value b) -> Value {
    return create<arith::MulIOp>(a, b);
  });
}

/// Whether a form is the integer 0 or a constant of that value, as opposed to
/// an expression that happens to be 0. A variable may have a constant's name.
bool ProgramLowering::isLiteralZero(const Form *form) const {
  if (auto *integer = llvm::dyn_cast<IntegerForm>(form))
    return integer->getBits64() == uint64_t(0);
  const Symbol *symbol = form->getSymbol();
  return symbol && !lookupVariable(symbol) &&
         env.lookupConstant(symbol) == uint64_t(0);
}

Result ProgramLowering::lowerDivide(const Call &call) {
  Result quotient = lowerInteger(call.args[0]);
  for (const Form *arg : call.args.drop_front()) {
    Result divisor = lowerInteger(arg);
    if (!quotient || !divisor)
      return failed();
    if (isLiteralZero(arg)) {
      error(arg, "division by zero");
      return failed();
    }
    quotient = create<UDivOp>(*quotient, *divisor);
  }
  return quotient;
}

Result ProgramLowering::lowerModulo(const Call &call) {
  Result dividend = lowerInteger(call.args[0]);
  Result divisor = lowerInteger(call.args[1]);
  if (!dividend || !divisor)
    return failed();
  if (isLiteralZero(call.args[1])) {
    error(call.args[1], "division by zero");
    return failed();
  }
  return create<UModOp>(*dividend, *divisor);
}

Result ProgramLowering::lowerMinMax(const Call &call) {
  return combineIntegers(call.args, [&](Value a, Value b) -> Value {
    if (call.name == "MIN")
      return create<arith::MinUIOp>(a, b);
    return create<arith::MaxUIOp>(a, b);
  });
}

/// `logand`, `logior` and `logxor`.
Result ProgramLowering::lowerLogical(const Call &call) {
  if (call.args.empty())
    return makeConstant(call.name == "LOGAND" ? -1 : 0);
  return combineIntegers(call.args, [&](Value a, Value b) -> Value {
    if (call.name == "LOGAND")
      return create<arith::AndIOp>(a, b);
    if (call.name == "LOGIOR")
      return create<arith::OrIOp>(a, b);
    return create<arith::XOrIOp>(a, b);
  });
}

Result ProgramLowering::lowerLognot(const Call &call) {
  Result value = lowerInteger(call.args[0]);
  if (!value)
    return failed();
  return create<arith::XOrIOp>(*value, makeConstant(-1));
}

//===----------------------------------------------------------------------===//
// Shifts
//===----------------------------------------------------------------------===//

/// `<<`, `>>` and `>>>`. A run-time count is masked, as BPF does.
Result ProgramLowering::lowerShift(const Call &call) {
  Result value = lowerInteger(call.args[0]);
  Result count = lowerInteger(call.args[1]);
  if (!value || !count)
    return failed();
  const Form *countForm = call.args[1];
  const Symbol *name = countForm->getSymbol();
  bool isLiteral =
      llvm::isa<IntegerForm>(countForm) ||
      (name && !lookupVariable(name) && !findNonConstant(countForm, env));
  if (isLiteral &&
      !requireConstantIn(countForm, env, "the count of a shift", 0, 63))
    return failed();
  Value masked = *count;
  llvm::APInt constant;
  if (mlir::matchPattern(masked, mlir::m_ConstantInt(&constant)))
    masked = makeConstant(int64_t(constant.getZExtValue() & 63));
  else
    masked = create<arith::AndIOp>(masked, makeConstant(63));
  if (call.name == "<<")
    return create<arith::ShLIOp>(*value, masked);
  if (call.name == ">>")
    return create<arith::ShRUIOp>(*value, masked);
  return create<arith::ShRSIOp>(*value, masked);
}

/// `ash`: to the left for positive counts, to the right for negative ones.
Result ProgramLowering::lowerArithmeticShift(const Call &call) {
  Result value = lowerInteger(call.args[0]);
  if (const Form *culprit = findRunTimePart(call.args[1])) {
    error(culprit, "the count of `ash` has to be a constant; `<<` and `>>` "
                   "take a count at run time");
    return failed();
  }
  std::optional<int64_t> count =
      requireConstantIn(call.args[1], env, "the count of `ash`", -63, 63);
  if (!value || !count)
    return failed();
  if (*count >= 0)
    return create<arith::ShLIOp>(*value, makeConstant(*count));
  return create<arith::ShRUIOp>(*value, makeConstant(-*count));
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

static arith::CmpIPredicate getPredicate(llvm::StringRef name) {
  using arith::CmpIPredicate;
  return llvm::StringSwitch<CmpIPredicate>(name)
      .Case("=", CmpIPredicate::eq)
      .Case("/=", CmpIPredicate::ne)
      .Case("<", CmpIPredicate::ult)
      .Case("<=", CmpIPredicate::ule)
      .Case(">", CmpIPredicate::ugt)
      .Case(">=", CmpIPredicate::uge)
      .Case("S<", CmpIPredicate::slt)
      .Case("S<=", CmpIPredicate::sle)
      .Case("S>", CmpIPredicate::sgt)
      .Case("S>=", CmpIPredicate::sge)
      .Default(CmpIPredicate::eq);
}

/// The same comparison of pointers; none for signed ones.
static std::optional<PtrPredicate>
getPtrPredicate(arith::CmpIPredicate predicate) {
  using arith::CmpIPredicate;
  switch (predicate) {
  case CmpIPredicate::eq:
    return PtrPredicate::Eq;
  case CmpIPredicate::ne:
    return PtrPredicate::Ne;
  case CmpIPredicate::ult:
    return PtrPredicate::Lt;
  case CmpIPredicate::ule:
    return PtrPredicate::Le;
  case CmpIPredicate::ugt:
    return PtrPredicate::Gt;
  case CmpIPredicate::uge:
    return PtrPredicate::Ge;
  default:
    return std::nullopt;
  }
}

bool ProgramLowering::lowerComparisonCondition(const Form *form, Block *ifTrue,
                                               Block *ifFalse) {
  arith::CmpIPredicate predicate = getPredicate(listOperator(form)->getName());
  llvm::SmallVector<Value> values;
  llvm::SmallVector<const Form *> forms;
  bool isValid = true;
  for (const Form *operand : llvm::drop_begin(listElements(form))) {
    Result value = lowerValue(operand);
    isValid &= value.has_value();
    values.push_back(value.value_or(Value()));
    forms.push_back(operand);
  }
  if (!isValid)
    return false;

  auto compare = [&](size_t left, size_t right) -> Value {
    Value lhs = values[left], rhs = values[right];
    if (!isPointer(lhs) && !isPointer(rhs))
      return create<arith::CmpIOp>(predicate, lhs, rhs);
    std::optional<PtrPredicate> ptrPredicate = getPtrPredicate(predicate);
    if (isPointer(lhs))
      rhs = isPointer(rhs) ? rhs : convertToPointer(rhs, getSpace(lhs));
    else
      lhs = convertToPointer(lhs, getSpace(rhs));
    if (ptrPredicate && lhs && rhs)
      return create<PtrCmpOp>(*ptrPredicate, lhs, rhs);
    error(ptrPredicate ? forms[isPointer(values[left]) ? right : left]
                       : listElement(form, 0),
          ptrPredicate ? "a pointer cannot be compared with an integer"
                       : "pointers have no sign to compare by");
    return Value();
  };
  // Neighbours, but for /=, where all have to differ.
  llvm::SmallVector<std::pair<size_t, size_t>> pairs;
  for (size_t right = 1; right < values.size(); ++right)
    for (size_t left = 0; left < right; ++left)
      if (predicate == arith::CmpIPredicate::ne || left + 1 == right)
        pairs.emplace_back(left, right);
  for (auto [left, right] : pairs) {
    Value holds = compare(left, right);
    if (!holds)
      return false;
    bool isLast = std::pair(left, right) == pairs.back();
    Block *next = isLast ? ifTrue : createBlock();
    branch(holds, next, ifFalse);
    if (!isLast)
      startBlock(next);
  }
  if (pairs.empty())
    branchTo(ifTrue);
  return true;
}

/// A comparison for its value.
Result ProgramLowering::lowerComparison(const Call &call) {
  llvm::SmallVector<Edge> edges;
  Block *isTrue = createBlock(), *isFalse = createBlock();
  if (!lowerComparisonCondition(call.form, isTrue, isFalse))
    return failed();
  startBlock(isTrue);
  endWithEdge(edges, makeConstant(1));
  startBlock(isFalse);
  endWithEdge(edges, makeConstant(0));
  return join(edges, call.mode, call.form);
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerCast(const Call &call) {
  std::optional<ScalarType> type = parseType(call.args[0]);
  Result value = lowerInteger(call.args[1]);
  if (!type || !value)
    return failed();
  return normalize(*value, *type);
}

/// `ntohs` and its relatives: a swap of the low 2, 4 or 8 bytes.
Result ProgramLowering::lowerByteSwap(const Call &call) {
  Result value = lowerInteger(call.args[0]);
  if (!value)
    return failed();
  unsigned bits = call.name.ends_with("LL")  ? 64
                  : call.name.ends_with("L") ? 32
                                             : 16;
  return extend(create<ByteSwapOp>(truncate(*value, bits)), /*isSigned=*/false);
}

Result ProgramLowering::lowerLog2(const Call &call) {
  Result value = lowerInteger(call.args[0]);
  if (!value)
    return failed();
  return create<Log2Op>(getIntType(64), *value);
}
