//===- Helpers.cpp - the helpers that the interpreter has -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The tables of all helpers, by number.
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

static std::vector<HelperEntry> makeEntries() {
  std::vector<HelperEntry> entries;
  for (ArrayRef<NamedHelper> table :
       {getMapHelpers(), getSystemHelpers(), getPacketHelpers()})
    for (const NamedHelper &named : table) {
      // Headers that are older than a helper do not have it.
      const uapi::Helper *helper = uapi::lookupHelperByCName(named.name);
      if (!helper)
        continue;
      if (helper->id >= entries.size())
        entries.resize(helper->id + 1);
      entries[helper->id] = {helper, named.run, named.changesPacket};
    }
  return entries;
}

const HelperEntry *whistler::interp::lookupHelperEntry(uint32_t id) {
  static const std::vector<HelperEntry> entries = makeEntries();
  return id < entries.size() ? &entries[id] : nullptr;
}

bool whistler::interp::isHelperSupported(uint32_t id) {
  const HelperEntry *entry = lookupHelperEntry(id);
  return entry && entry->run;
}
