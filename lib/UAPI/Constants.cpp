//===- Constants.cpp - Constants of the kernel headers --------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Look-ups in the generated table of constants.
//
//===----------------------------------------------------------------------===//

// The C library's headers come first: the kernel's leave out what these define.
#include <sys/socket.h>

#include "Whistler/UAPI/Constants.h"

#include "Lookup.h"
#include "PacketHeaders.h"

#include "llvm/ADT/bit.h"

#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/pkt_cls.h>

using namespace whistler::uapi;

/// A TCP_FLAG_* constant, which is a mask over the header's fourth word in
/// network order, as a bit of the flags byte.
static constexpr int64_t tcpFlag(uint32_t wordMask) {
  if (llvm::endianness::native == llvm::endianness::little)
    wordMask = __builtin_bswap32(wordMask);
  return (wordMask >> 16) & 0xff;
}

static constexpr Constant constants[] = {
#include "Constants.inc"
};

llvm::ArrayRef<Constant> whistler::uapi::getConstants() { return constants; }

std::optional<int64_t> whistler::uapi::lookupConstant(llvm::StringRef name) {
  if (const Constant *constant = lookupByName<Constant>(constants, name))
    return constant->value;
  return std::nullopt;
}
