#!/bin/sh
#===- without-tree.sh - Runs tools with the project hidden ---*- sh -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
#
#   without-tree.sh BUILD SOURCES ROOT FILE
#
# To be run in a mount namespace of its own. Hides the folders BUILD and SOURCES,
# and runs the tools of the installation in ROOT on the source FILE; what they
# write comes to be in ROOT.
set -eu

cp "$4" "$3/source.lisp"
mount --bind "$3" /mnt
for hidden in "$1" "$2"; do
  if test -d "$hidden"; then mount -t tmpfs tmpfs "$hidden"; fi
done
cd /mnt
PATH=/mnt/usr/bin:$PATH
whistler compile source.lisp -o compiled.o
whistler-translate --import-whistler source.lisp |
  whistler-opt --whistler-O2 --mlir-print-debuginfo |
  whistler-translate --emit-elf -o translated.o
whistler-run compiled.o --packet "$(printf '%0120d' 0)"
whistler repl </dev/null
