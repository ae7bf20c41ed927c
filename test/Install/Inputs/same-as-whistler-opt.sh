#!/bin/sh
#===- same-as-whistler-opt.sh - Compares mlir-opt and ours ---*- sh -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
#
#   same-as-whistler-opt.sh PLUGIN FOLDER SOURCE...
#
# Optimises each source with whistler-opt, and with mlir-opt and the plugin; the
# two have to print the same bytes.
set -eu

plugin=$1
folder=$2
shift 2
rm -rf "$folder"
mkdir "$folder"
for source; do
  stem=$folder/$(basename "$source" .lisp)
  whistler-translate --import-whistler "$source" -o "$stem.mlir"
  whistler-opt --whistler-O2 "$stem.mlir" -o "$stem.ours"
  mlir-opt --load-dialect-plugin="$plugin" --load-pass-plugin="$plugin" \
    --pass-pipeline='builtin.module(whistler-O2)' "$stem.mlir" -o "$stem.theirs"
  cmp "$stem.ours" "$stem.theirs"
  test -s "$stem.ours"
done
