#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Changes that no linker makes, byte by byte: tweak.py FILE CHANGE [ARGUMENT...]

  no-section-headers      forget the section headers and cut off everything behind the last segment
  weak-needs LIBRARY      set VER_FLG_WEAK in every version need of LIBRARY
  add-dynamic TAG VALUE   turn the first spare DT_NULL into an entry; VALUE is a number, or the name of a tag whose value is copied plus an offset (`RUNPATH+8`)
  drop-phdr TYPE          turn the first program header of that type into PT_NULL
  move-phdrs              move the program header table to the end of the file, outside of every segment
"""
import struct
import sys

TAGS = {"NEEDED": 1, "SONAME": 14, "RPATH": 15, "RUNPATH": 29, "STRTAB": 5, "BIND_NOW": 24, "VERNEED": 0x6FFFFFFE, "VERNEEDNUM": 0x6FFFFFFF}
PT_LOAD, PT_DYNAMIC = 1, 2


class Elf:
    def __init__(self, path):
        self.path = path
        self.data = bytearray(open(path, "rb").read())
        self.wide = self.data[4] == 2
        self.order = "<" if self.data[5] == 1 else ">"
        self.phoff, self.shoff = self.get("QQ", 32) if self.wide else self.get("II", 28)
        self.phentsize, self.phnum = self.get("HH", 54 if self.wide else 42)

    def get(self, layout, at):
        return struct.unpack_from(self.order + layout, self.data, at)

    def put(self, layout, at, *values):
        struct.pack_into(self.order + layout, self.data, at, *values)

    def phdrs(self):
        """(place, type, offset, vaddr, filesz) of each program header"""
        for i in range(self.phnum):
            at = self.phoff + i * self.phentsize
            if self.wide:
                kind, _, offset, vaddr, _, filesz = self.get("IIQQQQ", at)
            else:
                kind, offset, vaddr, _, filesz = self.get("IIIII", at)
            yield at, kind, offset, vaddr, filesz

    def offset(self, address):
        for _, kind, offset, vaddr, filesz in self.phdrs():
            if kind == PT_LOAD and vaddr <= address < vaddr + filesz:
                return address - vaddr + offset
        raise SystemExit(f"{self.path}: address {address:#x} is not in the file")

    def dynamic(self):
        """(place, tag, value) of each dynamic entry up to the end of the segment"""
        (_, _, offset, _, filesz), = [p for p in self.phdrs() if p[1] == PT_DYNAMIC]
        size = 16 if self.wide else 8
        return [(at, *self.get("QQ" if self.wide else "II", at)) for at in range(offset, offset + filesz, size)]

    def value(self, tag):
        return next(value for _, t, value in self.dynamic() if t == TAGS[tag])

    def string(self, offset):
        start = self.offset(self.value("STRTAB")) + offset
        return self.data[start : self.data.index(0, start)].decode()


def no_section_headers(elf):
    end = max([offset + size for _, _, offset, _, size in elf.phdrs()] + [elf.phoff + elf.phnum * elf.phentsize])
    del elf.data[end:]
    if elf.wide:
        elf.put("Q", 40, 0)
        elf.put("HH", 60, 0, 0)
    else:
        elf.put("I", 32, 0)
        elf.put("HH", 48, 0, 0)


def weak_needs(elf, library):
    at, changed = elf.offset(elf.value("VERNEED")), 0
    for _ in range(elf.value("VERNEEDNUM")):
        _, count, name, aux, following = elf.get("HHIII", at)
        if elf.string(name) == library:
            place = at + aux
            for _ in range(count):
                _, flags, _, _, step = elf.get("IHHII", place)
                elf.put("H", place + 4, flags | 2)
                place, changed = place + step, changed + 1
        at += following
    if not changed:
        raise SystemExit(f"{elf.path}: no version need of {library}")


def add_dynamic(elf, tag, value):
    if "+" in value:
        base, plus = value.split("+")
        number = elf.value(base) + int(plus)
    else:
        number = int(value, 0)
    entries = elf.dynamic()
    spare = next(i for i, entry in enumerate(entries) if entry[1] == 0)
    if spare + 1 >= len(entries):
        raise SystemExit(f"{elf.path}: no spare DT_NULL")
    elf.put("QQ" if elf.wide else "II", entries[spare][0], TAGS[tag], number)


def drop_phdr(elf, kind):
    place = next(at for at, k, *_ in elf.phdrs() if k == int(kind, 0))
    elf.data[place : place + elf.phentsize] = bytes(elf.phentsize)


def move_phdrs(elf):
    size = elf.phnum * elf.phentsize
    table = elf.data[elf.phoff : elf.phoff + size]
    elf.data[elf.phoff : elf.phoff + size] = bytes(size)
    elf.data += bytes(-len(elf.data) % 8)
    elf.put("Q" if elf.wide else "I", 32 if elf.wide else 28, len(elf.data))
    elf.data += table


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    change = {f.__name__.replace("_", "-"): f for f in (no_section_headers, weak_needs, add_dynamic, drop_phdr, move_phdrs)}
    elf = Elf(sys.argv[1])
    change[sys.argv[2]](elf, *sys.argv[3:])
    open(elf.path, "wb").write(elf.data)


main()
