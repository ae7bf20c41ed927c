#===- __init__.py - Package of the kernel test harness ---*- python -*----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""The parts of utils/bpf-run: packets, loading, maps, attaching, scripts."""
