//===- Subject.c - A process with a known behaviour -----------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The process, what it does, and what /proc says of it.
//
//===----------------------------------------------------------------------===//

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "Subject.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// The ends of the two pipes that the process holds.
static int reportTo, ordersFrom;

/// The actor waits for an order; the executor for the actor's end.
static pthread_t actor;

static bool awaitOrder(void) {
  char order;
  return read(ordersFrom, &order, 1) == 1;
}

static void reportThread(void) {
  pid_t tid = syscall(SYS_gettid);
  if (write(reportTo, &tid, sizeof(tid)) != sizeof(tid))
    _exit(1);
}

static void openAndRead(void) {
  char bytes[SubjectReadBytes];
  for (int i = 0; i < SubjectOpens - SubjectFailedOpens; ++i) {
    int fd = open("/dev/zero", O_RDONLY);
    if (fd < 0)
      _exit(1);
    if (i < SubjectReads && read(fd, bytes, sizeof(bytes)) != sizeof(bytes))
      _exit(1);
    close(fd);
  }
  for (int i = 0; i < SubjectFailedOpens; ++i)
    if (open("/no/such/file", O_RDONLY) >= 0)
      _exit(1);
}

static void *act(void *unused) {
  prctl(PR_SET_NAME, "watched-thread");
  reportThread();
  // The read of an order is over before the programs are there: the acts are
  // all that they see of this thread.
  if (awaitOrder())
    openAndRead();
  return NULL;
}

static void *replaceProcess(void *unused) {
  char self[4096];
  ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
  if (length <= 0)
    _exit(1);
  self[length] = 0;
  reportThread();
  pthread_join(actor, NULL);
  execl(self, "bpf-watch", SUBJECT_REPLACED, NULL);
  _exit(1);
}

/// The body of the process.
static void run(void) {
  pthread_t executor;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, "watched-process");
  if (pthread_create(&actor, NULL, act, NULL) ||
      pthread_create(&executor, NULL, replaceProcess, NULL))
    _exit(1);
  pthread_join(executor, NULL);
  _exit(1);
}

/// The number behind `name:` in a status file of /proc, or -1.
static pid_t readStatus(const char *path, const char *name) {
  char line[256];
  int number = -1;
  FILE *file = fopen(path, "r");
  if (!file)
    return -1;
  while (number < 0 && fgets(line, sizeof(line), file))
    if (!strncmp(line, name, strlen(name)) && line[strlen(name)] == ':')
      sscanf(line + strlen(name) + 1, "%d", &number);
  fclose(file);
  return number;
}

/// Reads what /proc says of the acting thread.
static bool describe(struct Subject *subject) {
  char path[128];
  snprintf(path, sizeof(path), "/proc/%d/task/%d/status", subject->tgid,
           subject->tid);
  pid_t tgid = readStatus(path, "Tgid");
  pid_t tid = readStatus(path, "Pid");
  subject->parent = readStatus(path, "PPid");
  subject->grandparent = readStatus("/proc/self/status", "PPid");
  if (tgid != subject->tgid || tid != subject->tid || tid == tgid ||
      subject->parent != getpid())
    return false;
  snprintf(path, sizeof(path), "/proc/%d/task/%d/comm", subject->tgid,
           subject->tid);
  FILE *file = fopen(path, "r");
  bool good = file && fgets(subject->comm, sizeof(subject->comm), file);
  if (file)
    fclose(file);
  subject->comm[strcspn(subject->comm, "\n")] = 0;
  return good;
}

bool startSubject(struct Subject *subject) {
  int reports[2], orders[2];
  pid_t tids[2];
  if (pipe(reports) || pipe(orders))
    return perror("bpf-watch: pipe"), false;
  subject->tgid = fork();
  if (subject->tgid < 0)
    return perror("bpf-watch: fork"), false;
  if (subject->tgid == 0) {
    reportTo = reports[1];
    ordersFrom = orders[0];
    close(reports[0]);
    close(orders[1]);
    run();
  }
  close(reports[1]);
  close(orders[0]);
  subject->reports = reports[0];
  subject->orders = orders[1];
  for (int i = 0; i < 2; ++i)
    if (read(subject->reports, &tids[i], sizeof(tids[i])) != sizeof(tids[i]))
      return fputs("bpf-watch: the process did not start\n", stderr), false;
  // The threads report in any order; the one with the name is the actor.
  for (int i = 0; i < 2; ++i) {
    subject->tid = tids[i];
    subject->execTid = tids[1 - i];
    if (describe(subject) && !strcmp(subject->comm, "watched-thread"))
      return true;
  }
  return fputs("bpf-watch: /proc does not show the process\n", stderr), false;
}

bool releaseSubject(struct Subject *subject) {
  int status;
  if (write(subject->orders, "", 1) != 1 ||
      waitpid(subject->tgid, &status, 0) != subject->tgid || status != 0) {
    fputs("bpf-watch: the process failed\n", stderr);
    return false;
  }
  subject->orders = -1;
  return true;
}

void stopSubject(struct Subject *subject) {
  if (subject->orders < 0)
    return;
  kill(subject->tgid, SIGKILL);
  waitpid(subject->tgid, NULL, 0);
}

bool subjectNumber(const struct Subject *subject, const char *name,
                   long long *number) {
  const struct {
    const char *name;
    long long number;
  } known[] = {
      {"tgid", subject->tgid},
      {"tid", subject->tid},
      {"exec-tid", subject->execTid},
      {"parent", subject->parent},
      {"grandparent", subject->grandparent},
      {"opens", SubjectOpens},
      {"failed-opens", SubjectFailedOpens},
      {"reads", SubjectReads},
      {"read-bytes", SubjectReads * SubjectReadBytes},
  };
  for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); ++i)
    if (!strcmp(known[i].name, name)) {
      *number = known[i].number;
      return true;
    }
  return false;
}
