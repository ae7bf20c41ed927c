//===- Server.h - a session behind a line protocol --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Answers requests in JSON; docs/Interpreter.md lists them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_SERVER_H
#define WHISTLER_INTERPRETER_SERVER_H

#include "Whistler/Interpreter/Session.h"

#include "llvm/Support/JSON.h"

namespace whistler::interp {

/// Carries out one request. A request that cannot be carried out is answered
/// with an object whose only member is `error`.
llvm::json::Object answer(Session &session, llvm::StringRef request);

/// Reads a line of JSON after the other from `in`, until it ends, and writes
/// the answers to standard output, a line each.
void serve(Session &session, FILE *in);

/// What bpftool calls a map type: "percpu_hash".
std::string getMapTypeName(uint32_t type);

/// The bytes that hexadecimal digits stand for, or nothing.
std::optional<Bytes> parseHex(llvm::StringRef digits);

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_SERVER_H
