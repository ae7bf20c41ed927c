//===- bpf-watch.c - Attach tracing programs and check what they saw
//-------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Attaches the programs of an object where their sections say, lets a process
// of known behaviour act, and compares what the programs left in maps and
// globals with what /proc says.
//
//===----------------------------------------------------------------------===//

#include "Needs.h"
#include "Places.h"

#include <bpf/libbpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MaxLinks = 32, Seconds = 60 };

static const char usage[] =
    "usage: bpf-watch OBJECT [-s GLOBAL=NUMBER]... [EXPECTATION]...\n"
    "       bpf-watch --has NEED...\n"
    "An expectation is PLACE=VALUE, PLACE!=VALUE or PLACE>=VALUE; a place is\n"
    "MAP[KEY] or GLOBAL with any number of .FIELD behind it. Keys and values\n"
    "are numbers, text for arrays of bytes, or what is known of the process:\n"
    "@tgid @tid @exec-tid @parent @grandparent @comm @opens @failed-opens\n"
    "@reads @read-bytes. A need is kprobe or fentry: those that the kernel\n"
    "lacks are printed.\n"
    "Exit status: 0, 1 when an expectation fails or something is\n"
    "lacking, 2 when nothing could be seen.\n";

/// Keeps the loader's warnings, with them the verifier's log.
static int report(enum libbpf_print_level level, const char *format,
                  va_list arguments) {
  return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

/// Attaches all programs. Returns how many, or -1.
static int attachAll(struct bpf_object *object,
                     struct bpf_link *links[MaxLinks]) {
  struct bpf_program *program;
  int count = 0;
  bpf_object__for_each_program(program, object) {
    if (count == MaxLinks)
      return fputs("bpf-watch: too many programs\n", stderr), -1;
    links[count] = bpf_program__attach(program);
    if (!links[count]) {
      fprintf(stderr, "bpf-watch: cannot attach %s\n",
              bpf_program__name(program));
      return -1;
    }
    ++count;
  }
  return count;
}

/// Loads the object, lets the process act while it is attached, and detaches.
static bool observe(struct bpf_object *object, struct Subject *subject) {
  struct bpf_link *links[MaxLinks] = {0};
  if (bpf_object__load(object))
    return false;
  int count = attachAll(object, links);
  bool good = count > 0 && releaseSubject(subject);
  for (int i = 0; i < MaxLinks; ++i)
    bpf_link__destroy(links[i]);
  return good;
}

/// Runs the commands; returns the exit status.
static int watch(const struct Scope *scope, struct Subject *subject,
                 char **words) {
  bool good = true;
  for (; words[0] && !strcmp(words[0], "-s"); words += 2)
    if (!words[1] || !setGlobal(scope, words[1]))
      return 2;
  if (!observe(scope->object, subject))
    return 2;
  for (; *words; ++words)
    good &= checkPlace(scope, *words);
  return good ? 0 : 1;
}

/// Prints those of the needs that the kernel lacks; returns the exit status.
static int checkNeeds(char **names) {
  int status = 0;
  for (; *names; ++names) {
    int has = hasNeed(*names);
    if (has < 0)
      return fprintf(stderr, "bpf-watch: unknown need '%s'\n", *names), 2;
    if (!has)
      puts(*names), status = 1;
  }
  return status;
}

int main(int count, char **words) {
  struct Subject subject = {.orders = -1};
  if (count == 2 && !strcmp(words[1], SUBJECT_REPLACED))
    return 0;
  if (count < 2)
    return fputs(usage, stderr), 2;
  if (!strcmp(words[1], "--has"))
    return checkNeeds(words + 2);
  alarm(Seconds);
  libbpf_set_print(report);
  struct bpf_object *object = bpf_object__open(words[1]);
  if (!object)
    return 2;
  struct Scope scope = {object, &subject};
  int status = startSubject(&subject) ? watch(&scope, &subject, words + 2) : 2;
  stopSubject(&subject);
  bpf_object__close(object);
  return status;
}
