#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds what installers write against what jwheel looks at, over wheels whose archives are built to be read in two ways.

usage: zip_differential.py [--count 600] [--seed 1] [--python PYTHON ...] [--uv UV] [--also DIRECTORY ...] [--keep DIRECTORY]

A third of the wheels are sound, by many writers' habits; the others have one to three things that readers could read differently. Each is installed by the pip of every given
Python into an empty environment of that Python, and by uv from the file and from a server on the loopback, all without caches. Every file that was installed must be a member that
jwheel lists with the same content, and where it begins as an ELF file the audit must have it; a sound wheel must be accepted by everyone, with the same files. Wheels in
--also directories must be accepted by jwheel. Prints what differs, with the seed, and counts; status 1 if a file was installed that jwheel did not look at, or a sound wheel
was refused. Needs target/classes (mvn compile).
"""
import argparse
import base64
import collections
import hashlib
import http.server
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NAME = "evil-1.0-py3-none-manylinux_2_17_x86_64.whl"
INFO = "evil-1.0.dist-info/"
ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
OWN = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json")


# ---- archives, field by field ----------------------------------------------------------------------------------------------------------


def deflate(content, level=6):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def extra(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def unicode_path(raw, name, version=1, crc=None):
    return extra(0x7075, struct.pack("<BL", version, zlib.crc32(raw) if crc is None else crc) + name)


class Member:
    def __init__(self, name, content, method=8):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.content = content
        self.crc = zlib.crc32(content)
        self.size = len(content)
        self.local = {}
        self.central = {}
        self.flags = 0 if self.name.isascii() else 0x800
        self.time, self.date = 0x6000, 0x5A21
        self.system, self.attributes = 3, 0o100644 << 16
        self.version = 20
        self.central_extra = self.local_extra = self.comment = self.descriptor = self.gap = b""
        self.offset = None
        self.listed = self.present = True
        self.zip64 = False
        self.pack(method)

    def pack(self, method, data=None):
        self.method = method
        if data is None:
            import bz2
            import lzma
            if method == 8:
                data = deflate(self.content)
            elif method == 12:
                data = bz2.compress(self.content)
            elif method == 14:
                filters = [{"id": lzma.FILTER_LZMA1}]
                packer = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=filters)
                properties = lzma._encode_filter_properties(filters[0])
                data = struct.pack("<BBH", 9, 4, len(properties)) + properties + packer.compress(self.content) + packer.flush()
                self.flags |= 2
            else:
                data = self.content
        self.data = data
        return self

    def describe(self, signature=True, wide=False, keep=False):
        self.flags |= 8
        if not keep:
            self.local.update(crc=0, csize=0, size=0)
        kind = "<LQQ" if wide else "<LLL"
        self.descriptor = (b"PK\7\x08" if signature else b"") + struct.pack(kind, self.crc, len(self.data), self.size)

    def fields(self, side):
        fields = dict(name=self.name, flags=self.flags, method=self.method, crc=self.crc, csize=len(self.data), size=self.size, version=self.version)
        fields.update(side)
        return fields

    def local_header(self):
        f = self.fields(self.local)
        more = self.local_extra
        if self.zip64:
            more = extra(1, struct.pack("<QQ", f["size"], f["csize"])) + more
            f["size"] = f["csize"] = 0xFFFFFFFF
        return struct.pack("<LHHHHHLLLHH", 0x04034B50, f["version"], f["flags"], f["method"], self.time, self.date, f["crc"], f["csize"], f["size"], len(f["name"]), len(more)) + f["name"] + more

    def central_header(self, offset):
        f = self.fields(self.central)
        more = self.central_extra
        if self.zip64:
            more = extra(1, struct.pack("<QQQ", f["size"], f["csize"], offset)) + more
            f["size"] = f["csize"] = offset = 0xFFFFFFFF
        return struct.pack("<LHHHHHHLLLHHHHHLL", 0x02014B50, self.system << 8 | 20, f["version"], f["flags"], f["method"], self.time, self.date, f["crc"], f["csize"], f["size"], len(f["name"]), len(more), len(self.comment), f.get("disk", 0), 0, self.attributes, offset) + f["name"] + more + self.comment


class Archive:
    def __init__(self, members):
        self.members = members
        self.prefix = self.trailing = self.comment = self.before_directory = self.behind_directory = b""
        self.counted = True
        self.shuffle = None
        self.end = {}
        self.zip64 = None
        self.changes = []

    def build(self):
        out = bytearray(self.prefix)
        base = 0 if self.counted else len(self.prefix)
        offsets = {}
        for member in self.members:
            out += member.gap
            offsets[id(member)] = len(out) - base if member.offset is None else member.offset
            if member.present:
                out += member.local_header() + member.data + member.descriptor
        out += self.before_directory
        start = len(out) - base
        listed = [member for member in self.members if member.listed]
        if self.shuffle:
            self.shuffle.shuffle(listed)
        directory = b"".join(member.central_header(offsets[id(member)]) for member in listed)
        out += directory + self.behind_directory
        count = len(listed)
        end = dict(disk=0, first=0, here=count, count=count, size=len(directory), start=start, length=len(self.comment))
        if self.zip64 is not None:
            z = dict(size=44, count=count, directory=len(directory), start=start, locator=start + len(directory), data=b"", before=b"", narrow=True)
            z.update(self.zip64)
            out += z["before"] + struct.pack("<LQHHLLQQQQ", 0x06064B50, z["size"], 45, 45, 0, 0, z["count"], z["count"], z["directory"], z["start"]) + z["data"]
            out += struct.pack("<LLQL", 0x07064B50, 0, z["locator"], 1)
            if z["narrow"]:
                end.update(here=0xFFFF, count=0xFFFF, size=0xFFFFFFFF, start=0xFFFFFFFF)
        end.update(self.end)
        out += struct.pack("<LHHHHLLH", 0x06054B50, end["disk"], end["first"], end["here"], end["count"], end["size"], end["start"], end["length"]) + self.comment + self.trailing
        for change in self.changes:
            change(out)
        return bytes(out)


def wheel_members(rng, more):
    members = [Member("evil/__init__.py", b"# " + bytes(rng.choices(b"abcdef \n", k=rng.randrange(0, 3000))))] + more
    members.append(Member(INFO + "METADATA", b"Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n"))
    members.append(Member(INFO + "WHEEL", b"Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: false\nTag: py3-none-manylinux_2_17_x86_64\n"))
    rows = []
    for member in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(member.content).digest()).rstrip(b"=").decode()
        rows.append('"%s",sha256=%s,%d' % (member.name.decode("utf-8", "replace").replace('"', '""'), digest, len(member.content)))
    members.append(Member(INFO + "RECORD", ("\n".join(rows + [INFO + "RECORD,,"]) + "\n").encode()))
    return members


def other(rng, name="evil/hidden.so"):
    return Archive(wheel_members(rng, [Member(name, ELF)]))


# ---- sound wheels: the habits of writers -------------------------------------------------------------------------------------------------


def sound(rng):
    names = ["evil/plain.so", "evil/d\u00e4ta.txt", "evil/\u4e2d\u6587.py", "evil/with space.txt", "evil/a,b.txt", "evil/UPPER.TXT", "evil/deep/er/and/deeper.py", "evil/empty.txt", "evil/x..y.txt"]
    more = []
    for name in rng.sample(names, rng.randrange(0, len(names))):
        content = ELF + bytes(rng.randrange(0, 5000)) if name.endswith(".so") else b"" if "empty" in name else os.urandom(0) + bytes(rng.choices(b"text \n", k=rng.randrange(1, 4000)))
        more.append(Member(name, content, rng.choice([0, 8, 8])))
    archive = Archive(wheel_members(rng, more))
    habit = rng.randrange(10)
    for member in archive.members:
        if habit == 1 and member.method == 8:
            member.describe(wide=False)
        if habit == 2:
            member.local_extra, member.central_extra = extra(0x5455, b"\3" + bytes(8)), extra(0x5455, b"\3" + bytes(4))
        if habit == 3:
            member.attributes = rng.choice([0o100755, 0o100600, 0o644]) << 16
        if habit == 4:
            member.system, member.attributes = 0, 0x20
        if habit == 5:
            member.flags |= rng.choice([0, 2, 4, 6]) if member.method == 8 else 0
        if habit == 6:
            member.comment = b"made by x"
        if habit == 7:
            member.flags |= 0x800
        if habit == 8 and member.size:
            member.pack(8, deflate(member.content, rng.randrange(0, 10)))
    if habit == 0:
        archive.members.insert(0, Member("evil/", b"", 0))
        archive.members[0].attributes = 0o40755 << 16 | 0x10
    if habit == 9:
        rng.shuffle(archive.members)
    return archive


# ---- wheels that could be read in two ways -----------------------------------------------------------------------------------------------


def symlink(rng, a, m):
    m.attributes = rng.choice([0o120777, 0o120000, 0o10644, 0o60644, 0o40755, 0o140644, 0o177777, 0]) << 16 | rng.choice([0, 0x10])
    m.system = rng.choice([3, 3, 3, 0, 19])


def comment_archive(rng, a, m):
    inner = bytearray(other(rng).build())
    if rng.random() < 0.5:
        struct.pack_into("<H", inner, len(inner) - 2, rng.choice([1, 2, 5, 100, 0xFFFF]))
    if rng.random() < 0.5:
        start, = struct.unpack_from("<L", inner, len(inner) - 6)
        struct.pack_into("<L", inner, len(inner) - 6, start + rng.choice([0, 1, 1000]))
    data = bytes(inner) + bytes(rng.choice([0, 0, 1, 2, 5, 100]))
    if rng.random() < 0.6:
        a.comment = data
        if rng.random() < 0.3:
            a.end["length"] = max(0, min(0xFFFF, len(data) + rng.choice([-22, -1, 1, 30])))
    else:
        a.trailing = data


def end_signature(rng, a, m):
    data = b"PK\5\6" + bytes(rng.randrange(0, 30))
    if rng.random() < 0.5:
        a.comment = bytes(rng.randrange(0, 9)) + data
    else:
        a.trailing = bytes(rng.randrange(0, 9)) + data


def comment_length(rng, a, m):
    a.comment = bytes(rng.randrange(0, 50))
    a.end["length"] = rng.choice([0, 1, len(a.comment) + 1, max(0, len(a.comment) - 1), 0xFFFF])
    a.trailing = bytes(rng.choice([0, 0, 1, 30]))


def zip64_end(rng, a, m):
    a.zip64 = {"narrow": rng.random() < 0.7}
    kind = rng.randrange(7)
    inner = other(rng)
    if kind == 0:
        a.zip64.update(size=44 + 8, data=bytes(8))
    elif kind == 1:
        a.zip64["locator"] = rng.choice([0, 1, 100, 1 << 40])
    elif kind == 2:
        a.zip64[rng.choice(["count", "directory", "start"])] = rng.choice([0, 1, 2, 50, 1000])
    elif kind == 3:
        real = struct.pack("<LQHHLLQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1, 1, 10, 10)
        a.zip64.update(before=real, locator=0)
    elif kind == 4:
        a.prefix, a.counted = bytes(rng.randrange(1, 99)), rng.random() < 0.5
    elif kind == 5:
        a.before_directory = inner.build()


def two_zip64_records(rng, a, m):
    """The locator leads to a record whose extensible data hold members, a directory and another record right before the locator."""
    hidden = Archive([Member("evil/hidden.so", ELF)] + a.members)
    start = sum(len(x.gap) + len(x.local_header()) + len(x.data) + len(x.descriptor) for x in a.members)
    directory = sum(len(x.central_header(0)) for x in a.members)
    member = Member("evil/hidden.so", ELF)
    at = start + directory + 56
    data = member.local_header() + member.data
    central = b"".join(x.central_header(0) for x in []) + member.central_header(at)
    second = at + len(data)
    data += central + struct.pack("<LQHHLLQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1, 1, len(central), second)
    a.zip64 = dict(size=44 + len(data), data=data, narrow=True)
    del hidden


def size_lie(rng, a, m):
    m.size = rng.choice([0, 1, 3, 4, m.size - 1, m.size + 1, m.size * 2])
    if rng.random() < 0.7:
        m.crc = zlib.crc32(m.content[: m.size])
    side = rng.randrange(4)
    if side == 1:
        m.central.update(size=len(m.content))
    if side == 2:
        m.local.update(size=len(m.content))
    if side == 3:
        m.pack(0)


def behind_stream(rng, a, m):
    hidden = Member("evil/hidden.so", ELF)
    tail = rng.choice([b"\0", bytes(10), hidden.local_header() + hidden.data, b"PK\7\x08" + struct.pack("<LLL", m.crc, len(m.data), m.size) + hidden.local_header() + hidden.data])
    m.pack(8, deflate(m.content) + tail)
    if rng.random() < 0.5:
        m.describe(keep=rng.random() < 0.3)


def paths(rng, a, m):
    raw = m.name
    name = rng.choice([raw, b"evil/renamed.so", b"evil/plain.py", b"", b"\xff\xfe", b"../out.so", raw + b"\0x"])
    field = unicode_path(raw, name, rng.choice([1, 1, 1, 2, 0]), rng.choice([None, None, 0, 12345]))
    if rng.random() < 0.3:
        field += unicode_path(raw, rng.choice([raw, b"evil/third.so"]))
    if rng.random() < 0.1:
        field = extra(0x7075, bytes(rng.randrange(0, 5)))
    side = rng.randrange(3)
    if side != 1:
        m.central_extra += field
    if side != 0:
        m.local_extra += field


def encodings(rng, a, m):
    m.name = rng.choice(["evil/\u00e9.so".encode(), b"evil/\x82.so", "evil/\u4e2d.so".encode("gbk"), "evil/\u00e9.so".encode("cp437"), b"evil/\xff.so"])
    m.flags = rng.choice([0, 0, 0x800])
    if rng.random() < 0.3:
        m.local["flags"] = rng.choice([0, 0x800])
    if rng.random() < 0.3:
        m.central_extra = unicode_path(m.name, "evil/\u00e9.so".encode())


def duplicates(rng, a, m):
    name = rng.choice([m.name, b"evil/./" + m.name[5:], b"evil//" + m.name[5:], b"./" + m.name, m.name.upper(), m.name + b"/", b"evil/x/../" + m.name[5:], b"evil"])
    a.members.insert(rng.randrange(len(a.members)), Member(name, rng.choice([ELF, b"text", b""])))


def gaps(rng, a, m):
    inner = other(rng)
    hidden = Member("evil/hidden.so", ELF)
    stuff = rng.choice([bytes(7), b"PK", b"PK\3\4", b"PK\1\2" + bytes(42), b"PK\5\6" + bytes(18), b"PK\6\6" + bytes(60), b"PK\7\x08" + bytes(12), hidden.local_header() + hidden.data, inner.build()])
    where = rng.randrange(4)
    if where == 0:
        m.gap = stuff
    elif where == 1:
        a.before_directory = stuff
    elif where == 2:
        a.prefix, a.counted = stuff, rng.random() < 0.5
    else:
        a.behind_directory = stuff


def descriptors(rng, a, m):
    m.pack(rng.choice([0, 8, 8]))
    m.describe(rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.3)
    if rng.random() < 0.3:
        m.descriptor = rng.choice([b"", m.descriptor[:-4], m.descriptor + bytes(4), bytes(len(m.descriptor)), b"PK\7\x08" + m.descriptor])
    if rng.random() < 0.3:
        m.local["flags"] = m.flags & ~8
    if rng.random() < 0.2:
        m.local_extra = extra(1, struct.pack("<QQ", m.size, len(m.data)))


def zip64_fields(rng, a, m):
    field = extra(1, b"".join(struct.pack("<Q", rng.choice([0, 3, m.size, len(m.data), 1 << 40])) for _ in range(rng.randrange(0, 4))))
    if rng.random() < 0.2:
        field += extra(1, struct.pack("<QQ", 3, len(m.data)))
    if rng.random() < 0.3:
        m.zip64 = True
    for side, more in ((m.central, "central_extra"), (m.local, "local_extra")):
        if rng.random() < 0.6:
            setattr(m, more, field)
            if rng.random() < 0.6:
                side[rng.choice(["size", "csize"])] = 0xFFFFFFFF


def disagreement(rng, a, m):
    side = rng.choice([m.local, m.central])
    field = rng.choice(["name", "method", "crc", "csize", "size", "flags"])
    side[field] = {"name": rng.choice([b"evil/plain.py", m.name[:-1], m.name + b"x", m.name.upper()]), "method": rng.choice([0, 8, 12]), "crc": rng.choice([0, 1]), "csize": rng.choice([0, 1, len(m.data) - 1, len(m.data) + 1]), "size": rng.choice([0, 3, m.size + 1]), "flags": rng.choice([0, 1, 2, 8, 0x20, 0x40, 0x800, 0x2000])}[field]


def directory(rng, a, m):
    kind = rng.randrange(7)
    inner = other(rng).build()
    if kind == 0:
        a.shuffle = rng
    elif kind == 1:
        a.end.update(here=rng.choice([0, 1, 3]), count=rng.choice([0, 1, 3, 99]))
    elif kind == 2:
        a.end["size"] = rng.choice([0, 46, 100, 10**6])
    elif kind == 3:
        a.end["start"] = rng.choice([0, 30, 100, 10**6])
    elif kind == 4:
        at, = struct.unpack_from("<L", inner, len(inner) - 6)
        a.prefix, a.counted = inner[: len(inner) - 22], False
        if rng.random() < 0.5:
            a.end["start"] = at
    elif kind == 5:
        a.end.update(disk=rng.choice([0, 1]), first=rng.choice([0, 1, 0xFFFF]))
    else:
        m.central["disk"] = rng.choice([1, 0xFFFF])


def names(rng, a, m):
    m.name = rng.choice([b"evil/a\0.so", b"evil\\a.so", b"/evil/a.so", b"../a.so", b"evil/../../a.so", b"C:/a.so", b"evil/a\n.so", b"evil/a\x0b../b.so", "evil/a\u2028../b.so".encode(), b"evil/a\x85.so", b"", b"evil/a.so/", b"evil/a.so.", b"evil/ a.so", b"evil/CON", b"evil/a:b.so", b"~/a.so", b"evil/%2e%2e/a.so", "evil/\u00e9.so".encode(), "evil/e\u0301.so".encode(), b"evil-1.0.data/purelib/evil/a.so", b"evil-1.0.data/platlib/../a.so", b"Evil-1.0.dist-info/a.so"])
    m.flags = 0 if m.name.isascii() else 0x800


def methods(rng, a, m):
    m.pack(rng.choice([0, 12, 14, 12, 14, 9, 93, 95, 1, 99]) if rng.random() < 0.9 else 8)
    if rng.random() < 0.3:
        m.data += bytes(rng.randrange(1, 9))
    if rng.random() < 0.3:
        m.size = rng.choice([0, 3, m.size - 1])
        m.crc = zlib.crc32(m.content[: m.size])


def shared(rng, a, m):
    twin = Member("evil/twin.so", m.content)
    twin.present, twin.data = False, m.data
    start = sum(len(x.local_header()) + len(x.data) for x in a.members[: a.members.index(m)])
    twin.offset = start + rng.choice([0, 0, 1, 4])
    a.members.append(twin)


def unlisted(rng, a, m):
    hidden = Member("evil/hidden.so", ELF)
    hidden.listed = False
    a.members.insert(rng.randrange(len(a.members) + 1), hidden)


def absent(rng, a, m):
    m.present = False
    m.offset = rng.choice([0, 30, 10**6])


def damaged_extra(rng, a, m):
    field = rng.choice([bytes(1), bytes(3), struct.pack("<HH", 0x7777, 99), struct.pack("<HH", 1, 99) + bytes(8), struct.pack("<HH", 0x7075, 50) + bytes(9)])
    if rng.random() < 0.6:
        m.central_extra += field
    else:
        m.local_extra += field


def versions(rng, a, m):
    m.version = rng.choice([0, 10, 45, 63, 64, 255, 0xFFFF])


def bytes_of_headers(rng, a, m):
    def change(out):
        for _ in range(rng.randrange(1, 4)):
            places = [i for i in range(len(out) - 4) if out[i : i + 2] == b"PK"]
            at = rng.choice(places) + rng.randrange(2, 50)
            if at < len(out):
                out[at] = rng.choice([0, 1, 2, 8, 0x7F, 0xFF, rng.randrange(256)])
    a.changes.append(change)


KINDS = [symlink, comment_archive, end_signature, comment_length, zip64_end, two_zip64_records, size_lie, behind_stream, paths, encodings, duplicates, gaps, descriptors, zip64_fields, disagreement, directory, names, methods, shared, unlisted, absent, damaged_extra, versions, bytes_of_headers]


def wheel(seed):
    """The bytes of a wheel, and the names of what is odd about it: none if it is sound."""
    rng = random.Random(seed)
    if seed % 3 == 0:
        return sound(rng).build(), []
    archive = Archive(wheel_members(rng, [Member("evil/evil.so", ELF + bytes(rng.randrange(0, 300)), rng.choice([0, 8]))]))
    kinds = [KINDS[seed // 3 * 2 % len(KINDS) if seed % 3 == 1 else (seed // 3 * 2 + 1) % len(KINDS)]]
    if rng.random() < 0.3:
        kinds += rng.sample(KINDS, rng.randrange(1, 3))
    for kind in kinds:
        kind(rng, archive, archive.members[1])
    try:
        return archive.build(), [kind.__name__ for kind in kinds]
    except struct.error:
        return None, []


# ---- installers ------------------------------------------------------------------------------------------------------------------------

PIP = r'''
import os, sys
from pip._internal.cli.main import main
import pip._internal.commands.install, pip._internal.operations.install.wheel
for line in sys.stdin:
    target, wheel = line.rstrip("\n").split("\t")
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1); os.dup2(null, 2)
        status = 99
        try:
            status = main(["install", "-q", "--no-deps", "--no-index", "--no-cache-dir", "--no-compile", "--disable-pip-version-check", "--force-reinstall", "--prefix", target, wheel])
        except SystemExit as e:
            status = e.code or 0
        finally:
            os._exit(status if isinstance(status, int) and 0 <= status < 100 else 98)
    _, status = os.waitpid(child, 0)
    sys.stdout.write("%d\n" % os.waitstatus_to_exitcode(status)); sys.stdout.flush()
'''


class Pip:
    """The pip of an environment that has nothing else; each wheel gets a prefix of its own, which is empty."""

    def __init__(self, python, work):
        version = subprocess.run([python, "-c", "import platform;print(platform.python_version())"], capture_output=True, text=True, check=True).stdout.strip()
        self.environment = work / ("venv-" + version)
        if not self.environment.exists():
            subprocess.run([python, "-m", "venv", self.environment], check=True)
        program = self.environment / "bin/python"
        pip = subprocess.run([program, "-m", "pip", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
        self.name = f"pip {pip} on Python {version}"
        self.process = subprocess.Popen([program, "-c", PIP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def install(self, file, target):
        self.process.stdin.write(f"{target}\t{file}\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        sites = list(target.glob("lib/python*/site-packages"))
        return status, sites[0] if sites else target


class Uv:
    def __init__(self, program, python, address=None, root=None):
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
        self.name = f"uv {version} from " + ("a server" if address else "the file")
        self.program, self.python, self.address, self.root = program, python, address, root

    def install(self, file, target):
        what = str(file) if not self.address else f"evil @ {self.address}/{file.relative_to(self.root)}"
        command = [self.program, "pip", "install", "-q", "--no-deps", "--no-index", "--no-cache", "--no-config", "--python", self.python, "--target", str(target), what]
        return subprocess.run(command, capture_output=True).returncode, target


def serve(root):
    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(root))

        def log_message(self, *arguments):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def installed(site, target):
    """The files that an installer wrote, by their paths from site-packages, with their digests."""
    files = {}
    for path in target.rglob("*"):
        if (path.is_symlink() or path.is_file()) and path.name != ".lock":
            name = os.path.relpath(path, site)
            if not (os.path.dirname(name).endswith(".dist-info") and path.name in OWN):
                content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
                files[name] = hashlib.sha256(content).hexdigest(), content[:4] == b"\x7fELF"
    return files


class Jwheel:
    def __init__(self):
        jars = [str(path) for path in Path.home().glob(".m2/repository/**/*.jar") if path.name.startswith(("jelf-", "jackson-core-", "commons-compress-", "commons-io-", "commons-lang3-", "xz-"))]
        classes = os.pathsep.join([str(ROOT / "target/classes"), *jars])
        self.process = subprocess.Popen(["java", "-cp", classes, str(ROOT / "src/test/tools/ZipAnswers.java")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def sees(self, file):
        """The message of a refusal, or the files with their digests and whether the audit has them."""
        self.process.stdin.write(f"{file}\n")
        self.process.stdin.flush()
        kind, *words = self.process.stdout.readline().split()
        if kind == "!":
            return base64.b64decode(words[0]).decode(), None
        files = {}
        for word in words:
            name, digest, elf = word.split(":")
            name = base64.b64decode(name).decode("utf-8", "surrogatepass")
            data = "evil-1.0.data/purelib/", "evil-1.0.data/platlib/"
            if name.startswith(data):
                name = name[len(data[0]):]
            files[os.path.normpath(name)] = digest, elf == "1"
        return None, {name: found for name, found in files.items() if not (name.startswith(INFO) and name[len(INFO):] in OWN)}


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][len("usage: "):])
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", nargs="*", default=[sys.executable])
    parser.add_argument("--uv", default=shutil.which("uv"))
    parser.add_argument("--also", nargs="*", default=[])
    parser.add_argument("--keep")
    options = parser.parse_args()
    work = Path(options.keep or tempfile.mkdtemp(prefix="zip-differential-"))
    wheels = work / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    jwheel = Jwheel()
    installers = [Pip(python, work) for python in options.python]
    if options.uv:
        installers += [Uv(options.uv, options.python[0]), Uv(options.uv, options.python[0], serve(wheels), wheels)]
    counts = collections.Counter()
    bad = 0
    for directory in options.also:
        for file in sorted(Path(directory).rglob("*.whl")):
            refusal, _ = jwheel.sees(file)
            counts["real wheels"] += 1
            if refusal:
                bad += 1
                print(f"REFUSED {file}: {refusal}")
    for seed in range(options.seed, options.seed + options.count):
        content, kinds = wheel(seed)
        if content is None:
            counts["not built"] += 1
            continue
        file = wheels / str(seed) / NAME
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        refusal, seen = jwheel.sees(file)
        label = f"seed {seed} ({', '.join(kinds) or 'sound'})"
        counts["sound" if not kinds else "odd"] += 1
        counts[("sound" if not kinds else "odd") + (" refused by jwheel" if refusal else " accepted by jwheel")] += 1
        if refusal and (not kinds or "DEFECT" in refusal):
            bad += 1
            print(f"REFUSED {label}: {refusal}")
        for installer in installers:
            target = work / "target"
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            status, site = installer.install(file, target)
            if status != 0:
                counts[f"{installer.name}: refused"] += 1
                if not kinds:
                    print(f"NOTE {label}: {installer.name} refuses it")
                continue
            counts[f"{installer.name}: installed"] += 1
            if refusal:
                counts[f"{installer.name}: installed what jwheel refuses"] += 1
                continue
            files = installed(site, target)
            for name, (digest, elf) in files.items():
                if seen.get(os.path.normpath(name), (None,))[0] != digest or elf and not seen[os.path.normpath(name)][1]:
                    bad += 1
                    print(f"NOT LOOKED AT {label}: {installer.name} installed {name!a}")
            for name in seen:
                if name not in files:
                    counts[f"{installer.name}: wrote fewer files than jwheel saw"] += 1
                    print(f"{'MISSING' if not kinds else 'fewer'} {label}: {installer.name} did not install {name!a}")
                    bad += not kinds
        shutil.rmtree(file.parent) if not options.keep else None
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    print(f"{bad} faults")
    if not options.keep:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
