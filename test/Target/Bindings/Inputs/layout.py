#===- layout.py - Layouts of structs in one form for all languages ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-------------------------------------------------------------------------------===#
"""Prints layouts of structs, or programs that print them.

    layout.py btf FILE           what `bpftool btf dump -j` says of an object
    layout.py LANGUAGE LAYOUT    a program that prints the layout that LANGUAGE has

A layout has a line `struct TAG size BYTES` (or `union`) for each struct, and behind
it a line `TAG.FIELD OFFSET BYTES` for each field.  The programs ask for the structs
and fields of LAYOUT and nothing else, and go with declarations under the name
`module`.  Lisp has no types that could be asked: its program looks which bytes the
accessors write, and has the sizes of embedded structs from LAYOUT.
"""

import json
import sys


def btf_size(types, number):
    """The size of a type in bytes."""
    entry = types[number]
    kind = entry["kind"]
    if kind == "PTR":
        return 8
    if kind == "ARRAY":
        return entry["nr_elems"] * btf_size(types, entry["type_id"])
    if "size" in entry:
        return entry["size"]
    return btf_size(types, entry["type_id"])


def print_btf(path):
    with open(path) as file:
        types = {entry["id"]: entry for entry in json.load(file)["types"]}
    for entry in types.values():
        # The types of maps have no names.
        if entry["kind"] not in ("STRUCT", "UNION") or entry["name"] == "(anon)":
            continue
        print(entry["kind"].lower(), entry["name"], "size", entry["size"])
        for member in entry["members"]:
            offset = member["bits_offset"]
            assert offset % 8 == 0, "a bitfield"
            print("%s.%s %d %d" % (entry["name"], member["name"], offset // 8,
                                   btf_size(types, member["type_id"])))


def read_layout(path):
    """Gives (keyword, tag, [(field, size), ...]) for each struct."""
    structs = []
    with open(path) as file:
        for line in file:
            words = line.split()
            if words[0] in ("struct", "union"):
                structs.append((words[0], words[1], []))
            else:
                structs[-1][2].append((words[0].split(".")[1], int(words[2])))
    return structs


def camel(name):
    return "".join(word.capitalize() for word in name.split("_"))


def probe_c(structs):
    yield '#include "module.h"\n#include <stdio.h>\nint main(void) {'
    for keyword, tag, fields in structs:
        struct = keyword + " " + tag
        yield 'printf("%s size %%d\\n", (int)sizeof(%s));' % (struct, struct)
        for field, _ in fields:
            yield ('printf("%s.%s %%d %%d\\n", (int)offsetof(%s, %s), '
                   "(int)sizeof(((%s *)0)->%s));"
                   % (tag, field, struct, field, struct, field))
    yield "return 0; }"


def probe_go(structs):
    yield 'package main\nimport ("fmt"; "unsafe"; . "probe/module")\nfunc main() {'
    for keyword, tag, fields in structs:
        struct = camel(tag)
        yield 'fmt.Println("%s", "%s", "size", unsafe.Sizeof(%s{}))' % (
            keyword, tag, struct)
        for field, size in fields:
            member = struct + "{}." + camel(field)
            if keyword == "union":
                place = "0, unsafe.Sizeof(*(&%s{}).%s())" % (struct, camel(field))
            elif size == 0:
                place = "Offsetof%s%s, 0" % (struct, camel(field))
            else:
                place = "unsafe.Offsetof(%s), unsafe.Sizeof(%s)" % (member, member)
            yield 'fmt.Println("%s.%s", %s)' % (tag, field, place)
    yield "}"


def probe_rust(structs):
    yield "mod module;\nuse core::mem::{offset_of, size_of};"
    yield "fn size<T, F>(_: impl Fn(&T) -> &F) -> usize { size_of::<F>() }"
    yield "fn main() {"
    for keyword, tag, fields in structs:
        struct = "module::" + camel(tag)
        yield 'println!("%s %s size {}", size_of::<%s>());' % (keyword, tag, struct)
        yield "let _ = %s::zeroed();" % struct
        for field, _ in fields:
            place = "&x." + field
            if keyword == "union":
                place = "unsafe { %s }" % place
            yield 'println!("%s.%s {} {}", offset_of!(%s, %s), size(|x: &%s| %s));' % (
                tag, field, struct, field, struct, place)
    yield "}"


def probe_python(structs):
    yield "import module"
    for keyword, tag, fields in structs:
        struct = "module." + camel(tag)
        yield "import ctypes; print('%s', '%s', 'size', ctypes.sizeof(%s))" % (
            keyword, tag, struct)
        for field, _ in fields:
            member = struct + "." + field
            yield "print('%s.%s', %s.offset, %s.size)" % (tag, field, member, member)


LISP_PROBE = """
(defun widest (write)
  "Writes ones with the function and gives whether that was possible."
  (loop for value in (list -1 (1- (ash 1 64)) (1- (ash 1 32)) (1- (ash 1 16)) 255)
        thereis (ignore-errors (funcall write value) t)))
(defun fill-field (accessor bytes indices)
  "Writes ones to all elements and gives whether there are any."
  (or (widest (lambda (value)
                (apply (fdefinition (list 'setf accessor)) value bytes indices)))
      (and (< (length indices) 3)
           (loop for index from 0 below 16
                 while (fill-field accessor bytes (append indices (list index)))
                 count t into filled
                 finally (return (plusp filled))))))
(defun probe (tag field size)
  (let* ((name (string-upcase (substitute #\\- #\\_ (format nil "~A-~A" tag field))))
         (accessor (find-symbol name :module-types))
         (start (find-symbol (format nil "~A-START" name) :module-types))
         (bytes (make-array 1024 :element-type '(unsigned-byte 8)
                                 :initial-element 0)))
    (if start
        (format t "~A.~A ~D ~D~%" tag field
                (or (ignore-errors (funcall start)) (funcall start 0)) size)
        (progn
          (fill-field accessor bytes '())
          (format t "~A.~A ~D ~D~%" tag field (position-if #'plusp bytes)
                  (if (zerop size) 0 (count-if #'plusp bytes)))))))
"""


def probe_lisp(structs):
    yield '(load "module-types.lisp" :verbose nil)'
    yield LISP_PROBE
    for keyword, tag, fields in structs:
        lisp = tag.replace("_", "-")
        yield '(format t "%s %s size ~D~%%" module-types:+sizeof-%s+)' % (
            keyword, tag, lisp)
        yield ("(assert (= (length (module-types:make-%s)) module-types:+sizeof-%s+))"
               % (lisp, lisp))
        for field, size in fields:
            yield '(probe "%s" "%s" %d)' % (tag, field, size)


def main():
    how, path = sys.argv[1:]
    if how == "btf":
        return print_btf(path)
    for line in globals()["probe_" + how](read_layout(path)):
        print(line)


main()
