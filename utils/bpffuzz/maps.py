#===- maps.py - Random uses of maps and ring buffers ---*- python -*------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Forms that look up and change maps, and that write records."""

from .types import SCALARS, Region, Variable, size_of

# Keys are mostly below this, so that entries are met again.
KEYS = 8


class Maps:
    """The part of the generator that uses maps."""

    def table(self, scope, changing=False):
        """A map that has keys; one that may be changed here, if so wanted."""
        found = [m for m in self.maps if m.value is not None and not (
            changing and m.name in scope.pinned and not m.is_array())]
        return self.rng.choice(found) if found else None

    def note_change(self, table):
        """Remembers that the entries of a map may be replaced."""
        if not table.is_array():
            self.changes.add(table.name)

    def key(self, scope, depth, table):
        """A key, or None when none can be written here."""
        if isinstance(table.key, str):
            return self.scalar_key(scope, depth, table)
        same = [r.form for r in scope.regions if r.struct is table.key]
        exact = table.key.size
        same += [["+", r.form, self.rng.randrange(r.size - exact + 1)]
                 for r in scope.regions
                 if r.owner == "packet" and r.size >= exact]
        if same and not (self.chance(1, 3) and self.room_for(table.key)):
            return self.rng.choice(same)
        return self.make(scope, min(depth, 1), table.key, KEYS)

    def scalar_key(self, scope, depth, table):
        """A key of scalar type, mostly a small one."""
        if table.is_array():
            kind = self.rng.randrange(4)
            if kind == 0:
                return self.rng.randrange(table.entries)
            if kind == 1:
                return self.expression(scope, min(depth, 2))
            return ["logand", self.expression(scope, min(depth, 2)),
                    table.entries - 1 | 1]
        if self.chance(1, 4):
            return self.rng.randrange(KEYS)
        return ["logand", self.expression(scope, min(depth, 2)), KEYS - 1]

    def room_for(self, struct):
        """Whether the stack has room for another such struct."""
        return self.stack + struct.size <= self.stack_limit

    def make(self, scope, depth, struct, limit=0):
        """A `make-S` form, or None without room on the stack."""
        if not self.take_stack(struct.size):
            return None
        form = ["make-" + struct.name]
        for member in struct.scalars():
            if member.count or self.chance(1, 5):
                continue
            value = self.expression(scope, depth)
            if limit:
                value = ["logand", value, limit - 1]
            form += [":" + member.name, value]
        return form

    def value(self, scope, depth, table):
        """A value for a map, or None when none can be written here."""
        if isinstance(table.value, str):
            return self.expression(scope, depth)
        size = table.value.size
        same = [r.form for r in scope.regions if r.struct is table.value
                and r.owner.startswith(("stack", "global"))]
        same += [["+", r.form, self.rng.randrange(r.size - size + 1)]
                 for r in scope.regions
                 if r.owner == "packet" and r.size >= size]
        if same and self.chance(2, 3):
            return self.rng.choice(same)
        return self.make(scope, min(depth, 1), table.value)

    def value_map(self, scope, depth):
        table = self.table(scope)
        if table is None:
            return None
        key = self.key(scope, depth, table)
        if key is None:
            return None
        if isinstance(table.value, str) and self.chance(3, 4):
            return ["getmap", table.name, key]
        if table.name in scope.pinned or self.chance(1, 2):
            return self.through_pointer(scope, depth, table, key, True)
        return self.changed_entry(scope, depth, table, key)

    def changed_entry(self, scope, depth, table, key):
        """A change that yields what the kernel says about it, or None."""
        if table.name in scope.pinned and not table.is_array():
            return None
        if not table.is_array() and self.chance(1, 2):
            self.note_change(table)
            return [self.rng.choice(["remmap", "map-delete"]), table.name, key]
        value = self.value(scope, depth, table)
        if value is None:
            return None
        self.note_change(table)
        pointers = not isinstance(table.key, str) and \
            not isinstance(table.value, str) and self.chance(1, 3)
        form = ["map-update-ptr" if pointers else "map-update", table.name,
                key, value]
        if self.chance(1, 2):
            form.append(self.rng.choice(["BPF_ANY", "BPF_NOEXIST", "BPF_EXIST"]
                                        if not table.is_array()
                                        else ["BPF_ANY", "BPF_EXIST"]))
        return form

    def entry_scope(self, scope, table, name):
        """The scope in which `name` points to a value of the map."""
        inner = scope.child()
        if not table.is_array():
            inner.pinned |= {table.name}
        struct = None if isinstance(table.value, str) else table.value
        inner.regions += 2 * [Region(
            name, size_of(table.value), "map:" + table.name, struct,
            atomic=True)]
        return inner

    def through_pointer(self, scope, depth, table, key, wanted=False):
        """A form that looks an entry up and uses the pointer to it."""
        name = self.fresh("p")
        inner = self.entry_scope(scope, table, name)
        look = [self.rng.choice(["getmap", "map-lookup"] + (
            [] if isinstance(table.key, str) else ["map-lookup-ptr"]))
                if not isinstance(table.value, str) else "map-lookup",
                table.name, key]
        body = self.statements(inner, min(depth, 3), 3)
        if wanted:
            body.append(self.expression(inner, min(depth, 2)))
        kind = self.rng.randrange(4)
        if kind == 0:
            other = self.expression(scope, 1) if wanted else \
                ["progn", *self.statements(scope.child(), 1, 2)]
            return ["if-let", [name, look], ["progn", *body], other]
        if kind == 1 and not self.in_function and not wanted:
            test = self.rng.choice([["not", name], ["=", name, 0]])
            if self.chance(1, 2):
                test = ["or", test, self.condition(scope, 1)]
            return ["let", [[name, look]],
                    ["when", test, ["return",
                                    self.result(self.leaf(scope))]], *body]
        return ["when-let", [[name, look]], *body]

    def statement_map(self, scope, depth):
        table = self.table(scope)
        if table is None:
            return None
        key = self.key(scope, depth, table)
        if key is None:
            return None
        changing = table.is_array() or table.name not in scope.pinned
        if not changing or self.chance(1, 3):
            return self.through_pointer(scope, depth, table, key)
        kind = self.rng.randrange(4)
        if kind == 0 and isinstance(table.value, str) and \
                SCALARS[table.value] >= 4:
            self.note_change(table)
            form = [self.rng.choice(["incf", "incf", "decf"]),
                    ["getmap", table.name, key]]
            return form + ([self.expression(scope, min(depth, 2))]
                           if self.chance(1, 2) else [])
        if kind == 1:
            return self.changed_entry(scope, depth, table, key)
        if kind == 2 and not table.is_array():
            self.note_change(table)
            return [self.rng.choice(["remmap", "map-delete"]), table.name, key]
        value = self.value(scope, depth, table)
        if value is None:
            return None
        self.note_change(table)
        return ["setf", ["getmap", table.name, key], value]

    def value_when_let(self, scope, depth):
        """Bindings of integers that are tested one after the other."""
        inner, bindings = scope.child(), []
        for _ in range(self.rng.randint(1, 2)):
            name = self.fresh("v")
            bindings.append([name, self.expression(inner, depth)])
            inner.variables.append(Variable(name, "u64"))
        if self.chance(1, 3):
            return ["if-let", bindings[0],
                    self.expression(self.with_first(scope, bindings), depth),
                    self.expression(scope, depth)]
        return ["when-let", bindings, *self.statements(inner, depth, 2, bindings),
                self.expression(inner, depth)]

    def with_first(self, scope, bindings):
        """A scope with the variable of the first binding."""
        inner = scope.child()
        inner.variables.append(Variable(bindings[0][0], "u64"))
        return inner

    def statement_ringbuf(self, scope, depth):
        if self.ring is None or scope.rounds > 4 or self.in_function:
            return None
        struct = self.rng.choice(self.structs)
        name = self.fresh("r")
        inner = scope.child()
        inner.regions += 2 * [Region(name, struct.size, "ring:" + name,
                                     struct)]
        if self.chance(1, 5):
            same = [r.form for r in scope.regions if r.struct is struct
                    and r.owner.startswith("stack")]
            if same:
                return ["ringbuf-output", self.ring.name, self.rng.choice(same),
                        struct.size]
        clear = ["memset", name, 0, 0, struct.size]
        if self.chance(1, 4):
            # Nothing in between may leave, which would keep the record.
            inner.regions = inner.regions[-1:]
            body = [self.statement_store(inner, 0) or clear for _ in range(3)]
            end = self.rng.choice(["ringbuf-submit", "ringbuf-discard"])
            return ["when-let", [[name, ["ringbuf-reserve", self.ring.name,
                                         struct.size]]],
                    clear, *body, [end, name]]
        return ["with-ringbuf", [name, self.ring.name, struct.name], clear,
                *self.statements(inner, min(depth, 3), 4)]
