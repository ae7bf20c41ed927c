#===- uapi.py - Enumerators out of the kernel's headers ---*- python -*---===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads the numbers that the harness needs from <linux/bpf.h> and its kin.

Nothing here is typed in by hand: the names of verdicts and the numbers of map
and program types are those of the installed kernel headers.
"""

import functools
import os
import re

HEADERS = os.environ.get("WHISTLER_UAPI", "/usr/include/linux")


@functools.lru_cache(maxsize=None)
def header(name):
    """The text of one UAPI header without its comments, or an empty text."""
    try:
        with open(os.path.join(HEADERS, name), encoding="utf-8") as file:
            return re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    except OSError:
        return ""


@functools.lru_cache(maxsize=None)
def enum(name):
    """The enumerators of `enum name` in <linux/bpf.h>: {name: value}."""
    match = re.search(r"enum %s\s*\{(.*?)\}" % name, header("bpf.h"), re.S)
    values, following = {}, 0
    for item in (match.group(1) if match else "").split(","):
        words = [word.strip() for word in item.split("=")]
        if not words[0]:
            continue
        if len(words) > 1:
            known = values.get(words[1])
            following = int(words[1], 0) if known is None else known
        values[words[0]] = following
        following += 1
    return values


@functools.lru_cache(maxsize=None)
def helpers():
    """{number: name} of the kernel's helpers, "map_lookup_elem" being 1."""
    match = re.search(r"#define _+BPF_FUNC_MAPPER\(FN.*?\n\n",
                      header("bpf.h"), re.S)
    # Newer headers spell the numbers out.
    items = re.findall(r"\bFN\((\w+)(?:,\s*(\d+))?",
                       match.group(0) if match else "")
    return {int(number or place): name
            for place, (name, number) in enumerate(items)}


@functools.lru_cache(maxsize=None)
def helper_arguments():
    """{name: number of arguments} of helpers, from their documentation."""
    with open(os.path.join(HEADERS, "bpf.h"), encoding="utf-8") as file:
        found = re.findall(r"^ \* \S.*?\bbpf_(\w+)\((.*)\)$", file.read(),
                           re.M)
    return {name: 0 if text == "void" else text.count(",") + 1
            for name, text in found}


def xdp_verdicts():
    """XDP verdicts by number."""
    return {value: name for name, value in enum("xdp_action").items()}


def tc_verdicts():
    """Traffic control verdicts by number; -1 stands for TC_ACT_UNSPEC."""
    pattern = r"#define\s+(TC_ACT_[A-Z]+)\s+\(?(-?\d+)\)?\s"
    found = re.findall(pattern, header("pkt_cls.h"))
    return {int(value): name for name, value in found}
