#===- generator.py - A random program ---*- python -*---------------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes a program, its packets and its first map entries from a seed.

A program is made so that the verifier accepts it: memory is accessed within what
is known of it, pointers are tested, loops are bounded, and nothing that a run
yields depends on time, chance or the processor.
"""

import random
from dataclasses import dataclass, field

from . import packets
from .expressions import Expressions
from .maps import KEYS, Maps
from .packets import Packets
from .snippets import Snippets
from .statements import ZERO, Statements
from .types import SCALARS, Function, Map, Region, Scope, Variable, lay_out, \
    size_of

TYPES = list(SCALARS)
PROGRAM_TYPES = ["xdp"] * 5 + ["tc"] * 4 + ["socket-filter", "cgroup-skb"]
MAP_TYPES = ["array", "array", "percpu-array", "hash", "hash", "percpu-hash",
             "lru-hash", "lpm-trie"]
# The context's struct of programs that access packets.
CONTEXTS = {"xdp": "xdp-md", "tc": "--sk-buff", "cgroup-skb": "--sk-buff"}
SIZES = [25, 60, 60, 120, 120, 250, 500]
# What is left of the 512 bytes is for keys, values and spilled registers.
STACK_LIMIT = 176
STACK_LIMIT_WITH_FUNCTIONS = 96


@dataclass
class Case:
    """A program and all that its runs start from."""
    forms: list
    programs: list          # Names of those that are run on each packet.
    packets: list
    entries: list = field(default_factory=list)  # (map, key, value)
    tails: list = field(default_factory=list)    # (map, index, program)
    cpus: list = field(default_factory=list)     # --mcpu to compile for.
    seed: int = None


class Generator(Expressions, Statements, Maps, Packets, Snippets):
    """Writes one program, whose length is halved so many times."""

    def __init__(self, seed, halvings=0):
        self.rng = random.Random(seed)
        self.seed = seed
        self.halvings = halvings
        self.counter = 0
        self.fuel = 0
        self.stack = 0
        self.stack_limit = STACK_LIMIT
        self.in_function = False
        self.has_context = True
        self.crowded = False
        self.has_zero = False
        self.changes = set()
        self.structs, self.maps, self.globals, self.functions = [], [], [], []
        self.callbacks = []
        self.global_regions = []
        self.ring = None
        self.program_type = self.rng.choice(PROGRAM_TYPES)
        # Atomic operations that yield something came with v3.
        self.has_fetch = self.chance(1, 2)

    def chance(self, part, whole):
        """True in `part` of `whole` cases."""
        return self.rng.randrange(whole) < part

    def fresh(self, prefix):
        """A name that was not used before."""
        self.counter += 1
        return "%s%d" % (prefix, self.counter)

    def weighted(self, prefix, table):
        """The method of a row of (weight, name), chosen by weight."""
        name = self.rng.choices([row[1] for row in table],
                                [row[0] for row in table])[0]
        return getattr(self, prefix + name)

    def take_stack(self, size):
        """Reserves stack; returns whether there was as much."""
        size = -(-size // 8) * 8
        if self.stack + size > self.stack_limit:
            return False
        self.stack += size
        return True

    def result(self, value):
        """A value that the program or function may return."""
        if self.program_type == "cgroup-skb" and not self.in_function:
            return ["logand", value, 1]
        return value

    def make_struct(self, name, largest):
        """A struct of at most so many bytes."""
        while True:
            members = []
            for index in range(self.rng.randint(1, 5)):
                count = self.rng.choice([0, 0, 0, 2, 4, 8, 3])
                kind = self.rng.choice(TYPES)
                if self.structs and self.chance(1, 6):
                    kind, count = self.rng.choice(self.structs), 0
                members.append(("f%d" % index, kind, count))
            struct = lay_out(name, members)
            if struct.size <= largest:
                return struct

    def make_map(self, name):
        """A map."""
        kind = self.rng.choice(MAP_TYPES)
        value = self.rng.choice(self.structs) if self.structs and \
            self.chance(1, 2) else self.rng.choice(TYPES)
        if kind in ("array", "percpu-array"):
            return Map(name, kind, "u32", value, self.rng.choice([1, 2, 4, 8]))
        if kind == "lpm-trie":
            return Map(name, kind, self.prefix, value, 64, "BPF_F_NO_PREALLOC")
        key = self.rng.choice(self.structs) if self.structs and \
            self.chance(1, 3) else self.rng.choice(TYPES)
        entries = 1024 if kind == "lru-hash" else 256
        flags = "BPF_F_NO_PREALLOC" if "lru" not in kind and \
            self.chance(1, 4) else ""
        return Map(name, kind, key, value, entries, flags)

    def declare(self):
        """Declares structs, maps and globals; returns their forms."""
        for index in range(self.rng.randrange(4)):
            self.structs.append(self.make_struct("s%d" % index, 40))
        self.prefix = lay_out("prefix", [("bits", "u32", 0),
                                         ("address", "u32", 0)])
        self.maps = [self.make_map("m%d" % i)
                     for i in range(self.rng.randrange(1, 5))]
        structs = list(self.structs)
        if any(m.key is self.prefix for m in self.maps):
            structs.append(self.prefix)
        tables = [m.form() for m in self.maps]
        if self.structs and self.chance(1, 4):
            self.ring = Map("ring", "ringbuf", None, None, 65536)
            tables.append(self.ring.form())
        return [s.form() for s in structs] + tables + [
            self.make_global("g%d" % i) for i in range(self.rng.randrange(4))]

    def make_global(self, name):
        """Declares a global variable; returns its form."""
        kind = self.rng.randrange(6)
        if kind == 0 and self.structs:
            struct = self.rng.choice(self.structs)
            self.global_regions.append(Region(name, struct.size,
                                              "global:" + name, struct))
            return ["defglobal", name, struct.name]
        if kind == 1:
            element = self.rng.choice(TYPES)
            count = self.rng.choice([4, 8, 16])
            self.global_regions.append(Region(
                name, count * SCALARS[element], "global:" + name,
                element=element))
            return ["defglobal", name, ["array", element, count],
                    [self.constant() & 127 for _ in range(count // 2)]]
        scalar = self.rng.choice(TYPES)
        constant = self.chance(1, 6)
        self.globals.append(Variable(name, scalar, settable=not constant))
        if not constant:
            self.global_regions.append(Region(
                ["global-ptr", name], SCALARS[scalar], "global:" + name,
                atomic=True))
        form = ["defglobal", name, scalar, self.rng.randrange(128)]
        return form + ([":const", "t"] if constant else [])

    def make_function(self, name):
        """Declares a function; returns its form."""
        # A function that others may call is verified by itself.
        kinds = [[], [], [":inline", "nil"], [":global", "t"]]
        options = self.rng.choice(kinds)
        self.in_function, self.changes = True, set()
        scope = Scope(regions=list(self.global_regions))
        parameters, heads = [], []
        self.has_context = self.program_type in CONTEXTS and self.chance(1, 3) \
            and options != [":global", "t"]
        if self.has_context:
            heads.append([self.fresh("c"),
                          ["ptr", CONTEXTS[self.program_type]]])
            parameters.append(["ctx-ptr"])
        for _ in range(self.rng.randint(1, 4)):
            label = self.fresh("a")
            if self.structs and not options and self.chance(1, 4):
                kind = self.rng.choice(self.structs)
                scope.regions.append(Region(label, kind.size, "argument", kind,
                                            aligned=True))
                heads.append([label, ["ptr", kind.name]])
            else:
                kind = self.rng.choice(TYPES)
                scope.variables.append(Variable(label, kind))
                heads.append([label, kind])
            parameters.append(kind)
        self.fuel = self.rng.choice([10, 20, 40])
        scope.rounds = self.rng.choice([1, 8])
        saved, self.stack_limit = self.stack_limit, 0
        body = self.statements(scope, 2, 3) + [self.expression(scope, 3)]
        self.stack_limit, self.in_function = saved, False
        self.has_context = True
        kind = self.rng.choice(TYPES)
        self.functions.append(Function(name, parameters, self.changes,
                                       self.ways(body)))
        return ["defn", [name, *options] if options else name, heads, "->",
                kind, *body]

    def make_callback(self, name):
        """Declares a function that a helper calls in turn; returns its form."""
        state, scope = self.fresh("a"), Scope(rounds=8)
        scope.regions.append(Region(state, 8, "argument", aligned=True))
        self.in_function, self.has_context, self.changes = True, False, set()
        self.fuel, stack, self.stack_limit = 10, self.stack_limit, 0
        tables = [m for m in self.maps if isinstance(m.value, str)
                  and m.type != "lpm-trie"]
        table = self.rng.choice(tables) if tables and self.chance(1, 2) else None
        if table:
            # In any order the outcome has to be the same.
            value = self.fresh("a")
            heads = [[self.fresh("a"), ["ptr"]], [self.fresh("a"), ["ptr"]],
                     [value, ["ptr", table.value]], [state, ["ptr", "u64"]]]
            body = [["store", "u64", state, 0, [
                self.rng.choice(["+", "logxor", "max"]),
                ["load", "u64", state], ["load", table.value, value]]], 0]
        else:
            number = self.fresh("a")
            scope.variables.append(Variable(number, "u32"))
            heads = [[number, "u32"], [state, ["ptr", "u64"]]]
            body = [["store", "u64", state, 0, ["+", self.expression(scope, 2),
                                                ["load", "u64", state]]],
                    self.rng.choice([0, [">", ["load", "u64", state],
                                         self.constant()]])]
        self.stack_limit, self.in_function = stack, False
        self.has_context = True
        self.callbacks.append((name, table, self.changes))
        return ["defn", name, heads, "->", "i64", *body]

    def main_scope(self, scope):
        """The scope of a program's body and the bindings that make it."""
        inner, bindings = self.bindings(scope, 1, 5)
        needed = [m.key for m in self.maps if not isinstance(m.key, str)]
        for struct in needed + self.structs:
            if (struct in needed or self.chance(1, 2)) and not any(
                    r.struct is struct for r in inner.regions
                    if r.owner.startswith("stack")):
                form = self.make(inner, 1, struct, KEYS)
                if form is None:
                    continue
                name = self.fresh("k")
                bindings.append([name, form])
                inner.regions.append(Region(name, struct.size, "stack:" + name,
                                            struct, aligned=True,
                                            atomic=True))
        return inner, bindings

    def make_program(self, name, size):
        """The form of a program."""
        self.fuel, self.stack, self.crowded = size, 0, False
        scope, head = Scope(regions=list(self.global_regions)), []
        if self.has_packet() and self.chance(5, 6):
            data, least = self.fresh("data"), self.rng.choice([14, 14, 14, 30])
            head = ["with-packet", [data, self.fresh("end"), ":min-len", least]]
            scope.regions += 2 * [self.region(data, least)]
        scope, bindings = self.main_scope(scope)
        body = []
        while self.fuel > 0:
            form = self.statement(scope, self.rng.choice([2, 3, 4]))
            if form is not None:
                body.append(form)
        if self.callbacks:
            body.append(self.snippet_callback(scope, 2) or 0)
        self.fuel = 12
        last = self.result(self.expression(scope, 3))
        form = ["let", bindings, *self.input(scope), *self.kept(scope),
                *self.bounded(scope, body, bindings), *self.kept(scope), last]
        return ["defprog", name, [":type", ":" + self.program_type],
                head + [form] if head else form]

    def input(self, scope):
        """Statements that bring bytes of the packet into a variable."""
        if self.program_type != "socket-filter" or not self.take_stack(8):
            return []
        word, name = self.fresh("v"), scope.variables[0].name
        return [["let", [word],
                 ["skb-load-bytes", ["ctx-ptr"], self.rng.randrange(40),
                  ["stack-addr", word], 8],
                 ["setf", name, word]]]

    def kept(self, scope):
        """Statements that keep the variables where they can be compared."""
        return [["setf", ["getmap", "out", index], v.name]
                for index, v in enumerate(scope.variables[:8])]

    def first_entries(self):
        """Entries that the maps have before the first run."""
        found = []
        for table in self.maps:
            for _ in range(self.rng.randrange(6)):
                size = size_of(table.key)
                if table.is_array():
                    key = self.rng.randrange(table.entries)
                    key = key.to_bytes(4, "little")
                elif isinstance(table.key, str):
                    key = self.rng.randrange(KEYS).to_bytes(size, "little")
                elif table.key is self.prefix:
                    key = self.rng.randrange(33).to_bytes(4, "little") + \
                        self.rng.getrandbits(32).to_bytes(4, "little")
                else:
                    key = bytes(self.rng.choice([0, 0, 1])
                                for _ in range(size))
                value = bytes(self.rng.choice([0, 255, self.rng.getrandbits(8)])
                              for _ in range(size_of(table.value)))
                found.append((table.name, key, value))
        return found

    def case(self):
        """The program with its packets and map entries."""
        forms = self.declare() + [Map("out", "array", "u32", "u64", 8).form()]
        count = self.rng.choice([0, 0, 0, 1, 2, 3])
        if count:
            self.stack_limit = STACK_LIMIT_WITH_FUNCTIONS
        forms += [self.make_function("fun%d" % i) for i in range(count)]
        if count == 1:
            forms.append(self.make_callback("step"))
        size = self.rng.choice(SIZES) >> self.halvings
        tails = []
        if not count and self.chance(1, 10):
            forms.append(Map("jumps", "prog-array", None, None, 4).form())
            forms.append(self.make_program("target", size // 2))
            tails.append(("jumps", self.rng.randrange(4), "target"))
        form = self.make_program("main", size)
        if tails:
            body = form[-1] if form[-1][0] == "let" else form[-1][-1]
            body.insert(-1, ["tail-call", "jumps",
                                 ["logand", self.constant(), 3]])
        forms.append(form)
        if self.has_zero:
            forms.insert(0, ["defglobal", ZERO, "u64", 0])
        found = [packets.packet(self.rng, self.program_type != "xdp")
                 for _ in range(self.rng.randint(4, 7))]
        usable = ["v3", "v4"] if self.has_fetch else ["v1", "v2", "v3", "v4"]
        return Case(forms, ["main"], found, self.first_entries(), tails,
                    [self.rng.choice(usable), self.rng.choice(usable)],
                    self.seed)
