//===- ProgramLowering.h - program bodies -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lowers the body of one program.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_PROGRAMLOWERING_H
#define WHISTLER_LIB_LOWER_PROGRAMLOWERING_H

#include "Environment.h"
#include "Forms.h"
#include "Places.h"

#include "Whistler/UAPI/Contexts.h"
#include "Whistler/UAPI/Helpers.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace whistler {

/// What the surrounding form does with a form's value.
enum class Mode { Value, Effect };

/// A form that is being lowered: an operator and its arguments.
struct Call {
  const Form *form;
  /// The operator's name in upper case.
  llvm::StringRef name;
  llvm::ArrayRef<const Form *> args;
  Mode mode;

  /// The name as users write it.
  std::string getName() const { return name.lower(); }
};

/// Lowers one program or function. Expressions are integers of 64 bits, or
/// pointers. A form is lowered for its value, for its effect, or as a condition
/// that control branches on, so that no truth value is made where only a branch
/// is wanted.
///
/// Code that control cannot reach (behind a `return`) is lowered into blocks
/// without predecessors, so that its errors are found, and then dropped.
class ProgramLowering {
public:
  ProgramLowering(Environment &env, mlir::whistler::ProgOp prog,
                  const uapi::ProgramType &type);
  ProgramLowering(Environment &env, mlir::whistler::FuncOp func,
                  FunctionInfo &function);

  /// Lowers a program's body, with what `:args` says; null if it is not given.
  /// Errors are in the environment's diagnostics.
  void runProgram(const Form *form, const Form *args,
                  llvm::ArrayRef<const Form *> body);
  /// Lowers a function's body.
  void runFunction(const Form *form, llvm::ArrayRef<const Form *> body);

  // The forms, each in the file that its group names.

  // LowerBindings.cpp
  Result lowerLet(const Call &call);
  Result lowerIfLet(const Call &call);
  Result lowerWhenLet(const Call &call);
  Result lowerMacrolet(const Call &call);
  Result lowerSymbolMacrolet(const Call &call);

  // LowerPlaces.cpp
  Result lowerSetf(const Call &call);
  Result lowerIncf(const Call &call);

  // LowerControl.cpp
  Result lowerProgn(const Call &call);
  Result lowerIf(const Call &call);
  Result lowerWhen(const Call &call);
  Result lowerCond(const Call &call);
  Result lowerCase(const Call &call);
  Result lowerAndOr(const Call &call);
  Result lowerNot(const Call &call);
  Result lowerReturn(const Call &call);
  Result lowerBlock(const Call &call);
  Result lowerReturnFrom(const Call &call);
  Result lowerDotimes(const Call &call);

  // LowerArithmetic.cpp
  Result lowerAdd(const Call &call);
  Result lowerSubtract(const Call &call);
  Result lowerMultiply(const Call &call);
  Result lowerDivide(const Call &call);
  Result lowerModulo(const Call &call);
  Result lowerIncrement(const Call &call);
  Result lowerMinMax(const Call &call);
  Result lowerLogical(const Call &call);
  Result lowerLognot(const Call &call);
  Result lowerShift(const Call &call);
  Result lowerArithmeticShift(const Call &call);
  Result lowerComparison(const Call &call);
  Result lowerCast(const Call &call);
  Result lowerByteSwap(const Call &call);
  Result lowerLog2(const Call &call);

  // LowerContext.cpp
  Result lowerCtxLoad(const Call &call);
  Result lowerCtx(const Call &call);
  Result lowerCtxPtr(const Call &call);
  Result lowerXdpData(const Call &call);
  Result lowerCallRegister(const Call &call);

  // LowerStructs.cpp
  Result lowerAref(const Call &call);
  Result lowerSizeof(const Call &call);
  Result lowerGlobalPtr(const Call &call);

  // LowerKernel.cpp
  Result lowerCoreRead(const Call &call);

  // LowerQueries.cpp
  Result lowerFieldQuery(const Call &call);
  Result lowerTypeQuery(const Call &call);
  Result lowerEnumQuery(const Call &call);

  // LowerRingbuf.cpp
  Result lowerRingbufReserve(const Call &call);
  Result lowerRingbufRelease(const Call &call);
  Result lowerRingbufOutput(const Call &call);
  Result lowerWithRingbuf(const Call &call);

  // LowerMemory.cpp
  Result lowerLoad(const Call &call);
  Result lowerStore(const Call &call);
  Result lowerStackAddr(const Call &call);
  Result lowerMemset(const Call &call);
  Result lowerMemcpy(const Call &call);
  Result lowerAtomic(const Call &call);
  Result lowerAtomicCmpXchg(const Call &call);

  // LowerMaps.cpp
  Result lowerGetmap(const Call &call);
  Result lowerMapLookup(const Call &call);
  Result lowerMapUpdate(const Call &call);
  Result lowerMapDelete(const Call &call);

  // LowerCalls.cpp
  Result lowerTailCall(const Call &call);
  Result lowerAsm(const Call &call);

  // LowerPackets.cpp
  Result lowerWithPacket(const Call &call);
  Result lowerWithHeader(const Call &call);
  Result lowerParse(const Call &call);

private:
  using Block = mlir::Block;
  using Value = mlir::Value;
  using Type = mlir::Type;
  using AddressSpace = mlir::whistler::AddressSpace;
  using PtrPredicate = mlir::whistler::PtrPredicate;

  /// Lowers a body into the blocks that follow the current one, and returns
  /// its value.
  void lowerWholeBody(const Form *form, llvm::ArrayRef<const Form *> body);

  //===--------------------------------------------------------------------===//
  // Expressions (ProgramLowering.cpp)
  //===--------------------------------------------------------------------===//

  Result lower(const Form *form, Mode mode);
  Result lowerAtom(const Form *form);
  Result lowerSymbol(const Form *form);
  Result lowerCall(const Form *form, Mode mode);
  Result lowerUnknownOperator(const Form *form, const Symbol *op);

  Result lowerValue(const Form *form) { return lower(form, Mode::Value); }
  /// The value of a form that has to be an integer.
  Result lowerInteger(const Form *form);
  /// Reports a pointer that stands where an integer has to.
  bool checkInteger(Value value, const Form *form);
  Result combineIntegers(llvm::ArrayRef<const Form *> forms,
                         llvm::function_ref<Value(Value, Value)> combine);
  /// The value of a form that has to be a pointer.
  Result lowerPointer(const Form *form);
  /// Lowers forms in order; the last one's value is the result, 0 of none.
  Result lowerBody(llvm::ArrayRef<const Form *> body, Mode mode);

  /// Branches to `ifTrue` or `ifFalse` on a form. False after an error.
  bool lowerCondition(const Form *form, Block *ifTrue, Block *ifFalse);
  bool lowerAndOrCondition(const Form *form, Block *ifTrue, Block *ifFalse);
  bool lowerComparisonCondition(const Form *form, Block *ifTrue,
                                Block *ifFalse);
  /// Branches on a value: not 0, not null.
  void branchOnValue(Value value, Block *ifTrue, Block *ifFalse);

  //===--------------------------------------------------------------------===//
  // Control flow (ProgramLowering.cpp)
  //===--------------------------------------------------------------------===//

  /// Where control may come from, with a value; without a block it never does.
  struct Edge {
    Block *block;
    Value value;
  };

  /// A new block, which is not the current one yet.
  Block *createBlock();
  /// Goes on in `block`. It counts as reachable if something branches to it.
  void startBlock(Block *block);
  void branchTo(Block *block);
  void branch(Value condition, Block *ifTrue, Block *ifFalse);
  /// Ends the current block as the source of an edge to a join.
  void endWithEdge(llvm::SmallVectorImpl<Edge> &edges, Value value);
  /// Goes on in a block that all edges lead to, with their values joined.
  Result join(llvm::ArrayRef<Edge> edges, Mode mode, const Form *form);
  /// Ends the current way with `value`, goes on with `otherBody` in `other`,
  /// and joins both ways.
  Result joinWith(const Call &call, Result value, Block *other,
                  llvm::ArrayRef<const Form *> otherBody = {});
  /// The type that the values of edges have in common; none if there is none.
  Type getCommonType(llvm::ArrayRef<Edge> edges);
  /// What all pointers among the values of edges point to, or null.
  Type getCommonPointee(llvm::ArrayRef<Edge> edges) const;
  /// Returns `value` from the program; what follows is not reachable.
  void emitReturn(Value value);
  /// Returns what `form` yielded, as the program's or function's result.
  /// Reports a value of the wrong kind.
  bool returnValue(Value value, const Form *form);
  void checkVerdict(const Form *form);

  //===--------------------------------------------------------------------===//
  // Values (ProgramLowering.cpp)
  //===--------------------------------------------------------------------===//

  /// The location of what is made for the form that is lowered.
  mlir::Location getLoc();

  template <typename OpTy, typename... Args> OpTy create(Args &&...args) {
    return OpTy::create(builder, getLoc(), std::forward<Args>(args)...);
  }
  Value makeConstant(int64_t value, unsigned bits = 64);
  Type getIntType(unsigned bits) { return builder.getIntegerType(bits); }
  mlir::whistler::PtrType getPtrType(AddressSpace space) {
    return mlir::whistler::PtrType::get(builder.getContext(), space);
  }
  static bool isPointer(Value value) {
    return llvm::isa<mlir::whistler::PtrType>(value.getType());
  }
  static AddressSpace getSpace(Value pointer) {
    return llvm::cast<mlir::whistler::PtrType>(pointer.getType()).getSpace();
  }
  static bool isConstantZero(Value value);
  Value makeNull(AddressSpace space);
  /// `value` as a pointer to `space`; a constant 0 is null. Empty if it is
  /// another integer.
  Value convertToPointer(Value value, AddressSpace space);
  /// The low bits of a 64-bit integer as an integer of `bits`.
  Value truncate(Value value, unsigned bits);
  /// A narrow integer as 64 bits.
  Value extend(Value value, bool isSigned);
  /// A 64-bit integer with the value that a variable of `type` would hold.
  Value normalize(Value value, ScalarType type);
  Value addOffset(Value pointer, int64_t bytes);
  /// Notes what a pointer points to; null for what is not known.
  Value withPointee(Value pointer, Type pointee);
  /// The type that a pointer is known to point to, or null.
  Type getPointee(Value pointer) const { return pointees.lookup(pointer); }
  /// Pointer and constant offset for a load or store; a run-time offset is
  /// added to the pointer.
  std::optional<std::pair<Value, int32_t>> lowerAddress(const Form *pointer,
                                                        const Form *offset);

  Result failed() { return std::nullopt; }
  /// Checks a call's number of arguments, and reports a wrong one: at the first
  /// argument too many, or at the operator.
  bool checkArity(const Call &call, size_t minArgs, size_t maxArgs,
                  const llvm::Twine &usage);
  /// Reports a name that is no variable and should be one.
  void reportNoVariable(const Form *form);
  void reportNoPlace(const Form *place, llvm::StringRef verb);
  DiagnosticHandle error(const Form *form, const llvm::Twine &message) {
    return env.diags.error(form->getRange(), message);
  }
  std::optional<ScalarType> parseType(const Form *form);
  bool isLiteralZero(const Form *form) const;
  /// The part of a form that has a value at run time only; null where there is
  /// none, or what is wrong is something else.
  const Form *findRunTimePart(const Form *form);

  //===--------------------------------------------------------------------===//
  // Variables (LowerBindings.cpp)
  //===--------------------------------------------------------------------===//

  struct Binding {
    const Form *name;
    const Form *init;
    std::optional<ScalarType> type;
    /// It was reported, and binds the name only.
    bool isBroken = false;
  };
  std::optional<Binding> parseBinding(const Form *form);
  std::optional<llvm::SmallVector<Binding>> parseBindings(const Form *form,
                                                          bool allowsSingle);
  bool parseDeclarations(llvm::ArrayRef<const Form *> &body,
                         llvm::MutableArrayRef<Binding> bindings);
  bool parseDeclaration(const Form *specifier,
                        llvm::MutableArrayRef<Binding> bindings);
  bool bind(const Binding &binding);
  void bindValue(const Symbol *name, Value value,
                 std::optional<ScalarType> type = std::nullopt,
                 bool isUndecided = false);
  bool isBound(const Form *form) const {
    return form->getSymbol() && lookupVariable(form->getSymbol());
  }
  void warnAboutSequentialLet(llvm::ArrayRef<Binding> bindings);
  const Variable *lookupVariable(const Symbol *name) const;
  Variable *lookupVariable(const Symbol *name);
  /// What a symbol macro of that name stands for, or null.
  const Form *lookupSymbolMacro(const Symbol *name) const;
  /// Replaces a symbol by what symbol macros make of it.
  const Form *expandSymbol(const Form *form) const;
  Value readVariable(const Variable &variable);
  /// Stores to a variable; `form` is what is stored. Empty after an error,
  /// otherwise what the variable holds now.
  Value writeVariable(Variable &variable, Value value, const Form *form);
  void decidePointer(Variable &variable, AddressSpace space);
  std::vector<std::string> getVariableNames() const;

  /// The count of a `dotimes` (LowerControl.cpp).
  std::optional<int64_t> parseCount(const Form *form);

  //===--------------------------------------------------------------------===//
  // Places (LowerPlaces.cpp)
  //===--------------------------------------------------------------------===//

  std::optional<Result> lowerUserPlace(const Form *place,
                                       const Form *modification, Mode mode);
  Result assign(const Form *place, const Form *value, Mode mode);
  Result assignCall(const Form *place, const Form *value);
  /// Evaluates the parts of a place that is a global variable or a field of
  /// the context, of a header or of a struct. Gives nothing for other forms,
  /// and a place without functions after an error.
  std::optional<Place> lowerPlace(const Form *form);
  Place makeContextPlace(const Form *form);
  Place makeHeaderPlace(const Form *form, const Accessor &accessor);
  Place makeStructPlace(const Form *form, const StructOperator &op);
  Place makeArrayPlace(const Form *form);
  Place makeGlobalPlace(const Form *form, const GlobalInfo &global);
  /// The place of a `type` in memory.
  Place makeMemoryPlace(Value pointer, int32_t offset, Type type);
  const uapi::ContextField *parseWritableField(const Form *place,
                                               int32_t &offset);
  void writeContextField(Value value, const uapi::ContextField &field,
                         int32_t offset);
  Result incrementMap(const Form *place, const Form *deltaForm,
                      bool isNegative);

  //===--------------------------------------------------------------------===//
  // Memory (LowerMemory.cpp)
  //===--------------------------------------------------------------------===//

  Value loadScalar(Value pointer, int32_t offset, ScalarType type);
  void storeScalar(Value value, Value pointer, int32_t offset, ScalarType type);
  Value readAccessor(Value pointer, const Accessor &accessor);
  void writeAccessor(Value value, Value pointer, const Accessor &accessor);
  Result lowerAccessor(const Call &call, const Accessor &accessor);

  //===--------------------------------------------------------------------===//
  // Structs and globals (LowerStructs.cpp)
  //===--------------------------------------------------------------------===//

  /// A place in memory with the type of what is there.
  struct TypedAddress {
    Value pointer;
    int32_t offset;
    Type type;
  };
  Result lowerStructOperator(const Call &call, const StructOperator &op);
  Result lowerMake(const Call &call, StructInfo &info);
  /// Evaluates `(S-FIELD p [i])` to the address of the field or element.
  std::optional<TypedAddress> lowerFieldAddress(const Form *form,
                                                const StructOperator &op);
  std::optional<TypedAddress>
  lowerElement(const Form *indexForm, TypedAddress array, llvm::StringRef name);
  std::optional<TypedAddress> lowerArrayElement(const Form *form);
  bool checkPointee(Value pointer, const StructInfo &info, const Form *form,
                    llvm::StringRef accessor);
  Value getAddress(const TypedAddress &address);
  /// A scalar's or pointer's value; the address of anything else.
  Value readTyped(const TypedAddress &address);
  Value writeTyped(const TypedAddress &address, Value value, const Form *form);
  Value readGlobal(const GlobalInfo &global);
  /// Room on the stack for `size` bytes, aligned to 8.
  Value createStackSlot(uint64_t size);
  /// The address of a string literal in the object.
  Value getStringAddress(const StringForm *string);

  //===--------------------------------------------------------------------===//
  // The kernel's memory (LowerKernel.cpp)
  //===--------------------------------------------------------------------===//

  /// A field in the kernel, wherever the running one has it.
  struct KernelField;
  Result lowerKernelOperator(const Call &call, const StructOperator &op);
  std::optional<KernelField> lowerKernelField(const Form *form,
                                              const StructOperator &op);
  Value lowerKernelPointer(const Form *form, const StructInfo &info,
                           llvm::StringRef accessor);
  std::optional<KernelField> selectField(const KernelField &from,
                                         const Form *form);
  /// Follows a path from a struct, through pointers too if there is something
  /// to read.
  std::optional<KernelField> selectPath(KernelField field,
                                        llvm::ArrayRef<const Form *> path);
  std::optional<KernelField> selectElement(const KernelField &array,
                                           const Form *indexForm);
  std::optional<KernelField> selectComputed(const KernelField &array,
                                            uint64_t stride, Type elementType,
                                            const Form *indexForm);
  Value readKernelField(const KernelField &field);
  Value readKernelBitfield(const KernelField &field);
  Value probeRead(Value address, unsigned bytes);
  Value getKernelAddress(const KernelField &field);
  /// Room on the stack that helpers write to before it is read.
  Value getScratchSlot(unsigned bits);
  /// The kernel struct that a form names (LowerQueries.cpp).
  StructInfo *parseKernelStruct(const Form *form);
  /// `(tp-FIELD)`; nothing if `call` is something else.
  std::optional<Result> lowerTracepointField(const Call &call);
  TracepointInfo *getTracepoint();
  void reportNoTracepointField(const Call &call, const TracepointInfo *info);
  Value readRecordField(const KernelField &field, bool isRelocated);
  bool checkKernelAccess(const Form *form);

  //===--------------------------------------------------------------------===//
  // Context (LowerContext.cpp)
  //===--------------------------------------------------------------------===//

  /// Whether there is a context; reports a form that needs one in a function
  /// that has none.
  bool checkContext(const Form *form);
  enum class ArgumentKind;
  static ArgumentKind getArgumentKind(uapi::ProgramKind kind);
  bool bindArguments(const Form *args);
  bool bindArgument(const Form *form, ArgumentKind kind, unsigned index);
  Value readRawArgument(ArgumentKind kind, unsigned index);
  Value readCallRegister(uapi::CallRegister reg);
  const uapi::ContextField *parseContextField(const Form *form,
                                              int32_t &offset);
  Value readContextField(const uapi::ContextField &field, int32_t offset,
                         bool byName);
  Result readPacketField(const Form *form, uapi::FieldKind kind);
  mlir::StringAttr getFieldName(const uapi::ContextField &field,
                                int32_t offset);

  //===--------------------------------------------------------------------===//
  // Maps (LowerMaps.cpp)
  //===--------------------------------------------------------------------===//

  struct MapAccess {
    const MapInfo *map;
    Value key;
  };
  const MapInfo *parseMap(const Form *form);
  const MapInfo *parseKeyedMap(const Call &call, llvm::StringRef helper);
  std::optional<MapAccess> lowerMapAccess(const Form *map, const Form *key,
                                          llvm::StringRef what,
                                          llvm::StringRef helper);
  Value lowerMapArgument(const Form *form, const MapInfo &map, bool isKey,
                         bool hasToBePointer = false);
  Value convertMapArgument(Value value, uint32_t size, Type entryType,
                           const Form *form, llvm::StringRef what);
  bool checkEntryPointer(Value pointer, uint32_t size, Type entryType,
                         const Form *form, llvm::StringRef what);
  Value lookup(const MapAccess &access);
  Value extendMapResult(Value result);
  Value update(const MapAccess &access, Value value, Value flags);
  Value getMapValue(const MapAccess &access, const Form *form);
  bool checkHashLike(const MapInfo &map, const Form *form,
                     llvm::StringRef what);
  bool checkMapType(const MapInfo &map, const Form *form, llvm::StringRef what,
                    llvm::StringRef helper);

  //===--------------------------------------------------------------------===//
  // Ring buffers (LowerRingbuf.cpp)
  //===--------------------------------------------------------------------===//

  const MapInfo *parseRingbuf(const Form *form, llvm::StringRef what);
  std::optional<int64_t> parseRecordSize(const Form *form, Type &recordType);
  Value reserveRecord(const MapInfo &map, int64_t size, Type recordType);
  void releaseRecord(llvm::StringRef helper, Value record, Value flags);
  /// Discards the records that were opened after the first `numKept`, which
  /// control leaves.
  void discardRecords(size_t numKept);

  //===--------------------------------------------------------------------===//
  // Helpers (LowerCalls.cpp)
  //===--------------------------------------------------------------------===//

  Result lowerHelper(const Call &call, const uapi::Helper &helper);
  bool checkHelper(const Call &call, const uapi::Helper &helper,
                   size_t numFilledIn);
  Value createPointerCall(const uapi::Helper &helper,
                          llvm::ArrayRef<Value> args);
  /// Whether the program may call the helper; `op` is where it is named, and
  /// `call` where the function is called that does so, or null.
  bool checkHelperUse(const uapi::Helper &helper, llvm::SMRange op,
                      const Form *call);
  Result lowerFunctionCall(const Call &call, FunctionInfo &callee);
  Value lowerArgument(const Form *form, const FunctionInfo::Parameter &to);
  static const uapi::ProgramType *getContextType(Type type);
  Value convertToPointee(Value value, mlir::whistler::PointerType pointer,
                         const Form *form, const llvm::Twine &what);
  Value lowerCallback(const Form *form, const uapi::Helper &helper,
                      const uapi::HelperArg &arg);
  static std::string getUsage(const FunctionInfo &callee, llvm::StringRef name);
  void useFunction(const FunctionInfo &callee, const Form *form);
  Value referToFunction(const FunctionInfo &callee, const Form *form);
  Value lowerHelperArgument(const Form *form, const uapi::Helper &helper,
                            const uapi::HelperArg *arg);

  //===--------------------------------------------------------------------===//
  // Packets (LowerPackets.cpp)
  //===--------------------------------------------------------------------===//

  struct Layer;
  struct PacketForm;
  static const Layer *lookupLayer(llvm::StringRef name);
  /// Where packets begin; in a function that has no context, and is given
  /// packets, at the Ethernet header.
  uapi::PacketStart getPacketStart() const;
  bool checkPacketAccess(const Form *form);
  bool parsePacketForm(const Call &call,
                       llvm::ArrayRef<llvm::StringRef> allowed,
                       unsigned numNames, PacketForm &result);
  void emitBoundsCheck(Value pointer, int64_t bytes, Value end, Block *outside);
  void emitFieldCheck(Value pointer, int32_t offset, unsigned bits,
                      uint64_t value, Block *otherwise);
  Value emitGuards(const Layer &layer, Value data, Value end,
                   const PacketForm &form, Block *outside);
  Value emitLinkGuards(const Layer &layer, Value data, Value end,
                       const PacketForm &form, int64_t bytes, Block *outside);
  Value emitHeaderLengthGuard(Value ip, const PacketForm &form, Block *outside);

  /// Sets the location of what is created to a form's, for its lifetime.
  class LocationScope;
  /// Restores the variables and blocks in scope at its end.
  class NameScope;

  /// A `block` form that is being lowered.
  struct NamedBlock {
    const Symbol *name;
    Mode mode;
    llvm::SmallVector<Edge> edges;
    /// How many records were open when it began.
    size_t numRecords;
  };
  Environment &env;
  /// The program or function, and its blocks.
  mlir::Operation *bodyOp;
  mlir::Region &region;
  /// Null in a function without a context.
  const uapi::ProgramType *type;
  Value context;
  /// Null in a program.
  FunctionInfo *function = nullptr;
  /// The license of a program.
  llvm::StringRef license;
  mlir::OpBuilder builder;
  /// The text of the form that is lowered, and its location once an operation
  /// has asked for that: many forms make none.
  llvm::SMRange range;
  std::optional<mlir::Location> loc;
  llvm::SmallVector<Variable> variables;
  std::vector<NamedBlock> namedBlocks;
  /// The records of the `with-ringbuf` forms around.
  llvm::SmallVector<Value> openRecords;
  /// Uses of helpers in functions that have been reported, by their places.
  llvm::DenseSet<const char *> reportedUses;
  /// What pointers point to, as far as it is known.
  llvm::DenseMap<Value, Type> pointees;
  /// Slots that helpers write to, by their width in bits.
  llvm::DenseMap<unsigned, Value> scratchSlots;
  /// Whether control reaches the current block.
  bool isReachable = true;
  unsigned depth = 0;
};

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_PROGRAMLOWERING_H
