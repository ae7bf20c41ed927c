#===- __init__.py - Package of the benchmark ---*- python -*--------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""The parts of utils/bench: plans, compilers, targets, measurements, tables."""
