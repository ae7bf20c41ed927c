#===- __init__.py - Random programs and their comparison ---*- python -*--===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Random programs that any correct compiler translates to the same behaviour.

`generator` writes one from a seed, `runner` compiles it in several ways and
runs the results, `compare` says where they differ, and `reduce` makes what
differs small.
"""
