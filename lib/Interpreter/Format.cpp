//===- Format.cpp - the formats of trace_printk and snprintf ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Takes a format apart as kernel/bpf/helpers.c does, and leaves numbers to the
// C library.
//
//===----------------------------------------------------------------------===//

#include "Format.h"

#include "llvm/ADT/StringExtras.h"
#include <arpa/inet.h>
#include <cstdio>
#include <cstring>

using namespace llvm;
using namespace whistler::interp;

/// No string that is printed is longer.
static constexpr uint64_t maxString = 512;

std::optional<std::string> whistler::interp::readString(Machine &machine,
                                                        uint64_t address,
                                                        uint64_t limit) {
  std::string text;
  for (uint64_t at = 0; at != limit; ++at) {
    const uint8_t *byte = machine.peek(address + at, 1);
    if (!byte)
      return std::nullopt;
    if (!*byte)
      break;
    text += static_cast<char>(*byte);
  }
  return text;
}

/// %pI4 and %pI6: the address at a pointer. Takes the suffix off the format.
static std::optional<std::string>
formatPointer(Machine &machine, StringRef &format, uint64_t argument) {
  char text[INET6_ADDRSTRLEN];
  for (auto [suffix, family, bytes] :
       {std::tuple("I4", AF_INET, 4u), std::tuple("I6", AF_INET6, 16u)}) {
    if (!format.consume_front_insensitive(suffix))
      continue;
    const uint8_t *address = machine.peek(argument, bytes);
    if (!address || !inet_ntop(family, address, text, sizeof(text)))
      return std::nullopt;
    return text;
  }
  // The kernel prints a hash of the address.
  format.consume_front("K") || format.consume_front("x");
  std::snprintf(text, sizeof(text), "%016llx",
                static_cast<unsigned long long>(argument));
  return text;
}

/// One conversion: flags and width, the length as a count of `l`, the letter.
static std::optional<std::string> formatNumber(StringRef flags, unsigned longs,
                                               char letter, uint64_t argument) {
  if (!longs)
    argument = letter == 'd' || letter == 'i' ? int64_t(int32_t(argument))
                                              : uint32_t(argument);
  std::string pattern = ("%" + flags + "ll").str() + letter;
  char text[128];
  int length = std::snprintf(text, sizeof(text), pattern.c_str(),
                             static_cast<unsigned long long>(argument));
  if (length < 0 || size_t(length) >= sizeof(text))
    return std::nullopt;
  return text;
}

static std::optional<std::string>
formatConversion(Machine &machine, StringRef &format, uint64_t argument) {
  StringRef flags = format.take_while(
      [](char c) { return isDigit(c) || StringRef("-+ #.").contains(c); });
  format = format.drop_front(flags.size());
  StringRef longs = format.take_while([](char c) { return c == 'l'; });
  format = format.drop_front(longs.size());
  if (format.empty() || longs.size() > 2 || flags.size() > 8)
    return std::nullopt;
  char letter = format.front();
  format = format.drop_front();
  switch (letter) {
  case 's':
    return readString(machine, argument, maxString);
  case 'c':
    return std::string(1, static_cast<char>(argument));
  case 'p':
    return formatPointer(machine, format, argument);
  case 'd':
  case 'i':
  case 'u':
  case 'x':
  case 'X':
    return formatNumber(flags, longs.size(), letter, argument);
  default:
    return std::nullopt;
  }
}

std::optional<std::string>
whistler::interp::formatText(Machine &machine, StringRef format,
                             ArrayRef<uint64_t> arguments) {
  std::string text;
  while (!format.empty()) {
    size_t percent = std::min(format.find('%'), format.size());
    text += format.take_front(percent);
    format = format.drop_front(percent);
    if (format.consume_front("%%")) {
      text += '%';
      continue;
    }
    if (!format.consume_front("%"))
      break;
    if (arguments.empty())
      return std::nullopt;
    std::optional<std::string> part =
        formatConversion(machine, format, arguments.front());
    if (!part)
      return std::nullopt;
    text += *part;
    arguments = arguments.drop_front();
  }
  return text;
}
