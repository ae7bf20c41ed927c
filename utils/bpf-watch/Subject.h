//===- Subject.h - A process with a known behaviour
//------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// What tracing programs are checked with: a process of which everything is
// known that they can see of it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UTILS_BPFWATCH_SUBJECT_H
#define WHISTLER_UTILS_BPFWATCH_SUBJECT_H

#include <stdbool.h>
#include <sys/types.h>

enum {
  /// What the acting thread does, besides ending.
  SubjectOpens = 4,
  SubjectFailedOpens = 1,
  SubjectReads = 3,
  SubjectReadBytes = 16,
};

/// A waiting process of three threads: its first, one that will act and end,
/// and one that will replace the process by this same program. All but the
/// pipes is what /proc says.
struct Subject {
  pid_t tgid;
  pid_t tid;
  pid_t execTid;
  pid_t parent;
  pid_t grandparent;
  char comm[16];
  int reports;
  int orders;
};

/// The option with which the process executes this program: do nothing.
#define SUBJECT_REPLACED "--replaced"

/// Starts the process; its threads wait. Says why on failure.
bool startSubject(struct Subject *subject);

/// Lets the process act and waits for its end. Says why on failure.
bool releaseSubject(struct Subject *subject);

/// Ends the process if it is still there.
void stopSubject(struct Subject *subject);

/// Finds a word such as `@tid`, without the sign: one of tgid, tid, exec-tid,
/// parent, grandparent, opens, failed-opens, reads, read-bytes. Returns whether
/// there is one of that name.
bool subjectNumber(const struct Subject *subject, const char *name,
                   long long *number);

#endif // WHISTLER_UTILS_BPFWATCH_SUBJECT_H
