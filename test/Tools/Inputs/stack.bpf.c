// Programs that give helpers written and unwritten stack bytes. Those whose
// names start with `bad` do something wrong; WITH_BAD leaves them in.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct key {
  unsigned a;
  unsigned short b;
};

struct inner {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8);
  __type(key, long[2]);
  __type(value, long);
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8);
  __type(key, struct key);
  __type(value, long);
} table SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_QUEUE);
  __uint(max_entries, 8);
  __uint(value_size, 12);
} line SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, 8);
  __uint(key_size, 4);
  __array(values, struct inner);
} outer SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

// The body of a program, and how it is given the maps.
#define PROGRAM(NAME, TEXT)                                                    \
  SEC("tc") __attribute__((naked)) int NAME(void) {                            \
    asm volatile(TEXT                                                          \
                 :                                                             \
                 : [table] "i"(&table), [line] "i"(&line),                     \
                   [outer] "i"(&outer), [events] "i"(&events),                 \
                   [helped] "i"(&helped), [given] "i"(&given),                 \
                   [lookup] "i"(1), [update] "i"(2), [printk] "i"(6),          \
                   [comm] "i"(16), [push] "i"(87), [peek] "i"(89),             \
                   [output] "i"(130), [loop] "i"(181));                        \
  }

#define KEY "r1 = %[table] ll; r2 = r10; r2 += -8;"
#define DONE "r0 = 0; exit;"

// Writes 8 bytes at the address that it is given.
__attribute__((naked, noinline)) static int helped(void) {
  asm volatile("*(u64 *)(r1 + 0) = 0; r0 = 0; exit;");
}

// Looks up the key at the address that it is given.
__attribute__((naked, noinline)) static int given(void) {
  asm volatile("r2 = r1; r1 = %[table] ll; call 1; r0 = 0; exit;"
               :
               : [table] "i"(&table));
}

PROGRAM(good_whole, "*(u64 *)(r10 - 8) = 0;" KEY "call %[lookup];" DONE)
PROGRAM(good_parts, "*(u32 *)(r10 - 8) = 0; *(u16 *)(r10 - 4) = 0;"
                    "*(u16 *)(r10 - 2) = 0;" KEY "call %[lookup];" DONE)
PROGRAM(good_branches,
        "if r1 == 0 goto l1_%=; *(u64 *)(r10 - 8) = 0; goto l2_%=;"
        "l1_%=: *(u64 *)(r10 - 8) = 1; l2_%=:" KEY "call %[lookup];" DONE)
PROGRAM(good_loop, "r6 = 10; *(u64 *)(r10 - 8) = 0; l1_%=:" KEY
                   "call %[lookup]; r6 += -1; if r6 != 0 goto l1_%=;" DONE)
PROGRAM(good_spill, "r3 = r10; r3 += -16; *(u64 *)(r10 - 8) = r3;"
                    "*(u64 *)(r10 - 16) = 0; r2 = *(u64 *)(r10 - 8);"
                    "r1 = %[table] ll; call %[lookup];" DONE)
PROGRAM(good_comm, "r1 = r10; r1 += -16; r2 = 16; call %[comm];"
                   "r1 = %[events] ll; r2 = r10; r2 += -16; r3 = 16; r4 = 0;"
                   "call %[output];" DONE)
PROGRAM(good_peek, "r1 = %[line] ll; r2 = r10; r2 += -12; call %[peek];"
                   "r1 = %[line] ll; r2 = r10; r2 += -12; r3 = 0;"
                   "call %[push];" DONE)
PROGRAM(good_inner, "*(u32 *)(r10 - 4) = 0; r1 = %[outer] ll; r2 = r10;"
                    "r2 += -4; call %[lookup]; if r0 == 0 goto l1_%=; r1 = r0;"
                    "*(u64 *)(r10 - 8) = 0; *(u64 *)(r10 - 16) = 0; r2 = r10;"
                    "r2 += -16; call %[lookup]; l1_%=:" DONE)
PROGRAM(good_choice, "*(u64 *)(r10 - 8) = 0; *(u64 *)(r10 - 16) = 0; r2 = r10;"
                     "r2 += -8; if r1 == 0 goto l1_%=; r2 += -8; l1_%=:"
                     "r1 = %[table] ll; call %[lookup];" DONE)
PROGRAM(good_called, "r1 = r10; r1 += -8; call %[helped];" KEY
                     "call %[lookup];" DONE)
PROGRAM(good_given, "*(u64 *)(r10 - 8) = 0; r1 = r10; r1 += -8;"
                    "call %[given];" DONE)

#ifdef WITH_BAD
PROGRAM(bad_nothing, KEY "call %[lookup];" DONE)
PROGRAM(bad_padding, "*(u32 *)(r10 - 8) = 0; *(u16 *)(r10 - 4) = 0;" KEY
                     "call %[lookup];" DONE)
PROGRAM(bad_branch, "if r1 == 0 goto l1_%=; *(u64 *)(r10 - 8) = 0; l1_%=:" KEY
                    "call %[lookup];" DONE)
PROGRAM(bad_value, "*(u64 *)(r10 - 8) = 0;" KEY "r3 = r10; r3 += -16; r4 = 0;"
                   "call %[update];" DONE)
PROGRAM(bad_loop, "r6 = r10; r6 += -8; r7 = 2; l1_%=: r1 = %[table] ll; r2 = r6;"
                  "*(u64 *)(r10 - 8) = 0; call %[lookup]; r6 += -8; r7 += -1;"
                  "if r7 != 0 goto l1_%=;" DONE)
PROGRAM(bad_spill, "r3 = r10; r3 += -16; *(u64 *)(r10 - 8) = r3;"
                   "r2 = *(u64 *)(r10 - 8); r1 = %[table] ll; call %[lookup];"
                   DONE)
PROGRAM(bad_output, "*(u64 *)(r10 - 8) = 0; r1 = %[events] ll; r2 = r10;"
                    "r2 += -16; r3 = 16; r4 = 0; call %[output];" DONE)
PROGRAM(bad_inner, "*(u32 *)(r10 - 4) = 0; r1 = %[outer] ll; r2 = r10;"
                   "r2 += -4; call %[lookup]; if r0 == 0 goto l1_%=; r1 = r0;"
                   "*(u64 *)(r10 - 8) = 0; r2 = r10; r2 += -16;"
                   "call %[lookup]; l1_%=:" DONE)
PROGRAM(bad_choice, "*(u64 *)(r10 - 8) = 0; r2 = r10; r2 += -8;"
                    "if r1 == 0 goto l1_%=; r2 += -8; l1_%=: r1 = %[table] ll;"
                    "call %[lookup];" DONE)
PROGRAM(bad_copy, "r1 = *(u64 *)(r10 - 16); *(u64 *)(r10 - 8) = r1;" KEY
                  "call %[lookup];" DONE)
PROGRAM(bad_outside, "*(u64 *)(r10 - 8) = 0; r1 = %[table] ll; r2 = r10;"
                     "r2 += -4; call %[lookup];" DONE)
PROGRAM(bad_length, "r1 = r10; r1 += -16; r2 = 8; call %[comm];"
                    "r1 = r10; r1 += -16; r2 = 16; call %[printk];" DONE)
PROGRAM(bad_given, "r1 = r10; r1 += -8; call %[given];" DONE)
PROGRAM(bad_unknown, "r1 = 1; r2 = 0; r3 = r10; r3 += -8; r4 = 0;"
                     "call %[loop];" DONE)
#endif

char _license[] SEC("license") = "GPL";
