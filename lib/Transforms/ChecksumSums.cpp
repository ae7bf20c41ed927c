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
  /// The terms that they are.
  Value low, high;
};

/// A sum of which it matters only what it is modulo 65535, and whether it is
/// zero.
struct Sum {
  arith::AddIOp add;
  SmallVector<Halves> halves = {};
  /// What is subtracted from 65535 before it is added.
  SmallVector<Value> complements = {};
  SmallVector<Value> terms = {};
  Form form = Form::Halves;

  /// Whether it is to be computed in another way than it was.
  bool isChanged() const {
    return form != Form::Halves || !complements.empty();
  }
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
  Value getComplement(Value term);
  std::optional<std::pair<Halves, bool>> getHalf(Value term);
  void pairHalves(Sum &sum);
  void separateComplements(Sum &sum);
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

/// What `term` is the complement of in 16 bits, if nothing else needs it.
Value SumJoiner::getComplement(Value term) {
  auto complement = term.getDefiningOp<arith::XOrIOp>();
  return complement && term.hasOneUse() &&
                 isConstant(complement.getRhs(), lowMask)
             ? complement.getLhs()
             : Value();
}

/// What `term` is a half of, and whether it is the upper one.
std::optional<std::pair<Halves, bool>> SumJoiner::getHalf(Value term) {
  Value complement = getComplement(term);
  Value half = complement ? complement : term;
  Operation *op = half.getDefiningOp();
  if (!op || !half.hasOneUse() || foldParts.contains(op))
    return std::nullopt;
  bool isHigh = isa<arith::ShRUIOp>(op);
  if (isHigh
          ? !isConstant(op->getOperand(1), sumBits)
          : !isa<arith::AndIOp>(op) || !isConstant(op->getOperand(1), lowMask))
    return std::nullopt;
  Value whole = op->getOperand(0);
  // What is a sum itself may be another one by now.
  if (maxima.get(whole) > UINT32_MAX || isOnlyFolded(whole))
    return std::nullopt;
  return std::make_pair(Halves{whole, bool(complement), term, term}, isHigh);
}

/// Takes halves that belong together out of the terms.
void SumJoiner::pairHalves(Sum &sum) {
  SmallVector<Value> terms = std::move(sum.terms);
  sum.terms.clear();
  for (Value term : terms) {
    auto half = getHalf(term);
    auto isOtherHalf = [&](Value candidate) {
      auto other = half ? getHalf(candidate) : std::nullopt;
      return other && other->first.whole == half->first.whole &&
             other->first.isComplement == half->first.isComplement &&
             other->second != half->second;
    };
    auto *other = llvm::find_if(sum.terms, isOtherHalf);
    if (other == sum.terms.end()) {
      sum.terms.push_back(term);
      continue;
    }
    half->first.low = *other;
    sum.terms.erase(other);
    sum.halves.push_back(half->first);
  }
}

/// Takes complements out of the terms where there are several: they are
/// subtracted one by one, and what all of them are subtracted from is added
/// once, to a term that is not needed otherwise or a constant.
void SumJoiner::separateComplements(Sum &sum) {
  auto isComplement = [&](Value term) {
    Value number = getComplement(term);
    return number && maxima.get(number) <= lowMask;
  };
  auto isBase = [&](Value term) {
    return !isComplement(term) &&
           (term.hasOneUse() || matchPattern(term, m_Constant()));
  };
  auto *base = llvm::find_if(sum.terms, isBase);
  if (base == sum.terms.end() || llvm::count_if(sum.terms, isComplement) < 2)
    return;
  std::swap(*base, sum.terms.front());
  for (Value term : sum.terms)
    if (isComplement(term))
      sum.complements.push_back(getComplement(term));
  llvm::erase_if(sum.terms, isComplement);
}

/// Adds the sum that `add` is the last addition of, with what it is made of.
void SumJoiner::addSum(arith::AddIOp add) {
  Sum sum{add};
  SmallVector<Value> pending = {add.getRhs(), add.getLhs()};
  while (!pending.empty()) {
    Value term = pending.pop_back_val();
    if (!isPartOfSum(term)) {
      sum.terms.push_back(term);
      continue;
    }
    auto inner = term.getDefiningOp<arith::AddIOp>();
    pending.append({inner.getRhs(), inner.getLhs()});
  }
  pairHalves(sum);
  separateComplements(sum);
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
  uint64_t maximum = sum.complements.size() * lowMask;
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
  auto makeConstant = [&](uint64_t value) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI64IntegerAttr(int64_t(value)));
  };
  bool isWhole = sum.form != Form::Halves;
  // Complements come first: they are in registers of their own.
  SmallVector<Value> terms;
  for (const Halves &halves : sum.halves)
    if (isWhole && halves.isComplement)
      terms.push_back(makeComplement(builder, loc, halves.whole));
  for (Value term : sum.terms) {
    auto other = renamed.find(term);
    terms.push_back(other == renamed.end() ? term : other->second);
  }
  for (const Halves &halves : sum.halves)
    if (!isWhole)
      terms.append({halves.low, halves.high});
    else if (!halves.isComplement)
      terms.push_back(halves.whole);
  if (!sum.complements.empty())
    terms.push_back(makeConstant(sum.complements.size() * lowMask));
  Value total = terms.front();
  for (Value term : ArrayRef(terms).drop_front())
    total = arith::AddIOp::create(builder, loc, total, term);
  for (Value complement : sum.complements)
    total = arith::SubIOp::create(builder, loc, total, complement);
  if (sum.form != Form::Folded)
    return total;
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
    if (sum.isChanged()) {
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
