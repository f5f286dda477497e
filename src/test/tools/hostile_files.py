#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes files that state more than they hold and measures what jwheel does with them.

usage: hostile_files.py JWHEEL [NAME...]

Each file is tried in two sizes, the second twice the first, with the launcher's own settings. Prints a table in Markdown: processor time, resident
memory, output, exit code. Ends with 1 if a file takes more than 10 s, 600 MB or 8 MB of output, if double the size takes more than three times as
long (below a second nobody counts), or if the exit code is not 0, 1 or 2. Needs /usr/bin/time of GNU.
"""

import gzip
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

SECONDS, MEGABYTES, OUTPUT = 10, 600, 8_000_000
WHEEL = "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n"
METADATA = "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n"
NAME = "evil-1.0-cp311-cp311-linux_x86_64.whl"


def wheel(directory, elf=None, wheel=WHEEL, metadata=METADATA, record="", members=()):
    path = os.path.join(directory, NAME)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.writestr(name, "x")
        archive.writestr("evil.so", elf or ELF().bytes())
        archive.writestr("evil-1.0.dist-info/WHEEL", wheel)
        archive.writestr("evil-1.0.dist-info/METADATA", metadata)
        archive.writestr("evil-1.0.dist-info/RECORD", record)
    return path


class ELF:
    """A shared library for x86-64: one segment, a dynamic table, a string table."""

    def __init__(self, strings=b"\0libc.so.6\0", dynamic=(), symbols=b"", needs=b""):
        self.strings, self.dynamic, self.symbols, self.needs = strings, list(dynamic), symbols, needs

    def bytes(self):
        start = 64 + 56 * 2
        entries = [e for e in self.dynamic]
        count = len(entries) + 8
        strings = start + 16 * count
        symbols = -(-(strings + len(self.strings)) // 8) * 8
        needs = symbols + len(self.symbols)
        hashes = -(-(needs + len(self.needs)) // 8) * 8
        number = len(self.symbols) // 24
        hash_table = struct.pack("<IIII", 1, number, 0, 0)
        end = hashes + len(hash_table)
        entries += [(5, strings), (10, len(self.strings)), (6, symbols), (11, 24), (4, hashes)]
        if self.needs:
            entries += [(0x6FFFFFFE, needs), (0x6FFFFFFF, struct.unpack_from("<H", self.needs, 2)[0] and len(self.needs) // 32)]
        entries += [(0, 0)] * (count - len(entries))
        header = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, 2, 64, 0, 0)
        load = struct.pack("<IIQQQQQQ", 1, 4, 0, 0, 0, end, end, 4096)
        table = struct.pack("<IIQQQQQQ", 2, 4, start, start, start, 16 * count, 16 * count, 8)
        data = bytearray(end)
        for offset, part in ((0, header + load + table), (start, b"".join(struct.pack("<QQ", *e) for e in entries)), (strings, self.strings),
                             (symbols, self.symbols), (needs, self.needs), (hashes, hash_table)):
            data[offset:offset + len(part)] = part
        return bytes(data)


def long_string(size):
    return b"\0" + b"a" * size + b"\0"


def needed(directory, n):
    return ["show", wheel(directory, ELF(long_string(n << 10), [(1, 1)] * 1000).bytes())]


def many_needed(directory, n):
    strings = b"\0" + b"".join(b"lib%d.so\0" % i for i in range(n))
    offsets, position = [], 1
    for i in range(n):
        offsets.append(position)
        position += len(b"lib%d.so\0" % i)
    return ["show", wheel(directory, ELF(strings, [(1, o) for o in offsets]).bytes())]


def suffixes(directory, n):
    return ["show", wheel(directory, ELF(long_string(n), [(1, i + 1) for i in range(n)]).bytes())]


def symbols(directory, n):
    symbol = struct.pack("<IBBHQQ", 1, 0x12, 0, 0, 0, 0)
    return ["show", wheel(directory, ELF(long_string(n), symbols=bytes(24) + symbol * 100_000).bytes())]


def version_needs(directory, n):
    record = struct.pack("<HHIII", 1, 1, 1, 16, 32) + struct.pack("<IHHII", 0, 0, 2, 1, 0)
    return ["show", wheel(directory, ELF(long_string(n), needs=record * 2000).bytes())]


def long_soname(directory, n):
    return ["show", wheel(directory, ELF(long_string(n << 10), [(14, 1), (29, 1), (1, 1)]).bytes())]


def lddtree(directory, n):
    return ["lddtree", wheel(directory, ELF(long_string(n << 10), [(14, 1), (29, 1), (1, 1)]).bytes())]


def patchelf_print(directory, n):
    path = os.path.join(directory, "evil.so")
    open(path, "wb").write(ELF(b"\0" + b"a" * 100_000 + b"\0", [(1, 1)] * n).bytes())
    return ["patchelf", "--set-rpath", "/x", path]


def headers(segments=(), sections=0, kind=1, name=1, body=4 << 20):
    """The file with more program headers, and with sections that all have the same name and bytes."""
    data = bytearray(ELF(b"\0libc.so.6\0libx.so\0", [(1, 1), (14, 11)]).bytes())
    place = len(data) + (-len(data)) % 8
    data += bytes(place - len(data)) + b"\0" + b"a" * name + bytes(body)
    table = len(data)
    for segment in (data[64:64 + 112], *(struct.pack("<IIQQQQQQ", p, 4, place, place, 0, body, body, 4) for p in segments)):
        data += segment
    data[32:40], data[56:58] = struct.pack("<Q", table), struct.pack("<H", 2 + len(segments))
    if sections:
        data[40:48], data[58:64] = struct.pack("<Q", len(data)), struct.pack("<HHH", 64, sections + 2, 1)
        data += bytes(64) + struct.pack("<IIQQQQIIQQ", 0, 3, 0, 0, place, name + 2, 0, 0, 1, 0)
        data += struct.pack("<IIQQQQIIQQ", 1, kind, 0, 0, place, body, 1, 0, 1, 24) * sections
    return bytes(data)


def library(directory, data):
    path = os.path.join(directory, "evil.so")
    open(path, "wb").write(data)
    return ["patchelf", "--set-rpath", "/x", path]


def notes(directory, n):
    return ["show", wheel(directory, headers(segments=[4] * n))]


def section_names(directory, n):
    return library(directory, headers(sections=n, name=1 << 20, body=8))


def section_symbols(directory, n):
    return library(directory, headers(sections=n, kind=2))


def many_sections(directory, n):
    return library(directory, headers(sections=n, body=8))


def many_run_paths(directory, n):
    return library(directory, ELF(b"\0libx.so\0/a\0", [(29, 9), (15, 9)] * (n // 2), symbols=bytes(24)).bytes())


def unknown_entries(directory, n):
    return library(directory, ELF(b"\0libx.so\0/a\0", [(0x60000010, 1)] * n, symbols=bytes(24)).bytes())


def folded_wheel(directory, n):
    return ["show", wheel(directory, wheel=WHEEL + "X: y\n" + " x\n" * (n * 340))]


def folded_metadata(directory, n):
    return ["metadata", wheel(directory, metadata=METADATA + "X: y\n" + " x\n" * (n * 340))]


def validated_metadata(directory, n):
    return ["metadata", "--validate", wheel(directory, metadata=METADATA + "Keywords: y\n" + " x\n" * (n * 340))]


def many_headers(directory, n):
    return ["metadata", "--validate", wheel(directory, metadata=METADATA + "Requires-Dist: a (>=1,!=2) ; python_version > '3'\n" * (n * 1_000))]


def record_commas(directory, n):
    return ["show", wheel(directory, record=",\n" * (n * 1_000))]


def record_rows(directory, n):
    return ["show", wheel(directory, record="a,,\n" * (n * 1_000))]


def record_sizes(directory, n):
    return ["repair", "-w", directory, wheel(directory, record="a,sha256=x,y\n" * (n * 1_000))]


def record_cell(directory, n):
    return ["show", wheel(directory, record="a" * (n << 10) + ",,x\n")]


def record_columns(directory, n):
    return ["show", wheel(directory, record="," * (n * 1_000) + "\n")]


def bad_wheel_lines(directory, n):
    return ["show", wheel(directory, wheel=WHEEL + ":\n" * (n << 9))]


def wheel_headers(directory, n):
    return ["show", wheel(directory, wheel=WHEEL + "a:b\n" * (n << 8))]


def tag_product(directory, n):
    part = ".".join("a%d" % i for i in range(n))
    return ["show", wheel(directory, wheel=WHEEL + "Tag: %s-%s-%s\n" % (part, part, part))]


def many_tags(directory, n):
    return ["show", wheel(directory, wheel=WHEEL + "".join("Tag: cp3-none-linux%d\n" % i for i in range(n)))]


def file_name_tags(directory, n):
    path = wheel(directory)
    part = ".".join("a%d" % i for i in range(n))
    other = os.path.join(directory, "evil-1.0-%s-%s-%s.whl" % (part[:60], part[:60], part[:60]))
    os.rename(path, other)
    return ["show", other]


def long_tag(directory, n):
    return ["show", wheel(directory, wheel=WHEEL + "Tag: " + "a" * (n << 10) + "\n")]


def long_version(directory, n):
    return ["show", wheel(directory, wheel=WHEEL.replace("1.0", "9" * (n << 10)))]


def long_name(directory, n):
    return ["show", wheel(directory, metadata=METADATA.replace("evil", "e" * (n << 10)))]


def deep_names(directory, n):
    return ["show", wheel(directory, members=["%d/" % i + "a/" * 32_000 + "x" for i in range(n)])]


def rather_deep_names(directory, n):
    return ["show", wheel(directory, members=["%d/" % i + "aaaaaaaaaaaaaa/" * 254 + "x" for i in range(n)])]


def many_members(directory, n):
    return ["show", wheel(directory, members=["m%d" % i for i in range(n * 10_000)])]


def policy(directory, text):
    path = os.path.join(directory, "policy.json")
    open(path, "w").write(text)
    return ["policies", "--policy", path]


def deep_policy(directory, n):
    return policy(directory, "[" * (n * 1_000))


def policy_number(directory, n):
    return policy(directory, '{"name": ' + "1" * (n << 10) + "}")


def policy_fraction(directory, n):
    return policy(directory, '{"name": 1.' + "1" * (n << 10) + "}")


def policy_string(directory, n):
    return policy(directory, '{"name": "' + "a" * (n << 10) + '"}')


def policy_keys(directory, n):
    return policy(directory, "{" + ",".join('"k%d": 1' % i for i in range(n * 100_000)) + "}")


def tar_header(kind, size, name=b"././@LongLink"):
    header = bytearray(512)
    header[0:len(name)] = name
    header[100:108], header[108:116], header[116:124] = b"0000644\0", b"0000000\0", b"0000000\0"
    header[124:136] = b"%011o\0" % size
    header[136:148], header[156:157], header[257:265] = b"00000000000\0", kind, b"ustar  \0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def tar(directory, kind, size):
    path = os.path.join(directory, "sysroot.tar.gz")
    with gzip.open(path, "wb", 1) as out:
        out.write(tar_header(kind, size))
        block = b"a" * (1 << 20)
        for _ in range(size >> 20):
            out.write(block)
        out.write(tar_header(b"0", 0, b"x") + bytes(1024))
    return ["show", "--sysroot", path, wheel(directory)]


def tar_long_name(directory, n):
    return tar(directory, b"L", n << 20)


def tar_pax_header(directory, n):
    return tar(directory, b"x", n << 20)


def tar_large_member(directory, n):
    return tar(directory, b"0", n << 20)


def tar_many_members(directory, n):
    path = os.path.join(directory, "sysroot.tar.gz")
    with gzip.open(path, "wb", 1) as out:
        for i in range(n * 10_000):
            out.write(tar_header(b"0", 0, b"usr/lib/x%d" % i))
        out.write(bytes(1024))
    return ["show", "--sysroot", path, wheel(directory)]


def ld_so_conf(directory, n):
    root = os.path.join(directory, "root")
    os.makedirs(os.path.join(root, "etc"))
    open(os.path.join(root, "etc", "ld.so.conf"), "w").write("/a\n" * (n << 18))
    return ["show", "--sysroot", root, wheel(directory, ELF(b"\0libevil.so.9\0", [(1, 1)]).bytes())]


FILES = [ # below a limit, then above it
    ("1,000 DT_NEEDED of one string (KiB)", needed, 2),
    ("1,000 DT_NEEDED of one string (KiB)", needed, 20 << 10),
    ("many DT_NEEDED", many_needed, 20_000),
    ("DT_NEEDED of every suffix of a string", suffixes, 2_000),
    ("DT_NEEDED of every suffix of a string", suffixes, 20_000),
    ("100,000 symbols of one string (bytes)", symbols, 160),
    ("100,000 symbols of one string (bytes)", symbols, 10 << 20),
    ("2,000 version needs of one string (bytes)", version_needs, 2_000),
    ("2,000 version needs of one string (bytes)", version_needs, 10 << 20),
    ("long SONAME, RUNPATH and DT_NEEDED (KiB)", long_soname, 2),
    ("long SONAME, RUNPATH and DT_NEEDED (KiB)", long_soname, 20 << 10),
    ("the same in lddtree (KiB)", lddtree, 2),
    ("the same in lddtree (KiB)", lddtree, 20 << 10),
    ("patchelf: DT_NEEDED of one string of 100 kB", patchelf_print, 5_000),
    ("PT_NOTE of the same 4 MiB", notes, 6),
    ("PT_NOTE of the same 4 MiB", notes, 580),
    ("patchelf: sections with one name of a megabyte", section_names, 30_000),
    ("patchelf: symbol tables of the same 4 MiB", section_symbols, 5),
    ("patchelf: symbol tables of the same 4 MiB", section_symbols, 20_000),
    ("patchelf: sections", many_sections, 30_000),
    ("patchelf: DT_RPATH and DT_RUNPATH", many_run_paths, 100_000),
    ("patchelf: entries of an unknown tag", unknown_entries, 100_000),
    ("folded header in WHEEL (KiB)", folded_wheel, 500),
    ("folded header in WHEEL (KiB)", folded_wheel, 8_000),
    ("folded header in METADATA (KiB)", folded_metadata, 4_000),
    ("folded header in METADATA (KiB)", folded_metadata, 8_200),
    ("folded header, --validate (KiB)", validated_metadata, 4_000),
    ("Requires-Dist (1,000)", many_headers, 40),
    ("RECORD of commas (1,000 lines)", record_commas, 700),
    ("RECORD of commas (1,000 lines)", record_commas, 15_000),
    ("RECORD of unhashed rows (1,000)", record_rows, 500),
    ("RECORD with sizes that are none, repair (1,000)", record_sizes, 500),
    ("RECORD with a long cell (KiB)", record_cell, 15_000),
    ("RECORD with a row of commas (1,000)", record_columns, 1_400),
    ("WHEEL of bad lines (KiB)", bad_wheel_lines, 500),
    ("WHEEL of bad lines (KiB)", bad_wheel_lines, 15_000),
    ("WHEEL of unknown headers (KiB)", wheel_headers, 500),
    ("compressed tag set, parts a side", tag_product, 5),
    ("compressed tag set, parts a side", tag_product, 1_500),
    ("Tag headers", many_tags, 4_900),
    ("tags in the file name", file_name_tags, 100),
    ("long Tag (KiB)", long_tag, 500),
    ("long Wheel-Version (KiB)", long_version, 500),
    ("long Name (KiB)", long_name, 4_000),
    ("names with 255 directories", rather_deep_names, 2_000),
    ("names with 32,000 directories", deep_names, 100),
    ("members (10,000)", many_members, 3),
    ("policy: nesting (1,000)", deep_policy, 5_000),
    ("policy: number (KiB)", policy_number, 4_000),
    ("policy: fraction (KiB)", policy_fraction, 4_000),
    ("policy: string (KiB)", policy_string, 8_000),
    ("policy: keys (100,000)", policy_keys, 2),
    ("sysroot: tar with a long name (MiB)", tar_long_name, 1_500),
    ("sysroot: tar with a long pax header (MiB)", tar_pax_header, 1_500),
    ("sysroot: tar with a large member (MiB)", tar_large_member, 1_000),
    ("sysroot: tar with members (10,000)", tar_many_members, 5),
    ("sysroot: ld.so.conf (MiB)", ld_so_conf, 1),
]


def measure(jwheel, make, n):
    with tempfile.TemporaryDirectory() as directory:
        command = make(directory, n)
        size = sum(os.path.getsize(p) for p in command if os.path.isfile(p))
        out, times = os.path.join(directory, "out"), os.path.join(directory, "times")
        with open(out, "wb") as sink:
            status = subprocess.run(["/usr/bin/time", "-o", times, "-f", "%U %S %M", "timeout", "60", jwheel] + command, stdout=sink, stderr=subprocess.STDOUT).returncode
        user, system, memory = open(times).read().split()[-3:]
        text = open(out, "rb").read()
        return {"bytes": size, "seconds": float(user) + float(system), "megabytes": int(memory) // 1000, "output": len(text), "status": status,
                "trace": b"\tat " in text or b"internal error" in text, "text": text[:300].decode(errors="replace")}


def main():
    jwheel, names = sys.argv[1], sys.argv[2:]
    broken = []
    print("| file | size | bytes | s | s, doubled | MB | output | exit code |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, make, n in FILES:
        if names and make.__name__ not in names:
            continue
        once, twice = measure(jwheel, make, n), measure(jwheel, make, 2 * n)
        print("| %s | %d | %d | %.1f | %.1f | %d | %d | %d |" % (name, n, once["bytes"], once["seconds"], twice["seconds"], max(once["megabytes"], twice["megabytes"]),
              max(once["output"], twice["output"]), twice["status"]), flush=True)
        for run in (once, twice):
            if run["seconds"] > SECONDS or run["megabytes"] > MEGABYTES or run["output"] > OUTPUT or run["status"] not in (0, 1, 2) or run["trace"]:
                broken.append((make.__name__, run))
        if twice["seconds"] > max(1, 3 * once["seconds"]):
            broken.append((make.__name__, twice))
    for name, run in broken:
        print("BROKEN %s: %s" % (name, run), file=sys.stderr)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
