//===- EclLibrary.cpp - Common Lisp, loaded when it is needed ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds ECL and what is used of it.
//
//===----------------------------------------------------------------------===//

#include "EclLibrary.h"

#include "llvm/Support/DynamicLibrary.h"

using namespace whistler;

ecl::Library ecl::library;

bool ecl::Library::load(std::string &error) {
  if (isLoaded)
    return true;
  using llvm::sys::DynamicLibrary;
  // Where libraries are, or else where it was when this was built. The garbage
  // collector's functions are found through ECL, which is linked with it.
  DynamicLibrary loaded;
  for (const char *path : {WHISTLER_ECL_SONAME, WHISTLER_ECL_LIBRARY}) {
    loaded = DynamicLibrary::getPermanentLibrary(path, &error);
    if (loaded.isValid())
      break;
  }
  if (!loaded.isValid())
    return false;
  // `name` is the member: the header says so.
#define LOOK_UP(name)                                                          \
  name = reinterpret_cast<decltype(name)>(loaded.getAddressOfSymbol(#name));   \
  if (!name) {                                                                 \
    error = WHISTLER_ECL_SONAME " has no " #name;                              \
    return false;                                                              \
  }
  FOR_EACH_ECL_FUNCTION(LOOK_UP)
  LOOK_UP(cl_symbols)
#undef LOOK_UP
#undef cl_core
  cl_core = static_cast<cl_core_struct *>(loaded.getAddressOfSymbol("cl_core"));
  if (!cl_core) {
    error = WHISTLER_ECL_SONAME " has no cl_core";
    return false;
  }
  return isLoaded = true;
}
