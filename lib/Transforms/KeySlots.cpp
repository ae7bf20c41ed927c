//===- KeySlots.cpp - scalar map keys and values on the stack ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Stores scalar keys and values where the map helpers can read them, once where
// several helpers read the same.
//
//===----------------------------------------------------------------------===//

#include "MapArguments.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PointerUnion.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/SetVector.h"

#include <deque>

namespace mlir::whistler {
#define GEN_PASS_DEF_KEYSLOTSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

/// The stack that one program or function spends on contents which stay beyond
/// one operation, in bytes.
static constexpr int64_t maxKeptBytes = 48;
/// Programs with this much on the stack spend none on it.
static constexpr int64_t maxStackBesideKept = 320;
/// How many blocks contents may stay through.
static constexpr unsigned maxKeptBlocks = 64;

namespace {
/// What helpers read: a value, or a constant wherever it comes from.
using Bytes = llvm::PointerUnion<Attribute, Value>;

/// A part of a block, from one operation with keys to another, by their
/// numbers.
struct Span {
  unsigned first;
  unsigned last;
};

/// Bytes that are stored in front of one operation, for it and for others that
/// it dominates.
struct Content {
  Value value;
  Operation *site;
  SmallVector<OpOperand *, 2> readers;
  /// Where the bytes have to stay as they are.
  llvm::SmallMapVector<Block *, Span, 2> spans;

  Type getSlotType() const;
};

/// A place on the stack, and where it is in use: for each block in order.
struct Slot {
  Type type;
  Value address;
  DenseMap<Block *, SmallVector<Span, 2>> spans;

  Slot(Type type, Value address) : type(type), address(address) {}
  bool fits(const Content &content) const;
  void add(const Content &content);
};

/// Finds out what one program or function has to store, and where.
class KeyPlacement {
public:
  explicit KeyPlacement(Operation *body);

  void run();

private:
  void read(OpOperand *reader);
  Content *findKnown(OpOperand *reader);
  void addContent(OpOperand *reader);
  bool keep(Content &content, OpOperand *reader);
  void assign(Content &content);
  void store(Content &content, Slot &slot);

  Operation *body;
  DominanceInfo dominance;
  /// Operations that have keys or values, in the order of the blocks.
  llvm::MapVector<Operation *, unsigned> numbers;
  std::deque<Content> contents;
  /// Who holds the same bytes, latest last.
  DenseMap<Bytes, SmallVector<Content *, 1>> known;
  std::deque<Slot> slots;
  int64_t keptBytes = 0;
};

struct KeySlots : mlir::whistler::impl::KeySlotsPassBase<KeySlots> {
  void runOnOperation() override;
};
} // namespace

static Bytes getBytes(Value value) {
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant)))
    return constant;
  return value;
}

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

/// The first of `spans` that does not end before `span` begins.
template <typename Spans> static auto findSpan(Spans &spans, Span span) {
  return llvm::partition_point(
      spans, [&](const Span &other) { return other.last < span.first; });
}

/// The verifier takes a key for a constant where it fills the first half of a
/// slot that is aligned to 8 (get_constant_map_key in kernel/bpf/verifier.c).
Type Content::getSlotType() const {
  bool isCertain = llvm::any_of(readers, [](OpOperand *reader) {
    auto lookup = dyn_cast<MapLookupOp>(reader->getOwner());
    return lookup && lookup.getIsCertain();
  });
  return isCertain ? IntegerType::get(value.getContext(), 64) : value.getType();
}

bool Slot::fits(const Content &content) const {
  if (content.getSlotType() != type)
    return false;
  return llvm::none_of(content.spans, [&](const auto &entry) {
    auto found = spans.find(entry.first);
    if (found == spans.end())
      return false;
    auto other = findSpan(found->second, entry.second);
    return other != found->second.end() && other->first <= entry.second.last;
  });
}

void Slot::add(const Content &content) {
  for (const auto &[block, span] : content.spans) {
    SmallVector<Span, 2> &blockSpans = spans[block];
    blockSpans.insert(findSpan(blockSpans, span), span);
  }
}

//===----------------------------------------------------------------------===//
// What has to be stored
//===----------------------------------------------------------------------===//

KeyPlacement::KeyPlacement(Operation *body) : body(body), dominance(body) {
  // Large variables leave no stack for contents that could be stored again.
  int64_t used = 0;
  body->walk(
      [&](AllocaOp alloca) { used += getSizeInBytes(alloca.getElemType()); });
  if (used > maxStackBesideKept)
    keptBytes = maxKeptBytes;
}

void KeyPlacement::addContent(OpOperand *reader) {
  Operation *site = reader->getOwner();
  unsigned number = numbers.lookup(site);
  Content &content =
      contents.emplace_back(Content{reader->get(), site, {reader}, {}});
  content.spans[site->getBlock()] = {number, number};
}

/// Makes `content` last until `reader`, which its site dominates, if that is
/// not too far.
bool KeyPlacement::keep(Content &content, OpOperand *reader) {
  constexpr unsigned toEnd = std::numeric_limits<unsigned>::max();
  Block *first = content.site->getBlock(),
        *last = reader->getOwner()->getBlock();
  unsigned number = numbers.lookup(reader->getOwner());
  llvm::SmallMapVector<Block *, Span, 4> spans;
  spans[last] = {last == first ? numbers.lookup(content.site) : 0, number};
  SmallVector<Block *> worklist;
  if (last != first)
    worklist.push_back(last);
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    if (block->hasNoPredecessors() || spans.size() > maxKeptBlocks)
      return false;
    for (Block *predecessor : block->getPredecessors()) {
      auto [found, isNew] = spans.try_emplace(predecessor, Span{0, toEnd});
      found->second.last = toEnd;
      if (predecessor == first)
        found->second.first = numbers.lookup(content.site);
      else if (isNew)
        worklist.push_back(predecessor);
    }
  }
  for (auto [block, span] : spans) {
    auto [found, isNew] = content.spans.try_emplace(block, span);
    found->second.last = std::max(found->second.last, span.last);
  }
  content.readers.push_back(reader);
  return true;
}

/// What holds the bytes that `reader` needs and can go on doing so.
Content *KeyPlacement::findKnown(OpOperand *reader) {
  constexpr size_t maxTries = 4;
  auto found = known.find(getBytes(reader->get()));
  if (found == known.end())
    return nullptr;
  ArrayRef<Content *> holders = found->second;
  // What the verifier takes for a constant key has to be stored as such.
  bool isExact = isa<MapLookupOp>(reader->getOwner());
  for (Content *content :
       llvm::reverse(holders.take_back(std::min(maxTries, holders.size())))) {
    if (isExact && content->value.getType() != reader->get().getType())
      continue;
    bool isBefore =
        content->site == reader->getOwner() ||
        dominance.properlyDominates(content->site, reader->getOwner());
    if (isBefore && keep(*content, reader))
      return content;
  }
  return nullptr;
}

void KeyPlacement::read(OpOperand *reader) {
  if (isa<PtrType>(reader->get().getType()) || findKnown(reader))
    return;
  addContent(reader);
  Content *content = &contents.back();
  Bytes bytes = getBytes(content->value);
  known[bytes].push_back(content);
  // The low bytes of a constant come first.
  auto constant = dyn_cast_if_present<IntegerAttr>(dyn_cast<Attribute>(bytes));
  if (!constant)
    return;
  APInt value = constant.getValue();
  for (unsigned width = value.getBitWidth() / 2; width >= 8; width /= 2)
    known[Attribute(
              IntegerAttr::get(IntegerType::get(constant.getContext(), width),
                               value.trunc(width)))]
        .push_back(content);
}

//===----------------------------------------------------------------------===//
// Where it is stored
//===----------------------------------------------------------------------===//

void KeyPlacement::store(Content &content, Slot &slot) {
  slot.add(content);
  OpBuilder builder(content.site);
  StoreOp::create(builder, content.site->getLoc(), content.value, slot.address,
                  /*offset=*/0);
  for (OpOperand *reader : content.readers)
    reader->set(slot.address);
}

/// Gives `content` a slot. Where the stack has no room for it to stay, what
/// reads it later becomes other contents.
void KeyPlacement::assign(Content &content) {
  auto fits = [&](const Slot &slot) { return slot.fits(content); };
  if (auto found = llvm::find_if(slots, fits); found != slots.end())
    return store(content, *found);
  Type type = content.getSlotType();
  bool isKept =
      content.spans.size() > 1 ||
      content.spans.front().second.first != content.spans.front().second.last;
  if (isKept && keptBytes + getSizeInBytes(type) > maxKeptBytes) {
    SmallVector<OpOperand *, 2> readers = std::move(content.readers);
    content.readers.clear();
    content.spans.clear();
    unsigned number = numbers.lookup(content.site);
    content.spans[content.site->getBlock()] = {number, number};
    for (OpOperand *reader : readers)
      if (reader->getOwner() == content.site)
        content.readers.push_back(reader);
      else
        addContent(reader);
    return assign(content);
  }
  if (isKept)
    keptBytes += getSizeInBytes(type);
  OpBuilder builder = OpBuilder::atBlockBegin(&body->getRegion(0).front());
  Value address = AllocaOp::create(
      builder, content.site->getLoc(),
      PtrType::get(type.getContext(), AddressSpace::Stack), type);
  store(content, slots.emplace_back(type, address));
}

void KeyPlacement::run() {
  Region &region = body->getRegion(0);
  // Dominators come first. What cannot be reached has to be well-formed too.
  llvm::SetVector<Block *> blocks;
  llvm::ReversePostOrderTraversal<Region *> order(&region);
  blocks.insert(order.begin(), order.end());
  for (Block &block : region)
    blocks.insert(&block);
  for (Block *block : blocks)
    for (Operation &op : *block)
      if (!getMapArguments(&op).empty())
        numbers.insert({&op, numbers.size()});
  for (auto &[op, number] : numbers) {
    SmallVector<OpOperand *, 2> readers = getMapArguments(op);
    // A value first: a key may be part of it.
    for (OpOperand *reader : llvm::reverse(readers))
      read(reader);
  }
  // Grows where contents are split.
  for (size_t index = 0; index < contents.size(); ++index)
    assign(contents[index]);
}

void KeySlots::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(), [&](Operation *body) {
    passInPlace(body, clobbers);
    KeyPlacement(body).run();
  });
}
