#===- stock-tools.sh - bpftool on every example ---*- sh -*---------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
#
#   stock-tools.sh WHISTLER EXAMPLES FOLDER
#
# Compiles all sources in EXAMPLES and lets bpftool make of each object a skeleton,
# which has to compile, the kernel types that it needs, its own types in C, which
# have to compile for BPF, and one object together with another of ours, and with
# one of clang's.
set -eu
whistler=$1 examples=$2 folder=$3
count=0

cat > "$folder/other.lisp" <<'LISP'
(defmap stock-tools-map :type :array :key u32 :value u64 :max-entries 2)
(defprog stock-tools-program (:type :xdp :license "GPL")
  (incf (getmap stock-tools-map 1))
  XDP_PASS)
LISP
"$whistler" compile "$folder/other.lisp" -o "$folder/other.o"
cat > "$folder/clang.bpf.c" <<'C'
__attribute__((section("xdp"), used)) int stock_tools_c(void *ctx) { return 2; }
char stock_tools_license[] __attribute__((section("license"), used)) = "GPL";
C
clang-22 -O2 -g --target=bpf -c "$folder/clang.bpf.c" -o "$folder/clang.o"

for source in "$examples"/*.lisp; do
  name=$(basename "$source" .lisp)
  object=$folder/$name.o
  "$whistler" compile "$source" -o "$object"

  bpftool gen skeleton "$object" name example > "$folder/$name.skel.h"
  printf '#include "%s.skel.h"\nint main(void) { return !example__open(); }\n' \
    "$name" > "$folder/$name.c"
  gcc -Wall -Werror -fsyntax-only "$folder/$name.c"

  bpftool gen min_core_btf /sys/kernel/btf/vmlinux "$folder/$name.btf" "$object"
  test -s "$folder/$name.btf"

  bpftool btf dump file "$object" format c > "$folder/$name.types.h"
  printf '#include "%s.types.h"\n' "$name" > "$folder/$name.bpf.c"
  clang-22 --target=bpf -Wall -Werror -Wno-pragma-clang-attribute \
    -fsyntax-only "$folder/$name.bpf.c"

  bpftool gen object "$folder/$name.pair.o" "$object" "$folder/other.o"
  bpftool gen object "$folder/$name.mixed.o" "$folder/clang.o" "$object"
  for linked in pair mixed; do
    bpftool gen skeleton "$folder/$name.$linked.o" name example > /dev/null
  done
  count=$((count + 1))
done
echo "$count examples, $(ls "$examples"/*.lisp | wc -l) sources"
