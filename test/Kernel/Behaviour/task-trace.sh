# ===- task-trace.sh - What task-trace.lisp sees ===#
# SPDX-License-Identifier: MIT
#
# Each task that ended is written down as /proc showed it.
"$WATCH" "$OBJECT" \
  'ended[@tid].pid=@tid' 'ended[@tid].tgid=@tgid' 'ended[@tid].comm=@comm' \
  'ended[@tid].parent=@parent' 'ended[@tid].grandparent=@grandparent' \
  'ended[@tgid].pid=@tgid' 'ended[@tgid].parent=@parent'
