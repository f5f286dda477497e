#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Edits damaged copies of the ELF fixtures, and compares the dynamic symbols that readelf shows of each before and after: nothing may differ.

usage: mutated_edits.py --count 100000 [--first SEED] [--keep DIR]       (after `mvn test-compile`; needs readelf)

Two ways to look: by the section header (`readelf -W --dyn-syms`) and by the dynamic section (`readelf -W -D --dyn-syms`). What an edit may change is left out: the value of a
section symbol and of _DYNAMIC, which follow what they stand for. Seeds are those of MutatedEditsMain, so that a difference can be made again.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROW = re.compile(r"^\s*(\d+): ([0-9a-f]+)\s+(\S+) (.+?)\s*$")
PIECE = 2000


def classpath():
    jelf = sorted(pathlib.Path.home().glob(".m2/repository/net/fornwall/jelf/*/jelf-*.jar"))
    return ":".join(map(str, ["target/test-classes", "target/classes", *jelf[-1:]]))


def symbols(files, *options):
    """By file, the rows of its tables."""
    result, name = {}, None
    for start in range(0, len(files), 200):
        output = subprocess.run(["readelf", "-W", *options, "--dyn-syms", "/dev/null", *files[start : start + 200]], capture_output=True, errors="replace").stdout
        for line in output.splitlines():
            if line.startswith("File: "):
                name = line[6:]
                result[name] = []
                continue
            row = ROW.match(line)
            if row and name:
                number, value, size, rest = row.groups()
                moves = rest.startswith("SECTION") or rest.endswith(" _DYNAMIC")
                result[name].append((number, "" if moves else value, size, rest))
    return result


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--count", type=int, default=PIECE)
    arguments.add_argument("--first", type=int, default=1)
    arguments.add_argument("--keep", type=pathlib.Path, help="where to put files that differ")
    chosen = arguments.parse_args()
    edited = rows = different = 0
    for first in range(chosen.first, chosen.first + chosen.count, PIECE):
        count = min(PIECE, chosen.first + chosen.count - first)
        with tempfile.TemporaryDirectory() as directory:
            java = ["java", "-cp", classpath(), "dev.jwheel.elf.verify.MutatedEditsMain", str(first), str(count), directory]
            edited += int(subprocess.run(java, check=True, stdout=subprocess.PIPE, text=True).stdout)
            before = sorted(map(str, pathlib.Path(directory).glob("*.before")))
            after = [name.replace(".before", ".after") for name in before]
            for options in ((), ("-D",)):
                old, new = symbols(before, *options), symbols(after, *options)
                for was, now in zip(before, after):
                    rows += len(old.get(was, []))
                    if old.get(was, []) != new.get(now, []):
                        different += 1
                        seed = pathlib.Path(was).stem
                        lost = next((pair for pair in zip(old.get(was, []), new.get(now, [])) if pair[0] != pair[1]), (len(old.get(was, [])), len(new.get(now, []))))
                        print(f"seed {seed} {' '.join(options)}: {lost[0]} became {lost[1]}")
                        if chosen.keep:
                            chosen.keep.mkdir(parents=True, exist_ok=True)
                            shutil.copy(was, chosen.keep)
                            shutil.copy(now, chosen.keep)
    print(f"{chosen.count} damaged files from seed {chosen.first}: {edited} edited, {chosen.count - edited} refused; {rows} rows compared, {different} tables differ")
    sys.exit(1 if different else 0)


main()
