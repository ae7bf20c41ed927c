# The few things that are done every day.  The build itself is CMake's; see
# README.md, and CMakePresets.json for other configurations.

BUILD := build

.PHONY: all build check test check-shared check-kernels bench fuzz demo repl format \
  check-format dependencies clean
.NOTPARALLEL:

all: build

# Installs the packages that are missing; quick when there are none.
dependencies:
	@utils/install-dependencies

$(BUILD)/build.ninja: | dependencies
	cmake --preset default

build: $(BUILD)/build.ninja
	cmake --build $(BUILD)

# Builds everything and runs all tests.
check test: $(BUILD)/build.ninja
	cmake --build $(BUILD)
	cmake --build $(BUILD) --target check-whistler

# The same for a build of shared libraries, in a folder of its own.
check-shared: | dependencies
	cmake --preset shared
	cmake --build --preset shared
	cmake --build --preset shared --target check-whistler

# Loads every example into other kernels, booted in an emulator, and into this
# one, and checks there what tracing programs see.
check-kernels: build
	@utils/install-dependencies --kernels
	cmake --build $(BUILD) --target bpf-watch
	@utils/check-kernels $(BUILD)/bin

# Measures our code beside clang's and writes docs/Benchmarks.md.  BENCH may
# hold options: make bench BENCH="--quick --only synflood".
bench: build
	@utils/bench --tools $(BUILD)/bin --markdown docs/Benchmarks.md $(BENCH)

# Compares the translations of many more random programs than `check` does;
# PROGRAMS says how many, SEED where to begin.
PROGRAMS := 20000
SEED := 1
fuzz: build
	@utils/fuzz --tools $(BUILD)/bin --output $(BUILD)/fuzz --seed $(SEED) \
	  --count $(PROGRAMS)

# Compiles an example, shows what became of it, and runs it on packets.
demo: build
	@utils/demo $(BUILD)/bin

# A Common Lisp prompt with the compiler in it; see docs/REPL.md.
repl: build
	@$(BUILD)/bin/whistler repl

format: | dependencies
	utils/check-style --fix

check-format: | dependencies
	utils/check-style

clean:
	rm -rf $(BUILD)
