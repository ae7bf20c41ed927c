#===- groups.py - What the kernel tests compute ---*- python -*-----------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""The groups of computations that arithmetic.py turns into programs.

A group is a function that returns a list of tests.  Its forms use the operands
a, b and c, and the packet's bytes 40 to 63 for loads.
"""

import itertools

import reference
import trees

OPERATORS = ["+", "-", "*", "/", "mod", "logand", "logior", "logxor",
             "min", "max"]
SHIFTS = ["<<", ">>", ">>>"]
COMPARISONS = ["=", "/=", "<", "<=", ">", ">=", "s<", "s<=", "s>", "s>="]

# Constants that need each kind of immediate, written in different ways.
CONSTANTS = ["0", "1", "2", "7", "8", "10", "100", "255", "256", "#xffff",
             "#x7fffffff", "#x80000000", "#xffffffff", "#x100000000",
             "#x123456789abcdef0", "#x7fffffffffffffff",
             "#x8000000000000000", "#xffffffffffffffff", "-1", "-128",
             "-2147483648", "-2147483649"]
COUNTS = ["0", "1", "7", "8", "31", "32", "33", "63"]


class Test:
    """Forms that write `size` result bytes; @N in the text means byte N."""

    def __init__(self, text, size, label=None):
        self.template = text
        self.size = size
        self.text = label or text

    def stores(self, at):
        """The forms, with the result's place filled in."""
        return [place(form, at) for form in reference.read(self.template)]


def place(form, at):
    """`form` with @N replaced by a packet offset."""
    if isinstance(form, list):
        return [place(item, at) for item in form]
    if isinstance(form, str) and form.startswith("@"):
        return at + int(form[1:])
    return form


def value(text):
    """A test that stores the value of one form."""
    return Test("(store u64 data @0 %s)" % text, 8, text)


def values(*texts):
    return [value(text) for text in texts]


def spread(template, **choices):
    """One test for each way to fill the {names} of a template."""
    names = list(choices)
    return [value(template.format(**dict(zip(names, picked))))
            for picked in itertools.product(*choices.values())]


def arith():
    """Operators on variables, constants on either side, and many operands."""
    tests = spread("({op} a b)", op=OPERATORS)
    tests += spread("({op} b a)", op=OPERATORS)
    tests += spread("({op} a a)", op=OPERATORS)
    tests += spread("({op} a {k})", op=["+", "-", "*"],
                    k=CONSTANTS)
    tests += spread("({op} {k} a)", op=["+", "-", "/", "mod"], k=CONSTANTS)
    tests += spread("({op} a {k})", op=["/", "mod", "min", "max"],
                    k=CONSTANTS[1:])
    tests += spread("({op} a b c)", op=["+", "-", "*", "/", "min", "max"])
    tests += values(
        "(1+ a)", "(1- a)", "(- a)", "(+ a)", "(+)", "(*)", "(min a)",
        "(max a)", "(+ a b c 1 2 3)", "(* a 3 b 5)", "(- a 1 b 2 c)",
        "(- (+ a b) (- a b))", "(+ (* (/ a b) b) (mod a b))",
        "(mod (+ a b) 10)", "(/ (* a 1000) 1024)",
        "(- 0 a)", "(* a -1)", "(/ a 1)", "(mod a 1)", "(/ 0 a)")
    return tests


def bits():
    """Bit operators and shifts."""
    tests = spread("({op} a {k})", op=["logand", "logior", "logxor"],
                   k=CONSTANTS)
    tests += spread("({op} a b c)", op=["logand", "logior", "logxor"])
    tests += spread("({op} a b)", op=SHIFTS)
    tests += spread("({op} a {n})", op=SHIFTS, n=COUNTS)
    tests += spread("({op} {k} b)", op=SHIFTS,
                    k=["1", "-1", "#x8000000000000000", "#xffffffff"])
    tests += spread("(ash a {n})", n=COUNTS + ["-" + n for n in COUNTS[1:]])
    tests += values(
        "(lognot a)", "(lognot (lognot a))", "(logand a (lognot b))",
        "(logand)", "(logior)", "(logxor)", "(logand a)", "(logior a)",
        "(log2 a)", "(log2 b)", "(log2 0)", "(log2 1)", "(log2 (1+ a))",
        "(log2 (logand a #xffffffff))", "(<< (log2 a) 3)",
        "(>> (<< a 8) 8)", "(<< (>> a 8) 8)", "(>>> (<< a 32) 32)",
        "(logior (<< a 32) (>> a 32))", "(logxor a b a)",
        "(logior (logand a #xff00) (logand b #x00ff))",
        "(<< 1 (logand a 63))", "(>> a (- 64 8))")
    return tests


def compare():
    """Comparisons as values and as conditions."""
    ends = ["0", "1", "100", "#x7fffffff", "#x80000000", "#xffffffff",
            "#x100000000", "#x8000000000000000", "-1"]
    tests = spread("({op} a b)", op=COMPARISONS)
    tests += spread("({op} a {k})", op=COMPARISONS, k=ends)
    tests += spread("({op} {k} a)", op=COMPARISONS, k=["0", "5", "-1"])
    tests += spread("(if ({op} a b) 111 222)", op=COMPARISONS)
    tests += spread("(if (not ({op} a b)) (+ a 1) (+ b 2))", op=COMPARISONS)
    tests += spread("(if ({op} a {k}) b c)", op=COMPARISONS, k=ends)
    tests += spread("({op} a b c)", op=COMPARISONS)
    tests += spread("(if ({op} a b c) 1 2)", op=COMPARISONS)
    tests += spread("({op} a)", op=["=", "<", "s>="])
    tests += values(
        "(not a)", "(not (not a))", "(not 0)", "(not 5)", "(= a a)",
        "(< a a)", "(if a 1 2)", "(if (not a) 1 2)",
        "(+ (< a b) (> a b) (= a b))", "(= (< a b) (s< a b))",
        "(if (= (logand a #xff) #x01) 7 9)",
        "(if (logand a b) 7 9)", "(if (= 0 (logand a b)) 7 9)")
    return tests


def casts():
    """Conversions of width, sign and byte order."""
    kinds = list(reference.TYPES)
    swaps = ["ntohs", "htons", "ntohl", "htonl", "ntohll", "htonll"]
    tests = spread("(cast {t} a)", t=kinds)
    tests += spread("(cast {t} (+ a b))", t=kinds)
    tests += spread("(cast {t} {k})", t=kinds,
                    k=["-1", "128", "#x8000", "#xffffffff80000000"])
    tests += spread("(cast {t} (cast {s} a))", t=["u8", "i16", "u32", "i64"],
                    s=["i8", "u16", "i32", "u64"])
    tests += spread("(+ (cast {t} a) (cast {t} b))", t=kinds)
    tests += spread("(>>> (cast {t} a) 3)", t=kinds)
    tests += spread("(s< (cast {t} a) (cast {t} b))", t=kinds)
    tests += spread("(/ (cast {t} a) (cast {t} b))", t=kinds)
    tests += spread("({f} a)", f=swaps)
    tests += spread("({f} (+ a b))", f=swaps)
    tests += spread("({f} {k})", f=swaps, k=["#x1234", "#x89abcdef", "-2"])
    tests += spread("(= ({f} a) ({f} b))", f=swaps)
    tests += spread("(= ({f} a) #x1234)", f=swaps)
    tests += spread("({f} (load {t} data 41))", f=swaps,
                    t=["u16", "u32", "u64"])
    tests += values("(htons (ntohs a))", "(htonl (ntohl a))",
                    "(htonll (ntohll a))", "(ntohs (cast u8 a))",
                    "(ntohs (htonl a))")
    return tests


def memory():
    """Loads and stores of every width at every alignment."""
    kinds = list(reference.TYPES)
    tests = spread("(load {t} data {n})", t=kinds, n=range(40, 49))
    tests += spread("(load {t} (+ data {n}) 1)", t=kinds, n=[40, 43])
    tests += spread("(load {t} (+ data 50) -3)", t=kinds)
    tests += spread("(load {t} (+ data 40))", t=kinds)
    tests += spread("(+ (load {t} data 40) (load {t} data 41))", t=kinds)
    tests += spread("(<< (load {t} data 45) 4)", t=kinds)
    tests += spread("(s< (load {t} data 42) 0)", t=kinds)
    for kind, at in itertools.product(kinds, range(0, 9)):
        tests.append(Test("(store %s data @%d a)" % (kind, at), 17))
    for kind, at, text in itertools.product(
            kinds, (1, 4), ("0", "-1", "#x1122334455667788", "(+ a b)",
                            "(load %s data 43)" % kind)):
        tests.append(Test("(store %s data @%d %s)" % (kind, at, text), 12))
    tests.append(Test("(store u32 data @0 a) (store u16 data @1 b) "
                      "(store u8 data @3 c) "
                      "(store u64 data @8 (load u64 data @0))", 16))
    tests.append(Test("(store u64 (+ data @0) 0 a) "
                      "(store u8 (+ data @8) -4 (load u8 (+ data @8) -8))",
                      8))
    return tests


def narrow():
    """Variables that are declared narrower than 64 bits."""
    kinds = list(reference.TYPES)
    tests = []
    for form in (
            "(let ((x a)) (declare (type {t} x)) x)",
            "(let ((x {t} a)) x)",
            "(let ((x {t} a)) (setf x (+ x b)) x)",
            "(let ((x {t} a)) (incf x) x)",
            "(let ((x {t} a)) (decf x) x)",
            "(let ((x {t} a)) (incf x b) x)",
            "(let ((x {t} a) (y {t} b)) (+ x y))",
            "(let ((x {t} a) (y {t} b)) (- x y))",
            "(let ((x {t} a) (y {t} b)) (* x y))",
            "(let ((x {t} a)) (<< x 5))",
            "(let ((x {t} a)) (>>> x 5))",
            "(let ((x {t} a) (y {t} b)) (if (< x y) x y))",
            "(let ((x {t} a)) (if (s< x 0) 1 2))",
            "(let ((x {t} a)) (if (> b 9) (setf x b)) x)",
            "(let ((x {t} (* a b))) (/ x 3))",
            "(let ((x {t} a)) (dotimes (i 5) (setf x (+ (* x 3) i))) x)",
            "(let (x y) (declare (type {t} x y)) (setf x a y x) (+ x y))",
            "(let ((x {t} -1)) (incf x b) x)"):
        tests += spread(form, t=kinds)
    tests += values(
        "(let ((x u8 255)) (incf x) x)", "(let ((x u16 #xffff)) (incf x) x)",
        "(let ((x u32 #xffffffff)) (incf x) x)",
        "(let ((x i8 127)) (incf x) x)", "(let ((x i16 -32768)) (decf x) x)",
        "(let ((x i32 #x7fffffff)) (incf x) x)", "(let ((x u8 0)) (decf x) x)",
        "(let ((x u8 300)) x)", "(let ((x i8 200)) x)")
    return tests


def control():
    """Binding and control forms and the values that they yield."""
    return values(
        "(let ((x a) (y (+ x 1))) (* x y))",
        "(let* ((x a) (y (+ x 1))) (* x y))",
        "(let ((x a)) (let ((x (+ x 1))) (setf x (* x 2))) x)",
        "(let (x) (setf x a) x)", "(let ((x)) (incf x b) x)", "(let (x) x)",
        "(let ((x 1) (y 2)) (setf x a y (+ x b)) (+ x y))",
        "(let ((x 1)) (setq x (+ x a)) x)",
        "(let ((x a)) (+ (incf x) x))", "(let ((x a)) (decf x b) x)",
        "(progn 1 2 a)", "(progn)",
        "(if a b)", "(if (> a b) (- a b) (- b a))",
        "(when a b)", "(when (> a b) 1 2 c)", "(unless a b)",
        "(unless (> a b) c)", "(when (and a b) (+ a b))",
        "(cond ((> a b) 1) ((= a b) 2) (t 3))",
        "(cond ((= a 0) 10) ((= a 1) 11) ((= b 2) 12))",
        "(cond (a) (b) (t c))", "(cond ((logand a b)) (t 99))",
        "(cond (t a))", "(cond ((> a b) (let ((x a)) (incf x) x)) (t 0))",
        "(case a (0 100) (1 101) ((2 3) 123) (t 200))",
        "(case a (0 100) (1 101))",
        "(case (logand a 7) ((0 1 2) a) ((3 4) b) (5 c) (otherwise 9))",
        "(case a (-1 1) (#xffffffff 2) (#x100000000 3) (t 4))",
        "(case (cast u8 a) (255 1) (128 2) (0 3) (t (case b (0 4) (t 5))))",
        "(and a b)", "(or a b)", "(and a b c)", "(or a b c)", "(and)", "(or)",
        "(and a)", "(or a)", "(and (> a 10) (< a 1000))",
        "(or (< a 10) (> a 1000))", "(and (or a b) (or b c))",
        "(or (and a b) (and b c))", "(not (and a b))", "(and (not a) b)",
        "(if (and (> a 1) (< b 5)) 1 2)", "(if (or (> a 1) (< b 5)) 1 2)",
        "(if (and (> a 1) (or (< b 5) (= c 0))) 1 2)",
        "(if (not (or (= a 0) (= b 0))) (/ a b) 7)",
        "(+ (and a b) (or a b))",
        "(let ((x 0)) (and a (setf x 1) b (setf x 2)) x)",
        "(let ((x 0)) (or a (incf x) b (incf x)) x)",
        "(dotimes (i 3) a)", "(dotimes (i 0) a)", "(dotimes (i 7 i) a)",
        "(let ((s 0)) (dotimes (i 10) (incf s i)) s)",
        "(let ((s 0)) (dotimes (i 10 s) (incf s (* i a))))",
        "(let ((s a)) (dotimes (i 100 s) (setf s (+ (* s 31) i))))",
        "(let ((s 0)) (dotimes (i 4 s) (dotimes (j 5) (incf s (* i j)))))",
        "(let ((s 0)) (dotimes (i 24 s) (incf s (load u8 data (+ 40 i)))))",
        "(let ((n 0) (x a)) (dotimes (i 64 n) "
        "(when (logand x 1) (incf n)) (setf x (>> x 1))))",
        "(block out (when (> a b) (return-from out 1)) 2)",
        "(block out (dotimes (i 20) (when (= i (logand a 15)) "
        "(return-from out (+ i 100)))) 5)",
        "(block x (+ 1 (block y (if (> a b) (return-from x 10) "
        "(return-from y 20)))))",
        "(when-let ((x a)) (+ x 1))", "(when-let ((x a) (y b)) (+ x y))",
        "(when-let ((x u8 a)) (+ x 1))", "(if-let (x a) (+ x 1) b)",
        "(if-let (x (logand a b)) x c)", "(if-let (x u16 a) (+ x 1) b)",
        "(let ((x (if (> a b) a b)) (y (if (> a b) b a))) (- x y))",
        "(let ((x a)) (if (> b 5) (incf x 10) (decf x 10)) x)",
        "(let ((x 0)) (when (> a b) (setf x 1)) (when (> b c) "
        "(setf x (+ x 2))) (when (> a c) (setf x (+ x 4))) x)",
        "(+ (if (> a b) 1 0) (if (> b c) 2 0) (if (> a c) 4 0))",
        "(let ((x a) (y b)) (dotimes (i 9) (let ((z x)) (setf x y y "
        "(+ z y)))) x)",
        "(let ((x nil) (y t)) (+ x y a))")


def constants():
    """Operators whose operands are all known to the compiler."""
    few = ["0", "1", "5", "64", "#x7fffffff", "#x80000000", "#xffffffff",
           "#x100000000", "#x8000000000000000", "-1"]
    tests = spread("({op} {x} {y})", op=["+", "-", "*", "logxor", "min"],
                   x=few, y=few[1::2])
    tests += spread("({op} {x} {y})", op=["/", "mod"], x=few, y=few[1:])
    tests += spread("({op} {x} {y})", op=COMPARISONS, x=few[::2],
                    y=["0", "5", "-1", "#x8000000000000000"])
    tests += spread("({op} {x} {y})", op=SHIFTS, x=few, y=COUNTS[::2])
    # Known to a compiler that looks further than one form.
    tests += spread("(let ((z {y})) ({op} {x} z))",
                    op=["/", "mod", "<<", ">>", ">>>"], x=few,
                    y=["0", "1", "63", "64", "65", "-1"])
    tests += spread("(log2 {x})", x=few)
    return tests


def pressure():
    """More values alive across calls than there are registers."""
    tests = []
    for count, call in ((6, "ktime-get-ns"), (12, "get-smp-processor-id"),
                        (20, "ktime-get-ns"), (30, "get-prandom-u32")):
        names = ["v%d" % number for number in range(count)]
        bindings = " ".join("(%s (+ (* a %d) (load u8 data %d)))" %
                            (name, 3 + number, 40 + number % 24)
                            for number, name in enumerate(names))
        total = "(%s)"
        tests += values(
            "(let (%s) (%s) (+ %s))" % (bindings, call, " ".join(names)),
            "(let (%s) (%s) (logxor %s))" %
            (bindings, call, " ".join(reversed(names))),
            "(let (%s) (when (> a b) (%s) (incf v0)) (- %s))" %
            (bindings, call, " ".join(names)),
            "(let (%s) (dotimes (i 5) (%s) %s) (+ %s))" %
            (bindings, call, " ".join("(incf %s %s)" % pair for pair in
                                      zip(names, names[1:])),
             " ".join(names)))
    deep = "c"
    for number in range(24):
        deep = "(- (* a %d) (logxor b %s))" % (number + 2, deep)
    wide = ["(+ a %d)" % number for number in range(24)]
    while len(wide) > 1:
        wide = ["(logxor (* 3 %s) %s)" % pair
                for pair in zip(wide[::2], wide[1::2])] + \
            ([wide[-1]] if len(wide) % 2 else [])
    return tests + values(deep, wide[0])


def random_trees():
    """Expressions that nobody thought of."""
    return [value(reference.write(tree)) for tree in trees.many(240)]


GROUPS = {"arith": arith, "bits": bits, "compare": compare, "casts": casts,
          "memory": memory, "narrow": narrow, "control": control,
          "constants": constants, "pressure": pressure,
          "random": random_trees}

# Groups whose results do not depend on the operands.
WITHOUT_OPERANDS = {"constants"}
