#===- expressions.py - Random values and conditions ---*- python -*-------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Forms that are written for their value."""

from .types import SCALARS

TYPES = list(SCALARS)
COMPARISONS = ["=", "/=", "<", "<=", ">", ">=", "s<", "s<=", "s>", "s>="]
ARITHMETIC = ["+", "-", "*", "logand", "logior", "logxor", "+", "-", "logand",
              "min", "max"]
SWAPS = ["ntohs", "ntohl", "ntohll", "htons", "htonl", "htonll"]
MASK_64 = (1 << 64) - 1

# How often a place may be executed for values that need branches.
FEW_ROUNDS = 4
STRAIGHT = ("arithmetic", "unary", "divide", "shift", "cast", "swap", "assign",
            "read", "field", "map", "call", "machine", "context")
# Weight and method of each kind of value that has operands.
EXPRESSIONS = [
    (10, "arithmetic"), (3, "unary"), (4, "divide"), (5, "shift"), (5, "cast"),
    (3, "swap"), (2, "log2"), (5, "comparison"), (4, "choice"), (2, "logic"),
    (2, "case"), (2, "sequence"), (2, "bind"), (1, "block"), (2, "assign"),
    (5, "read"), (4, "field"), (4, "map"), (3, "call"), (1, "atomic"),
    (1, "machine"), (1, "context"), (1, "packet"), (1, "when_let"),
    (1, "cond")]
LOOP_EXPRESSIONS = [row for row in EXPRESSIONS if row[1] in STRAIGHT] + [
    (3, "comparison"), (2, "choice")]


class Expressions:
    """The part of the generator that writes values."""

    def constant(self):
        """An integer, mostly one near which something changes."""
        kind = self.rng.randrange(8)
        if kind < 3:
            return self.rng.randrange(-2, 18)
        if kind == 3:
            return self.rng.choice([0, 1, -1, 255, 256, 65535, 65536])
        if kind < 6:
            value = (1 << self.rng.randrange(64)) + self.rng.randrange(-1, 2)
        else:
            value = self.rng.getrandbits(self.rng.choice([8, 16, 31, 32, 64]))
        if self.chance(1, 4):
            value = -value
        value &= MASK_64
        return value - (1 << 64) if value >> 63 and self.chance(1, 2) else value

    def leaf(self, scope):
        """A value without operands of any size."""
        if scope.regions and self.chance(1, 4):
            form = self.value_read(scope, 0)
            if form is not None:
                return form
        if scope.variables and self.chance(3, 4):
            return self.rng.choice(scope.variables).name
        if self.globals and self.chance(1, 3):
            return self.rng.choice(self.globals).name
        return self.constant()

    def expression(self, scope, depth):
        """Any integer value."""
        self.fuel -= 1
        if depth <= 0 or self.fuel <= 0 or self.chance(1, 6):
            return self.leaf(scope)
        table = EXPRESSIONS if scope.rounds <= FEW_ROUNDS else LOOP_EXPRESSIONS
        form = self.weighted("value_", table)(scope, depth - 1)
        return self.leaf(scope) if form is None else form

    def operands(self, scope, depth, least=2, most=2):
        """Some values."""
        return [self.expression(scope, depth)
                for _ in range(self.rng.randint(least, most))]

    def value_arithmetic(self, scope, depth):
        return [self.rng.choice(ARITHMETIC)] + self.operands(
            scope, depth, 2, self.rng.choice([2, 2, 2, 3, 4]))

    def value_unary(self, scope, depth):
        return [self.rng.choice(["lognot", "-", "1+", "1-", "not"]),
                self.expression(scope, depth)]

    def value_divide(self, scope, depth):
        divisor = self.expression(scope, depth)
        if isinstance(divisor, int) or self.chance(1, 2):
            divisor = self.constant() or 7
        return [self.rng.choice(["/", "mod"]), self.expression(scope, depth),
                divisor]

    def value_shift(self, scope, depth):
        value = self.expression(scope, depth)
        if self.chance(1, 6):
            return ["ash", value, self.rng.randrange(-63, 64)]
        count = self.rng.choice([self.rng.randrange(64), 8, 16, 24, 32, 48, 56])
        if self.chance(1, 2):
            count = self.expression(scope, depth)
            if isinstance(count, int):
                count %= 64
        form = [self.rng.choice(["<<", ">>", ">>>"]), value, count]
        if self.chance(1, 6):
            form = [self.rng.choice([">>", ">>>"]), ["<<", value, count], count]
        return form

    def value_cast(self, scope, depth):
        return ["cast", self.rng.choice(TYPES), self.expression(scope, depth)]

    def value_swap(self, scope, depth):
        return [self.rng.choice(SWAPS), self.expression(scope, depth)]

    def value_log2(self, scope, depth):
        value = ["log2", self.expression(scope, depth)]
        # The verifier has a way for each result, and would in every round.
        return value if scope.rounds == 1 else self.unknown(value)

    def value_comparison(self, scope, depth):
        most = self.rng.choice([2, 2, 2, 3, 4])
        form = [self.rng.choice(COMPARISONS)] + self.operands(
            scope, depth, 2, most)
        if self.chance(1, 12):
            form[-1] = form[1]
        return form

    def value_choice(self, scope, depth):
        condition = self.condition(scope, depth)
        kind = self.rng.randrange(6)
        if kind == 0:
            return [self.rng.choice(["when", "unless"]), condition,
                    self.expression(scope.child(), depth)]
        if kind == 1:
            return ["if", condition, self.expression(scope.child(), depth)]
        return ["if", condition, self.expression(scope.child(), depth),
                self.expression(scope.child(), depth)]

    def value_logic(self, scope, depth):
        return [self.rng.choice(["and", "or"])] + self.operands(scope, depth,
                                                                 2, 3)

    def value_cond(self, scope, depth):
        clauses = [[self.condition(scope, depth),
                    self.expression(scope, depth)]
                   for _ in range(self.rng.randint(1, 3))]
        if self.chance(1, 4):
            clauses.append([self.expression(scope, depth)])
        if self.chance(3, 4):
            clauses.append(["t", self.expression(scope, depth)])
        return ["cond"] + clauses

    def case_keys(self):
        """The keys of the clauses of a `case`, all different."""
        base = self.rng.choice([0, 0, 0, 1, 250, 1 << 16, 1 << 32])
        found = list(range(base, base + self.rng.randint(1, 7)))
        self.rng.shuffle(found)
        keys = []
        while found:
            size = self.rng.choice([1, 1, 1, 2, 3])
            group, found = found[:size], found[size:]
            keys.append(group if len(group) > 1 else group[0])
        return keys

    def value_case(self, scope, depth):
        value = self.expression(scope, depth)
        if self.chance(1, 2):
            value = ["logand", value, self.rng.choice([3, 7, 15])]
        form = ["case", value] + [[key, self.expression(scope, depth)]
                                  for key in self.case_keys()]
        if self.chance(3, 4):
            form.append([self.rng.choice(["t", "otherwise"]),
                         self.expression(scope, depth)])
        return form

    def value_sequence(self, scope, depth):
        return ["progn", *self.statements(scope, depth, 2),
                self.expression(scope, depth)]

    def value_bind(self, scope, depth):
        inner, bindings = self.bindings(scope, depth, 2)
        return [self.rng.choice(["let", "let*"]), bindings,
                *self.statements(inner, depth, 2, bindings),
                self.expression(inner, depth)]

    def value_block(self, scope, depth):
        name = self.fresh("b")
        inner = scope.child()
        inner.blocks.append(name)
        return ["block", name, *self.statements(inner, depth, 2),
                [self.rng.choice(["when", "unless"]),
                 self.condition(inner, depth),
                 ["return-from", name, self.expression(inner, depth)]],
                self.expression(inner, depth)]

    def value_assign(self, scope, depth):
        settable = [v for v in scope.variables if v.settable]
        if not settable:
            return None
        return [self.rng.choice(["setf", "incf", "decf"]),
                self.rng.choice(settable).name, self.expression(scope, depth)]

    def offset(self, region, width):
        """Where in a region an access of that width may be, or None."""
        if region.size < width:
            return None
        if region.aligned:
            return self.rng.randrange(region.size // width) * width
        return self.rng.randrange(region.size - width + 1)

    def access(self, scope, writable=False, atomic=False):
        """(region, type, offset) of an access to memory, or None."""
        regions = [r for r in scope.regions
                   if (r.writable or not writable) and (r.atomic or not atomic)]
        if not regions:
            return None
        region = self.rng.choice(regions)
        kind = self.rng.choice(["u32", "u64", "i32"] if atomic else TYPES)
        width = SCALARS[kind]
        at = self.offset(region, width)
        if at is None:
            return None
        return region, kind, at // width * width if atomic else at

    def value_read(self, scope, depth):
        found = self.access(scope)
        if found is None:
            return None
        region, kind, at = found
        if at == 0 and self.chance(1, 2):
            return ["load", kind, region.form]
        form = ["load", kind, region.form, at]
        if self.chance(1, 3) and kind in ("u16", "u32", "u64"):
            form = [{"u16": "ntohs", "u32": "ntohl", "u64": "ntohll"}[kind],
                    form]
        return form

    def index(self, scope, depth, count):
        """A value below `count`, and seen to be so by the verifier."""
        known = [v.name for v in scope.variables if 0 < v.below <= count]
        if known and self.chance(1, 2):
            return self.rng.choice(known)
        if count == 1 or self.chance(1, 3):
            return self.rng.randrange(count)
        value = self.expression(scope, depth)
        if isinstance(value, int):
            return value % count
        if count & (count - 1) == 0 and self.chance(2, 3):
            return ["logand", value, count - 1]
        return self.rng.choice([["mod", value, count],
                                ["min", value, count - 1]])

    def place(self, scope, depth, writable=False):
        """(accessor form, type, region) of a struct's or header's field."""
        regions = [r for r in scope.regions if (r.struct or r.element)
                   and (r.writable or not writable)]
        if not regions:
            return None
        region = self.rng.choice(regions)
        form, struct = region.form, region.struct
        if region.element:
            count = region.size // SCALARS[region.element]
            return ["aref", form, self.index(scope, min(depth, 2), count)], \
                region.element, region
        if isinstance(struct, list):
            return [self.rng.choice(struct), form], "u64", region
        while True:
            member = self.rng.choice(struct.fields)
            form = ["%s-%s" % (struct.name, member.name), form]
            if isinstance(member.type, str):
                break
            struct = member.type
        if member.count:
            form.append(self.index(scope, min(depth, 2), member.count))
        return form, member.type, region

    def value_field(self, scope, depth):
        found = self.place(scope, depth)
        return found[0] if found else None

    def value_call(self, scope, depth):
        # A context can only be passed on where there is one.
        usable = [f for f in self.functions if not f.changes & scope.pinned
                  and (self.has_context or ["ctx-ptr"] not in f.parameters)]
        if not usable:
            return None
        function = self.rng.choice(usable)
        arguments = []
        for kind in function.parameters:
            if isinstance(kind, list):
                arguments.append(kind)
                continue
            if isinstance(kind, str):
                arguments.append(self.expression(scope, depth))
                continue
            same = [r.form for r in scope.regions if r.struct is kind
                    and r.owner.startswith("stack")]
            if not same:
                return None
            arguments.append(self.rng.choice(same))
        self.changes |= function.changes
        return [function.name] + arguments

    def value_atomic(self, scope, depth):
        if not self.has_fetch:
            return None
        found = self.access(scope, writable=True, atomic=True)
        if found is None:
            return None
        region, kind, at = found
        name = self.rng.choice(["fetch-add", "fetch-or", "fetch-and",
                                "fetch-xor", "xchg", "cmpxchg"])
        form = ["atomic-" + name, region.form, at,
                self.expression(scope, depth)]
        if name == "cmpxchg":
            form.append(self.expression(scope, depth))
        return form + ([] if kind == "u64" and self.chance(1, 2) else [kind])

    def value_machine(self, scope, depth):
        """What the machine says, in a way that has one outcome."""
        del scope, depth
        start = self.fresh("t")
        return self.rng.choice([
            ["<", ["get-smp-processor-id"], 65536],
            ["let", [[start, ["ktime-get-ns"]]],
             [">=", ["ktime-get-ns"], start]],
            ["<", ["logand", ["get-prandom-u32"], 15], 16]])

    def condition(self, scope, depth):
        """A form that is tested."""
        self.fuel -= 1
        kind = self.rng.randrange(12)
        if depth <= 0 or self.fuel <= 0 or kind < 3:
            return [self.rng.choice(COMPARISONS), self.leaf(scope),
                    self.leaf(scope) if self.chance(1, 3) else self.constant()]
        if kind < 6:
            return self.value_comparison(scope, depth - 1)
        if kind == 6:
            return ["logand", self.expression(scope, depth - 1),
                    1 << self.rng.randrange(64)]
        if kind == 7:
            return ["=", ["logand", self.expression(scope, depth - 1),
                          self.rng.choice([3, 15, 255, 0xff00])],
                    self.rng.randrange(4)]
        if kind < 10:
            return [self.rng.choice(["and", "or"])] + [
                self.condition(scope, depth - 1)
                for _ in range(self.rng.randint(2, 3))]
        if kind == 10:
            return ["not", self.condition(scope, depth - 1)]
        return self.expression(scope, depth - 1)

    def value_context(self, scope, depth):
        """A field of the context that is the same in every run."""
        del scope, depth
        fields = self.context_fields()
        if not fields or not self.has_context:
            return None
        return ["ctx", self.rng.choice(fields)]
