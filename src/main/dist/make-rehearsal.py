#!/usr/bin/env python3
"""Makes lib/rehearsal-1-cp39-cp39-linux_x86_64.whl, the wheel that the launcher audits to learn which classes to archive.

It is small and has a little of everything: a module with version needs, a library in the wheel, one that is missing.
usage: make-rehearsal.py, from anywhere in a checkout; the result is the same on every machine with the same zlib.
"""

import base64
import hashlib
import pathlib
import zipfile

here = pathlib.Path(__file__).resolve().parent
elf = here.parents[2] / "testdata/elf/x86_64"
name = "rehearsal-1-cp39-cp39-linux_x86_64.whl"
info = "rehearsal-1.dist-info"

members = {
    "rehearsal/__init__.py": b"",
    "rehearsal/native.so": (elf / "normal.so").read_bytes(),
    "rehearsal.libs/libdep.so.1": (elf / "libdep.so.1").read_bytes(),
    f"{info}/METADATA": b"Metadata-Version: 2.1\nName: rehearsal\nVersion: 1\n",
    f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: make-rehearsal\nRoot-Is-Purelib: false\nTag: cp39-cp39-linux_x86_64\n",
}


def row(path, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}\n"


record = "".join(row(*member) for member in members.items()) + f"{info}/RECORD,,\n"
members[f"{info}/RECORD"] = record.encode()

with zipfile.ZipFile(here / "lib" / name, "w") as wheel:
    for path, content in members.items():
        member = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
        member.compress_type = zipfile.ZIP_DEFLATED
        member.create_system = 3
        member.external_attr = 0o100644 << 16
        wheel.writestr(member, content)
