//===- Forms.cpp - the forms of a program body ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The table of the language's forms.
//
//===----------------------------------------------------------------------===//

#include "Forms.h"

#include "ProgramLowering.h"

using namespace whistler;

namespace {
using P = ProgramLowering;
constexpr unsigned any = FormInfo::anyNumber;
} // namespace

/// Sorted by name.
static constexpr FormInfo forms[] = {
    {"*", 0, any, "(* a b...)", &P::lowerMultiply},
    {"+", 0, any, "(+ a b...)", &P::lowerAdd},
    {"-", 1, any, "(- a b...)", &P::lowerSubtract},
    {"/", 2, any, "(/ a b...)", &P::lowerDivide},
    {"/=", 1, any, "(/= a b...)", &P::lowerComparison},
    {"1+", 1, 1, "(1+ a)", &P::lowerIncrement},
    {"1-", 1, 1, "(1- a)", &P::lowerIncrement},
    {"<", 1, any, "(< a b...)", &P::lowerComparison},
    {"<<", 2, 2, "(<< value count)", &P::lowerShift},
    {"<=", 1, any, "(<= a b...)", &P::lowerComparison},
    {"=", 1, any, "(= a b...)", &P::lowerComparison},
    {">", 1, any, "(> a b...)", &P::lowerComparison},
    {">=", 1, any, "(>= a b...)", &P::lowerComparison},
    {">>", 2, 2, "(>> value count)", &P::lowerShift},
    {">>>", 2, 2, "(>>> value count)", &P::lowerShift},
    {"AND", 0, any, "(and form...)", &P::lowerAndOr},
    {"ASH", 2, 2, "(ash value count)", &P::lowerArithmeticShift},
    {"ASM", 5, 5, "(asm opcode dst src offset immediate)", &P::lowerAsm},
    {"ATOMIC-ADD", 3, 4, "(atomic-add ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-AND", 3, 4, "(atomic-and ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-CMPXCHG", 4, 5, "(atomic-cmpxchg ptr offset expected new [type])",
     &P::lowerAtomicCmpXchg},
    {"ATOMIC-FETCH-ADD", 3, 4, "(atomic-fetch-add ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-FETCH-AND", 3, 4, "(atomic-fetch-and ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-FETCH-OR", 3, 4, "(atomic-fetch-or ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-FETCH-XOR", 3, 4, "(atomic-fetch-xor ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-OR", 3, 4, "(atomic-or ptr offset value [type])", &P::lowerAtomic},
    {"ATOMIC-XCHG", 3, 4, "(atomic-xchg ptr offset value [type])",
     &P::lowerAtomic},
    {"ATOMIC-XOR", 3, 4, "(atomic-xor ptr offset value [type])",
     &P::lowerAtomic},
    {"BLOCK", 1, any, "(block name body...)", &P::lowerBlock},
    {"CASE", 1, any, "(case value (keys body...) ... (t body...))",
     &P::lowerCase},
    {"CAST", 2, 2, "(cast type value)", &P::lowerCast},
    {"COND", 0, any, "(cond (test body...) ...)", &P::lowerCond},
    {"CTX", 1, 2, "(ctx field [index])", &P::lowerCtx},
    {"CTX-LOAD", 2, 2, "(ctx-load type offset)", &P::lowerCtxLoad},
    {"CTX-PTR", 0, 0, "(ctx-ptr)", &P::lowerCtxPtr},
    {"DECF", 1, 2, "(decf place [delta])", &P::lowerIncf},
    {"DOTIMES", 1, any, "(dotimes (var count [result]) body...)",
     &P::lowerDotimes},
    {"GETMAP", 2, 2, "(getmap map key)", &P::lowerGetmap},
    {"HTONL", 1, 1, "(htonl value)", &P::lowerByteSwap},
    {"HTONLL", 1, 1, "(htonll value)", &P::lowerByteSwap},
    {"HTONS", 1, 1, "(htons value)", &P::lowerByteSwap},
    {"IF", 2, 3, "(if test then [else])", &P::lowerIf},
    {"IF-LET", 2, 3, "(if-let (var init) then [else])", &P::lowerIfLet},
    {"INCF", 1, 2, "(incf place [delta])", &P::lowerIncf},
    {"LET", 1, any, "(let ((var init) ...) body...)", &P::lowerLet},
    {"LET*", 1, any, "(let* ((var init) ...) body...)", &P::lowerLet},
    {"LOAD", 2, 3, "(load type ptr [offset])", &P::lowerLoad},
    {"LOG2", 1, 1, "(log2 value)", &P::lowerLog2},
    {"LOGAND", 0, any, "(logand a b...)", &P::lowerLogical},
    {"LOGIOR", 0, any, "(logior a b...)", &P::lowerLogical},
    {"LOGNOT", 1, 1, "(lognot a)", &P::lowerLognot},
    {"LOGXOR", 0, any, "(logxor a b...)", &P::lowerLogical},
    {"MACROLET", 1, any, "(macrolet ((name (args...) body...)) form...)",
     &P::lowerMacrolet},
    {"MAP-DELETE", 2, 2, "(map-delete map key)", &P::lowerMapDelete},
    {"MAP-DELETE-PTR", 2, 2, "(map-delete-ptr map key-ptr)",
     &P::lowerMapDelete},
    {"MAP-LOOKUP", 2, 2, "(map-lookup map key)", &P::lowerMapLookup},
    {"MAP-LOOKUP-PTR", 2, 2, "(map-lookup-ptr map key-ptr)",
     &P::lowerMapLookup},
    {"MAP-UPDATE", 3, 4, "(map-update map key value [flags])",
     &P::lowerMapUpdate},
    {"MAP-UPDATE-PTR", 3, 4, "(map-update-ptr map key-ptr value-ptr [flags])",
     &P::lowerMapUpdate},
    {"MAX", 1, any, "(max a b...)", &P::lowerMinMax},
    {"MEMCPY", 5, 5, "(memcpy dst dst-offset src src-offset size)",
     &P::lowerMemcpy},
    {"MEMSET", 4, 4, "(memset ptr offset value size)", &P::lowerMemset},
    {"MIN", 1, any, "(min a b...)", &P::lowerMinMax},
    {"MOD", 2, 2, "(mod a b)", &P::lowerModulo},
    {"NOT", 1, 1, "(not form)", &P::lowerNot},
    {"NTOHL", 1, 1, "(ntohl value)", &P::lowerByteSwap},
    {"NTOHLL", 1, 1, "(ntohll value)", &P::lowerByteSwap},
    {"NTOHS", 1, 1, "(ntohs value)", &P::lowerByteSwap},
    {"OR", 0, any, "(or form...)", &P::lowerAndOr},
    {"PARSE-ETH", 2, 2, "(parse-eth data end)", &P::lowerParse},
    {"PARSE-ICMP", 2, 2, "(parse-icmp data end)", &P::lowerParse},
    {"PARSE-IPV4", 2, 2, "(parse-ipv4 data end)", &P::lowerParse},
    {"PARSE-IPV6", 2, 2, "(parse-ipv6 data end)", &P::lowerParse},
    {"PARSE-TCP", 2, 2, "(parse-tcp data end)", &P::lowerParse},
    {"PARSE-UDP", 2, 2, "(parse-udp data end)", &P::lowerParse},
    {"PROGN", 0, any, "(progn form...)", &P::lowerProgn},
    {"REMMAP", 2, 2, "(remmap map key)", &P::lowerMapDelete},
    {"RETURN", 0, 1, "(return [value])", &P::lowerReturn},
    {"RETURN-FROM", 1, 2, "(return-from name [value])", &P::lowerReturnFrom},
    {"S<", 1, any, "(s< a b...)", &P::lowerComparison},
    {"S<=", 1, any, "(s<= a b...)", &P::lowerComparison},
    {"S>", 1, any, "(s> a b...)", &P::lowerComparison},
    {"S>=", 1, any, "(s>= a b...)", &P::lowerComparison},
    {"SETF", 0, any, "(setf place value ...)", &P::lowerSetf},
    {"SETQ", 0, any, "(setq var value ...)", &P::lowerSetf},
    {"STACK-ADDR", 1, 1, "(stack-addr var)", &P::lowerStackAddr},
    {"STORE", 4, 4, "(store type ptr offset value)", &P::lowerStore},
    {"SYMBOL-MACROLET", 1, any, "(symbol-macrolet ((name form)) body...)",
     &P::lowerSymbolMacrolet},
    {"TAIL-CALL", 2, 2, "(tail-call map index)", &P::lowerTailCall},
    {"UNLESS", 1, any, "(unless test body...)", &P::lowerWhen},
    {"WHEN", 1, any, "(when test body...)", &P::lowerWhen},
    {"WHEN-LET", 1, any, "(when-let ((var init) ...) body...)",
     &P::lowerWhenLet},
    {"WITH-ETH", 1, any, "(with-eth (data end) body...)", &P::lowerWithHeader},
    {"WITH-ICMP", 1, any, "(with-icmp (data end icmp) body...)",
     &P::lowerWithHeader},
    {"WITH-IPV4", 1, any, "(with-ipv4 (data end ip) body...)",
     &P::lowerWithHeader},
    {"WITH-IPV6", 1, any, "(with-ipv6 (data end ip6) body...)",
     &P::lowerWithHeader},
    {"WITH-PACKET", 1, any, "(with-packet (data end :min-len n) body...)",
     &P::lowerWithPacket},
    {"WITH-TCP", 1, any, "(with-tcp (data end tcp) body...)",
     &P::lowerWithHeader},
    {"WITH-UDP", 1, any, "(with-udp (data end udp) body...)",
     &P::lowerWithHeader},
    {"XDP-DATA", 0, 0, "(xdp-data)", &P::lowerXdpData},
    {"XDP-DATA-END", 0, 0, "(xdp-data-end)", &P::lowerXdpData},
};

llvm::ArrayRef<FormInfo> whistler::getForms() { return forms; }

const FormInfo *whistler::lookupForm(llvm::StringRef name) {
  const FormInfo *it = llvm::lower_bound(
      forms, name, [](const FormInfo &form, llvm::StringRef key) {
        return form.name < key;
      });
  return it != std::end(forms) && it->name == name ? it : nullptr;
}
