//===- Session.h - an object and the state of its maps ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What a loader makes of an object: programs that can be run, any number of
// times, and maps that live on between the runs.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_SESSION_H
#define WHISTLER_INTERPRETER_SESSION_H

#include "Whistler/Interpreter/Machine.h"

namespace whistler::interp {

/// An object with its maps.
class Session {
public:
  /// Loads an object file. The error names it.
  static llvm::Expected<std::unique_ptr<Session>> open(llvm::StringRef path);

  /// The same with an object that is there already.
  static llvm::Expected<std::unique_ptr<Session>> create(Object object);

  const Object &getObject() const { return object; }
  llvm::ArrayRef<std::unique_ptr<Map>> getMaps() const { return maps; }
  Environment &getEnvironment() { return environment; }
  Memory &getMemory() { return memory; }

  /// The map of that name, or null.
  Map *findMap(llvm::StringRef name);

  RunResult run(const Function &program, const RunInput &input) {
    return machine->run(program, input);
  }

  /// Where a slot is: "function+offset".
  std::string describeSlot(uint32_t slot) const {
    return machine->describeSlot(slot);
  }

  /// Adds a map to put into a map of maps, as `outer` describes it; null where
  /// that is none.
  llvm::Expected<Map *> createInner(const Map &outer, llvm::StringRef name);

  /// Makes all maps as they were when the object was loaded.
  llvm::Error reset();

private:
  explicit Session(Object object) : object(std::move(object)) {}

  llvm::Error createMaps();
  llvm::Error fillMap(Map &map);
  void linkAddresses();

  Object object;
  Memory memory;
  Environment environment;
  /// The address that functions count from.
  uint64_t codeBase = 0;
  /// Definitions of maps that were added later.
  std::deque<MapDefinition> added;
  std::vector<std::unique_ptr<Map>> maps;
  std::unique_ptr<Machine> machine;
};

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_SESSION_H
