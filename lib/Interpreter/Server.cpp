//===- Server.cpp - a session behind a line protocol ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// One function for each request, in a table.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Server.h"
#include "Whistler/UAPI/MapTypes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;

namespace json = llvm::json;

std::string whistler::interp::getMapTypeName(uint32_t type) {
  const uapi::MapType *found = uapi::lookupMapTypeByValue(type);
  if (!found)
    return std::to_string(type);
  StringRef name = found->enumerator;
  name.consume_front("BPF_MAP_TYPE_");
  return name.lower();
}

std::optional<Bytes> whistler::interp::parseHex(StringRef digits) {
  std::string text;
  if (digits.size() % 2 || !tryGetFromHex(digits, text))
    return std::nullopt;
  return Bytes(text.begin(), text.end());
}

static std::string hex(ArrayRef<uint8_t> bytes) {
  return toHex(bytes, /*LowerCase=*/true);
}

//===----------------------------------------------------------------------===//
// Members of requests
//===----------------------------------------------------------------------===//

/// Bytes in hexadecimal; nothing where the request has no such member.
static Expected<std::optional<Bytes>> optionalBytes(const json::Object &request,
                                                    StringRef name) {
  const json::Value *member = request.get(name);
  if (!member || member->getAsNull())
    return std::nullopt;
  std::optional<StringRef> digits = member->getAsString();
  std::optional<Bytes> bytes = digits ? parseHex(*digits) : std::nullopt;
  if (!bytes)
    return createStringError("'" + name + "' has to be hexadecimal digits");
  return bytes;
}

/// Bytes of that size.
static Expected<Bytes> sizedBytes(const json::Object &request, StringRef name,
                                  uint32_t size) {
  Expected<std::optional<Bytes>> bytes = optionalBytes(request, name);
  if (!bytes)
    return bytes.takeError();
  if (!*bytes)
    return createStringError("'" + name + "' is missing");
  if ((*bytes)->size() != size)
    return createStringError("'" + name + "' has " + Twine((*bytes)->size()) +
                             " bytes, and not " + Twine(size));
  return **bytes;
}

/// A number of 64 bits, as such or as text in any base.
static Expected<uint64_t> number(const json::Value &value, StringRef name) {
  if (std::optional<uint64_t> plain = value.getAsUINT64())
    return *plain;
  if (std::optional<int64_t> plain = value.getAsInteger())
    return *plain;
  uint64_t result;
  std::optional<StringRef> text = value.getAsString();
  if (!text || text->getAsInteger(0, result))
    return createStringError("'" + name + "' has to be a number");
  return result;
}

static Expected<uint64_t> number(const json::Object &request, StringRef name,
                                 uint64_t otherwise) {
  const json::Value *member = request.get(name);
  return member ? number(*member, name) : otherwise;
}

static Expected<Map *> findMap(Session &session, const json::Object &request) {
  std::optional<StringRef> name = request.getString("map");
  if (!name)
    return createStringError("'map' is missing");
  Map *map = session.findMap(*name);
  if (!map)
    return createStringError("there is no map '" + *name + "'");
  return map;
}

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

using Answer = Expected<json::Object>;

static Answer answerInfo(Session &session, const json::Object &) {
  json::Array programs, functions, maps;
  const Object &object = session.getObject();
  for (const Function &function : object.functions)
    (function.isProgram ? programs : functions)
        .push_back(json::Object{{"name", function.name},
                                {"number", &function - object.functions.data()},
                                {"section", function.section},
                                {"type", function.uapiType},
                                {"start", function.start},
                                {"slots", function.slots}});
  for (const std::unique_ptr<Map> &map : session.getMaps()) {
    const MapDefinition &definition = map->getDefinition();
    maps.push_back(json::Object{{"name", definition.name},
                                {"type", getMapTypeName(definition.type)},
                                {"key_size", definition.keySize},
                                {"value_size", definition.valueSize},
                                {"max_entries", definition.maxEntries},
                                {"flags", definition.flags},
                                {"number", map->getNumber()}});
  }
  return json::Object{{"programs", std::move(programs)},
                      {"functions", std::move(functions)},
                      {"maps", std::move(maps)}};
}

/// What a run ended with.
static json::Object describe(const Session &session, const RunResult &result) {
  json::Object answer{{"executed", result.executed}};
  if (result.error.empty()) {
    answer["retval"] = result.value;
  } else {
    answer["error"] =
        session.describeSlot(result.errorSlot) + ": " + result.error;
    answer["slot"] = result.errorSlot;
  }
  answer["packet"] = hex(result.packet);
  answer["ctx"] = hex(result.context);
  if (!result.trace.empty())
    answer["trace"] = json::Array(result.trace);
  if (result.redirection) {
    json::Object target{{"index", result.redirection->index}};
    if (result.redirection->map)
      target["map"] = result.redirection->map->getDefinition().name;
    answer["redirect"] = std::move(target);
  }
  if (!result.profile.empty())
    answer["profile"] = json::Array(result.profile);
  return answer;
}

static Answer answerRun(Session &session, const json::Object &request) {
  std::optional<StringRef> name = request.getString("program");
  const Function *program =
      name ? session.getObject().findProgram(*name) : nullptr;
  if (!program)
    return createStringError("there is no program '" + name.value_or("").str() +
                             "'");
  RunInput input;
  input.isProfiled = request.getBoolean("profile").value_or(false);
  for (auto [member, bytes] :
       {std::pair("packet", &input.packet), std::pair("ctx", &input.context)}) {
    Expected<std::optional<Bytes>> given = optionalBytes(request, member);
    if (!given)
      return given.takeError();
    *bytes = std::move(*given);
  }
  return describe(session, session.run(*program, input));
}

static Answer answerGet(Session &session, const json::Object &request) {
  Expected<Map *> map = findMap(session, request);
  if (!map)
    return map.takeError();
  Expected<Bytes> key =
      sizedBytes(request, "key", (*map)->getDefinition().keySize);
  if (!key)
    return key.takeError();
  std::optional<Bytes> value = (*map)->get(key->data());
  return json::Object{
      {"value", value ? json::Value(hex(*value)) : json::Value(nullptr)}};
}

static Answer answerSet(Session &session, const json::Object &request) {
  Expected<Map *> map = findMap(session, request);
  if (!map)
    return map.takeError();
  const MapDefinition &definition = (*map)->getDefinition();
  Expected<Bytes> key = sizedBytes(request, "key", definition.keySize);
  if (!key)
    return key.takeError();
  Expected<Bytes> value = sizedBytes(request, "value", definition.valueSize);
  if (!value)
    return value.takeError();
  Expected<uint64_t> flags = number(request, "flags", 0);
  if (!flags)
    return flags.takeError();
  int64_t result = (*map)->update(key->data(), value->data(), *flags);
  (*map)->endRun();
  return json::Object{{"result", result}};
}

static Answer answerDelete(Session &session, const json::Object &request) {
  Expected<Map *> map = findMap(session, request);
  if (!map)
    return map.takeError();
  Expected<Bytes> key =
      sizedBytes(request, "key", (*map)->getDefinition().keySize);
  if (!key)
    return key.takeError();
  int64_t result = (*map)->remove(key->data());
  (*map)->endRun();
  return json::Object{{"result", result}};
}

static Answer answerEntries(Session &session, const json::Object &request) {
  Expected<Map *> map = findMap(session, request);
  if (!map)
    return map.takeError();
  json::Array entries;
  for (const Bytes &key : (*map)->keys())
    if (std::optional<Bytes> value = (*map)->get(key.data()))
      entries.push_back(json::Array{hex(key), hex(*value)});
  return json::Object{{"entries", std::move(entries)}};
}

/// Pops until nothing is left, or takes the records.
static Answer answerRecords(Session &session, const json::Object &request) {
  Expected<Map *> map = findMap(session, request);
  if (!map)
    return map.takeError();
  json::Array records;
  for (const Bytes &record : (*map)->takeRecords())
    records.push_back(hex(record));
  Bytes value((*map)->getDefinition().valueSize);
  while (!(*map)->pop(value.data(), /*takes=*/true))
    records.push_back(hex(value));
  return json::Object{{"records", std::move(records)}};
}

static Answer answerPush(Session &session, const json::Object &request) {
  Expected<Map *> map = findMap(session, request);
  if (!map)
    return map.takeError();
  Expected<Bytes> value =
      sizedBytes(request, "value", (*map)->getDefinition().valueSize);
  if (!value)
    return value.takeError();
  return json::Object{{"result", (*map)->push(value->data(), 0)}};
}

static Answer answerCreate(Session &session, const json::Object &request) {
  Expected<Map *> outer = findMap(session, request);
  if (!outer)
    return outer.takeError();
  std::optional<StringRef> name = request.getString("name");
  if (!name)
    return createStringError("'name' is missing");
  Expected<Map *> inner = session.createInner(**outer, *name);
  if (!inner)
    return inner.takeError();
  return json::Object{{"number", (*inner)->getNumber()}};
}

static Answer answerMemory(Session &session, const json::Object &request) {
  Expected<uint64_t> address = number(request, "address", 0);
  if (!address)
    return address.takeError();
  Expected<std::optional<Bytes>> bytes = optionalBytes(request, "bytes");
  if (!bytes)
    return bytes.takeError();
  if (!*bytes)
    session.getMemory().forgetGiven();
  else if (!session.getMemory().give(*address, **bytes))
    return createStringError("no memory can be at 0x" +
                             utohexstr(*address, /*LowerCase=*/true));
  return json::Object{};
}

static Error setRandom(Environment &environment, const json::Object &request) {
  environment.randoms.clear();
  const json::Array *values = request.getArray("random");
  if (!values)
    return createStringError("'random' has to be a list of numbers");
  for (const json::Value &value : *values) {
    Expected<uint64_t> next = number(value, "random");
    if (!next)
      return next.takeError();
    environment.randoms.push_back(*next);
  }
  return Error::success();
}

/// Sets what programs find out about the world.
static Answer answerEnvironment(Session &session, const json::Object &request) {
  Environment &environment = session.getEnvironment();
  const std::pair<StringRef, uint64_t *> numbers[] = {
      {"clock_step", &environment.clockStep},
      {"seed", &environment.randomState},
      {"pid_tgid", &environment.pidTgid},
      {"uid_gid", &environment.uidGid},
      {"task", &environment.task},
      {"cgroup", &environment.cgroup},
      {"cookie", &environment.cookie},
      {"steps", &environment.stepLimit}};
  for (auto [name, place] : numbers) {
    Expected<uint64_t> value = number(request, name, *place);
    if (!value)
      return value.takeError();
    *place = *value;
  }
  if (const json::Value *clock = request.get("clock")) {
    Expected<uint64_t> value = clock->getAsNull() ? 0 : number(*clock, "clock");
    if (!value)
      return value.takeError();
    environment.clock =
        clock->getAsNull() ? std::nullopt : std::optional(*value);
  }
  if (request.get("random"))
    if (Error error = setRandom(environment, request))
      return error;
  if (std::optional<int64_t> cpu = request.getInteger("cpu"))
    environment.cpu = *cpu;
  if (std::optional<bool> isStrict = request.getBoolean("strict"))
    environment.isStrict = *isStrict;
  if (std::optional<StringRef> comm = request.getString("comm"))
    environment.comm = comm->str();
  return json::Object{};
}

static Answer answerReset(Session &session, const json::Object &) {
  if (Error error = session.reset())
    return error;
  return json::Object{};
}

namespace {
struct Operation {
  StringLiteral name;
  Answer (*run)(Session &, const json::Object &);
};
} // namespace

static constexpr Operation operations[] = {
    {"info", answerInfo},       {"run", answerRun},
    {"get", answerGet},         {"set", answerSet},
    {"delete", answerDelete},   {"entries", answerEntries},
    {"records", answerRecords}, {"push", answerPush},
    {"create", answerCreate},   {"memory", answerMemory},
    {"reset", answerReset},     {"environment", answerEnvironment},
};

static Answer dispatch(Session &session, StringRef text) {
  Expected<json::Value> request = json::parse(text);
  if (!request)
    return request.takeError();
  const json::Object *object = request->getAsObject();
  std::optional<StringRef> name =
      object ? object->getString("op") : std::nullopt;
  if (!name)
    return createStringError("a request is a JSON object with the member 'op'");
  for (const Operation &operation : operations)
    if (operation.name == *name)
      return operation.run(session, *object);
  return createStringError(
      "'" + *name + "' is no operation; there are: " +
      llvm::join(
          map_range(operations, [](const Operation &o) { return o.name; }),
          " "));
}

json::Object whistler::interp::answer(Session &session, StringRef request) {
  Answer result = dispatch(session, request);
  if (!result)
    return json::Object{{"error", toString(result.takeError())}};
  return std::move(*result);
}

void whistler::interp::serve(Session &session, FILE *in) {
  char *line = nullptr;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, in)) >= 0) {
    StringRef request = StringRef(line, length).trim();
    if (request.empty())
      continue;
    outs() << json::Value(answer(session, request)) << "\n";
    outs().flush();
  }
  free(line);
}
