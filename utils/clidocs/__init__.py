#===- __init__.py - What the tools' help says, in other forms ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads `--help` of the tools, and writes manual pages and completions."""
