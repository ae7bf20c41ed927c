//===- LowerPackets.cpp - the protocol library ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The with- and parse- forms: bounds checks and protocol checks.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "Whistler/UAPI/Constants.h"
#include "Whistler/UAPI/Protocols.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/Support/SwapByteOrder.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;
namespace cf = mlir::cf;

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// A header that forms are named after, and what has to hold in front of it.
struct ProgramLowering::Layer {
  /// "TCP" in `with-tcp`.
  llvm::StringRef name;
  llvm::StringRef header;
  /// The ethertype of its packets; empty for the Ethernet header.
  llvm::StringRef etherType;
  /// The protocol number in the IPv4 header; empty for layers below.
  llvm::StringRef protocol;
};

/// What the user wrote after the name of a with- form.
struct ProgramLowering::PacketForm {
  llvm::SmallVector<const Form *> names;
  /// `:vlan t`: frames with one VLAN tag are accepted too.
  bool acceptsTag = false;
  /// `:options`: IPv4 headers with options are skipped, or followed.
  bool checksOptions = false;
  bool followsOptions = false;
  const Form *minLength = nullptr;
  llvm::ArrayRef<const Form *> body;
};

const ProgramLowering::Layer *
ProgramLowering::lookupLayer(llvm::StringRef name) {
  static constexpr Layer layers[] = {
      {"ETH", "eth", "", ""},
      {"IPV4", "ipv4", "ETH_P_IP", ""},
      {"IPV6", "ipv6", "ETH_P_IPV6", ""},
      {"TCP", "tcp", "ETH_P_IP", "IPPROTO_TCP"},
      {"UDP", "udp", "ETH_P_IP", "IPPROTO_UDP"},
      {"ICMP", "icmp", "ETH_P_IP", "IPPROTO_ICMP"},
  };
  const Layer *layer =
      llvm::find_if(layers, [&](const Layer &l) { return l.name == name; });
  return layer == std::end(layers) ? nullptr : layer;
}

static int64_t getHeaderSize(llvm::StringRef header) {
  return uapi::lookupProtocolHeader(header)->size;
}

static int32_t getFieldOffset(llvm::StringRef field) {
  return uapi::lookupProtocolField(field)->offset;
}

static uint64_t getConstant(llvm::StringRef name) {
  return uint64_t(*uapi::lookupConstant(name));
}

uapi::PacketStart ProgramLowering::getPacketStart() const {
  return type ? type->packetStart : uapi::PacketStart::Link;
}

bool ProgramLowering::checkPacketAccess(const Form *form) {
  if (!checkContext(form))
    return false;
  if (type->hasDirectPacketAccess())
    return true;
  bool hasPacket = type->kind == uapi::ProgramKind::SocketFilter;
  const Form *op = listOperator(form) ? listElement(form, 0) : form;
  error(op, "a program of type `:" + type->name + "` cannot access " +
                (hasPacket ? "the packet directly; `skb-load-bytes` copies "
                             "bytes of it to the stack"
                           : "a packet"));
  return false;
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

/// Goes on where `bytes` bytes from `pointer` are in front of `end`.
void ProgramLowering::emitBoundsCheck(Value pointer, int64_t bytes, Value end,
                                      Block *outside) {
  Value last = addOffset(pointer, bytes);
  Value isOutside = create<PtrCmpOp>(PtrPredicate::Gt, last, end);
  Block *inside = createBlock();
  branch(isOutside, outside, inside);
  startBlock(inside);
}

/// Goes on where a field, in memory order, has a value.
void ProgramLowering::emitFieldCheck(Value pointer, int32_t offset,
                                     unsigned bits, uint64_t value,
                                     Block *otherwise) {
  // The constant is swapped, which costs nothing, and not what is loaded.
  if (bits == 16)
    value = llvm::byteswap(uint16_t(value));
  Value field = loadScalar(pointer, offset, {bits, false});
  Value isEqual = create<arith::CmpIOp>(arith::CmpIPredicate::eq, field,
                                        makeConstant(int64_t(value)));
  Block *next = createBlock();
  branch(isEqual, next, otherwise);
  startBlock(next);
}

/// Goes on with a pointer to the network header where the packet carries the
/// layer's ethertype and has `bytes` bytes from that header on.
mlir::Value ProgramLowering::emitLinkGuards(const Layer &layer, Value data,
                                            Value end, const PacketForm &form,
                                            int64_t bytes, Block *outside) {
  uint64_t etherType = getConstant(layer.etherType);
  if (getPacketStart() == uapi::PacketStart::Network) {
    emitBoundsCheck(data, bytes, end, outside);
    // There is no link header; the version is in the IP header's first bits.
    Value first = loadScalar(data, 0, {8, false});
    Value version = create<arith::ShRUIOp>(first, makeConstant(4));
    Value isVersion = create<arith::CmpIOp>(
        arith::CmpIPredicate::eq, version,
        makeConstant(layer.etherType == "ETH_P_IP" ? 4 : 6));
    Block *next = createBlock();
    branch(isVersion, next, outside);
    startBlock(next);
    return data;
  }
  int64_t linkSize = getHeaderSize("eth");
  int32_t typeOffset = getFieldOffset("eth-type");
  if (!form.acceptsTag) {
    emitBoundsCheck(data, linkSize + bytes, end, outside);
    emitFieldCheck(data, typeOffset, 16, etherType, outside);
    return addOffset(data, linkSize);
  }
  // Behind a tag everything is moved by the tag's size.
  emitBoundsCheck(data, linkSize + bytes, end, outside);
  Value fieldValue = loadScalar(data, typeOffset, {16, false});
  Block *isTagged = createBlock(), *isPlain = createBlock(),
        *isOther = createBlock();
  auto branchOnType = [&](llvm::StringRef name, Block *ifTrue, Block *ifFalse) {
    auto value = llvm::byteswap(uint16_t(getConstant(name)));
    Value isEqual = create<arith::CmpIOp>(arith::CmpIPredicate::eq, fieldValue,
                                          makeConstant(value));
    branch(isEqual, ifTrue, ifFalse);
  };
  branchOnType("ETH_P_8021Q", isTagged, isOther);
  startBlock(isOther);
  Block *notStacked = createBlock();
  branchOnType("ETH_P_8021AD", isTagged, notStacked);
  startBlock(notStacked);
  branchOnType(layer.etherType, isPlain, outside);

  int64_t tagSize = getHeaderSize("vlan");
  llvm::SmallVector<Edge> edges;
  startBlock(isPlain);
  endWithEdge(edges, addOffset(data, linkSize));
  startBlock(isTagged);
  emitBoundsCheck(data, linkSize + tagSize + bytes, end, outside);
  emitFieldCheck(data, int32_t(typeOffset + tagSize), 16, etherType, outside);
  endWithEdge(edges, addOffset(data, linkSize + tagSize));
  return *join(edges, Mode::Value, nullptr);
}

/// The size of the IPv4 header in bytes where the header has options to follow;
/// empty where it is taken to be (or has been checked to be) without any.
mlir::Value ProgramLowering::emitHeaderLengthGuard(Value ip,
                                                   const PacketForm &form,
                                                   Block *outside) {
  if (!form.checksOptions && !form.followsOptions)
    return Value();
  constexpr int64_t wordSize = 4;
  int64_t plainSize = getHeaderSize("ipv4");
  Value first = loadScalar(ip, 0, {8, false});
  Value words = create<arith::AndIOp>(first, makeConstant(0xf));
  Value holds = create<arith::CmpIOp>(
      form.checksOptions ? arith::CmpIPredicate::eq : arith::CmpIPredicate::uge,
      words, makeConstant(plainSize / wordSize));
  Block *next = createBlock();
  branch(holds, next, outside);
  startBlock(next);
  if (form.checksOptions)
    return Value();
  return create<arith::MulIOp>(words, makeConstant(wordSize));
}

/// Goes on with a pointer to the layer's header where the packet has one.
mlir::Value ProgramLowering::emitGuards(const Layer &layer, Value data,
                                        Value end, const PacketForm &form,
                                        Block *outside) {
  int64_t headerSize = getHeaderSize(layer.header);
  if (layer.etherType.empty()) {
    emitBoundsCheck(data, headerSize, end, outside);
    return data;
  }
  if (layer.protocol.empty()) {
    Value ip = emitLinkGuards(layer, data, end, form, headerSize, outside);
    (void)emitHeaderLengthGuard(ip, form, outside);
    return ip;
  }
  int64_t networkSize = getHeaderSize("ipv4");
  Value ip =
      emitLinkGuards(layer, data, end, form, networkSize + headerSize, outside);
  emitFieldCheck(ip, getFieldOffset("ipv4-protocol"), 8,
                 getConstant(layer.protocol), outside);
  Value length = emitHeaderLengthGuard(ip, form, outside);
  if (!length)
    return addOffset(ip, networkSize);
  Value header = create<PtrAddOp>(ip, length);
  emitBoundsCheck(header, headerSize, end, outside);
  return header;
}

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

/// Parses `(name... :keyword value...) body...`.
bool ProgramLowering::parsePacketForm(const Call &call,
                                      llvm::ArrayRef<llvm::StringRef> allowed,
                                      unsigned numNames, PacketForm &result) {
  std::optional<llvm::SmallVector<const Form *>> head =
      getElements(call.args[0], env.diags, "a list `(data end ...)`");
  if (!head)
    return false;
  result.body = call.args.drop_front();
  for (const Form *form : *head) {
    const Symbol *symbol = form->getSymbol();
    if (!symbol || symbol->isKeyword())
      break;
    result.names.push_back(form);
  }
  if (result.names.size() != numNames) {
    error(call.args[0], "`" + call.getName() + "` binds " +
                            getCount(numNames, "variable") +
                            "; it is written "
                            "`" +
                            lookupForm(call.name)->usage + "`");
    return false;
  }
  for (const Form *name : result.names)
    if (!parseBinding(name))
      return false;
  KeywordArguments keywords(llvm::ArrayRef(*head).drop_front(numNames), allowed,
                            "`" + call.getName() + "`", env.diags);
  if (!keywords.isValid())
    return false;
  if (const Form *vlan = keywords.lookup("vlan"))
    result.acceptsTag = !vlan->isNil();
  result.minLength = keywords.lookup("min-len");
  if (const Form *options = keywords.lookup("options")) {
    result.checksOptions = options->isKeyword("CHECK");
    result.followsOptions = options->isSymbol("T");
    if (!options->isNil() && !result.checksOptions && !result.followsOptions) {
      error(options, "`:options` is `:check`, `t` or `nil`");
      return false;
    }
  }
  return true;
}

Result ProgramLowering::lowerWithPacket(const Call &call) {
  PacketForm form;
  if (!parsePacketForm(call, {"min-len"}, 2, form) ||
      !checkPacketAccess(call.form))
    return failed();
  std::optional<int64_t> minLength = 0;
  if (form.minLength)
    minLength = requireConstantIn(form.minLength, env, "`:min-len`", 0, 65535);
  bool isValid = minLength.has_value();
  if (!type->passVerdict) {
    error(listElement(call.form, 0),
          "a program of type `:" + type->name +
              "` has no verdict for packets that are too short; compare "
              "`(xdp-data)` with `(xdp-data-end)`");
    return failed();
  }
  NameScope names(*this);
  Value data = *readPacketField(call.form, uapi::FieldKind::Packet);
  Value end = *readPacketField(call.form, uapi::FieldKind::PacketEnd);
  Block *tooShort = createBlock();
  if (minLength.value_or(0) > 0)
    emitBoundsCheck(data, *minLength, end, tooShort);
  bindValue(form.names[0]->getSymbol(), data);
  bindValue(form.names[1]->getSymbol(), end);
  Result value = lowerBody(form.body, call.mode);
  llvm::SmallVector<Edge> edges;
  endWithEdge(edges, value.value_or(Value()));
  startBlock(tooShort);
  discardRecords(0);
  emitReturn(makeConstant(*type->passVerdict));
  return value && isValid ? join(edges, call.mode, call.form) : failed();
}

Result ProgramLowering::lowerWithHeader(const Call &call) {
  const Layer &layer = *lookupLayer(call.name.drop_front(strlen("WITH-")));
  bool isLink = layer.etherType.empty();
  llvm::SmallVector<llvm::StringRef> allowed;
  if (!isLink)
    allowed.push_back("vlan");
  if (layer.etherType == "ETH_P_IP")
    allowed.push_back("options");
  PacketForm form;
  if (!parsePacketForm(call, allowed, isLink ? 2 : 3, form) ||
      !checkPacketAccess(call.form))
    return failed();
  if (isLink && type->packetStart != uapi::PacketStart::Link) {
    error(listElement(call.form, 0),
          "the packet of a program of type `:" + type->name +
              "` does not start with an Ethernet header");
    return failed();
  }
  if (type->packetStart != uapi::PacketStart::Link &&
      type->packetStart != uapi::PacketStart::Network) {
    error(listElement(call.form, 0),
          "the packet of a program of type `:" + type->name +
              "` starts behind the header that `" + call.getName() +
              "` looks for");
    return failed();
  }
  NameScope names(*this);
  Value data = *readPacketField(call.form, uapi::FieldKind::Packet);
  Value end = *readPacketField(call.form, uapi::FieldKind::PacketEnd);
  Block *outside = createBlock();
  Value header = emitGuards(layer, data, end, form, outside);
  bindValue(form.names[0]->getSymbol(), data);
  bindValue(form.names[1]->getSymbol(), end);
  if (!isLink)
    bindValue(form.names[2]->getSymbol(), header);
  return joinWith(call, lowerBody(form.body, call.mode), outside);
}

/// `parse-eth` and its relatives: the header's address, or null.
Result ProgramLowering::lowerParse(const Call &call) {
  const Layer &layer = *lookupLayer(call.name.drop_front(strlen("PARSE-")));
  Result data = lowerPointer(call.args[0]);
  Result end = lowerPointer(call.args[1]);
  // A function may be given a packet without the context that it is from.
  if (!data || !end || (context && !checkPacketAccess(call.form)))
    return failed();
  PacketForm form;
  llvm::SmallVector<Edge> edges;
  Block *outside = createBlock();
  Value header = emitGuards(layer, *data, *end, form, outside);
  endWithEdge(edges, header);
  startBlock(outside);
  endWithEdge(edges, makeConstant(0));
  return join(edges, Mode::Value, call.form);
}
