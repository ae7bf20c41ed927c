"""Parses the examples that the pages on the dialects give of their operations.

    op-examples.py WHISTLER-OPT PAGE...

Every operation has an example.  Each statement of one is put into a program of
its own, where the values that it uses are defined with the types that the parser
asks for; declarations are taken as they stand.  What is parsed has to go through
bytecode and come back the same."""

import re
import subprocess
import sys

OPERATION = re.compile(r"^### `((?:whistler|bpf)\.\w+)`.*?(?=^##)", re.M | re.S)
EXAMPLE = re.compile(r"^```mlir\n(.*?)^```$", re.M | re.S)
DECLARATION = re.compile(
    r"(whistler\.(define|enum|func|global|map|prog|struct)|bpf\.func|module)\b")
EXPECTED = re.compile(
    r"use of value '(%\w+)' expects different type than prior uses: '(.*?)' vs")

# What examples refer to by name.
SYMBOLS = """
whistler.map @counts type "array" key 4 : ui32 value 8 : ui64 entries 64
whistler.map @counts_per_cpu type "percpu-array" key 4 : ui32 value 8 : ui64 entries 64
whistler.map @handlers type "prog-array" key 4 value 4 entries 4
whistler.global @hits : ui64 section ".bss"
"""
FUNCTIONS = {
    "whistler": """
whistler.func @scale params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}
whistler.func @each_entry params [] result ui64 {
  %0 = arith.constant 0 : i64
  whistler.return %0
}
""",
    "bpf": """
bpf.func @scale params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: !bpf.reg<r1>):
  %0 = bpf.mov w64 %x : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @each_entry params [] result ui64 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
""",
}
BODY = {
    "whistler": ("whistler.prog @example type \"xdp\" section \"xdp\" license \"GPL\" {\n"
                 "^bb0(%%first: !whistler.ptr<ctx>):\n%s}\n",
                 "%last = arith.constant 0 : i64\nwhistler.return %last\n"),
    "bpf": ("bpf.func @example program \"xdp\" section \"xdp\" license \"GPL\" {\n"
            "^bb0(%%first: !bpf.reg<r1>):\n%s}\n",
            "%last = bpf.mov_imm w64 0 : !bpf.reg<r0>\n"
            "bpf.exit %last : !bpf.reg<r0>\n"),
}
TERMINATORS = ("whistler.return", "bpf.exit", "bpf.ja", "bpf.jcond")


def run(arguments, text):
    done = subprocess.run(arguments, input=text, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def get_statements(example):
    """The statements of an example; what is indented continues the line above."""
    return re.findall(r"^\S.*\n(?:[ \t]+.*\n)*", example, re.M)


def get_blocks(statement, end):
    """The blocks that a jump goes to, and what follows the statement otherwise."""
    if not any(name in statement for name in TERMINATORS):
        return end
    blocks = []
    for name, arguments in sorted(set(
            re.findall(r"(\^\w+)(?:\(%\w+ : (\S+)\))?", statement))):
        argument = "(%%argument: %s)" % arguments if arguments else ""
        value = "%" + name[1:]
        blocks.append("%s%s:\n%s" % (name, argument,
                                     end.replace("%last", value)))
    return "".join(blocks)


def wrap(statement, types):
    """A module with a statement, whose free values have these types."""
    dialect = "bpf" if re.search(r"\bbpf\.", statement) else "whistler"
    body, end = BODY[dialect]
    values = "".join("%s = \"test.value\"() : () -> %s\n" % item
                     for item in types.items())
    return SYMBOLS + FUNCTIONS[dialect] + body % (
        values + statement + get_blocks(statement, end))


def find_types(opt, statement):
    """The module that whistler-opt accepts, or what it says."""
    results = re.match(r"((?:%\w+(?:, )?)+) =", statement)
    defined = re.findall(r"%\w+", results.group(1)) if results else []
    used = re.findall(r"%\w+", statement[results.end():] if results else statement)
    types = {name: "none" for name in used if name not in defined}
    for _ in range(len(types) + 1):
        module = wrap(statement, types)
        status, _, errors = run(opt, module.encode())
        wrong = EXPECTED.search(errors)
        if status == 0 or not wrong or types.get(wrong.group(1)) != "none":
            return status, module, errors
        types[wrong.group(1)] = wrong.group(2)
    return 1, module, "no types fit"


def check(opt, name, module, errors_so_far=""):
    """Reports a module that does not come back from bytecode as it was."""
    status, text, errors = run(opt, module.encode())
    if status or errors_so_far:
        print("%s: whistler-opt refuses\n%s\n%s" %
              (name, module, errors_so_far or errors))
        return 1
    _, bytecode, _ = run(opt + ["--emit-bytecode"], module.encode())
    _, again, _ = run(opt, bytecode)
    if again == text and bytecode.startswith(b"ML\xefR"):
        return 0
    print("%s: bytecode changes\n%s" % (name, module))
    return 1


def check_example(opt, name, example):
    if DECLARATION.match(example):
        if example.startswith("module"):
            return check(opt, name, example)
        declared = re.findall(r"(?m)^whistler\.(?:map|global) (@\w+)", example)
        others = [line for line in SYMBOLS.splitlines(True)
                  if not set(re.findall(r"@\w+", line)) & set(declared)]
        return check(opt, name, "".join(others) + example)
    failed = 0
    for statement in get_statements(example):
        status, module, errors = find_types(opt, statement)
        failed += check(opt, name, module, errors if status else "")
    return failed


def main():
    opt = [sys.argv[1], "--allow-unregistered-dialect", "-"]
    checked, failed = 0, 0
    for page in sys.argv[2:]:
        with open(page, encoding="utf-8") as file:
            text = file.read()
        for operation in OPERATION.finditer(text):
            name = operation.group(1)
            examples = EXAMPLE.findall(operation.group())
            if not any(re.search(re.escape(name) + r"\b", example)
                       for example in examples):
                print("%s: there is no example" % name)
                failed += 1
            for example in examples:
                checked += 1
                failed += check_example(opt, name, example)
        for example in EXAMPLE.findall(OPERATION.sub("", text)):
            checked += 1
            failed += check_example(opt, page, example)
    print("%d examples, %d failed" % (checked, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
