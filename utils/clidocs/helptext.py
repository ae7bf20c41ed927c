#===- helptext.py - What a tool's --help lists ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""The options of a tool, read from the help that LLVM's parser prints."""

import dataclasses
import os
import re
import subprocess

# Options of passes stand further to the right; they are no options of the tool.
OPTION = re.compile(r"^(?:  |      )(--?)([\w.-]+)"
                    r"(?:(\[?=| )<([^>]*)>\]?)? +- +(.*)$")
VALUE = re.compile(r"^    =(\S+) +- *(.*)$")
SUBCOMMAND = re.compile(r"^  (\w+) +- (.*)$")


@dataclasses.dataclass
class Option:
    """One option, `--name` or `-n`, with or without a value."""
    name: str
    dashes: str
    # What stands in front of the value, nothing if there is none: "=", "[=" or " ".
    separator: str
    placeholder: str
    description: str
    # Each value that may be given, and what it means.
    values: list = dataclasses.field(default_factory=list)

    @property
    def flag(self):
        return self.dashes + self.name


@dataclasses.dataclass
class Command:
    """A tool, or a subcommand of one."""
    words: list
    options: list
    description: str = ""

    @property
    def title(self):
        return " ".join(self.words)


def run_help(tools, words):
    path = os.path.join(tools, words[0])
    return subprocess.run([path] + words[1:] + ["--help"], check=True,
                          stdout=subprocess.PIPE, text=True).stdout


def get_options(text):
    """The options in a help text, each name once, in its order."""
    options = {}
    current = None
    for line in text.splitlines():
        value = VALUE.match(line)
        if value and current:
            if value.group(1) != "<empty>":
                current.values.append(value.groups())
            continue
        match = OPTION.match(line)
        current = None
        if not match:
            continue
        dashes, name, separator, placeholder, description = match.groups()
        current = Option(name, dashes, separator or "", placeholder or "",
                         description.strip())
        # An option with an optional value is listed without and with it.
        if name in options and current.separator:
            current.separator = "[="
        options[name] = current
    return list(options.values())


def read_commands(tools, tool):
    """A tool and its subcommands."""
    text = run_help(tools, [tool])
    commands = [Command([tool], get_options(text))]
    section = re.search(r"^SUBCOMMANDS:\n\n(.*?)\n\n", text, re.M | re.S)
    lines = section.group(1).splitlines() if section else []
    for name, description in (SUBCOMMAND.match(line).groups() for line in lines):
        commands.append(Command([tool, name],
                                get_options(run_help(tools, [tool, name])),
                                description))
    return commands
