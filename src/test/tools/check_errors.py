#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds every error that jwheel check reports on real wheels against the list of those that a person has looked at, check-errors.tsv.

usage: check_errors.py [--jwheel PROGRAM] [--cache DIRECTORY] [WHAT...]

WHAT is a wheel, a directory of wheels, or a list of pinned ones (.txt, lines as `sha256sum` writes them), which are downloaded into the cache; by default the two lists beside this script.
The wheels are checked without any libraries of this system, so that the answer is the same everywhere.

Exit 0 when the errors are those of the list, 1 when there is one more or one less: then it is looked at, and either the list gets a line with the reason why the error is right, or the
rule is corrected. ErrorListTest does the same for the wheels of -Djwheel.wheels, and holds docs/check.md against the list.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path

from pinned_wheels import HERE, wheels

LIST = HERE / "check-errors.tsv"


def listed():
    """(rule, wheel) -> patterns of subjects"""
    rows = {}
    for line in LIST.read_text().splitlines():
        if line and line[0] != "#":
            rule, wheel, subjects, _ = line.split("\t")
            rows[rule, wheel] = subjects.split(" ")
    return rows


def errors(jwheel, files):
    """(rule, wheel, subject) of every error, and the wheels that were checked."""
    with tempfile.TemporaryDirectory() as empty:
        command = [jwheel, "check", "--json", "--no-ci", "--fail-on", "never", "--sysroot", empty, *map(str, files)]
        output = subprocess.run(command, capture_output=True, text=True, check=False)
    if output.returncode not in (0, 2):
        sys.exit(f"{jwheel} check ended with {output.returncode}: {output.stderr}")
    checked, found = set(), set()
    for line in output.stdout.splitlines() if len(files) > 1 else [output.stdout]:
        answer = json.loads(line)
        if "file" in answer:
            checked.add(answer["file"])
        for result in answer.get("results", []):
            if result["level"] == "error":
                found.add((result["rule"], result["file"], result.get("subject") or "-"))
    return found, checked


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--jwheel", default=HERE / "../../../target/jwheel/bin/jwheel")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "jwheel-wheels")
    parser.add_argument("what", nargs="*", default=[HERE / "fifty-wheels.txt", HERE / "current-wheels.txt"])
    args = parser.parse_args()
    files = list(wheels(args.what, args.cache))
    found, checked = errors(args.jwheel, files)
    rows = listed()
    new = sorted(one for one in found if not any(fnmatchcase(one[2], pattern) for pattern in rows.get(one[:2], [])))
    gone = sorted((rule, wheel, pattern) for (rule, wheel), patterns in rows.items() if wheel in checked for pattern in patterns
                  if not any(one[:2] == (rule, wheel) and fnmatchcase(one[2], pattern) for one in found))
    for rule, wheel, subject in new:
        print(f"not listed: {rule} {wheel} {subject}")
    for rule, wheel, subject in gone:
        print(f"listed, but not reported: {rule} {wheel} {subject}")
    print(f"{len(checked)} wheels, {len(found)} errors by rule, wheel and subject, {len(new)} not listed, {len(gone)} listed and not reported")
    return 1 if new or gone or len(checked) < len(set(f.name for f in files)) else 0


if __name__ == "__main__":
    sys.exit(main())
