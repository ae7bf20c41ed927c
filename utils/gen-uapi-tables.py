#!/usr/bin/env python3
# ===- gen-uapi-tables.py - Tables from the kernel's UAPI headers ----------===#
# SPDX-License-Identifier: MIT
# ===----------------------------------------------------------------------===#
"""Writes lib/UAPI's generated tables.

Only names and prototypes are taken from the headers here. Every number in the
output is a C expression over the same headers (an enumerator, offsetof,
sizeof), so the C++ compiler that builds the library supplies the values.
"""

import argparse
import pathlib
import re
import subprocess
import sys

# Headers that are preprocessed for their enumerators and structs.
PREPROCESSED = ["linux/bpf.h", "linux/bpf_perf_event.h", "linux/in.h",
                "linux/in6.h", "linux/pkt_cls.h", "linux/if_link.h",
                "linux/if_ether.h", "linux/icmp.h", "linux/icmpv6.h"]

# Object-like macros that become constants, by header.
MACROS = {
    "linux/bpf.h": r"(?:BPF|XDP)_\w+",
    "linux/bpf_common.h": r"BPF_\w+",
    "linux/in6.h": r"IPPROTO_\w+",
    "linux/pkt_cls.h": r"TC_ACT_\w+",
    "linux/if_link.h": r"XDP_FLAGS_\w+",
    "linux/if_ether.h": r"ETH_(?:P_)?\w+",
    "linux/icmp.h": r"ICMP_\w+",
    "linux/icmpv6.h": r"ICMPV6_\w+",
}

# Headers whose enumerators all become constants.
ENUM_HEADERS = {"linux/bpf.h": r"\w+", "linux/in.h": r"IPPROTO_\w+"}

# Structs that the kernel's documentation uses for a program's context.
CONTEXT_TYPES = {"sk_buff", "__sk_buff", "xdp_buff", "xdp_md", "bpf_sock_ops",
                 "sk_msg_buff", "sk_msg_md", "bpf_sock_addr", "bpf_sysctl",
                 "sk_reuseport_md", "bpf_perf_event_data", "bpf_sk_lookup",
                 "pt_regs", "bpf_sockopt"}

# Kernel objects although the UAPI header defines their layout, and plain
# memory although it does not.
KERNEL_TYPES = {"bpf_sock", "bpf_tcp_sock"}
MEMORY_TYPES = {"sockaddr", "tcphdr", "iphdr", "ipv6hdr"}

# Untyped parameters ("void *sk") that the name alone explains.
KIND_BY_NAME = {
    "ctx": "Context", "skb": "Context", "ringbuf": "Map", "map": "Map",
    "unsafe_ptr": "UnsafePointer", "unsafe_addr": "UnsafePointer",
    "user_ptr": "UnsafePointer", "callback_fn": "Function",
    "sk": "ContextOrKernelPointer", "bpf_socket": "ContextOrKernelPointer",
    "sock": "KernelPointer", "tp": "KernelPointer", "inode": "KernelPointer",
    "percpu_ptr": "KernelPointer",
}

# Parameters that neither type nor name explains, by helper and parameter.
KIND_OVERRIDES = {
    ("skb_output", "ctx"): "KernelPointer",
    ("xdp_output", "ctx"): "KernelPointer",
    ("user_ringbuf_drain", "ctx"): "Memory",
    ("probe_write_user", "dst"): "UnsafePointer",
    ("kptr_xchg", "ptr"): "KernelPointer",
}

# Parameters that point to memory of which the helper writes each byte, whether
# it succeeds or not, and reads none (ARG_PTR_TO_UNINIT_MEM in the kernel). Those
# of strings are not among them: what follows the end of one is left alone.
FILLED_ARGS = {
    ("copy_from_user", "dst"), ("get_current_comm", "buf"),
    ("probe_read", "dst"), ("probe_read_kernel", "dst"),
    ("probe_read_user", "dst"), ("skb_load_bytes", "to"),
    ("skb_load_bytes_relative", "to"),
}

# Helpers that return a pointer although their prototype says otherwise.
RETURNS_POINTER = {"task_pt_regs": "struct pt_regs *"}

CONTEXT_STRUCTS = ["xdp_md", "__sk_buff", "bpf_sock_ops", "sk_msg_md",
                   "bpf_sk_lookup", "bpf_sock_addr", "bpf_sock",
                   "bpf_perf_event_data"]

PACKET_FIELDS = {"data": "Packet", "data_end": "PacketEnd",
                 "data_meta": "PacketMeta", "skb_data": "Packet",
                 "skb_data_end": "PacketEnd"}


def lisp_name(name):
    return name.strip("_").lower().replace("_", "-")


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- Reading the headers ----------------------------------------------------


class Headers:
    """The UAPI headers: preprocessed text per file, and the raw files."""

    def __init__(self, compiler):
        source = "".join(f"#include <{name}>\n" for name in PREPROCESSED)
        output = subprocess.run(
            [*compiler, "-x", "c", "-E", "-"], input=source, text=True,
            stdout=subprocess.PIPE, check=True).stdout
        self.expanded = {}
        self.paths = {}
        current = []
        for line in output.splitlines():
            marker = re.match(r'# \d+ "([^"<]+)"', line)
            if marker:
                path = marker.group(1)
                self.paths.setdefault(path, None)
                current = self.expanded.setdefault(path, [])
            elif not line.startswith("#"):
                current.append(line)
        self.expanded = {p: "\n".join(t) for p, t in self.expanded.items()}

    def path(self, name):
        for path in self.expanded:
            if path.endswith("/" + name):
                return path
        sys.exit(f"error: the compiler does not find <{name}>; "
                 "install the kernel's UAPI headers (linux-libc-dev)")

    def text(self, name):
        return self.expanded[self.path(name)]

    def raw(self, name):
        return pathlib.Path(self.path(name)).read_text(encoding="utf-8")

    def all_text(self):
        return "\n".join(self.expanded.values())


def split_top_level(text, separator):
    """Splits at separators outside parentheses and braces."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "({[") - (c in ")}]")
        if c == separator and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [p.strip() for p in parts if p.strip()]


def enums(text):
    """Yields each enum's tag (or '') and its enumerators in order."""
    for match in re.finditer(r"\benum\s+(\w*)\s*\{([^}]*)\}", text):
        names = [re.match(r"\w+", part).group(0)
                 for part in split_top_level(match.group(2), ",")]
        yield match.group(1), names


def enumerators(text, tag):
    for name, values in enums(text):
        if name == tag:
            return values
    sys.exit(f"error: linux/bpf.h has no enum {tag}")


def object_macros(raw, pattern):
    """Names of macros without parameters that have a value."""
    raw = re.sub(r"/\*.*?\*/", " ", raw, flags=re.S)
    return [m.group(1) for m in re.finditer(
        r"^[ \t]*#[ \t]*define[ \t]+(" + pattern + r")[ \t]+\S", raw, re.M)]


# --- Helpers ----------------------------------------------------------------


class Prototype:
    def __init__(self, returns, params, doc):
        self.returns = returns
        self.params = params
        self.doc = doc


def parse_param(text):
    """'const void *key' -> ('const void *', 'key')."""
    match = re.match(r"(.*?)(\w+)$", text.strip())
    return match.group(1).strip(), match.group(2)


def prototypes(raw):
    """The documented prototypes by helper name, overloads in a list."""
    block = re.search(r"Start of BPF helper function descriptions:(.*?)\*/",
                      raw, re.S)
    if not block:
        sys.exit("error: linux/bpf.h documents no helpers")
    text = re.sub(r"^ \* ?", "", block.group(1), flags=re.M)
    heads = list(re.finditer(
        r"^(?! )(\w[\w ]*?[ *]+)bpf_(\w+)\(([^()]*)\)\s*$", text, re.M))
    result = {}
    for i, head in enumerate(heads):
        end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        params = [" ".join(p.split())
                  for p in split_top_level(head.group(3), ",")]
        params = [] if params == ["void"] else params
        result.setdefault(head.group(2), []).append(
            Prototype(head.group(1).strip(), params, text[head.end():end]))
    return result


def arg_kind(helper, ctype, name, defined_structs):
    if (helper, name) in KIND_OVERRIDES:
        return KIND_OVERRIDES[helper, name]
    if not ctype.endswith("*"):
        return "Function" if name == "callback_fn" else "Scalar"
    struct = re.match(r"(?:const )?struct (\w+) \*$", ctype)
    if not struct:
        return KIND_BY_NAME.get(name, "Memory")
    struct = struct.group(1)
    if struct == "bpf_map":
        return "Map"
    if struct in CONTEXT_TYPES:
        return "Context"
    if struct in KERNEL_TYPES:
        return "KernelPointer"
    if struct in MEMORY_TYPES or struct in defined_structs:
        return "Memory"
    return "KernelPointer"


def merge_kinds(kinds):
    """One kind for a parameter that overloads give several."""
    if len(set(kinds)) == 1:
        return kinds[0]
    if set(kinds) <= {"Context", "KernelPointer", "ContextOrKernelPointer"}:
        return "ContextOrKernelPointer"
    sys.exit(f"error: overloads of a helper disagree: {kinds}")


def size_arg(kinds, params, index):
    """The parameter with the size of the memory that `index` points to."""
    following = index + 1
    if kinds[index] != "Memory" or following >= len(params):
        return -1
    name = params[following][1]
    is_size = re.search(r"(size|len|sz)$|^size_", name)
    return following if kinds[following] == "Scalar" and is_size else -1


def helper_args(helper, overloads, defined_structs):
    params = [parse_param(p) for p in overloads[0].params if p != "..."]
    kinds = []
    for i in range(len(params)):
        kinds.append(merge_kinds(
            [arg_kind(helper, *parse_param(o.params[i]), defined_structs)
             for o in overloads]))
    return [f"{{ArgKind::{kinds[i]}, {size_arg(kinds, params, i)}, "
            f"{'true' if (helper, name) in FILLED_ARGS else 'false'}, "
            f"{quote(name)}, {quote(ctype)}}}"
            for i, (ctype, name) in enumerate(params)]


def return_fields(helper, proto):
    """Initialisers of returnKind .. returnType."""
    ctype = RETURNS_POINTER.get(helper, proto.returns)
    if ctype.endswith("*"):
        text = proto.doc.split("Return", 1)[-1]
        null = "true" if "NULL" in text else "false"
        return f"ReturnKind::Pointer, 64, false, {null}, {quote(ctype)}"
    if ctype == "void":
        return 'ReturnKind::Void, 0, false, false, "void"'
    bits = 32 if ctype in ("int", "u32", "s32") else 64
    signed = "false" if ctype.startswith("u") else "true"
    return f"ReturnKind::Integer, {bits}, {signed}, false, {quote(ctype)}"


class Versions:
    """What data/versions.txt says, as C++ initialisers."""

    def __init__(self, directory):
        self.since = {}
        text = (directory / "versions.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            head, names = line.split(":", 1)
            what, version = head.split()
            major, minor = version.split(".")
            for name in names.split():
                self.since[what, name] = int(major), int(minor)

    def get(self, what, name):
        """The first kernel that has it; 0.0 for what the table does not know."""
        return self.since.get((what, name), (0, 0))

    @staticmethod
    def format(version):
        return f"{{{version[0]}, {version[1]}}}"


def write_helpers(headers, recorded, versions, out):
    raw = headers.raw("linux/bpf.h")
    protos = prototypes(raw)
    defined = set(re.findall(r"\bstruct (\w+) \{", raw))
    prefix = "BPF_FUNC_"
    names = [n[len(prefix):]
             for n in enumerators(headers.text("linux/bpf.h"), "bpf_func_id")
             if n.startswith(prefix) and n != "BPF_FUNC_unspec"]
    lines, masks = [], []
    for index, name in enumerate(sorted(names, key=lisp_name)):
        since = versions.format(versions.get("helpers", name))
        head = (f"{{{quote(lisp_name(name))}, {quote(name)}, "
                f"{prefix}{name}, {index}, {since}, ")
        if name in protos:
            args = helper_args(name, protos[name], defined)
            variadic = protos[name][0].params[-1:] == ["..."]
            lines.append(
                f"{head}{len(args)}, {'true' if variadic else 'false'}, "
                f"{{{', '.join(args)}}}, "
                f"{return_fields(name, protos[name][0])}, false}},")
        else:
            lines.append(f"{head}0, true, {{}}, ReturnKind::Integer, 64, "
                         'true, false, "long", true},')
        masks.append(recorded.helper_masks(name))
    out.write("Helpers.inc", lines)
    out.write("HelperMasks.inc", masks)


# --- Recorded kernels -------------------------------------------------------


class Recordings:
    """What data/kernel-*.txt and data/supplement.txt say, as masks over
    ProgramKind."""

    def __init__(self, directory, kinds):
        self.kinds = {kind: i for i, kind in enumerate(kinds)}
        files = [(tuple(map(int, re.findall(r"\d+", p.name))), p)
                 for p in directory.glob("kernel-*.txt")]
        self.kernels = [version for version, _ in sorted(files)]
        self.paths = [path for _, path in sorted(files)]
        extra = (directory / "supplement.txt").read_text(encoding="utf-8")
        self.available = [
            self.parse(path.read_text(encoding="utf-8") + extra)
            for path in self.paths]

    def parse(self, text):
        """{'call'|'gpl'|'read'|'write': {name: mask}}."""
        result = {"call": {}, "gpl": {}, "read": {}, "write": {}}
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            head, names = line.split(":", 1)
            what, kind = head.split()
            bit = 1 << self.kinds[kind]
            for name in names.split():
                if what == "call" and name.endswith("!"):
                    name = name[:-1]
                    result["gpl"][name] = result["gpl"].get(name, 0) | bit
                result[what][name] = result[what].get(name, 0) | bit
        return result

    def helper_masks(self, name):
        gpl = 0
        for record in self.available:
            gpl |= record["gpl"].get(name, 0)
        masks = [f"{r['call'].get(name, 0):#x}" for r in self.available]
        return f"{{{gpl:#x}, {{{', '.join(masks)}}}}},"

    def field_mask(self, what, name, kinds):
        """Kinds that may access the field; those without a record count."""
        mask = 0
        for kind in kinds:
            bit = 1 << self.kinds[kind]
            recorded = [r[what] for r in self.available
                        if any(m & bit for m in r["read"].values())]
            if not recorded or any(r.get(name, 0) & bit for r in recorded):
                mask |= bit
        return mask

    def write(self, out):
        out.write("RecordedKernels.inc",
                  [f"{{{major}, {minor}}}," for major, minor in self.kernels])


# --- Context structs --------------------------------------------------------


def struct_body(text, name):
    match = re.search(r"\bstruct " + name + r"\s*\{", text)
    if not match:
        sys.exit(f"error: the UAPI headers have no struct {name}")
    depth, i = 1, match.end()
    while depth:
        depth += (text[i] == "{") - (text[i] == "}")
        i += 1
    return text[match.end():i - 1]


def struct_members(body):
    """Yields (type, name) in order, anonymous structs and unions opened."""
    body = re.sub(r"__attribute__\s*\(\(.*?\)\)\)?", "", body)
    for decl in split_top_level(body, ";"):
        nested = re.match(r"(?:struct|union)\s*\{(.*)\}$", decl, re.S)
        if nested:
            yield from struct_members(nested.group(1))
            continue
        match = re.match(r"(.*?[\s*])(\w+)\s*(?:\[\w+\])?$", decl, re.S)
        if match:
            ctype = " ".join(match.group(1).split()).replace("* ", "*")
            yield ctype, match.group(2)


def context_field(struct, ctype, name, regs, recorded, kinds):
    member = f"{struct}::{name}"
    pointee = re.match(r"struct (\w+) \*$", ctype)
    pointee = pointee.group(1) if pointee else ""
    if name in PACKET_FIELDS and struct != "bpf_sock":
        kind = PACKET_FIELDS[name]
    elif ctype.endswith("*"):
        kind = "Pointer"
    elif ctype == "bpf_user_pt_regs_t":
        kind, pointee = "Struct", regs
    else:
        kind = "Scalar"
    signed = re.match(r"(__s\d+|int|long)$", ctype)
    read = recorded.field_mask("read", name, kinds)
    write = recorded.field_mask("write", name, kinds)
    return (f"{{{quote(lisp_name(name))}, {quote(name)}, {quote(ctype)}, "
            f"offsetof({struct}, {name}), "
            f"sizeof(std::remove_extent_t<decltype({member})>), "
            f"std::extent_v<decltype({member})>, FieldKind::{kind}, "
            f"{'true' if signed else 'false'}, "
            f"{quote(pointee)}, "
            f"{read:#x}, {write:#x}}},")


def write_contexts(headers, recorded, context_kinds, out):
    text = headers.all_text()
    # Architectures name their register struct differently.
    regs = re.search(r"typedef struct (\w+) bpf_user_pt_regs_t", text).group(1)
    structs = CONTEXT_STRUCTS + [regs]
    fields, table = [], []
    for struct in structs:
        kinds = context_kinds.get("pt_regs" if struct == regs else struct, [])
        fields.append(f"constexpr ContextField {struct}Fields[] = {{")
        for ctype, name in struct_members(struct_body(text, struct)):
            fields.append(
                context_field(struct, ctype, name, regs, recorded, kinds))
        fields.append("};")
        table.append(f"{{{quote(struct)}, sizeof({struct}), "
                     f"{struct}Fields}},")
    out.write("ContextFields.inc", fields)
    out.write("ContextStructs.inc", table)
    out.write("PtRegs.inc", [f"#define WHISTLER_PT_REGS {quote(regs)}"])


# --- Constants, map types, sections ----------------------------------------


def write_constants(headers, data, out):
    constants = {}
    for header, pattern in ENUM_HEADERS.items():
        for _, names in enums(headers.text(header)):
            constants.update((n, n) for n in names
                             if re.fullmatch(pattern, n))
    for header, pattern in MACROS.items():
        for name in object_macros(headers.raw(header), pattern):
            constants[name] = name
    for name in [n for n in constants if n.startswith("IPPROTO_")]:
        constants[f"+ip-proto-{lisp_name(name[8:])}+"] = name
    for line in (data / "protocol-constants.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, expression = line.split(None, 1)
            constants[name] = expression
    seen = {}
    for name in constants:
        other = seen.setdefault(name.upper(), name)
        if other != name:
            sys.exit(f"error: {name} and {other} differ in letter case only")
    # The order of StringRef::compare_insensitive.
    out.write("Constants.inc",
              [f"{{{quote(n)}, static_cast<int64_t>({constants[n]})}},"
               for n in sorted(constants, key=str.lower)])


def write_map_types(headers, versions, out):
    prefix = "BPF_MAP_TYPE_"
    names = enumerators(headers.text("linux/bpf.h"), "bpf_map_type")
    lines = []
    for name in names:
        alias = name.replace("_DEPRECATED", "")
        if (not name.startswith(prefix) or name == prefix + "UNSPEC"
                or (alias != name and alias in names)):
            continue
        major, minor = versions.get("maps", alias[len(prefix):])
        lines.append(f"WHISTLER_MAP_TYPE("
                     f"{quote(lisp_name(name[len(prefix):]))}, {name}, "
                     f"{major}, {minor})")
    out.write("MapTypes.inc", lines)


def write_sections(headers, data, versions, out):
    text = headers.text("linux/bpf.h")
    known = set(enumerators(text, "bpf_prog_type"))
    known |= set(enumerators(text, "bpf_attach_type"))
    kinds = program_kinds(data)
    lines = []
    for line in (data / "sections.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        name, prog, attach, keyword, since, *flags = line.split()
        first = versions.format(max(versions.get("programs", prog),
                                    versions.get("sections",
                                                 name.rstrip("+"))))
        prog, attach = "BPF_PROG_TYPE_" + prog, "BPF_" + attach
        form = "OptionalTarget" if name.endswith("+") else "Exact"
        kind = (f"static_cast<ProgramKind>({kinds.index(keyword)})"
                if keyword != "-" else "std::nullopt")
        lines.append(
            f"{{{quote(name.rstrip('+'))}, SectionForm::{form}, "
            f"{prog if prog in known else 'std::nullopt'}, "
            f"{attach if attach in known else 'std::nullopt'}, {kind}, "
            f"{since}, {'true' if 'sleepable' in flags else 'false'}, "
            f"{first}}},")
    out.write("Sections.inc", lines)


def program_types(data):
    """Rows of data/program-types.txt: (keyword, context struct or '-')."""
    for line in (data / "program-types.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def program_kinds(data):
    return [row[0] for row in program_types(data)]


# --- Output -----------------------------------------------------------------


class Output:
    def __init__(self, directory):
        self.directory = directory

    def write(self, name, lines):
        text = ("// Generated by gen-uapi-tables.py from the kernel's UAPI "
                "headers.\n" + "\n".join(lines) + "\n")
        path = self.directory / name
        # An unchanged table must not rebuild what includes it.
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True,
                        help="lib/UAPI/data")
    parser.add_argument("--out", type=pathlib.Path, required=True,
                        help="directory for the .inc files")
    parser.add_argument("--stamp", type=pathlib.Path, required=True,
                        help="file to touch; its path names the depfile rule")
    parser.add_argument("--depfile", type=pathlib.Path, required=True)
    parser.add_argument("compiler", nargs="+", help="C++ compiler and flags")
    args = parser.parse_args()

    args.out.mkdir(parents=True, exist_ok=True)
    headers = Headers(args.compiler)
    recorded = Recordings(args.data, program_kinds(args.data))
    versions = Versions(args.data)
    context_kinds = {}
    for keyword, struct in program_types(args.data):
        context_kinds.setdefault(struct, []).append(keyword)
    out = Output(args.out)
    recorded.write(out)
    write_helpers(headers, recorded, versions, out)
    write_contexts(headers, recorded, context_kinds, out)
    write_constants(headers, args.data, out)
    write_map_types(headers, versions, out)
    write_sections(headers, args.data, versions, out)
    inputs = [p for p in headers.paths if pathlib.Path(p).exists()]
    inputs += [str(p) for p in sorted(args.data.glob("*.txt"))]
    args.depfile.write_text(f"{args.stamp}: {' '.join(inputs)}\n")
    args.stamp.touch()


if __name__ == "__main__":
    main()
