#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures `jwheel show` and its start-up, whole processes, beside auditwheel and a Java that says hello.

usage: bench_show.py [--jwheel PROGRAM] [--runs 15] [--auditwheel PROGRAM | --no-auditwheel]

Makes two wheels out of the shared libraries of this system, one of 10 KB and one of 100 members with 50 MB of ELF files, installs auditwheel from PyPI in a temporary
environment, runs everything in turns on two processors, and prints a table in Markdown: medians of wall time and processor time, the highest memory, and the wall time as
a multiple of the hello's and of auditwheel's for the same wheel. For Linux; run it on an idle machine.
"""
import base64
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import bench
from bench import Process

AUDITWHEEL = "auditwheel==6.8.1"
MEMBERS = 100
METADATA_MEMBERS = 3
ELF_BYTES = 50 * 1000 * 1000
SMALL_WHEEL = 10 * 1000
HELLO = 'public class Hello { public static void main(String[] a) { System.out.println("hello"); } }'
HELLO_FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]


# ---- the wheels ------------------------------------------------------------------------------------------------------------------------


def libraries():
    """The shared libraries of this machine's own architecture, one of each content, small ones first."""
    found = {}
    with open(sys.executable, "rb") as file:
        own = file.read(20)
    for path in sorted(Path("/usr/lib").rglob("*.so*")):
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if content[:6] == own[:6] and content[18:20] == own[18:20]:
            found.setdefault(hashlib.sha256(content).digest(), path)
    return sorted(found.values(), key=lambda path: (path.stat().st_size, path))


def mixed(candidates, count, total):
    """So many of them, from the smallest to the largest as evenly as can be, that together have about that many bytes."""
    windows = [(0, end) for end in range(count, len(candidates) + 1)] + [(start, len(candidates)) for start in range(len(candidates) - count + 1)]
    choices = [[candidates[start + i * (end - start) // count] for i in range(count)] for start, end in windows]
    return min(choices, key=lambda some: abs(sum(path.stat().st_size for path in some) - total))


def write_wheel(directory, name, paths):
    tag = f"linux_{os.uname().machine}"
    info = f"{name}-1.dist-info"
    members = {f"{name}/{i:02}_{path.name}": path.read_bytes() for i, path in enumerate(paths)}
    members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n".encode()
    members[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n".encode()
    rows = [f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip('=')},{len(data)}\n" for path, data in members.items()]
    members[f"{info}/RECORD"] = ("".join(rows) + f"{info}/RECORD,,\n").encode()
    wheel = directory / f"{name}-1-py3-none-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(path, data)
    return wheel


def make_wheels(directory):
    candidates = libraries()
    small = min(candidates, key=lambda path: abs(len(zlib.compress(path.read_bytes())) - SMALL_WHEEL))
    large = mixed(candidates, MEMBERS - METADATA_MEMBERS, ELF_BYTES)
    return write_wheel(directory, "small", [small]), write_wheel(directory, "large", large), sum(path.stat().st_size for path in large)


# ---- the measurement -------------------------------------------------------------------------------------------------------------------


class Subject(Process):
    def __init__(self, name, command, beside=None, environment=None):
        super().__init__(command, environment or {})
        self.name = name
        self.beside = beside

    def row(self, hello, subjects):
        wall = statistics.median(self.wall)
        against = next((f"{wall / statistics.median(other.wall):.2f}" for other in subjects if other.name == self.beside), "")
        return (
            f"| {self.name} | {wall:.3f} | {min(self.wall):.3f} | {statistics.median(self.cpu):.3f} | {max(self.memory):.0f} "
            f"| {wall / statistics.median(hello.wall):.1f} | {against} |"
        )


def hello(java, directory):
    (directory / "Hello.java").write_text(HELLO)
    subprocess.run([java.with_name("javac"), "-d", directory, directory / "Hello.java"], check=True)
    return Subject("java hello", [java, *HELLO_FLAGS, "-cp", directory, "Hello"])


def main():
    options = bench.options(__doc__, runs=15)
    java = options.java

    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        # In another process: a child's peak memory starts at its parent's.
        with ProcessPoolExecutor(1) as pool:
            small, large, elf_bytes = pool.submit(make_wheels, directory).result()
        cache = {"XDG_CACHE_HOME": str(directory / "cache"), "JWHEEL_JAVA": str(java)}
        first = hello(java, directory)
        subjects = [
            first,
            Subject("jwheel --version", [options.jwheel, "--version"], "auditwheel --version", cache),
            Subject("jwheel show, small", [options.jwheel, "show", small], "auditwheel show, small", cache),
            Subject("jwheel show, large", [options.jwheel, "show", large], "auditwheel show, large", cache),
        ]
        if not options.no_auditwheel:
            program = bench.auditwheel(directory, options.auditwheel, [AUDITWHEEL])
            subjects += [
                Subject("auditwheel --version", [program, "--version"]),
                Subject("auditwheel show, small", [program, "show", small]),
                Subject("auditwheel show, large", [program, "show", large]),
            ]
        warm = Subject("warm-up", [options.jwheel, "show", small], None, cache)
        warm.run()
        bench.wait_for_archive(directory / "cache")
        for _ in range(options.runs):
            for subject in subjects:
                subject.run()
        print(bench.setting(java, options.runs))
        print(f"small: {small.stat().st_size} bytes; large: {large.stat().st_size} bytes, {MEMBERS} members, ELF files of {elf_bytes} bytes\n")
        print("| | wall s | best s | processor s | memory MB | x hello | x auditwheel |")
        print("|---|---|---|---|---|---|---|")
        for subject in subjects:
            print(subject.row(first, subjects))
        print(f"\nThe first run, which has no archive yet and starts making it: {warm.wall[0]:.3f} s.")


if __name__ == "__main__":
    main()
