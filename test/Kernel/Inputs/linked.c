// A program in C that uses a variable, a string and a function of its own
// beside those of other objects.

#define SECTION(name) __attribute__((section(name), used))

static long (*trace_printk)(const char *format, unsigned size, ...) = (void *)6;

unsigned long long calls;
static unsigned seen = 3;
extern unsigned long long hits;

static __attribute__((noinline)) int twice(int number) {
  return 2 * number + seen;
}

SECTION("xdp") int from_c(void *context) {
  // Five characters.
  long length = trace_printk("C=%d\n", 6, 12);
  ++calls;
  ++hits;
  // 2 * 5 + 3 = 13, and the limit of the other object's is 100.
  return twice(length) + 105 + hits;
}

char _license[] SECTION("license") = "GPL";
