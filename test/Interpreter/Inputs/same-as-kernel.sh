#!/bin/sh
#===- same-as-kernel.sh - runs kernel tests in the interpreter -----------===#
#
# SPDX-License-Identifier: MIT
#
#===----------------------------------------------------------------------===#
#
# same-as-kernel.sh BIN OUT NAME[:PREFIX]...: compiles what the test NAME of
# test/Kernel compiles, runs its script in the interpreter, and compares the
# output with what the test expects of the kernel's.

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
  "$bin/whistler" compile "$source" -o "$out/$name.o" &&
    python3 "$root/utils/bpf-run" --interpreter "$bin/whistler-run" \
      "$out/$name.o" "$test" >"$out/$name.txt" &&
    FileCheck -enable-var-scope --check-prefix="$prefix" "$test" \
      <"$out/$name.txt" || { echo "$name differs"; exit 1; }
  echo "$name is the same"
done
