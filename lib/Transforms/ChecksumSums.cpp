//===- ChecksumSums.cpp - what checksums are sums of ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Adds both halves of a number at once.
//
//===----------------------------------------------------------------------===//

#include "ChecksumSums.h"

#include "ChecksumFold.h"
#include "DemandedBits.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace mlir::whistler;

/// The checksums are the Internet's.
static constexpr unsigned sumBits = 16;
static constexpr uint64_t lowMask = 0xffff;

namespace {
/// How a sum is computed.
enum class Form {
  /// From halves, as it was.
  Halves,
  /// From whole numbers.
  Wholes,
  /// From whole numbers, and folded once to be smaller.
  Folded,
};

/// Both halves of a number of 32 bits, or of its complement.
struct Halves {
  Value whole;
  bool isComplement;
};

/// A sum of which it matters only what it is modulo 65535, and whether it is
/// zero.
struct Sum {
  arith::AddIOp add;
  SmallVector<Halves> halves;
  SmallVector<Value> terms;
  Form form = Form::Halves;
};

/// Two folds of a sum that is not too large yield 0 if it is 0, and else the
/// number from 1 to 65535 that is equal to it modulo 65535. A number is equal
/// to the sum of its halves modulo that, and they are zero together. So
/// wherever a sum goes into such folds only, wholes may be added in place of
/// halves as long as it stays small enough.
class SumJoiner {
public:
  SumJoiner(Operation *body, UnsignedMaxima &maxima)
      : body(body), maxima(maxima) {}

  void run();

private:
  void findFolded();
  bool isOnlyFolded(Value value, unsigned depth = 0);
  bool isPartOfSum(Value value);
  std::optional<std::pair<Halves, bool>> getHalf(Value term);
  void addSum(arith::AddIOp add);
  uint64_t getMaximum(Sum &sum, DenseMap<Value, uint64_t> &known);
  uint64_t getMaximum(Value term, DenseMap<Value, uint64_t> &known);
  bool areAllSmall();
  void choose(Sum &sum);
  Value makeSum(Sum &sum);

  Operation *body;
  UnsignedMaxima &maxima;
  /// What goes into two folds that leave no carry.
  SmallVector<Value> folded;
  /// The operations that folds begin with, and all that belong to folds.
  llvm::SmallPtrSet<Operation *, 8> foldStarts, foldParts;
  DenseMap<Value, bool> onlyFolded;
  llvm::MapVector<Value, Sum> sums;
  /// What stands for sums that have been replaced.
  DenseMap<Value, Value> renamed;
};
} // namespace

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

static bool isConstant(Value value, uint64_t number) {
  APInt constant;
  return matchPattern(value, m_ConstantInt(&constant)) && constant == number;
}

/// Finds the folds that leave no carry.
void SumJoiner::findFolded() {
  DemandedBits demanded(body);
  for (DoubleFold &both : findDoubleFolds(findFolds(body), demanded, maxima)) {
    if (both.first.bits != sumBits ||
        maxima.get(both.first.sum) > getMaxFolded(sumBits))
      continue;
    folded.push_back(both.first.sum);
    Operation *starts[] = {both.first.shift, both.first.mask};
    foldStarts.insert_range(starts);
    foldParts.insert_range(starts);
    foldParts.insert(both.second.shift);
    if (both.second.mask)
      foldParts.insert(both.second.mask);
  }
}

/// Whether `value` goes into folds only, on the way through sums or not. What
/// is added does not overflow: the folds' operands are known to be small.
bool SumJoiner::isOnlyFolded(Value value, unsigned depth) {
  constexpr unsigned maxDepth = 64;
  if (depth > maxDepth)
    return false;
  if (auto known = onlyFolded.find(value); known != onlyFolded.end())
    return known->second;
  bool isOnly = !value.use_empty() &&
                llvm::all_of(value.getUsers(), [&](Operation *user) {
                  return foldStarts.contains(user) ||
                         (isa<arith::AddIOp>(user) &&
                          isOnlyFolded(user->getResult(0), depth + 1));
                });
  return onlyFolded[value] = isOnly;
}

/// Whether `value` is a sum that is only added to another one.
bool SumJoiner::isPartOfSum(Value value) {
  return value.getDefiningOp<arith::AddIOp>() && value.hasOneUse() &&
         isa<arith::AddIOp>(*value.getUsers().begin()) && isOnlyFolded(value);
}

/// What `term` is a half of, and whether it is the upper one.
std::optional<std::pair<Halves, bool>> SumJoiner::getHalf(Value term) {
  if (!term.hasOneUse())
    return std::nullopt;
  bool isComplement = false;
  if (auto complement = term.getDefiningOp<arith::XOrIOp>()) {
    isComplement = isConstant(complement.getRhs(), lowMask);
    term = complement.getLhs();
    if (!isComplement || !term.hasOneUse())
      return std::nullopt;
  }
  Operation *op = term.getDefiningOp();
  bool isHigh = isa_and_nonnull<arith::ShRUIOp>(op);
  if (!op || foldParts.contains(op) ||
      !(isHigh
            ? isConstant(op->getOperand(1), sumBits)
            : isa<arith::AndIOp>(op) && isConstant(op->getOperand(1), lowMask)))
    return std::nullopt;
  Value whole = op->getOperand(0);
  // What is a sum itself may be another one by now.
  if (maxima.get(whole) > UINT32_MAX || isOnlyFolded(whole))
    return std::nullopt;
  return std::make_pair(Halves{whole, isComplement}, isHigh);
}

/// Adds the sum that `add` is the last addition of, with what it is made of.
void SumJoiner::addSum(arith::AddIOp add) {
  Sum sum{add, {}, {}};
  SmallVector<Value> pending = {add.getRhs(), add.getLhs()};
  while (!pending.empty()) {
    Value term = pending.pop_back_val();
    if (isPartOfSum(term)) {
      auto inner = term.getDefiningOp<arith::AddIOp>();
      pending.append({inner.getRhs(), inner.getLhs()});
      continue;
    }
    auto half = getHalf(term);
    auto isOtherHalf = [&](Value other) {
      auto otherHalf = half ? getHalf(other) : std::nullopt;
      return otherHalf && otherHalf->first.whole == half->first.whole &&
             otherHalf->first.isComplement == half->first.isComplement &&
             otherHalf->second != half->second;
    };
    auto *other = llvm::find_if(sum.terms, isOtherHalf);
    if (other == sum.terms.end()) {
      sum.terms.push_back(term);
      continue;
    }
    sum.terms.erase(other);
    sum.halves.push_back(half->first);
  }
  sums.insert({add.getResult(), sum});
}

//===----------------------------------------------------------------------===//
// How large sums are
//===----------------------------------------------------------------------===//

uint64_t SumJoiner::getMaximum(Value term, DenseMap<Value, uint64_t> &known) {
  auto sum = sums.find(term);
  return sum == sums.end() ? maxima.get(term) : getMaximum(sum->second, known);
}

uint64_t SumJoiner::getMaximum(Sum &sum, DenseMap<Value, uint64_t> &known) {
  if (auto place = known.find(sum.add.getResult()); place != known.end())
    return place->second;
  uint64_t maximum = 0;
  for (const Halves &halves : sum.halves)
    maximum += sum.form == Form::Halves ? 2 * lowMask
               : halves.isComplement    ? UINT32_MAX
                                        : maxima.get(halves.whole);
  for (Value term : sum.terms)
    maximum += getMaximum(term, known);
  if (sum.form == Form::Folded)
    maximum = lowMask + (maximum >> sumBits);
  return known[sum.add.getResult()] = maximum;
}

/// Whether the folds leave no carry.
bool SumJoiner::areAllSmall() {
  DenseMap<Value, uint64_t> known;
  return llvm::all_of(folded, [&](Value value) {
    return getMaximum(value, known) <= getMaxFolded(sumBits);
  });
}

/// Chooses the form that takes the fewest instructions. Halves of a number take
/// a copy, a mask, a shift and two additions; complements two more. The whole
/// takes an addition, and one for its complement.
void SumJoiner::choose(Sum &sum) {
  constexpr int savedByWhole = 4, savedByComplement = 5, foldCost = 4;
  int saved = 0;
  for (const Halves &halves : sum.halves)
    saved += halves.isComplement ? savedByComplement : savedByWhole;
  sum.form = Form::Wholes;
  if (areAllSmall())
    return;
  sum.form = Form::Folded;
  if (saved <= foldCost || !areAllSmall())
    sum.form = Form::Halves;
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// The complement of the low 32 bits of `value`, which has no others, made in
/// 32 bits: that clears the upper ones.
static Value makeComplement(OpBuilder &builder, Location loc, Value value) {
  Type narrow = builder.getI32Type();
  auto ext = value.getDefiningOp<arith::ExtUIOp>();
  Value low = ext && ext.getIn().getType() == narrow
                  ? ext.getIn()
                  : arith::TruncIOp::create(builder, loc, narrow, value);
  Value ones = arith::ConstantOp::create(builder, loc,
                                         builder.getIntegerAttr(narrow, -1));
  Value complement = arith::XOrIOp::create(builder, loc, low, ones);
  return arith::ExtUIOp::create(builder, loc, value.getType(), complement);
}

/// The sum in its form.
Value SumJoiner::makeSum(Sum &sum) {
  OpBuilder builder(sum.add);
  Location loc = sum.add.getLoc();
  // Complements come first: they are in registers of their own.
  SmallVector<Value> terms;
  for (const Halves &halves : sum.halves)
    if (halves.isComplement)
      terms.push_back(makeComplement(builder, loc, halves.whole));
  for (Value term : sum.terms) {
    auto other = renamed.find(term);
    terms.push_back(other == renamed.end() ? term : other->second);
  }
  for (const Halves &halves : sum.halves)
    if (!halves.isComplement)
      terms.push_back(halves.whole);
  Value total = terms.front();
  for (Value term : ArrayRef(terms).drop_front())
    total = arith::AddIOp::create(builder, loc, total, term);
  if (sum.form != Form::Folded)
    return total;
  auto makeConstant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI64IntegerAttr(value));
  };
  Value low = arith::AndIOp::create(builder, loc, total, makeConstant(lowMask));
  Value high =
      arith::ShRUIOp::create(builder, loc, total, makeConstant(sumBits));
  return arith::AddIOp::create(builder, loc, low, high);
}

void SumJoiner::run() {
  findFolded();
  if (folded.empty())
    return;
  body->walk([&](arith::AddIOp add) {
    Value value = add.getResult();
    if (isOnlyFolded(value) && !isPartOfSum(value))
      addSum(add);
  });
  for (auto &[value, sum] : sums)
    if (!sum.halves.empty())
      choose(sum);
  DenseMap<Value, uint64_t> known;
  for (auto &[value, sum] : sums) {
    uint64_t maximum = getMaximum(sum, known);
    Value other = value;
    if (sum.form != Form::Halves) {
      other = makeSum(sum);
      renamed[value] = other;
      sum.add.getResult().replaceAllUsesWith(other);
    }
    maxima.set(other, maximum);
  }
}

void mlir::whistler::joinHalves(Operation *body, UnsignedMaxima &maxima) {
  SumJoiner(body, maxima).run();
}
