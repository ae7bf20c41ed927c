#===- snippets.py - Shapes that optimisations look for ---*- python -*----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Pieces of code of a certain shape, which chance alone would hardly make."""

from .expressions import COMPARISONS
from .types import SCALARS, Variable

SNIPPETS = [(3, "live"), (3, "bits"), (3, "straight"), (3, "equal"),
            (4, "correlated"), (4, "guarded_index"), (3, "checksum"),
            (3, "tested_pointer"), (2, "clamp"), (2, "nested_loops"),
            (2, "search"), (2, "words"), (4, "entry"), (2, "removed"),
            (2, "ports"), (2, "fold"), (2, "callback"), (8, "counters"),
            (6, "fields"), (4, "key_again")]
COMBINE = ["logxor", "logxor", "+", "+", "-"]


class Snippets:
    """The part of the generator that writes pieces of a known shape."""

    def statement_snippet(self, scope, depth):
        if not self.settable(scope):
            return None
        return self.weighted("snippet_", SNIPPETS)(scope, min(depth, 3))

    def into(self, scope, value):
        """A statement that makes a variable depend on a value."""
        name = self.settable(scope).name
        return ["setf", name, [self.rng.choice(COMBINE), name, value]]

    def snippet_live(self, scope, depth):
        """Many values that live across a call."""
        del depth
        if scope.rounds > 1 or self.in_function or self.crowded:
            return None
        self.crowded = True
        inner, bindings = scope.child(), []
        for _ in range(self.rng.randint(6, 22)):
            name = self.fresh("v")
            bindings.append([name, self.expression(scope, 1)])
            inner.variables.append(Variable(name, "u64"))
        names = [binding[0] for binding in bindings]
        middle = self.statements(inner, 1, 3) + [
            self.statement_map(inner, 1) or 0]
        self.rng.shuffle(names)
        total = [self.rng.choice(["logxor", "+", "-"])] + names
        return ["let", bindings, *self.bounded(inner, middle, bindings),
                self.into(scope, total)]

    def snippet_bits(self, scope, depth):
        """Tests of single bits, one after the other."""
        del depth
        name = self.leaf(scope)
        masks = self.rng.sample(range(64 if self.chance(1, 2) else 12),
                                self.rng.randint(2, 7))
        tests = []
        for bit in masks:
            mask = 1 << bit
            test = ["logand", name, mask]
            if self.chance(1, 3):
                test = [self.rng.choice(["=", "/="]), test,
                        self.rng.choice([0, mask])]
            tests.append(test)
        kind = self.rng.randrange(3)
        if kind == 0:
            return [self.rng.choice(["when", "unless"]),
                    [self.rng.choice(["and", "or"])] + tests,
                    *self.statements(scope.child(), 1, 2)]
        if kind == 1:
            return self.into(scope, ["cond"] + [
                [test, self.constant()] for test in tests])
        return ["progn"] + [["when", test, self.into(scope, self.leaf(scope))]
                            for test in tests]

    def snippet_straight(self, scope, depth):
        """Long code without branches."""
        del depth
        if scope.rounds > 1:
            return None
        return ["progn"] + [
            self.into(scope, self.expression(scope, 1))
            for _ in range(self.rng.randint(8, 30))]

    def snippet_equal(self, scope, depth):
        """One value, compared with several."""
        del depth
        value, clauses = self.leaf(scope), []
        for _ in range(self.rng.randint(2, 6)):
            other = self.constant() if self.chance(3, 4) else self.leaf(scope)
            clauses.append([[self.rng.choice(["=", "=", "<", "s<", "/="]),
                             value, other],
                            self.into(scope, self.expression(scope, 1))])
        if self.chance(1, 2):
            return ["progn"] + [["when"] + clause for clause in clauses]
        return ["cond"] + clauses

    def snippet_correlated(self, scope, depth):
        """Tests that say something about tests behind them."""
        inner, bindings = self.bindings(scope, 2, 2)
        first, second = (
            [self.rng.choice(COMPARISONS), bindings[0][0], self.constant()],
            [self.rng.choice(COMPARISONS), bindings[-1][0], self.constant()])
        both = [self.rng.choice(["and", "or"]), first, second]
        leave = ["return", self.result(self.leaf(inner))]
        if scope.blocks and self.chance(1, 2):
            leave = ["return-from", self.rng.choice(scope.blocks),
                     self.leaf(inner)]
        return ["let", bindings, ["when", both, leave],
                *self.statements(inner, min(depth, 1), 1, bindings),
                ["when", first, *self.statements(inner, min(depth, 2), 2)],
                [self.rng.choice(["when", "unless"]), second,
                 self.into(scope, self.leaf(inner))]]

    def arrays(self, scope):
        """(region, field) of every array that can be accessed."""
        return [(r, f) for r in scope.regions
                if r.struct and not isinstance(r.struct, list)
                for f in r.struct.scalars() if f.count > 1]

    def snippet_guarded_index(self, scope, depth):
        """An array index that is compared before it is used."""
        found = self.arrays(scope)
        if not found:
            return None
        region, member = self.rng.choice(found)
        name = self.fresh("v")
        place = ["%s-%s" % (region.struct.name, member.name), region.form, name]
        kind = self.rng.choice(["u64", "u32", "u8", "u16"])
        inner = scope.child()
        inner.variables.append(Variable(name, kind, settable=False,
                                        addressable=False, below=member.count))
        use = self.statements(inner, min(depth, 1), 2) + [
            self.into(scope, place) if not region.writable or
            self.chance(1, 2) else ["setf", place, self.leaf(scope)]]
        bindings = [[name, kind, self.expression(scope, 2)]]
        outside, inside = [">=", name, member.count], ["<", name, member.count]
        leave = ["return", self.result(self.leaf(scope))]
        shape = self.rng.randrange(3)
        if shape == 0:
            return ["let", bindings, ["when", outside, leave], *use]
        if shape == 1:
            return ["let", bindings,
                    ["when", ["or", outside, self.condition(scope, 1)], leave],
                    *use]
        return ["let", bindings,
                ["when", ["and", outside, self.condition(scope, 1)], leave],
                ["when", inside, *use]]

    def snippet_checksum(self, scope, depth):
        """A loop over memory."""
        del depth
        kind = self.rng.choice(["u8", "u16", "u32", "i8", "i16"])
        width = SCALARS[kind]
        found = [r for r in scope.regions if r.size >= 2 * width]
        if not found or scope.rounds > 4:
            return None
        region, name = self.rng.choice(found), self.fresh("i")
        count = self.rng.randint(2, min(region.size // width, 24))
        where = name if width == 1 else self.rng.choice(
            [["*", name, width], ["<<", name, width.bit_length() - 1]])
        value = ["load", kind, ["+", region.form, where]]
        if kind == "u16":
            value = ["ntohs", value]
        step = self.into(scope, value)
        if self.chance(1, 3):
            step = ["when", [self.rng.choice(COMPARISONS), value,
                             self.leaf(scope)], step]
        return self.repeat(scope, [name, count], [step])

    def snippet_tested_pointer(self, scope, depth):
        """A pointer that is tested more than once."""
        table = self.table(scope)
        if table is None or self.in_function:
            return None
        key = self.key(scope, 1, table)
        if key is None:
            return None
        name = self.fresh("p")
        inner = self.entry_scope(scope, table, name)
        outer = scope.child()
        outer.pinned = inner.pinned
        leave = ["return", self.result(self.leaf(scope))]
        missing = self.rng.choice([["not", name], ["=", name, 0]])
        return ["let", [[name, ["map-lookup", table.name, key]]],
                ["when", ["and", self.rng.choice([name, missing]),
                          self.condition(outer, 1)],
                 self.rng.choice([leave, self.into(scope, 1)])],
                *self.statements(outer, min(depth, 1), 1),
                ["when", name, *self.statements(inner, min(depth, 2), 3)]]

    def snippet_clamp(self, scope, depth):
        """A value that is bounded, and used where the bounds decide."""
        low, high = sorted([self.rng.randrange(64), self.rng.randrange(300)])
        name = self.fresh("v")
        inner = scope.child()
        inner.variables.append(Variable(name, "u64"))
        value = self.expression(scope, min(depth, 2))
        value = self.rng.choice([["min", ["max", value, low], high],
                                 ["max", ["min", value, high], low],
                                 ["+", ["mod", value, high + 1], low]])
        return ["let", [[name, value]],
                [self.rng.choice(["when", "unless"]),
                 [self.rng.choice(COMPARISONS), name,
                  self.rng.choice([low, high, low + high, high + 1])],
                 *self.statements(inner, 1, 2)],
                self.into(scope, name)]

    def snippet_nested_loops(self, scope, depth):
        """Loops in loops with sums that they change."""
        del depth
        if scope.rounds > 2:
            return None
        inner, names = scope.child(), []
        for _ in range(2):
            names.append((self.fresh("i"), self.rng.randint(1, 6)))
            inner.variables.append(Variable(names[-1][0], "u32",
                                            settable=False, addressable=False,
                                            below=names[-1][1]))
        innermost = inner.child()
        innermost.rounds *= names[0][1] * names[1][1]
        body = [self.into(scope, self.expression(innermost, 1))
                for _ in range(self.rng.randint(1, 3))]
        inner.rounds *= names[0][1]
        return ["dotimes", list(names[0]), self.into(scope, names[0][0]),
                self.repeat(inner, list(names[1]), body)]

    def snippet_search(self, scope, depth):
        """A loop that is left when something is found."""
        del depth
        if scope.rounds > 2:
            return None
        block, index = self.fresh("b"), self.fresh("i")
        count = self.rng.choice([3, 8, 20, 40])
        inner = scope.child()
        inner.variables.append(Variable(index, "u32", settable=False,
                                        addressable=False, below=count))
        inner.rounds *= count
        test = ["=", index, ["logand", self.leaf(scope), 31]] \
            if self.chance(1, 2) else self.condition(inner, 1)
        return self.into(scope, [
            "block", block,
            ["dotimes", [index, count],
             ["when", test, ["return-from", block, self.leaf(inner)]],
             self.into(scope, index)],
            self.constant()])

    def snippet_words(self, scope, depth):
        """Neighbouring loads and stores of several widths."""
        del depth
        found = [r for r in scope.regions if r.writable and r.size >= 8]
        if not found:
            return None
        region = self.rng.choice(found)
        base = self.rng.randrange((region.size - 8) // 8 + 1) * 8
        forms = []
        for _ in range(self.rng.randint(3, 8)):
            kind = self.rng.choice(["u8", "u16", "u32", "u64", "i8", "i16"])
            width = SCALARS[kind]
            at = base + self.rng.randrange(8 // width) * width
            if self.chance(2, 3):
                value = self.constant() if self.chance(1, 2) \
                    else self.expression(scope, 1)
                forms.append(["store", kind, region.form, at, value])
            else:
                forms.append(self.into(scope, ["load", kind, region.form, at]))
        return ["progn"] + forms

    def scalar_table(self, scope):
        """A map of scalars with scalar keys that may be changed, or None."""
        found = [m for m in self.maps if isinstance(m.key, str)
                 and isinstance(m.value, str)
                 and (m.is_array() or m.name not in scope.pinned)]
        return self.rng.choice(found) if found else None

    def snippet_entry(self, scope, depth):
        """Several uses of one entry of a map."""
        table = self.scalar_table(scope)
        if table is None:
            return None
        self.note_change(table)
        key = self.fresh("v")
        place = ["getmap", table.name, key]
        step = self.leaf(scope)
        shape = self.rng.randrange(4)
        if shape == 0:
            body = [["setf", place, [self.rng.choice(COMBINE), place, step]]]
        elif shape == 1:
            body = [["if", place, ["setf", place, ["1+", place]],
                     ["setf", place, step]]]
        elif shape == 2:
            name = self.fresh("p")
            body = [["if-let", [name, ["map-lookup", table.name, key]],
                     ["store", table.value, name, 0,
                      ["+", ["load", table.value, name], step]],
                     ["setf", place, step]]]
        else:
            body = [self.into(scope, place), ["setf", place, step],
                    self.into(scope, place)]
        return ["let", [[key, self.scalar_key(scope, depth, table)]], *body]

    def snippet_removed(self, scope, depth):
        """An entry that is looked at and then removed."""
        table = self.scalar_table(scope)
        if table is None or table.is_array():
            return None
        self.note_change(table)
        key, name = self.fresh("v"), self.fresh("v")
        remove = [self.rng.choice(["remmap", "map-delete"]), table.name, key]
        shape = self.rng.randrange(3)
        if shape == 0:
            body = [["let", [[name, ["getmap", table.name, key]]], remove,
                     self.into(scope, name)]]
        elif shape == 1:
            body = [["when-let", [[name, ["map-lookup", table.name, key]]],
                     self.into(scope, ["load", table.value, name]), remove]]
        else:
            body = [["when", ["map-lookup", table.name, key],
                     self.into(scope, remove)]]
        return ["let", [[key, self.scalar_key(scope, depth, table)]], *body]

    def snippet_ports(self, scope, depth):
        """Swapped values that are compared, and two that change places."""
        del depth
        found = [r for r in scope.regions if r.owner == "packet"
                 and r.size >= 8]
        if not found:
            return None
        region = self.rng.choice(found)
        one = self.rng.randrange(region.size - 7)
        swap, kind = self.rng.choice([("ntohs", "u16"), ("ntohl", "u32")])
        test = [self.rng.choice(["=", "/=", "<", ">="]),
                [swap, ["load", kind, region.form, one]],
                self.rng.choice([self.constant() & 0xffff, 0x800, 0x86dd,
                                 self.leaf(scope)])]
        body = [self.into(scope, 1)]
        if region.writable and self.chance(1, 2):
            name, width = self.fresh("v"), SCALARS[kind]
            body.append(["let", [[name, ["load", kind, region.form, one]]],
                         ["store", kind, region.form, one,
                          ["load", kind, region.form, one + width]],
                         ["store", kind, region.form, one + width, name]])
        return ["when", test, *body]

    def snippet_callback(self, scope, depth):
        """A helper that calls a function for rounds or entries."""
        del depth
        usable = [c for c in self.callbacks if not c[2] & scope.pinned]
        if not usable or scope.rounds > 1 or self.in_function or \
                not self.take_stack(8):
            return None
        function, table, changes = self.rng.choice(usable)
        self.changes |= changes
        name = self.fresh("v")
        # With no round at all, some kernels lose the function and refuse.
        call = ["for-each-map-elem", table.name] if table else \
            ["loop", self.rng.choice([1, 7, 40, ["1+", [
                "logand", self.leaf(scope), 31]]])]
        call += [function, ["stack-addr", name], 0]
        return ["let", [[name, self.unknown(self.leaf(scope))]],
                self.into(scope, call), self.into(scope, name)]

    def snippet_fold(self, scope, depth):
        """The sum of a checksum, folded to 16 bits."""
        name = self.fresh("v")
        fold = ["setf", name, ["+", ["logand", name, 65535], [">>", name, 16]]]
        return ["let", [[name, self.rng.choice(["u32", "u64"]),
                         self.expression(scope, min(depth, 2))]],
                fold, fold, self.into(scope, ["logand", ["lognot", name],
                                              65535])]

    def snippet_counters(self, scope, depth):
        """Additions to entries of one map on several ways."""
        table = self.scalar_table(scope)
        if table is None or scope.rounds > 1 or SCALARS[table.value] < 4:
            return None
        self.note_change(table)
        first = self.rng.randrange(4)
        step = 1 if self.chance(3, 4) else self.leaf(scope)
        kept = self.fresh("v")

        def count(number):
            return ["incf", ["getmap", table.name, first + number], step]

        def way(number):
            forms = [count(number)]
            if self.chance(1, 2):
                forms.append(self.into(scope, self.rng.choice([kept, number])))
            if self.chance(1, 3):
                forms += self.statements(scope.child(), depth - 1, 2)
            if self.chance(1, 4):
                forms.append(["return", self.result(self.leaf(scope))])
            return ["progn", *forms]

        forms = [count(0)] if self.chance(2, 3) else []
        forms += [["if", self.condition(scope, 1), way(1), way(2)]]
        if self.chance(1, 3):
            forms.append(["when", self.condition(scope, 1), way(3)])
        forms.append(self.into(scope, kept))
        return ["let", [[kept, self.expression(scope, 1)]], *forms]

    def snippet_fields(self, scope, depth):
        """Fields of the packet, copied one by one by a helper."""
        del depth
        if self.in_function or self.program_type == "xdp" or \
                not self.take_stack(24):
            return None
        leave = ["return", self.result(self.constant())]
        forms, bindings, place = [], [], self.rng.randrange(24)
        for _ in range(self.rng.randint(2, 3)):
            name = self.fresh("v")
            width = self.rng.choice([1, 2, 4])
            place += self.rng.choice([0, 0, 1, 2, 3, -9])
            place = max(place, 0)
            bindings.append([name, 0])
            load = ["skb-load-bytes", ["ctx-ptr"], place,
                    ["stack-addr", name], width]
            forms.append(["when", self.rng.choice(
                [load, ["s<", load, 0], ["/=", load, 0]]), leave])
            if self.chance(1, 3):
                forms.append(["when", ["<", name, self.constant() & 0xff],
                              leave if self.chance(3, 4) else
                              ["return", self.result(self.constant())]])
            place += width
        forms += [self.into(scope, name) for name, _ in bindings]
        return ["let", bindings, *forms]

    def snippet_key_again(self, scope, depth):
        """A key of a lookup that a helper gets, too, behind it."""
        table = self.scalar_table(scope)
        if table is None or scope.rounds > 1 or self.in_function or \
                self.program_type not in ("xdp", "tc"):
            return None
        key = self.scalar_key(scope, 1, table)
        if key is None:
            return None
        name = self.fresh("v")
        looked_up = ["getmap", table.name, name]
        forms = [self.into(scope, looked_up)]
        if SCALARS[table.value] >= 4 and self.chance(1, 2):
            self.note_change(table)
            forms = [["incf", looked_up]]
        if self.chance(1, 3):
            forms += self.statements(scope.child(), depth - 1, 2)
        for _ in range(self.rng.randint(1, 2)):
            forms.append(self.into(scope, ["redirect", name, self.rng.choice(
                [0, 0, 1, ["logand", self.leaf(scope), 1]])]))
        return ["let", [[name, table.key, key]], *forms]
