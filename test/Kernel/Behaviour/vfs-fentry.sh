# ===- vfs-fentry.sh - What vfs-fentry.lisp sees ===#
# SPDX-License-Identifier: MIT
#
# The thread read from a device a few times.
"$WATCH" "$OBJECT" \
  'threads[@tid].calls=@reads' 'threads[@tid].asked=@read-bytes' \
  'threads[@tid].got=@read-bytes' 'threads[@tid].failures=0' \
  'threads[@tid].nanoseconds>=1' 'threads[@tid].started=0'
