#===- reference.py - What scalar forms must yield ---*- python -*---------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Interprets the scalar part of the language on a packet held in memory.

It is written from the language's definition and shares nothing with the
compiler, so that the two can be compared.  Values are integers from 0 up to
2^64 - 1, a pointer is a Pointer, and the packet is a bytearray.
"""

import re

MASK = (1 << 64) - 1

# Bits and signedness of each scalar type.
TYPES = {"u8": (8, False), "u16": (16, False), "u32": (32, False),
         "u64": (64, False), "i8": (8, True), "i16": (16, True),
         "i32": (32, True), "i64": (64, True)}

TOKEN = re.compile(r"\s+|;[^\n]*|([()]|[^\s()]+)")


class Pointer:
    """A place in the packet."""

    def __init__(self, offset):
        self.offset = offset


class Return(Exception):
    """Leaves the program."""


class Leave(Exception):
    """Leaves a block, with the block's name and value."""

    def __init__(self, name, value):
        super().__init__(name)
        self.name = name
        self.value = value


class Variable:
    """A binding: its type and its value, extended from the type's width."""

    def __init__(self, kind, value):
        self.kind = kind
        self.set(value)

    def set(self, value):
        self.value = value if isinstance(value, Pointer) else \
            extend(self.kind, value)


def read(text):
    """The forms in `text`: lists, integers and symbols (as strings)."""
    stack = [[]]
    for token in TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            form = stack.pop()
            stack[-1].append(form)
        elif token:
            stack[-1].append(atom(token))
    assert len(stack) == 1, "unbalanced: " + text
    return stack[0]


def atom(token):
    """An integer when the token is one, else a symbol."""
    bases = {"#x": 16, "#b": 2, "#o": 8}
    if token[:2] in bases:
        return int(token[2:], bases[token[:2]])
    if re.match(r"[-+]?\d+$", token):
        return int(token)
    return token.lower()


def write(form):
    """The text of a form."""
    if isinstance(form, list):
        return "(" + " ".join(write(item) for item in form) + ")"
    return str(form)


def signed(value, bits=64):
    """`value`'s low bits as a two's complement number."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def extend(kind, value):
    """`value` cut to a type's width and extended to 64 bits again."""
    bits, is_signed = TYPES[kind]
    low = value & ((1 << bits) - 1)
    return signed(low, bits) & MASK if is_signed else low


def swapped(bits):
    """The function that swaps the bytes of a `bits` wide number."""
    size = bits // 8
    return lambda value: int.from_bytes(
        (value & ((1 << bits) - 1)).to_bytes(size, "little"), "big")


def divide(x, y):
    return x // y if y else 0


def modulo(x, y):
    return x % y if y else x


def shift_left(x, n):
    return x << (n & 63)


def shift_right(x, n):
    return x >> (n & 63)


def shift_arithmetic(x, n):
    return signed(x) >> (n & 63)


def ash(x, n):
    n = signed(n)
    return x << n if n >= 0 else x >> -n


def add(*values):
    """The sum; a pointer may be one of the terms."""
    offset, pointers = 0, 0
    for value in values:
        if isinstance(value, Pointer):
            offset += value.offset
            pointers += 1
        else:
            offset += value
    return Pointer(signed(offset)) if pointers else offset


def subtract(first, *rest):
    return first - sum(rest) if rest else -first


def fold(function, start):
    """An n-ary operator out of a binary one."""
    def apply(*values):
        result = start
        for value in values:
            result = function(result, value)
        return result
    return apply


def chain(test, view=lambda value: value):
    """A comparison of each value with its right neighbour."""
    return lambda *values: int(all(test(view(x), view(y))
                                   for x, y in zip(values, values[1:])))


FUNCTIONS = {
    "+": add,
    "-": subtract,
    "*": fold(lambda x, y: x * y, 1),
    "/": lambda first, *rest: fold(divide, first)(*rest),
    "mod": modulo,
    "1+": lambda x: x + 1,
    "1-": lambda x: x - 1,
    "min": lambda first, *rest: min((first, *rest)),
    "max": lambda first, *rest: max((first, *rest)),
    "logand": fold(lambda x, y: x & y, MASK),
    "logior": fold(lambda x, y: x | y, 0),
    "logxor": fold(lambda x, y: x ^ y, 0),
    "lognot": lambda x: ~x,
    "<<": shift_left,
    ">>": shift_right,
    ">>>": shift_arithmetic,
    "ash": ash,
    "log2": lambda x: max(x.bit_length() - 1, 0),
    "=": chain(lambda x, y: x == y),
    "/=": lambda *values: int(len(set(values)) == len(values)),
    "<": chain(lambda x, y: x < y),
    "<=": chain(lambda x, y: x <= y),
    ">": chain(lambda x, y: x > y),
    ">=": chain(lambda x, y: x >= y),
    "s<": chain(lambda x, y: x < y, signed),
    "s<=": chain(lambda x, y: x <= y, signed),
    "s>": chain(lambda x, y: x > y, signed),
    "s>=": chain(lambda x, y: x >= y, signed),
    "not": lambda x: int(x == 0),
    "ntohs": swapped(16), "htons": swapped(16),
    "ntohl": swapped(32), "htonl": swapped(32),
    "ntohll": swapped(64), "htonll": swapped(64),
    # Helpers called for the registers that they destroy, not for their values.
    "ktime-get-ns": lambda: 0,
    "get-smp-processor-id": lambda: 0,
    "get-prandom-u32": lambda: 0,
}


class Interpreter:
    """Runs forms on one packet."""

    def __init__(self, packet):
        self.packet = packet
        self.scopes = [{"data": Variable("u64", Pointer(0))}]

    def run(self, forms):
        """Runs a program body; the value of its last form or of a return."""
        try:
            return self.body(forms)
        except Return as left:
            return left.args[0]

    def body(self, forms):
        value = 0
        for form in forms:
            value = self.eval(form)
        return value

    def find(self, name):
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        raise NameError(name)

    def eval(self, form):
        """The value of one form."""
        if isinstance(form, int):
            return form & MASK
        if isinstance(form, str):
            if form in ("nil", "t"):
                return int(form == "t")
            return self.find(form).value
        name, *rest = form
        method = getattr(self, "form_" + SPECIAL.get(name, name), None)
        if method:
            return method(*rest)
        value = FUNCTIONS[name](*[self.eval(item) for item in rest])
        return value if isinstance(value, Pointer) else value & MASK

    # Binding and mutation

    def form_let(self, bindings, *forms):
        """Binds one after the other; declarations give the types."""
        kinds = {}
        forms = list(forms)
        while forms and isinstance(forms[0], list) and \
                forms[0][0] == "declare":
            for _, kind, *names in forms.pop(0)[1:]:
                kinds.update((name, kind) for name in names)
        scope = {}
        self.scopes.append(scope)
        try:
            for binding in bindings:
                item = binding if isinstance(binding, list) else [binding]
                name, kind, start = item[0], "u64", 0
                if len(item) == 3:
                    kind, start = item[1], item[2]
                elif len(item) == 2:
                    start = item[1]
                scope[name] = Variable(kinds.get(name, kind),
                                       self.eval(start))
            return self.body(forms)
        finally:
            self.scopes.pop()

    def form_setf(self, *pairs):
        value = 0
        for name, form in zip(pairs[::2], pairs[1::2]):
            value = self.eval(form)
            self.find(name).set(value)
        return value

    def form_incf(self, name, delta=1):
        variable = self.find(name)
        variable.set((variable.value + self.eval(delta)) & MASK)
        return variable.value

    def form_decf(self, name, delta=1):
        variable = self.find(name)
        variable.set((variable.value - self.eval(delta)) & MASK)
        return variable.value

    # Control

    def form_if(self, test, then, other=0):
        return self.eval(then if self.eval(test) else other)

    def form_when(self, test, *forms):
        return self.body(forms) if self.eval(test) else 0

    def form_unless(self, test, *forms):
        return 0 if self.eval(test) else self.body(forms)

    def form_cond(self, *clauses):
        for test, *forms in clauses:
            value = self.eval(test)
            if value:
                return self.body(forms) if forms else value
        return 0

    def form_case(self, form, *clauses):
        value = self.eval(form)
        for keys, *forms in clauses:
            keys = keys if isinstance(keys, list) else [keys]
            if keys in (["t"], ["otherwise"]) or \
                    value in [key & MASK for key in keys]:
                return self.body(forms)
        return 0

    def form_and(self, *forms):
        value = 1
        for form in forms:
            value = self.eval(form)
            if not value:
                return 0
        return value

    def form_or(self, *forms):
        for form in forms:
            value = self.eval(form)
            if value:
                return value
        return 0

    def form_progn(self, *forms):
        return self.body(forms)

    def form_return(self, form=0):
        raise Return(self.eval(form))

    def form_when_let(self, bindings, *forms):
        for at, binding in enumerate(bindings):
            name, value = binding[0], self.eval(binding[-1])
            kind = binding[1] if len(binding) == 3 else "u64"
            if not extend(kind, value):
                return 0
            rest = bindings[at + 1:]
            return self.form_let([[name, kind, value]],
                                 ["when-let", rest, *forms]) if rest else \
                self.form_let([[name, kind, value]], *forms)
        return self.body(forms)

    def form_if_let(self, binding, then, other=0):
        name = binding[0]
        value = self.eval(binding[-1])
        kind = binding[1] if len(binding) == 3 else "u64"
        if extend(kind, value):
            return self.form_let([[name, kind, value]], then)
        return self.eval(other)

    def form_dotimes(self, control, *forms):
        name, count, *result = control
        index = Variable("u32", 0)
        self.scopes.append({name: index})
        try:
            for turn in range(count):
                index.set(turn)
                self.body(forms)
            index.set(count)
            return self.body(result)
        finally:
            self.scopes.pop()

    def form_block(self, name, *forms):
        depth = len(self.scopes)
        try:
            return self.body(forms)
        except Leave as left:
            if left.name != name:
                raise
            del self.scopes[depth:]
            return left.value

    def form_return_from(self, name, form=0):
        raise Leave(name, self.eval(form))

    # Memory and conversion

    def form_cast(self, kind, form):
        return extend(kind, self.eval(form))

    def form_load(self, kind, pointer, offset=0):
        at = self.eval(pointer).offset + signed(self.eval(offset))
        size = TYPES[kind][0] // 8
        return extend(kind, int.from_bytes(self.packet[at:at + size],
                                           "little"))

    def form_store(self, kind, pointer, offset, form):
        at = self.eval(pointer).offset + signed(self.eval(offset))
        size = TYPES[kind][0] // 8
        value = self.eval(form)
        self.packet[at:at + size] = (value % (1 << 8 * size)).to_bytes(
            size, "little")
        return value


# Names that are no Python identifiers, and aliases.
SPECIAL = {"let*": "let", "setq": "setf", "when-let": "when_let",
           "if-let": "if_let", "return-from": "return_from"}
