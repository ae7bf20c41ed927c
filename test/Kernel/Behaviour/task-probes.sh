# ===- task-probes.sh - What task-probes.lisp sees ===#
# SPDX-License-Identifier: MIT
#
# Both programs wrote the thread down as /proc showed it.
"$WATCH" "$OBJECT" \
  'by_kprobe[@tid].pid=@tid' 'by_kprobe[@tid].tgid=@tgid' \
  'by_kprobe[@tid].comm=@comm' 'by_kprobe[@tid].parent=@parent' \
  'by_kprobe[@tid].grandparent=@grandparent' \
  'by_fentry[@tid].pid=@tid' 'by_fentry[@tid].tgid=@tgid' \
  'by_fentry[@tid].comm=@comm' 'by_fentry[@tid].parent=@parent' \
  'by_fentry[@tid].grandparent=@grandparent'
