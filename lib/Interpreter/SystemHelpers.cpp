//===- SystemHelpers.cpp - helpers for time, tasks and memory ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What programs ask of the system, from the environment that the user gave.
//
//===----------------------------------------------------------------------===//

#include "Format.h"
#include "Helpers.h"

#include "llvm/ADT/STLExtras.h"
#include <cerrno>
#include <cstring>
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

/// Ticks of CONFIG_HZ=250, and what they are counted from at the start
/// (INITIAL_JIFFIES: five minutes before the counter wraps at 32 bits).
static constexpr uint64_t nanosecondsPerTick = 4'000'000;
static constexpr uint64_t initialTicks = uint32_t(-300 * 250);

static uint64_t readClock(Machine &machine, const uint64_t *) {
  return machine.getEnvironment().readClock();
}

static uint64_t readTicks(Machine &machine, const uint64_t *) {
  return initialTicks +
         machine.getEnvironment().readClock() / nanosecondsPerTick;
}

static uint64_t random(Machine &machine, const uint64_t *) {
  return machine.getEnvironment().nextRandom();
}

/// A field of the environment.
template <auto field>
static uint64_t environmentValue(Machine &machine, const uint64_t *) {
  return machine.getEnvironment().*field;
}

static uint64_t zero(Machine &, const uint64_t *) { return 0; }

static uint64_t currentComm(Machine &machine, const uint64_t *arguments) {
  uint64_t size = static_cast<uint32_t>(arguments[1]);
  uint8_t *buffer = machine.getWritable(arguments[0], size);
  if (!buffer || !size)
    return errorValue(EINVAL);
  StringRef name = machine.getEnvironment().comm;
  name = name.take_front(size - 1);
  std::memset(buffer, 0, size);
  llvm::copy(name, buffer);
  return 0;
}

//===----------------------------------------------------------------------===//
// Memory and strings
//===----------------------------------------------------------------------===//

static uint64_t probeRead(Machine &machine, const uint64_t *arguments) {
  uint64_t size = static_cast<uint32_t>(arguments[1]);
  uint8_t *buffer = machine.getWritable(arguments[0], size);
  if (!buffer || !size)
    return 0;
  if (const uint8_t *source = machine.peek(arguments[2], size)) {
    std::memmove(buffer, source, size);
    return 0;
  }
  std::memset(buffer, 0, size);
  return errorValue(EFAULT);
}

static uint64_t probeReadString(Machine &machine, const uint64_t *arguments) {
  uint64_t size = static_cast<uint32_t>(arguments[1]);
  uint8_t *buffer = machine.getWritable(arguments[0], size);
  if (!buffer || !size)
    return 0;
  std::optional<std::string> text = readString(machine, arguments[2], size - 1);
  if (!text) {
    std::memset(buffer, 0, size);
    return errorValue(EFAULT);
  }
  std::memcpy(buffer, text->c_str(), text->size() + 1);
  return text->size() + 1;
}

static uint64_t compareStrings(Machine &machine, const uint64_t *arguments) {
  uint64_t size = static_cast<uint32_t>(arguments[1]);
  const uint8_t *a = machine.getReadable(arguments[0], size);
  if (!a)
    return 0;
  for (uint64_t at = 0; at != size; ++at) {
    const uint8_t *b = machine.getReadable(arguments[2] + at, 1);
    if (!b)
      return 0;
    if (a[at] != *b)
      return a[at] < *b ? uint64_t(-1) : 1;
    if (!a[at])
      break;
  }
  return 0;
}

/// The format string of `size` bytes, its NUL included, or nothing.
static std::optional<StringRef> getFormat(Machine &machine, uint64_t address,
                                          uint64_t size) {
  const uint8_t *bytes = machine.getReadable(address, size);
  if (!bytes || !size || bytes[size - 1])
    return std::nullopt;
  return StringRef(reinterpret_cast<const char *>(bytes));
}

static uint64_t print(Machine &machine, StringRef format,
                      ArrayRef<uint64_t> values) {
  std::optional<std::string> text = formatText(machine, format, values);
  if (!text)
    return errorValue(EINVAL);
  machine.getResult().trace.push_back(*text);
  return text->size();
}

static uint64_t tracePrintk(Machine &machine, const uint64_t *arguments) {
  std::optional<StringRef> format =
      getFormat(machine, arguments[0], uint32_t(arguments[1]));
  return format ? print(machine, *format,
                        {arguments[2], arguments[3], arguments[4]})
                : errorValue(EINVAL);
}

/// The array of arguments that a helper is given.
static std::optional<std::vector<uint64_t>>
getValues(Machine &machine, uint64_t address, uint64_t size) {
  const uint8_t *bytes = machine.getReadable(address, size);
  if (!bytes || size % sizeof(uint64_t))
    return std::nullopt;
  std::vector<uint64_t> values(size / sizeof(uint64_t));
  if (size)
    std::memcpy(values.data(), bytes, size);
  return values;
}

static uint64_t traceVPrintk(Machine &machine, const uint64_t *arguments) {
  std::optional<StringRef> format =
      getFormat(machine, arguments[0], uint32_t(arguments[1]));
  auto values = getValues(machine, arguments[2], uint32_t(arguments[3]));
  return format && values ? print(machine, *format, *values)
                          : errorValue(EINVAL);
}

static uint64_t formatString(Machine &machine, const uint64_t *arguments) {
  uint64_t size = static_cast<uint32_t>(arguments[1]);
  uint8_t *buffer = machine.getWritable(arguments[0], size);
  std::optional<std::string> format =
      readString(machine, arguments[2], UINT32_MAX);
  auto values = getValues(machine, arguments[3], uint32_t(arguments[4]));
  if (!buffer || !format || !values)
    return errorValue(EINVAL);
  std::optional<std::string> text = formatText(machine, *format, *values);
  if (!text)
    return errorValue(EINVAL);
  if (size) {
    size_t kept = std::min<size_t>(text->size(), size - 1);
    std::memcpy(buffer, text->data(), kept);
    buffer[kept] = 0;
  }
  return text->size() + 1;
}

static constexpr NamedHelper helpers[] = {
    {"ktime_get_ns", readClock},
    {"ktime_get_boot_ns", readClock},
    {"ktime_get_coarse_ns", readClock},
    {"ktime_get_tai_ns", readClock},
    {"jiffies64", readTicks},
    {"get_prandom_u32", random},
    {"get_smp_processor_id", environmentValue<&Environment::cpu>},
    {"get_numa_node_id", zero},
    {"get_current_pid_tgid", environmentValue<&Environment::pidTgid>},
    {"get_current_uid_gid", environmentValue<&Environment::uidGid>},
    {"get_current_task", environmentValue<&Environment::task>},
    {"get_current_task_btf", environmentValue<&Environment::task>},
    {"get_current_cgroup_id", environmentValue<&Environment::cgroup>},
    {"get_attach_cookie", environmentValue<&Environment::cookie>},
    {"get_current_comm", currentComm},
    {"probe_read", probeRead},
    {"probe_read_kernel", probeRead},
    {"probe_read_user", probeRead},
    {"copy_from_user", probeRead},
    {"probe_read_str", probeReadString},
    {"probe_read_kernel_str", probeReadString},
    {"probe_read_user_str", probeReadString},
    {"strncmp", compareStrings},
    {"trace_printk", tracePrintk},
    {"trace_vprintk", traceVPrintk},
    {"snprintf", formatString},
};

ArrayRef<NamedHelper> whistler::interp::getSystemHelpers() { return helpers; }
