#===- manual.py - Lists of options in manual pages ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Lists of options in the language of manual pages, mdoc.

A page says where a list goes by two comments, with the command between them:

  .\\" Options of whistler compile
  .\\" End of options
"""

import re

LIST = re.compile(r'^(\.\\" Options of ([^\n]+)\n).*?^(\.\\" End of options\n)',
                  re.M | re.S)


def escape(text):
    """Text as mdoc prints it, with the dashes of options as they are typed."""
    text = text.replace("\\", "\\e")
    text = re.sub(r"(?<![\w-])(-+)(?=\w)",
                  lambda dashes: "\\-" * len(dashes.group(1)), text)
    # A sentence begins a line.
    text = re.sub(r"(?<=[.!?]) +(?=[A-Z])", "\n", text)
    return re.sub(r"(?m)^(?=[.'])", r"\\&", text)


def quote(text):
    """An argument of a macro."""
    text = escape(text)
    return '"%s"' % text.replace('"', '\\(dq') if re.search(r"[ \"]", text) else text


def format_option(option):
    """The entry of an option in a list."""
    flag = option.flag[1:].replace("-", "\\-")
    # A single letter may be a macro, too.
    flag = "Fl " + (flag if len(flag) > 1 else "\\&" + flag)
    if option.separator == " ":
        flag += " Ar " + quote(option.placeholder)
    elif option.separator == "[=":
        flag += " Ns Op = Ns Ar " + quote(option.placeholder)
    elif option.separator:
        flag += " Ns = Ns Ar " + quote(option.placeholder)
    lines = [".It " + flag, escape(option.description) or "\\&"]
    if option.values:
        lines.append(".Bl -tag -width Ds -compact")
        for value, description in option.values:
            lines += [".It Cm " + quote(value), escape(description) or "\\&"]
        lines.append(".El")
    return lines


def format_list(options):
    """A list of options."""
    lines = [".Bl -tag -width Ds"]
    for option in options:
        lines += format_option(option)
    return "\n".join(lines + [".El", ""])


def update(page, commands):
    """A page with its lists written anew."""
    by_title = {command.title: command for command in commands}

    def write(match):
        command = by_title[match.group(2)]
        return match.group(1) + format_list(command.options) + match.group(3)

    return LIST.sub(write, page)
