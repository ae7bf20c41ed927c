#!/bin/sh
#===- load-through-llvm.sh - loads sources' objects of both backends -----===#
#
# SPDX-License-Identifier: MIT
#
#===----------------------------------------------------------------------===#
#
# load-through-llvm.sh BIN OUT SOURCE...: compiles each source with both backends
# and loads both objects with bpftool. A kernel that lacks something takes
# neither. To be started in a mount namespace of its own.

bin=$1 out=$2
shift 2
mkdir -p "$out"
mount -t bpf bpf /sys/fs/bpf
loads() {
  bpftool -d prog loadall "$1" "/sys/fs/bpf/$2" >"$1.log" 2>&1
}
loaded=0 refused=0
for source; do
  name=$(basename "$source" .lisp)
  "$bin/whistler" compile "$source" -o "$out/$name.o" || exit 1
  "$bin/whistler" compile --backend=llvm "$source" -o "$out/$name.llvm.o" ||
    exit 1
  if ! loads "$out/$name.o" "$name"; then
    refused=$((refused + 1))
  elif loads "$out/$name.llvm.o" "$name-llvm"; then
    loaded=$((loaded + 1))
  else
    echo "$name does not load through LLVM:"
    tail -n 40 "$out/$name.llvm.o.log"
    exit 1
  fi
done
echo "loaded $loaded, refused $refused"
