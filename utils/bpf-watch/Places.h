//===- Places.h - Values in maps and globals by name
//-----------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads and writes what an object keeps, addressed as in `flows[5].packets` or
// `limit`, by the types that its BTF gives.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UTILS_BPFWATCH_PLACES_H
#define WHISTLER_UTILS_BPFWATCH_PLACES_H

#include "Subject.h"

#include <bpf/libbpf.h>

/// What names mean.
struct Scope {
  struct bpf_object *object;
  const struct Subject *subject;
};

/// Sets a global, before the object is loaded: `NAME=NUMBER`. Says why on
/// failure.
bool setGlobal(const struct Scope *scope, const char *assignment);

/// Checks `PLACE=VALUE`, `PLACE!=VALUE` or `PLACE>=VALUE`. A place is
/// `MAP[KEY]` or `GLOBAL`, followed by `.FIELD` any number of times. A value or
/// key is a number or a word such as `@tid` for what is known of the process;
/// an array of bytes is compared with the value as text, `@comm` included.
/// Prints the outcome as one line and returns whether it is as expected.
bool checkPlace(const struct Scope *scope, const char *expectation);

#endif // WHISTLER_UTILS_BPFWATCH_PLACES_H
