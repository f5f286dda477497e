#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes share/jwheel/rehearsal-*.whl, the wheels that the launcher audits to learn which classes to archive.

They are small and have a little of everything: a module that limits the tag, a library beside it that it finds, and in the second one a library that is missing.
usage: make-rehearsal.py, from anywhere in a checkout; the result is the same on every machine with the same zlib.
"""

import base64
import hashlib
import pathlib
import zipfile

here = pathlib.Path(__file__).resolve().parent
elf = here.parents[2] / "testdata/elf/x86_64"


def row(path, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}\n"


def make(version, content):
    tag = "cp39-cp39-linux_x86_64"
    info = f"rehearsal-{version}.dist-info"
    members = {path: (elf / name).read_bytes() for path, name in content.items()}
    members["rehearsal/__init__.py"] = b""
    members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: rehearsal\nVersion: {version}\n".encode()
    members[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: make-rehearsal\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    record = "".join(row(*member) for member in members.items()) + f"{info}/RECORD,,\n"
    members[f"{info}/RECORD"] = record.encode()
    with zipfile.ZipFile(here / "share/jwheel" / f"rehearsal-{version}-{tag}.whl", "w") as wheel:
        for path, data in members.items():
            member = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            wheel.writestr(member, data)


make(1, {"rehearsal/native.so": "normal.so", "normal.libs/libdep.so.1": "libdep.so.1"})
make(2, {"rehearsal/native.so": "normal.so"})
