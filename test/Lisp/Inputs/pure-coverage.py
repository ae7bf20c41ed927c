#===- pure-coverage.py - Whether all operators are tested ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Fails if an operator is not used in a form that is not to be declined.

    pure-coverage.py operators.txt file.lisp...
"""

import re
import sys

used = {"QUOTE"}  # Written as a prefix.
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith((";", "(declines")):
                used.update(re.findall(r"(?:\(|#'|')([^\s()'\"`,]+)",
                                       line.upper()))
with open(sys.argv[1], encoding="utf-8") as file:
    missing = [name for name in file.read().split() if name not in used]
if missing:
    sys.exit("not tested: " + " ".join(missing))
