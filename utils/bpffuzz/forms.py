#===- forms.py - Lisp forms as Python lists ---*- python -*---------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads and prints Lisp.  A form is a list of forms, an atom's text or an int."""

import re

WIDTH = 96
TOKEN = re.compile(r";[^\n]*|\"(?:[^\"\\]|\\.)*\"|[()]|[^\s()\";]+")

# How many operands stay on the line of the operator when a form is broken up.
KEPT = {"defprog": 2, "defn": 2, "let": 1, "when": 1, "unless": 1, "if": 1,
        "dotimes": 1, "when-let": 1, "if-let": 1, "block": 1, "case": 1,
        "with-ringbuf": 1, "return-from": 1}


def parse(text):
    """All forms of a source text; comments are dropped."""
    stack = [[]]
    for token in TOKEN.findall(text):
        if token.startswith(";"):
            continue
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(int(token) if re.fullmatch(r"-?\d+", token)
                             else token)
    return stack[0]


def flat(form):
    """A form on one line."""
    if isinstance(form, list):
        return "(%s)" % " ".join(map(flat, form))
    return str(form)


def broken(form, indent):
    """A form that is too long for a line, on several."""
    lead = " " * (indent + 2)
    if not form or not isinstance(form[0], str):
        lead = " " * (indent + 1)
        return "(" + ("\n" + lead).join(printed(item, indent + 1)
                                        for item in form) + ")"
    kept = 1 + KEPT.get(form[0], 0)
    if form[0].startswith("with-"):
        kept = 2
    head, column = "", indent + 1
    for item in form[:kept]:
        text = printed(item, column)
        head += (" " if head else "") + text
        column += len(text.rsplit("\n", 1)[-1]) + 1
    return "(" + "".join([head] + ["\n" + lead + printed(item, indent + 2)
                                   for item in form[kept:]]) + ")"


def printed(form, indent=0):
    """A form as it stands in a source file, from column `indent` on."""
    text = flat(form)
    if not isinstance(form, list) or indent + len(text) <= WIDTH:
        return text
    return broken(form, indent)


def source(top):
    """The text of a file."""
    return "\n".join(printed(form) for form in top) + "\n"
