# ===- open-kprobe.sh - What open-kprobe.lisp sees ===#
# SPDX-License-Identifier: MIT
#
# The thread opened some files and failed to open one that is not there.
"$WATCH" "$OBJECT" \
  'threads[@tid].calls=@opens' 'threads[@tid].failures=@failed-opens' \
  'threads[@tid].last_error=-2' 'threads[@tid].last_path=/no/such/file'
