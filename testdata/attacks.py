#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""attacks.py BASE ISA OUT: writes variants of two libraries that hide what they need; called by make-attacks.sh."""
import struct
import sys

PT_NULL, PT_LOAD, PT_DYNAMIC, PT_NOTE, PT_GNU_STACK, PT_GNU_PROPERTY = 0, 1, 2, 4, 0x6474E551, 0x6474E553
DT_NULL, DT_NEEDED, DT_SYMTAB, DT_GNU_HASH, DT_AUXILIARY, DT_FILTER = 0, 1, 6, 0x6FFFFEF5, 0x7FFFFFFD, 0x7FFFFFFF
PAGE = 0x1000
ABSENT, HARMLESS = b"libabsent.so.9\0", b"libc.so.6\0\0\0\0\0\0"


class Elf:
    """The bytes of a file and its program headers as lists: type, flags, offset, address, physical address, file size, memory size, alignment."""

    def __init__(self, data):
        self.data = bytearray(data)
        offset, = struct.unpack_from("<Q", data, 32)
        size, count = struct.unpack_from("<HH", data, 54)
        self.offset = offset
        self.headers = [list(struct.unpack_from("<IIQQQQQQ", data, offset + i * size)) for i in range(count)]

    def first(self, kind):
        return next(i for i, header in enumerate(self.headers) if header[0] == kind)

    def drop(self, kind):
        del self.headers[self.first(kind)]

    def append_page(self, content, within=0):
        self.data += bytes(-len(self.data) % PAGE)
        self.data += content
        return len(self.data) - len(content) + within

    def dynamic(self):
        offset, size = self.headers[self.first(PT_DYNAMIC)][2], self.headers[self.first(PT_DYNAMIC)][5]
        entries = [list(struct.unpack_from("<QQ", self.data, at)) for at in range(offset, offset + size, 16)]
        return offset, entries

    def put_dynamic(self, entries):
        offset, old = self.dynamic()
        assert len(entries) == len(old)
        self.data[offset : offset + 16 * len(old)] = pack(entries)

    def write(self, path):
        table = b"".join(struct.pack("<IIQQQQQQ", *header) for header in self.headers)
        self.data[self.offset : self.offset + len(table)] = table
        struct.pack_into("<H", self.data, 56, len(self.headers))
        open(path, "wb").write(self.data)


def pack(entries):
    return b"".join(struct.pack("<QQ", *entry) for entry in entries)


def decoy(elf):
    _, entries = elf.dynamic()
    return pack([entry for entry in entries if entry[0] != DT_NEEDED] + [[DT_NULL, 0]])


def dynamic_by_address(elf):
    """p_offset of PT_DYNAMIC leads to a table without the need, p_vaddr to the real one"""
    place = elf.append_page(decoy(elf))
    elf.headers[elf.first(PT_DYNAMIC)][2] = place


def two_dynamic(elf):
    """two PT_DYNAMIC: the loader takes the last"""
    place = elf.append_page(decoy(elf))
    real = elf.headers[elf.first(PT_DYNAMIC)]
    elf.drop(PT_GNU_STACK)
    elf.headers.insert(elf.first(PT_DYNAMIC), [*real[:2], place, *real[3:]])


def behind_p_filesz(elf):
    """the need lies behind p_filesz of PT_DYNAMIC, before DT_NULL"""
    _, entries = elf.dynamic()
    needs = [entry for entry in entries if entry[0] == DT_NEEDED]
    others = [entry for entry in entries if entry[0] not in (DT_NEEDED, DT_NULL)]
    spare = len(entries) - len(needs) - len(others)
    elf.put_dynamic(others + needs + [[DT_NULL, 0]] * spare)
    header = elf.headers[elf.first(PT_DYNAMIC)]
    header[5] = header[6] = 16 * len(others)


def copy_of_first_page(elf):
    """Appends the first page as it is, and hides the name of the library in the original."""
    place = elf.append_page(elf.data[:PAGE])
    at = elf.data.index(ABSENT)
    elf.data[at : at + len(ABSENT)] = HARMLESS
    return place


def later_segment(elf):
    """two PT_LOAD for the same addresses: the later one, with the name of the library, is what the loader has"""
    elf.drop(PT_GNU_STACK)
    place = copy_of_first_page(elf)
    load = elf.headers[elf.first(PT_LOAD)]
    elf.headers.insert(elf.first(PT_LOAD) + 1, [*load[:2], place, *load[3:]])
    fix_copy(elf, place)


def later_page(elf):
    """a later PT_LOAD of 16 bytes at the end of a page replaces the whole page, with the strings"""
    elf.drop(PT_GNU_STACK)
    place = copy_of_first_page(elf)
    load = elf.headers[elf.first(PT_LOAD)]
    within = PAGE - 16
    elf.headers.insert(elf.first(PT_LOAD) + 1, [PT_LOAD, load[1], place + within, within, within, 16, 16, PAGE])
    fix_copy(elf, place)


def fix_copy(elf, place):
    """The program headers in the copied page are those of the file."""
    table = b"".join(struct.pack("<IIQQQQQQ", *header) for header in elf.headers)
    elf.data[place + elf.offset : place + elf.offset + len(table)] = table
    struct.pack_into("<H", elf.data, place + 56, len(elf.headers))


def renamed(tag):
    def change(elf):
        _, entries = elf.dynamic()
        elf.put_dynamic([[tag, entry[1]] if entry[0] == DT_NEEDED else entry for entry in entries])

    change.__doc__ = f"0x{tag:x} in place of DT_NEEDED"
    return change


def property_only(elf):
    """needs x86-64-v3, to which only PT_GNU_PROPERTY leads"""
    for header in elf.headers:
        if header[0] == PT_NOTE:
            header[0] = PT_NULL


def note_by_address(elf):
    """needs x86-64-v3, by a PT_NOTE with p_offset at zeros and p_filesz 0: the loader takes p_vaddr and p_memsz"""
    elf.drop(PT_GNU_PROPERTY)
    header = elf.headers[elf.first(PT_NOTE)]
    header[2] = elf.append_page(bytes(64), header[2] % PAGE)
    header[5] = 0


def hash_first_symbol(elf):
    """DT_GNU_HASH says that its first symbol is 0x42: no hash table knows of the symbols, but the section header and the next table do"""
    _, entries = elf.dynamic()
    place = next(value for tag, value in entries if tag == DT_GNU_HASH)
    struct.pack_into("<I", elf.data, place + 4, 0x42)


def hash_first_symbol_no_sections(elf):
    """the same without section headers"""
    hash_first_symbol(elf)
    struct.pack_into("<Q", elf.data, 40, 0)
    struct.pack_into("<HH", elf.data, 60, 0, 0)


def hash_wiped_out(elf):
    """DT_GNU_HASH leads to zeros, as after `strip --remove-section=.gnu.hash`"""
    _, entries = elf.dynamic()
    place = next(value for tag, value in entries if tag == DT_GNU_HASH)
    end = next(value for tag, value in entries if tag == DT_SYMTAB)
    elf.data[place:end] = bytes(end - place)


VARIANTS = {
    "control.so": (0, lambda elf: None),
    "dynamic-by-address.so": (0, dynamic_by_address),
    "two-dynamic.so": (0, two_dynamic),
    "behind-p-filesz.so": (0, behind_p_filesz),
    "later-segment.so": (0, later_segment),
    "later-page.so": (0, later_page),
    "filter.so": (0, renamed(DT_FILTER)),
    "auxiliary.so": (0, renamed(DT_AUXILIARY)),
    "property-only.so": (1, property_only),
    "note-by-address.so": (1, note_by_address),
    "hash-first-symbol.so": (0, hash_first_symbol),
    "hash-first-symbol-no-sections.so": (0, hash_first_symbol_no_sections),
    "hash-wiped-out.so": (0, hash_wiped_out),
}


def main():
    bases = [open(path, "rb").read() for path in sys.argv[1:3]]
    rows = []
    for name, (base, change) in VARIANTS.items():
        elf = Elf(bases[base])
        if base == 0:  # the base needs a level only so that it has a property note; here it must not
            for header in elf.headers:
                if header[0] in (PT_NOTE, PT_GNU_PROPERTY):
                    header[0] = PT_NULL
        change(elf)
        elf.write(f"{sys.argv[3]}/{name}")
        rows.append(f"| `{name}` | {change.__doc__ or 'needs the absent libabsent.so.9, as everybody sees'} |")
    with open(f"{sys.argv[3]}/README.md", "w") as readme:
        readme.write("# ELF files that hide what they need\n\nMade by `testdata/make-attacks.sh`; this file too. All need `libabsent.so.9`, which nobody has, or a processor.\n\n")
        readme.write("| file | how it hides |\n|---|---|\n" + "\n".join(rows) + "\n")


main()
