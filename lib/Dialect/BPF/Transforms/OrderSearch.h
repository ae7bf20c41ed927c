//===- OrderSearch.h - the best order of a few blocks -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A search for the order with the fewest jumps.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ORDERSEARCH_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ORDERSEARCH_H

#include "BlockOrder.h"

namespace mlir::bpf {

/// Searches for the order of `blocks`, which are the reachable ones of a
/// function in reverse postorder, at most `maxSearchedBlocks`. The larger
/// `beamWidth` is, the better the order, and the longer it takes.
BlockOrder searchBlockOrder(ArrayRef<Block *> blocks, unsigned beamWidth);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ORDERSEARCH_H
