//===- Places.c - Values in maps and globals by name ----------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Finds the bytes and the type of a place; compares them.
//
//===----------------------------------------------------------------------===//

#include "Places.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MaxName = 128, MaxValue = 4096 };

/// A copy of bytes and what they mean; type 0 is an unsigned number.
struct Place {
  struct bpf_map *map;
  const struct btf *btf;
  __u32 type;
  __u32 size;
  char *bytes;
  char copy[MaxValue];
};

static const char sections[][8] = {".data", ".bss", ".rodata"};

/// The letters of a name at the start of a text.
static size_t nameLength(const char *text) { return strcspn(text, "[].=!>"); }

/// Moves a name into `name` and yields the rest, or null when it is too long.
static const char *takeName(const char *text, char name[MaxName]) {
  size_t length = nameLength(text);
  if (length == 0 || length >= MaxName)
    return NULL;
  memcpy(name, text, length);
  name[length] = 0;
  return text + length;
}

static bool parseNumber(const struct Scope *scope, const char *text,
                        long long *number) {
  char *end;
  if (*text == '@')
    return subjectNumber(scope->subject, text + 1, number);
  errno = 0;
  *number = strtoll(text, &end, 0);
  return *text && !*end && !errno;
}

/// Copies the contents of a section: of the running programs, else of the
/// object.
static bool copySection(struct bpf_map *map, struct Place *place) {
  const __u32 key = 0;
  size_t size;
  if (bpf_map__value_size(map) > MaxValue)
    return false;
  if (bpf_map__fd(map) >= 0)
    return !bpf_map_lookup_elem(bpf_map__fd(map), &key, place->copy);
  const void *contents = bpf_map__initial_value(map, &size);
  if (contents)
    memcpy(place->copy, contents, size);
  return contents != NULL;
}

/// Finds a variable in a data section's BTF and in the section's contents.
static bool findGlobalIn(const struct Scope *scope, const char *section,
                         const char *name, struct Place *place) {
  const struct btf *btf = bpf_object__btf(scope->object);
  int id = btf ? btf__find_by_name_kind(btf, section, BTF_KIND_DATASEC) : -1;
  struct bpf_map *map = bpf_object__find_map_by_name(scope->object, section);
  if (id < 0 || !map || !copySection(map, place))
    return false;
  const struct btf_type *type = btf__type_by_id(btf, id);
  const struct btf_var_secinfo *info = btf_var_secinfos(type);
  for (int i = 0; i < btf_vlen(type); ++i) {
    const struct btf_type *variable = btf__type_by_id(btf, info[i].type);
    if (strcmp(btf__name_by_offset(btf, variable->name_off), name))
      continue;
    place->map = map;
    place->btf = btf;
    place->type = variable->type;
    place->size = info[i].size;
    place->bytes = place->copy + info[i].offset;
    return true;
  }
  return false;
}

static bool findGlobal(const struct Scope *scope, const char *name,
                       struct Place *place) {
  for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); ++i)
    if (findGlobalIn(scope, sections[i], name, place))
      return true;
  return printf("no global '%s'\n", name), false;
}

/// Looks an entry up: `text` stands behind the bracket. Yields what follows the
/// closing bracket, or null.
static const char *findEntry(const struct Scope *scope, const char *name,
                             const char *text, struct Place *place) {
  char word[MaxName];
  long long key;
  struct bpf_map *map = bpf_object__find_map_by_name(scope->object, name);
  const char *rest = takeName(text, word);
  if (!map)
    return printf("no map '%s'\n", name), NULL;
  if (!rest || *rest != ']' || !parseNumber(scope, word, &key) ||
      bpf_map__key_size(map) > sizeof(key))
    return printf("not a key of %s: %s\n", name, text), NULL;
  place->map = map;
  place->btf = bpf_object__btf(scope->object);
  place->type = bpf_map__btf_value_type_id(map);
  place->size = bpf_map__value_size(map);
  place->bytes = place->copy;
  if (place->size > MaxValue)
    return printf("%s: the values are too large\n", name), NULL;
  // Integers are little-endian on every machine that this runs on.
  if (bpf_map__lookup_elem(map, &key, bpf_map__key_size(map), place->copy,
                           place->size, 0))
    return printf("%s has no entry %lld\n", name, key), NULL;
  return rest + 1;
}

/// Goes on to a member of the struct that a place is.
static bool enterField(struct Place *place, const char *field) {
  int id = place->type ? btf__resolve_type(place->btf, place->type) : 0;
  const struct btf_type *type = btf__type_by_id(place->btf, id);
  if (!type || !btf_is_composite(type))
    return printf("no struct that '%s' could be in\n", field), false;
  const struct btf_member *member = btf_members(type);
  for (int i = 0; i < btf_vlen(type); ++i) {
    if (strcmp(btf__name_by_offset(place->btf, member[i].name_off), field))
      continue;
    place->bytes += btf_member_bit_offset(type, i) / 8;
    place->type = member[i].type;
    place->size = btf__resolve_size(place->btf, member[i].type);
    return true;
  }
  return printf("no field '%s'\n", field), false;
}

/// Finds a place; yields the relation behind it, or null.
static const char *findPlace(const struct Scope *scope, const char *text,
                             struct Place *place) {
  char name[MaxName];
  const char *rest = takeName(text, name);
  if (!rest)
    return puts("no name"), NULL;
  if (*rest == '[')
    rest = findEntry(scope, name, rest + 1, place);
  else if (!findGlobal(scope, name, place))
    return NULL;
  while (rest && *rest == '.') {
    rest = takeName(rest + 1, name);
    if (rest && !enterField(place, name))
      return NULL;
  }
  return rest;
}

static bool isText(const struct Place *place) {
  int id = place->type ? btf__resolve_type(place->btf, place->type) : 0;
  const struct btf_type *type = btf__type_by_id(place->btf, id);
  return type && btf_is_array(type) &&
         btf__resolve_size(place->btf, btf_array(type)->type) == 1;
}

static long long readNumber(const struct Place *place) {
  int id = place->type ? btf__resolve_type(place->btf, place->type) : 0;
  const struct btf_type *type = btf__type_by_id(place->btf, id);
  unsigned long long number = 0;
  memcpy(&number, place->bytes, place->size);
  if (place->size == sizeof(number) || !type || !btf_is_int(type) ||
      !(btf_int_encoding(type) & BTF_INT_SIGNED))
    return number;
  unsigned unused = 64 - 8 * place->size;
  return (long long)(number << unused) >> unused;
}

bool setGlobal(const struct Scope *scope, const char *assignment) {
  struct Place place;
  long long number;
  const char *rest = findPlace(scope, assignment, &place);
  if (!rest)
    return false;
  if (*rest != '=' || !parseNumber(scope, rest + 1, &number) ||
      place.size > sizeof(number))
    return printf("not an assignment: %s\n", assignment), false;
  memcpy(place.bytes, &number, place.size);
  return !bpf_map__set_initial_value(place.map, place.copy,
                                     bpf_map__value_size(place.map));
}

static bool checkText(const struct Scope *scope, const struct Place *place,
                      const char *relation, const char *expectation) {
  const char *wanted = relation + 1;
  if (!strcmp(wanted, "@comm"))
    wanted = scope->subject->comm;
  bool same = strnlen(place->bytes, place->size) == strlen(wanted) &&
              !memcmp(place->bytes, wanted, strlen(wanted));
  printf("%s %s: \"%.*s\"\n", same ? "ok  " : "FAIL", expectation,
         (int)place->size, place->bytes);
  return same;
}

bool checkPlace(const struct Scope *scope, const char *expectation) {
  struct Place place;
  long long wanted;
  const char *relation = findPlace(scope, expectation, &place);
  if (!relation)
    return printf("FAIL %s: not found\n", expectation), false;
  if (*relation == '=' && isText(&place))
    return checkText(scope, &place, relation, expectation);
  bool differs = relation[0] == '!', least = relation[0] == '>';
  const char *value = strchr(relation, '=');
  if (!value || !parseNumber(scope, value + 1, &wanted) ||
      place.size > sizeof(wanted))
    return printf("FAIL %s: not a comparison\n", expectation), false;
  long long found = readNumber(&place);
  bool good = least     ? found >= wanted
              : differs ? found != wanted
                        : found == wanted;
  // What differs from one run to the next is not printed where it is right.
  if (good)
    printf("ok   %s\n", expectation);
  else
    printf("FAIL %s: expected %lld, found %lld\n", expectation, wanted, found);
  return good;
}
