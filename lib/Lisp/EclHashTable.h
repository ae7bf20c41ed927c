//===- EclHashTable.h - hash tables that are the same in each run -*- C++ -*-=//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Hash tables that are walked in the order in which they were filled.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLHASHTABLE_H
#define WHISTLER_LIB_LISP_ECLHASHTABLE_H

#include "EclLibrary.h"

namespace whistler::ecl {

/// Makes a table keep its entries in order, from the present order on, unless
/// it is weak, synchronized or has a test of its own. Gives the table. May be
/// unwound.
cl_object orderHashTable(cl_object table);

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ECLHASHTABLE_H
