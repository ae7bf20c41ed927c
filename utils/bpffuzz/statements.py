#===- statements.py - Random statements ---*- python -*-------------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Forms that are written for their effect."""

from .expressions import TYPES
from .types import Region, Variable

STATEMENTS = [
    (10, "assign"), (4, "step"), (8, "choose"), (3, "cond"), (2, "case"),
    (5, "bind"), (3, "loop"), (2, "block"), (2, "leave"), (1, "return"),
    (6, "store"), (6, "set_field"), (9, "map"), (4, "global"), (2, "copy"),
    (2, "atomic"), (2, "call"), (2, "ringbuf"), (4, "packet"),
    (2, "stack_slot"), (3, "snippet"), (1, "context")]
ROUNDS = [0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 17, 24, 33, 64, 100]
MOST_ROUNDS = 128
# Where a body is executed more often than this it has few branches, since the
# verifier follows each of them in every round.
FEW_ROUNDS = 4
BRANCHING = ("choose", "cond", "case", "leave", "return", "packet", "snippet",
             "block", "ringbuf")
LOOP_STATEMENTS = [row for row in STATEMENTS if row[1] not in BRANCHING] + [
    (3, "choose"), (1, "leave")]


# A global that is 0 all the time, which only we know.
ZERO = "zero"
# How often a form may double the ways to what is behind it. A logarithm has a way
# for each of its results.
WAYS = {**dict.fromkeys((
    "if", "when", "unless", "cond", "case", "and", "or", "not", "min", "max",
    "if-let", "when-let", "return-from", "return", "dotimes", "=", "/=", "<", ">",
    "<=", ">=", "s<", "s>", "s<=", "s>=", "getmap", "map-lookup", "with-packet",
    "with-eth", "with-ipv4", "with-ipv6", "with-tcp", "with-udp", "with-icmp",
    "with-ringbuf"), 1), "log2": 6}
# So often they may be doubled before the verifier has to look at what is behind
# once for each of them.
MOST_WAYS = 16
ASSIGNING_FORMS = {"setf", "setq", "incf", "decf"}


def assigned(form):
    """The names that a form gives values to."""
    if not isinstance(form, list):
        return set()
    found = set().union(*map(assigned, form))
    if form and isinstance(form[0], str) and form[0] in ASSIGNING_FORMS:
        found |= {place for place in form[1::2] if isinstance(place, str)}
    if form and form[0] == "let":
        found |= {binding[0] for binding in form[1]}
    return found


class Statements:
    """The part of the generator that writes statements."""

    def ways(self, form):
        """How often a form may at most double the ways to what is behind it."""
        if not isinstance(form, list):
            return 0
        own = 0
        if form and isinstance(form[0], str):
            own = WAYS.get(form[0], 0) + sum(
                f.ways for f in self.functions if f.name == form[0])
        return own + sum(map(self.ways, form))

    def statements(self, scope, depth, most, bindings=()):
        """Up to `most` statements behind `bindings`, at least one."""
        found = []
        for _ in range(self.rng.randint(1, most)):
            form = self.statement(scope, depth)
            if form is not None:
                found.append(form)
        return self.bounded(scope, found or [0], bindings)

    def statement(self, scope, depth):
        """One statement, or None."""
        self.fuel -= 1
        if self.fuel <= 0:
            return None
        if depth <= 0:
            return self.statement_assign(scope, 1)
        table = STATEMENTS if scope.rounds <= FEW_ROUNDS else LOOP_STATEMENTS
        return self.weighted("statement_", table)(scope, depth - 1)

    def bindings(self, scope, depth, most):
        """A scope with some new variables, and the bindings of these."""
        inner, bindings = scope.child(), []
        for _ in range(self.rng.randint(1, most)):
            name = self.fresh("v")
            kind = self.rng.choice(TYPES) if self.chance(2, 3) else None
            value = self.expression(inner, depth)
            if kind is None:
                bindings.append([name, value])
            else:
                bindings.append([name, kind, value])
            inner.variables.append(Variable(name, kind or "u64"))
        return inner, bindings

    def settable(self, scope):
        """A variable that may be set, or None."""
        found = [v for v in scope.variables if v.settable]
        return self.rng.choice(found) if found else None

    def statement_assign(self, scope, depth):
        variable = self.settable(scope)
        if variable is None:
            return None
        form = [self.rng.choice(["setf", "setf", "setq"]), variable.name,
                self.expression(scope, depth)]
        if self.chance(1, 8):
            form += [self.settable(scope).name, self.expression(scope, depth)]
        return form

    def statement_step(self, scope, depth):
        variable = self.settable(scope)
        if variable is None:
            return None
        form = [self.rng.choice(["incf", "decf"]), variable.name]
        return form + ([self.expression(scope, depth)]
                       if self.chance(2, 3) else [])

    def statement_choose(self, scope, depth):
        condition = self.condition(scope, min(depth, 2))
        kind = self.rng.choice(["when", "when", "unless", "if"])
        if kind != "if":
            return [kind, condition, *self.statements(scope.child(), depth, 3)]
        return ["if", condition,
                ["progn", *self.statements(scope.child(), depth, 2)],
                ["progn", *self.statements(scope.child(), depth, 2)]]

    def statement_cond(self, scope, depth):
        clauses = [[self.condition(scope, min(depth, 2)),
                    *self.statements(scope.child(), depth, 2)]
                   for _ in range(self.rng.randint(1, 3))]
        if self.chance(1, 2):
            clauses.append(["t", *self.statements(scope.child(), depth, 2)])
        return ["cond"] + clauses

    def statement_case(self, scope, depth):
        value = ["logand", self.expression(scope, min(depth, 2)), 7]
        form = ["case", value] + [
            [key, *self.statements(scope.child(), depth, 2)]
            for key in self.case_keys()]
        if self.chance(1, 2):
            form.append(["t", *self.statements(scope.child(), depth, 2)])
        return form

    def statement_bind(self, scope, depth):
        inner, bindings = self.bindings(scope, min(depth, 3), 3)
        return ["let", bindings, *self.statements(inner, depth, 4, bindings)]

    def statement_loop(self, scope, depth):
        counts = [n for n in ROUNDS if n * scope.rounds <= MOST_ROUNDS]
        count = self.rng.choice(counts)
        name = self.fresh("i")
        inner = scope.child()
        inner.rounds *= max(count, 1)
        inner.variables.append(Variable(name, "u32", settable=False,
                                        addressable=False, below=count))
        many = inner.rounds > FEW_ROUNDS
        body = self.statements(inner, 1 if many else min(depth, 2),
                               2 if many else 3)
        head = [name, count]
        if self.chance(1, 6):
            head.append(self.leaf(scope))
        return self.repeat(scope, head, body)

    def repeat(self, scope, head, body):
        """A loop over statements that the verifier can follow.

        It goes through each round on each way there, unless two ways look alike.
        Numbers that it knows are not alike where a branch depends on them: those
        that the rounds change are made such that it does not know them.
        """
        rounds, many = scope.rounds * max(head[1], 1), self.ways(body)
        if many and rounds > (1 if many >= WAYS["log2"] else FEW_ROUNDS):
            body = self.forget(scope, body) + body
        return ["dotimes", head, *body]

    def bounded(self, scope, forms, bindings=()):
        """The statements `forms`, which follow `bindings`, with what makes their
        ways look alike between them."""
        found, latest = [], []
        for form in [["let", bindings], *forms]:
            found.append(form)
            latest.append(form)
            if self.ways(latest) > MOST_WAYS:
                found += self.forget(scope, latest)
                latest = []
        return found[1:]

    def forget(self, scope, forms):
        """Statements behind which the verifier knows nothing of the variables
        that `forms` set, so that all ways through them look alike."""
        changed = assigned(forms)
        return [["setf", v.name, self.unknown(v.name)] for v in scope.variables
                if v.settable and v.name in changed]

    def unknown(self, value):
        """The same value, but nothing that the verifier knows. A sum, as two
        exclusive ors, of a loop and one around it, are none."""
        self.has_zero = True
        return ["+", ZERO, value]

    def statement_block(self, scope, depth):
        name = self.fresh("b")
        inner = scope.child()
        inner.blocks.append(name)
        return ["block", name, *self.statements(inner, depth, 4)]

    def statement_leave(self, scope, depth):
        if not scope.blocks:
            return None
        return [self.rng.choice(["when", "unless"]),
                self.condition(scope, min(depth, 2)),
                ["return-from", self.rng.choice(scope.blocks),
                 self.expression(scope, min(depth, 1))]]

    def statement_return(self, scope, depth):
        return [self.rng.choice(["when", "unless"]),
                self.condition(scope, min(depth, 2)),
                ["return", self.result(self.expression(scope, min(depth, 2)))]]

    def statement_store(self, scope, depth):
        found = self.access(scope, writable=True)
        if found is None:
            return None
        region, kind, at = found
        return ["store", kind, region.form, at, self.expression(scope, depth)]

    def statement_set_field(self, scope, depth):
        found = self.place(scope, depth, writable=True)
        if found is None:
            return None
        if self.chance(1, 3):
            return [self.rng.choice(["incf", "decf"]), found[0],
                    self.expression(scope, min(depth, 2))]
        return ["setf", found[0], self.expression(scope, depth)]

    def statement_global(self, scope, depth):
        settable = [g for g in self.globals if g.settable]
        if not settable:
            return None
        name = self.rng.choice(settable).name
        kind = self.rng.choice(["setf", "setf", "incf", "decf"])
        return [kind, name, self.expression(scope, depth)]

    def statement_copy(self, scope, depth):
        """memset, memcpy, or a struct that is copied whole."""
        del depth
        targets = [r for r in scope.regions if r.writable]
        if not targets:
            return None
        target = self.rng.choice(targets)
        sources = [r for r in scope.regions if r.owner != target.owner]
        kind = self.rng.randrange(3)
        if kind == 0 or not sources:
            size = self.rng.randint(1, target.size)
            unit = 8 if target.aligned else 1
            at = self.rng.randrange(target.size - size + 1) // unit * unit
            return ["memset", target.form, at,
                    self.rng.choice([0, 0, 255, self.leaf(scope)]), size]
        if kind == 1 and self.chance(1, 2):
            return self.struct_copy(target, sources)
        source = self.rng.choice(sources)
        room = min(target.size, source.size)
        size = self.rng.choice([room, self.rng.randint(1, room)])
        unit = 8 if target.aligned or source.aligned else 1
        return ["memcpy", target.form,
                self.rng.randrange(target.size - size + 1) // unit * unit,
                source.form,
                self.rng.randrange(source.size - size + 1) // unit * unit,
                size]

    def struct_copy(self, target, sources):
        """A struct within a struct that is set from the address of another."""
        if target.struct is None or isinstance(target.struct, list):
            return None
        for member in target.struct.fields:
            same = [s.form for s in sources if s.struct is member.type]
            if same:
                return ["setf", ["%s-%s" % (target.struct.name, member.name),
                                 target.form], self.rng.choice(same)]
        return None

    def statement_atomic(self, scope, depth):
        found = self.access(scope, writable=True, atomic=True)
        if found is None:
            return None
        region, kind, at = found
        names = ["add", "add", "or", "and", "xor"] if self.has_fetch \
            else ["add"]
        return ["atomic-" + self.rng.choice(names), region.form, at,
                self.expression(scope, depth), kind]

    def statement_call(self, scope, depth):
        call = self.value_call(scope, min(depth, 2))
        if call is None:
            return None
        variable = self.settable(scope)
        return ["setf", variable.name, call] if variable else call

    def statement_stack_slot(self, scope, depth):
        """A variable in memory, changed in part through its address."""
        if not self.take_stack(8):
            return None
        inner, bindings = self.bindings(scope, min(depth, 2), 1)
        name = inner.variables[-1].name
        inner.regions.append(Region(["stack-addr", name], 8, "stack:" + name,
                                    aligned=True))
        return ["let", bindings, *self.statements(inner, depth, 4, bindings),
                *([["setf", self.settable(scope).name, name]]
                  if self.settable(scope) else [])]

    def statement_context(self, scope, depth):
        """Sets a field of the context."""
        if self.program_type != "tc" or not self.has_context:
            return None
        return ["setf", ["ctx", self.rng.choice(["mark", "priority"])],
                self.expression(scope, min(depth, 2))]
