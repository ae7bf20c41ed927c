//===- LayoutTest.cpp - Contexts, protocols, constants --------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Offsets, accessors and constants that programs name.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/Constants.h"
#include "Whistler/UAPI/Contexts.h"
#include "Whistler/UAPI/Protocols.h"

#include "llvm/ADT/STLExtras.h"

#include <gtest/gtest.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <set>
#include <string>

using namespace whistler::uapi;

TEST(Contexts, DescribeEachProgramType) {
  for (const ProgramType &type : getProgramTypes()) {
    const ContextStruct *context = getContextStruct(type.kind);
    EXPECT_EQ(context == nullptr, type.contextStruct.empty())
        << type.name.str();
  }
  EXPECT_EQ(getContextStruct(ProgramKind::XDP)->name, "xdp_md");
}

TEST(Contexts, FindFieldsByEitherName) {
  const ContextStruct *xdp = lookupContextStruct("xdp_md");
  ASSERT_NE(xdp, nullptr);
  EXPECT_EQ(xdp->size, sizeof(xdp_md));
  const ContextField *field = xdp->lookup("INGRESS-IFINDEX");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field, xdp->lookup("ingress_ifindex"));
  EXPECT_EQ(field->offset, offsetof(xdp_md, ingress_ifindex));
  EXPECT_EQ(field->size, 4u);
  EXPECT_EQ(field->count, 0u);
  EXPECT_EQ(field->type, "__u32");
  EXPECT_EQ(xdp->lookup("frobnicate"), nullptr);
}

TEST(Contexts, KnowPacketPointers) {
  const ContextStruct *xdp = lookupContextStruct("xdp_md");
  EXPECT_EQ(xdp->lookup("data")->kind, FieldKind::Packet);
  EXPECT_EQ(xdp->lookup("data-end")->kind, FieldKind::PacketEnd);
  EXPECT_EQ(xdp->lookup("data-meta")->kind, FieldKind::PacketMeta);
  const ContextStruct *ops = lookupContextStruct("bpf_sock_ops");
  EXPECT_EQ(ops->lookup("skb-data")->kind, FieldKind::Packet);
  EXPECT_EQ(ops->lookup("skb-data")->size, 8u);
  EXPECT_EQ(lookupContextStruct("sk_msg_md")->lookup("data-end")->kind,
            FieldKind::PacketEnd);
}

TEST(Contexts, KnowArraysAndPointers) {
  const ContextStruct *skb = lookupContextStruct("__sk_buff");
  const ContextField *cb = skb->lookup("cb");
  EXPECT_EQ(cb->count, 5u);
  EXPECT_EQ(cb->size, 4u);
  EXPECT_EQ(cb->totalSize(), 20u);
  const ContextField *sk = skb->lookup("sk");
  EXPECT_EQ(sk->kind, FieldKind::Pointer);
  EXPECT_EQ(sk->pointee, "bpf_sock");
  EXPECT_EQ(sk->offset, offsetof(__sk_buff, sk));
  EXPECT_EQ(sk->type, "struct bpf_sock *");
  EXPECT_TRUE(
      lookupContextStruct("bpf_sock")->lookup("rx-queue-mapping")->isSigned);
}

TEST(Contexts, FieldsComeInDeclarationOrder) {
  for (const ContextStruct &context : getContextStructs()) {
    EXPECT_FALSE(context.fields.empty()) << context.name.str();
    uint32_t offset = 0;
    for (const ContextField &field : context.fields) {
      EXPECT_GE(field.offset, offset) << field.cName.str();
      EXPECT_LE(field.offset + field.totalSize(), context.size);
      EXPECT_GT(field.size, 0u);
      offset = field.offset;
    }
  }
}

TEST(Contexts, KnowUnionMembers) {
  const ContextStruct *ops = lookupContextStruct("bpf_sock_ops");
  EXPECT_EQ(ops->lookup("args")->offset, ops->lookup("reply")->offset);
  EXPECT_EQ(ops->lookup("replylong")->count, 4u);
  const ContextStruct *lookup = lookupContextStruct("bpf_sk_lookup");
  EXPECT_EQ(lookup->lookup("cookie")->offset, 0u);
  EXPECT_EQ(lookup->lookup("remote-port")->size, 2u);
}

TEST(Contexts, KnowWhatMayBeAccessed) {
  const ContextStruct *skb = lookupContextStruct("__sk_buff");
  EXPECT_TRUE(isFieldWritable(ProgramKind::TC, *skb->lookup("mark")));
  EXPECT_FALSE(isFieldWritable(ProgramKind::TC, *skb->lookup("len")));
  EXPECT_FALSE(
      isFieldReadable(ProgramKind::SocketFilter, *skb->lookup("data")));
  const ContextStruct *xdp = lookupContextStruct("xdp_md");
  for (const ContextField &field : xdp->fields) {
    EXPECT_TRUE(isFieldReadable(ProgramKind::XDP, field));
    EXPECT_FALSE(isFieldWritable(ProgramKind::XDP, field));
  }
}

TEST(Contexts, KnowCallRegisters) {
  const ContextStruct *regs = getContextStruct(ProgramKind::Kprobe);
  ASSERT_NE(regs, nullptr);
#if defined(__x86_64__)
  EXPECT_EQ(getCallRegisterOffset(CallRegister::Parm1),
            regs->lookup("rdi")->offset);
  EXPECT_EQ(getCallRegisterOffset(CallRegister::ReturnValue),
            regs->lookup("rax")->offset);
  EXPECT_EQ(getCallRegisterOffset(CallRegister::InstructionPointer),
            regs->lookup("rip")->offset);
#endif
}

TEST(Protocols, NamesAreUniqueAndPrefixed) {
  std::set<std::string> names;
  for (const ProtocolHeader &header : getProtocolHeaders())
    for (const ProtocolField &field : header.fields) {
      EXPECT_TRUE(names.insert(field.name.str()).second) << field.name.str();
      EXPECT_TRUE(field.name.starts_with(header.name.str() + "-"));
      EXPECT_LE(uint32_t(field.offset) + field.width, header.size)
          << field.name.str();
      EXPECT_EQ(lookupProtocolField(field.name), &field);
    }
}

static void expectField(llvm::StringRef name, unsigned offset, unsigned width,
                        bool netOrder, unsigned shift, uint64_t mask) {
  const ProtocolField *field = lookupProtocolField(name);
  ASSERT_NE(field, nullptr) << name.str();
  EXPECT_EQ(field->offset, offset) << name.str();
  EXPECT_EQ(field->width, width) << name.str();
  EXPECT_EQ(field->netOrder, netOrder) << name.str();
  EXPECT_EQ(field->shift, shift) << name.str();
  EXPECT_EQ(field->mask, mask) << name.str();
}

// The numbers are those of the protocols' specifications, so that they check
// the structs independently.
TEST(Protocols, MatchTheWireFormats) {
  expectField("eth-type", 12, 2, true, 0, 0xffff);
  expectField("vlan-id", 0, 2, true, 0, 0xfff);
  expectField("vlan-pcp", 0, 2, true, 13, 7);
  expectField("ipv4-version", 0, 1, false, 4, 0xf);
  expectField("ipv4-ihl", 0, 1, false, 0, 0xf);
  expectField("ipv4-total-len", 2, 2, true, 0, 0xffff);
  expectField("ipv4-frag-off", 6, 2, true, 0, 0x1fff);
  expectField("ipv4-ttl", 8, 1, false, 0, 0xff);
  expectField("ipv4-protocol", 9, 1, false, 0, 0xff);
  expectField("ipv4-src-addr", 12, 4, false, 0, 0xffffffff);
  expectField("ipv6-flow-label", 0, 4, true, 0, 0xfffff);
  expectField("ipv6-traffic-class", 0, 2, true, 4, 0xff);
  expectField("ipv6-nexthdr", 6, 1, false, 0, 0xff);
  expectField("tcp-dst-port", 2, 2, true, 0, 0xffff);
  expectField("tcp-seq", 4, 4, true, 0, 0xffffffff);
  expectField("tcp-data-offset", 12, 1, false, 4, 0xf);
  expectField("tcp-flags", 13, 1, false, 0, 0xff);
  expectField("tcp-window", 14, 2, true, 0, 0xffff);
  expectField("udp-length", 4, 2, true, 0, 0xffff);
  expectField("icmp-code", 1, 1, false, 0, 0xff);
  expectField("arp-operation", 6, 2, true, 0, 0xffff);
  expectField("arp-sender-addr", 14, 4, false, 0, 0xffffffff);
  EXPECT_TRUE(lookupProtocolField("eth-dst")->isAddress);
  EXPECT_TRUE(lookupProtocolField("IPV6-SRC-ADDR")->isAddress);
  EXPECT_EQ(lookupProtocolField("ipv6-src-addr")->offset, 8);
  EXPECT_EQ(lookupProtocolField("ipv6-src-addr-lo")->offset, 16);
  EXPECT_FALSE(lookupProtocolField("tcp-seq")->isPartial());
  EXPECT_TRUE(lookupProtocolField("tcp-data-offset")->isPartial());
}

TEST(Constants, TableIsSorted) {
  llvm::ArrayRef<Constant> constants = getConstants();
  EXPECT_GT(constants.size(), 500u);
  for (size_t i = 1; i < constants.size(); ++i)
    EXPECT_LT(constants[i - 1].name.compare_insensitive(constants[i].name), 0)
        << constants[i].name.str();
}

TEST(Constants, AreFoundInAnyLetterCase) {
  EXPECT_EQ(lookupConstant("XDP_PASS"), int64_t(XDP_PASS));
  EXPECT_EQ(lookupConstant("xdp_pass"), int64_t(XDP_PASS));
  EXPECT_EQ(lookupConstant("TC_ACT_UNSPEC"), int64_t(TC_ACT_UNSPEC));
  EXPECT_EQ(lookupConstant("TC_ACT_REDIRECT"), int64_t(TC_ACT_REDIRECT));
  EXPECT_EQ(lookupConstant("BPF_NOEXIST"), int64_t(BPF_NOEXIST));
  EXPECT_EQ(lookupConstant("BPF_F_CTXLEN_MASK"), int64_t(BPF_F_CTXLEN_MASK));
  EXPECT_EQ(lookupConstant("BPF_FUNC_MAP_LOOKUP_ELEM"),
            int64_t(BPF_FUNC_map_lookup_elem));
  EXPECT_EQ(lookupConstant("BPF_MAP_TYPE_RINGBUF"),
            int64_t(BPF_MAP_TYPE_RINGBUF));
  EXPECT_EQ(lookupConstant("XDP_FLAGS_SKB_MODE"), int64_t(2));
  EXPECT_EQ(lookupConstant("XDP_FROB"), std::nullopt);
}

TEST(Constants, IncludeProtocolNumbers) {
  EXPECT_EQ(lookupConstant("+ethertype-ipv4+"), 0x0800);
  EXPECT_EQ(lookupConstant("+ETHERTYPE-IPV6+"), 0x86dd);
  EXPECT_EQ(lookupConstant("+eth-hdr-len+"), 14);
  EXPECT_EQ(lookupConstant("+vlan-hdr-len+"), 4);
  EXPECT_EQ(lookupConstant("+arp-hdr-len+"), 28);
  EXPECT_EQ(lookupConstant("+ipv4-hdr-len+"), 20);
  EXPECT_EQ(lookupConstant("+ipv6-hdr-len+"), 40);
  EXPECT_EQ(lookupConstant("+tcp-hdr-len+"), 20);
  EXPECT_EQ(lookupConstant("+udp-hdr-len+"), 8);
  EXPECT_EQ(lookupConstant("+icmp-hdr-len+"), 8);
  EXPECT_EQ(lookupConstant("+ip-proto-tcp+"), 6);
  EXPECT_EQ(lookupConstant("+ip-proto-icmpv6+"), 58);
  EXPECT_EQ(lookupConstant("+tcp-fin+"), 0x01);
  EXPECT_EQ(lookupConstant("+tcp-syn+"), 0x02);
  EXPECT_EQ(lookupConstant("+tcp-ack+"), 0x10);
  EXPECT_EQ(lookupConstant("+tcp-cwr+"), 0x80);
  EXPECT_EQ(lookupConstant("+icmp-echo-request+"), 8);
}
