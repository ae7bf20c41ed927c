//===- PathSearch.h - ways through a program that cannot load ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks for ways through a program on which the verifier has to refuse it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_PATHSEARCH_H
#define WHISTLER_LIB_TRANSFORMS_PATHSEARCH_H

#include "PathConstraints.h"
#include "PointerUses.h"

#include "llvm/ADT/SetVector.h"

#include <vector>

namespace mlir::whistler {

/// What a pointer of which something is known points to.
struct PathObject {
  enum class Kind { Null, Stack, Global, MapValue, Record, Packet, PacketEnd };
  Kind kind;
  /// Where the pointer comes from.
  Operation *origin;
  /// What has to be 1 for the pointer to be null; none if it never is.
  const Expression *isNull = nullptr;
  /// The bytes behind the pointer; none where they are not known.
  std::optional<int64_t> size = std::nullopt;
  /// How often the packet had been moved.
  unsigned generation = 0;
  /// Of a record: where it was released. It has escaped where it may be
  /// released by what cannot be followed.
  Operation *release = nullptr;
  bool hasEscaped = false;
};

/// A pointer on a way: an object, and a distance from its start.
struct PathPointer {
  unsigned object;
  std::optional<int64_t> offset;
};

/// What is known on a way through a body, up to some operation.
struct PathState {
  Block *block = nullptr;
  DenseMap<Value, const Expression *> integers;
  DenseMap<Value, PathPointer> pointers;
  SmallVector<PathObject, 4> objects;
  PathConstraints constraints;
  /// How often the packet was moved, and its length since.
  unsigned generation = 0;
  const Expression *packetLength = nullptr;
  /// Tells ways apart that differ in pointers.
  llvm::hash_code pointerTests = 0;
};

/// Goes through a body on ways that some inputs lead along, and gives each
/// operation to a visitor. As inputs exist, a verifier that is right goes these
/// ways too; what it must not accept there is an error for certain. Ways that
/// depend on what only the loader knows, or on what is too hard to follow, are
/// not gone.
class PathSearch {
public:
  using Visitor = function_ref<void(PathSearch &, Operation *)>;

  PathSearch(Region &body, bool elidesNullChecks);

  /// Calls `visit` for operations on the ways through the body.
  void run(Visitor visit);

  /// The functions that are called on the ways.
  ArrayRef<StringAttr> getCallees() const { return callees.getArrayRef(); }

  // For visitors: the state in front of the operation.

  PathState &getState() { return state; }
  /// The pointer that a value is, if that is known.
  std::optional<PathPointer> getPointer(Value value);
  PathObject &getObject(PathPointer pointer) {
    return state.objects[pointer.object];
  }
  /// Whether `value` is a constant on every way that leads here so far.
  bool isConstant(Value value);
  /// Whether some inputs lead here with this object being null, or not.
  bool canBeNull(const PathObject &object, bool isNull);
  /// Whether some inputs lead here with a packet shorter than `length`.
  bool canBeShorter(int64_t length);
  /// From here on only ways with a pointer that is not null are looked at.
  void assumeNotNull(const PathObject &object);
  void assumeLength(int64_t length);

private:
  void explore(Visitor visit);
  void execute(Operation &op);
  /// Ends a block: follows edges, and keeps other states for later.
  bool leave(Operation *terminator);
  void enter(Block *block, SuccessorOperands operands);
  bool isNewSituation();
  void movePacket();

  const Expression *getInteger(Value value);
  const Expression *makeInteger(Value value, Operation *op);
  const Expression *makeInput(Value value);
  const Expression *comparePointers(PtrCmpOp cmp);
  std::optional<PathPointer> findPointer(Value value);
  PathPointer addObject(PathObject object);
  void addLookup(Operation *op, PathObject::Kind kind,
                 std::optional<int64_t> size);

  Region &body;
  bool elidesNullChecks;
  ExpressionPool pool;
  PathState state;
  std::vector<PathState> pending;
  llvm::DenseMap<size_t, unsigned> situations;
  llvm::SetVector<StringAttr> callees;
  /// How many operations may still be looked at.
  int64_t budget;
  /// How many may still be folded to find inputs.
  unsigned effort;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_PATHSEARCH_H
