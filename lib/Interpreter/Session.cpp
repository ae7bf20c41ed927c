//===- Session.cpp - an object and the state of its maps --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Creates maps and puts their addresses into the instructions.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Session.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include <linux/bpf.h>

using namespace llvm;
using namespace whistler::interp;

Expected<std::unique_ptr<Session>> Session::open(StringRef path) {
  Expected<Object> object = Object::read(path);
  if (!object)
    return object.takeError();
  Expected<std::unique_ptr<Session>> session = create(std::move(*object));
  if (!session)
    return createFileError(path, session.takeError());
  return session;
}

Expected<std::unique_ptr<Session>> Session::create(Object object) {
  std::unique_ptr<Session> session(new Session(std::move(object)));
  Region code;
  code.kind = RegionKind::Code;
  session->codeBase = session->memory.add(code);
  session->machine = std::make_unique<Machine>(
      session->object, session->memory, session->maps, session->environment);
  if (Error error = session->reset())
    return std::move(error);
  return session;
}

Error Session::reset() {
  maps.clear();
  added.clear();
  if (Error error = createMaps())
    return error;
  linkAddresses();
  return Error::success();
}

Error Session::createMaps() {
  for (const MapDefinition &definition : object.maps) {
    auto map = Map::create(memory, definition, maps.size());
    if (!map)
      return map.takeError();
    maps.push_back(std::move(*map));
  }
  for (std::unique_ptr<Map> &map : maps)
    if (Error error = fillMap(*map))
      return error;
  return Error::success();
}

/// Entries that the object's definition of the map sets.
Error Session::fillMap(Map &map) {
  for (const auto &[index, name] : map.getDefinition().initial) {
    uint8_t key[sizeof(index)], value[sizeof(uint32_t)];
    support::endian::write32le(key, index);
    const Function *program = object.findProgram(name);
    Map *inner = findMap(name);
    if (!program && !inner)
      return createStringError("the map '" + map.getDefinition().name +
                               "' has the entry '" + name +
                               "', which is neither a program nor a map");
    support::endian::write32le(value, program
                                          ? program - object.functions.data()
                                          : inner->getNumber());
    if (map.update(key, value, BPF_ANY))
      return createStringError("the map '" + map.getDefinition().name +
                               "' has more entries than it may");
  }
  return Error::success();
}

void Session::linkAddresses() {
  static const uint32_t first = 0;
  for (const AddressReference &reference : object.addresses) {
    uint64_t &value = object.code[reference.slot].wide;
    switch (reference.kind) {
    case AddressReference::Map:
      value = maps[reference.index]->getHandle();
      break;
    case AddressReference::MapValue:
      value = maps[reference.index]->lookup(
                  reinterpret_cast<const uint8_t *>(&first)) +
              reference.offset;
      break;
    case AddressReference::Function:
      value = codeBase + reference.index;
      break;
    }
  }
}

Map *Session::findMap(StringRef name) {
  for (std::unique_ptr<Map> &map : maps)
    if (map->getDefinition().name == name)
      return map.get();
  return nullptr;
}

Expected<Map *> Session::createInner(const Map &outer, StringRef name) {
  const MapDefinition &definition = outer.getDefinition();
  if (definition.inner.empty())
    return createStringError("'" + definition.name + "' holds no maps");
  MapDefinition &inner = added.emplace_back(definition.inner.front());
  inner.name = name.str();
  auto map = Map::create(memory, inner, maps.size());
  if (!map)
    return map.takeError();
  maps.push_back(std::move(*map));
  return maps.back().get();
}
