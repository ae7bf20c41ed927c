#===- completion.py - Completions for three shells ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes the completions of bash, zsh and fish."""

BANNER = """\
# Completion of Whistler's tools in %s. Written by utils/gen-cli-docs; do not edit.
#
# SPDX-License-Identifier: MIT
"""

# The endings of the files that a command takes.
INPUTS = {
    "whistler compile": ["lisp"],
    "whistler disasm": ["lisp"],
    "whistler-opt": ["mlir", "mlirbc"],
    "whistler-reduce": ["mlir", "mlirbc"],
    "whistler-run": ["o"],
    "whistler-translate": ["lisp", "mlir", "mlirbc"],
}

# What stands for values in the help, and the values.
PLACEHOLDERS = {
    "LANGUAGE": ["c", "go", "rust", "python", "lisp"],
    "LANGUAGE,...": ["c", "go", "rust", "python", "lisp", "all"],
    "v1..v4": ["v1", "v2", "v3", "v4"],
    "X.Y": ["5.4", "5.10", "5.15", "6.1", "6.6", "6.12"],
}
FILES = ("FILE", "OUT", "filename")


def get_values(option):
    """The values that may follow an option, each with what it means."""
    return option.values or [(value, "")
                             for value in PLACEHOLDERS.get(option.placeholder, [])]


def is_joined(option):
    """Whether the value follows the name at once, as in -O2."""
    return len(option.name) == 1 and option.separator == "="


def get_words(option):
    """The words that a command line may begin to have with an option."""
    if is_joined(option):
        return [option.flag + value for value, _ in get_values(option)]
    if option.separator == "=":
        return [option.flag + "="]
    return [option.flag] + ([option.flag + "="] if option.separator == "[=" else [])


#===-----------------------------------------------------------------------===#
# bash
#===-----------------------------------------------------------------------===#

BASH = r"""
# Completes files with one of some endings, and folders.
__whistler_files() {
  local current=$1 ending
  shift
  compopt -o filenames 2>/dev/null
  if (($# == 0)); then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(
    compgen -d -- "$current"
    for ending; do compgen -f -X "!*.$ending" -- "$current"; done
  )
}

# Completes words; one that ends in = is followed by its value at once.
__whistler_words() {
  mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}

# Completes the value of an option.
__whistler_value() {
  local command=$1 option=$2 current=$3 values before=
  values=$(__whistler_values "$command" "$option")
  # Of a list, the last element is being written.
  if [[ $values == *,* && $current == *,* ]]; then
    before=${current%,*},
    current=${current##*,}
  fi
  case $values in
  FILE) __whistler_files "$current" ;;
  *) mapfile -t COMPREPLY < <(compgen -P "$before" -W "${values//,/ }" -- "$current") ;;
  esac
}

__whistler_complete() {
  local line=${COMP_LINE:0:COMP_POINT} command=$1 current word
  current=${line##*[[:space:]]}
  if [[ $command == whistler ]]; then
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
      case $word in
      @subcommands@) command="whistler $word"; break ;;
      esac
    done
  fi
  COMPREPLY=()
  local previous=
  ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $current == --*=* ]]; then
    __whistler_value "$command" "${current%%=*}" "${current#*=}"
    # Where = ends a word, what is in front of it is there already.
    if [[ $COMP_WORDBREAKS != *=* ]]; then
      COMPREPLY=("${COMPREPLY[@]/#/${current%%=*}=}")
    fi
  elif [[ $previous == -o ]]; then
    __whistler_files "$current"
  elif [[ $current == -* ]]; then
    __whistler_words "$current" "$(__whistler_options "$command")"
  elif [[ $command == whistler ]]; then
    __whistler_words "$current" "@words@"
  else
    case $command in
@inputs@
    esac
  fi
}

@registrations@
"""


def write_bash(commands):
    lines = [BANNER % "bash", "__whistler_options() {", "  case $1 in"]
    for command in commands:
        words = [word for option in command.options for word in get_words(option)]
        lines.append("  '%s') echo \"%s\" ;;" % (command.title, " ".join(words)))
    lines += ["  esac", "}", "", "__whistler_values() {", "  case $1:$2 in"]
    for command in commands:
        for option in command.options:
            values = [value for value, _ in get_values(option)]
            separator = "," if option.placeholder.endswith("...") else " "
            text = "FILE" if option.placeholder in FILES else separator.join(values)
            if text and option.separator in ("=", "[="):
                lines.append("  '%s:%s') echo \"%s\" ;;" %
                             (command.title, option.flag, text))
    lines += ["  esac", "}"]
    subcommands = [command.words[1] for command in commands if len(command.words) > 1]
    tools = sorted({command.words[0] for command in commands})
    titles = [command.title for command in commands]
    script = BASH
    for name, text in [
            ("subcommands", " | ".join(subcommands)),
            ("words", " ".join(subcommands)),
            ("inputs", "\n".join("    '%s') __whistler_files \"$current\" %s ;;" %
                                 (title, " ".join(endings))
                                 for title, endings in INPUTS.items()
                                 if title in titles)),
            ("registrations", "\n".join("complete -F __whistler_complete " + tool
                                        for tool in tools))]:
        script = script.replace("@%s@" % name, text)
    return "\n".join(lines) + "\n" + script.rstrip("\n") + "\n"


#===-----------------------------------------------------------------------===#
# zsh
#===-----------------------------------------------------------------------===#

def quote_zsh(text):
    """A part of a specification of _arguments, inside of single quotes."""
    for character in "\\[]:":
        text = text.replace(character, "\\" + character)
    return text.replace("'", "'\\''")


def describe_value(option):
    """What _arguments does to complete the value of an option."""
    values = get_values(option)
    if option.placeholder in FILES:
        return "_files"
    if option.placeholder.endswith("..."):
        return "_values -s , %s %s" % (option.name,
                                       " ".join(value for value, _ in values))
    if not values:
        return " "
    if not any(meaning for _, meaning in values):
        return "(%s)" % " ".join(value for value, _ in values)
    return "((%s))" % " ".join(
        '%s\\:"%s"' % (value, quote_zsh(meaning).replace('"', '\\"')
                       .replace("`", "\\`").replace("$", "\\$"))
        for value, meaning in values)


def specify_zsh(option):
    """The specification of an option for _arguments."""
    flag = option.flag + {"": "", " ": "", "=": "=", "[=": "=-"}[option.separator]
    if is_joined(option):
        flag = option.flag + "-"
    text = "%s[%s]" % (flag, quote_zsh(option.description))
    if option.separator:
        optional = ":" if option.separator == "[=" else ""
        text += ":%s%s:%s" % (optional, quote_zsh(option.placeholder) or "value",
                              describe_value(option))
    return "'%s'" % text


def write_zsh(commands):
    tools = sorted({command.words[0] for command in commands})
    lines = ["#compdef " + " ".join(tools), BANNER % "zsh"]
    for command in commands:
        # The file is the body of _whistler, and must not define that itself.
        lines.append("__%s() {" % "_".join(command.words).replace("-", "_"))
        specifications = [specify_zsh(option) for option in command.options]
        if command.title in INPUTS:
            patterns = " ".join("*." + ending for ending in INPUTS[command.title])
            specifications.append("'*:file:_files -g \"%s\"'" % patterns)
        if command.title == "whistler":
            specifications += ["'1:command:__whistler_commands'",
                               "'*::argument:__whistler_arguments'"]
        lines.append("  _arguments -s \\\n    " +
                     " \\\n    ".join(specifications))
        lines += ["}", ""]
    subcommands = [command for command in commands if len(command.words) > 1]
    lines += ["__whistler_commands() {", "  local -a commands=("]
    lines += ["    '%s:%s'" % (command.words[1], quote_zsh(command.description))
              for command in subcommands]
    lines += ["  )", "  _describe command commands", "}", "",
              "__whistler_arguments() {", "  case $words[1] in"]
    lines += ["  %s) __whistler_%s ;;" % (command.words[1], command.words[1])
              for command in subcommands]
    lines += ["  esac", "}", "", "case $service in"]
    lines += ["%s) __%s \"$@\" ;;" % (tool, tool.replace("-", "_")) for tool in tools]
    return "\n".join(lines + ["esac", ""])


#===-----------------------------------------------------------------------===#
# fish
#===-----------------------------------------------------------------------===#

def quote_fish(text):
    return "'%s'" % text.replace("\\", "\\\\").replace("'", "\\'")


def specify_fish(command, option):
    """The commands that make an option known."""
    words = ["complete", "-c", command.words[0]]
    if command.title == "whistler":
        words += ["-n", "__fish_use_subcommand"]
    elif len(command.words) > 1:
        words += ["-n", quote_fish("__fish_seen_subcommand_from " +
                                   command.words[1])]
    values = get_values(option)
    if is_joined(option):
        return [" ".join(words + ["-a", quote_fish(option.flag + value), "-d",
                                  quote_fish(meaning)])
                for value, meaning in values]
    words += ["-l" if option.dashes == "--" else
              "-s" if len(option.name) == 1 else "-o", option.name]
    if option.separator:
        is_file = option.placeholder in FILES
        words += ["-r" if is_file else "-x"] if option.separator != "[=" else []
        if values:
            words += ["-a", quote_fish("\n".join(
                value + ("\t" + meaning if meaning else "")
                for value, meaning in values))]
    return [" ".join(words + ["-d", quote_fish(option.description)])]


def write_fish(commands):
    lines = [BANNER % "fish"]
    for command in commands:
        if len(command.words) > 1:
            lines.append("complete -c whistler -n __fish_use_subcommand -f -a %s -d %s"
                         % (command.words[1], quote_fish(command.description)))
    for command in commands:
        for option in command.options:
            lines += specify_fish(command, option)
        if command.title in INPUTS:
            condition = (" -n '__fish_seen_subcommand_from %s'" % command.words[1]
                         if len(command.words) > 1 else "")
            for ending in INPUTS[command.title]:
                lines.append("complete -c %s%s -k -a '(__fish_complete_suffix .%s)'" %
                             (command.words[0], condition, ending))
    return "\n".join(lines) + "\n"
