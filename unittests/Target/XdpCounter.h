//===- XdpCounter.h - A complete small object for tests ---------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// An XDP program that counts packets, put together by hand.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UNITTESTS_TARGET_XDPCOUNTER_H
#define WHISTLER_UNITTESTS_TARGET_XDPCOUNTER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

namespace whistler {

/// Replaces `Out` by the object: program `count` in section `xdp`, map
/// `pkt_count`, with BTF, function and line records.
llvm::Error buildXdpCounter(llvm::SmallVectorImpl<char> &Out);

} // namespace whistler

#endif // WHISTLER_UNITTESTS_TARGET_XDPCOUNTER_H
