#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what auditwheel does with the command lines of public projects.

    auditwheel_lines.py LINES AUDITWHEEL-BIN > src/test/resources/dev/jwheel/cli/auditwheel-command-lines.tsv

Each line of LINES is a place and a command, and gets two more columns: the exit status, and the wheels that are there afterwards
beside the ones that were there before. AUDITWHEEL-BIN is the directory of auditwheel and patchelf. The variables are {W} and
{W2}, two wheels; {D}, the directory of {W}; {D2}, the result of a repair into {D}; {O}, a directory for results; {LD}, a
directory of libraries.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WHEELS = pathlib.Path("testdata/wheels").resolve()
FIRST = "plain-1.0-cp311-cp311-linux_x86_64.whl"
SECOND = "weak_symbol-1.0-cp311-cp311-linux_x86_64.whl"
RESULT = "plain-1.0-cp311-cp311-manylinux1_x86_64.manylinux_2_5_x86_64.whl"


def main():
    environment = {"PATH": sys.argv[2] + ":" + os.environ["PATH"], "HOME": "/", "COLUMNS": "200"}
    print("# Written by src/test/tools/auditwheel_lines.py: place, command, exit status of auditwheel 6.8.2, wheels it wrote")
    for line in pathlib.Path(sys.argv[1]).read_text().splitlines():
        if line.startswith("#"):
            continue
        place, command = line.split("\t")[:2]
        with tempfile.TemporaryDirectory() as name:
            top = pathlib.Path(name)
            for sub in ("in", "in2", "out", "lib"):
                (top / sub).mkdir()
            shutil.copy(WHEELS / FIRST, top / "in")
            shutil.copy(WHEELS / SECOND, top / "in2")
            shutil.copy("testdata/trees/search-order/rpath.so", top / "lib/liba.so")
            if "{D2}" in command:
                subprocess.run([sys.argv[2] + "/auditwheel", "repair", "-w", "in", "in/" + FIRST], cwd=top, env=environment, check=True, capture_output=True)
                (top / "in" / FIRST).unlink()
            values = {"W": "in/" + FIRST, "W2": "in2/" + SECOND, "D": "in", "D2": "in/" + RESULT, "O": "out", "LD": "lib"}
            shell = command
            for key, value in values.items():
                shell = shell.replace("{" + key + "}", value)
            status = subprocess.run(["sh", "-c", shell], cwd=top, env=environment, capture_output=True).returncode
            wheels = sorted(str(p.relative_to(top)) for p in top.rglob("*.whl"))
            made = [w for w in wheels if w not in ("in/" + FIRST, "in2/" + SECOND)]
            print(place, command, status, " ".join(made), sep="\t")


main()
