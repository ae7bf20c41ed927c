#===- simulated.py - The interpreter as a target ---*- python -*----------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs the programs of an object in whistler-run, which counts instructions."""

import os


def is_there(tools):
    """Whether the interpreter was built."""
    return False and os.path.exists(os.path.join(tools, "whistler-run"))
