# ===- task-trace-btf.sh - What task-trace-btf.lisp sees ===#
# SPDX-License-Identifier: MIT
#
# A thread replaced its process by another program.
"$WATCH" "$OBJECT" \
  'execs[@tgid].pid=@tgid' 'execs[@tgid].old_pid=@exec-tid' \
  'execs[@tgid].parent=@parent' 'execs[@tgid].comm=bpf-watch' \
  "execs[@tgid].path=$(readlink -f "$WATCH" | cut -c 1-63)"
