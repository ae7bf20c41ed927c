#!/bin/sh
#===- same-through-llvm.sh - runs kernel tests on LLVM's objects ---------===#
#
# SPDX-License-Identifier: MIT
#
#===----------------------------------------------------------------------===#
#
# same-through-llvm.sh BIN OUT NAME[:PREFIX]...: compiles what the test NAME of
# this folder compiles, with LLVM as the backend, runs its script in the kernel,
# and compares the output with what the test expects. Numbers of instructions
# are no part of that.

bin=$1 out=$2
shift 2
here=$(dirname "$0")
root=$here/../../..
mkdir -p "$out"
for word; do
  name=${word%%:*} prefix=CHECK
  test "$name" = "$word" || prefix=${word#*:}
  test=$root/test/Kernel/$name.lisp source=$root/test/Kernel/$name.lisp
  if ! test -e "$test"; then
    test=$root/test/Kernel/$name.test source=$root/examples/$name.lisp
  fi
  # The line behind one that limits instructions has its answer.
  sed '/BPF: max-slots/,+1d; /BPF: slots/,+1d' "$test" >"$out/$name.script"
  "$bin/whistler" compile --backend=llvm "$source" -o "$out/$name.o" &&
    python3 "$root/utils/bpf-run" "$out/$name.o" "$out/$name.script" \
      >"$out/$name.txt" &&
    FileCheck -enable-var-scope --check-prefix="$prefix" \
      "$out/$name.script" <"$out/$name.txt" ||
    { echo "$name differs"; exit 1; }
  echo "$name is the same"
done
