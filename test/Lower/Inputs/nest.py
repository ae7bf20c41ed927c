"""Prints a program in which a form nests: COUNT OPENING INNERMOST CLOSING."""

import sys

count, opening, innermost, closing = sys.argv[1:]
print("(defprog nested ()")
print(opening * int(count) + innermost + closing * int(count) + ")")
