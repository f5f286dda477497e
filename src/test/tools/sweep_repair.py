#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Repairs many wheels as they are, with no option, and looks at what came out and what was refused.

usage: sweep_repair.py [options] [WHAT...]

WHAT is a wheel file, a directory of wheels, or a list of pinned wheels (.txt, lines as `sha256sum` writes them). Without it: sweep-wheels.txt and fifty-wheels.txt beside this
file. Of these the wheels for x86_64 and aarch64 are taken, each content once. A pinned wheel is looked for in the directories of --have first, then downloaded with pip.

Of each result it is seen, with nothing but Python's zipfile, that
- every manylinux and musllinux tag of the file name which `jwheel show` does not call false is in the result's file name;
- each member has the bytes that it had, or is a graft, or an edited ELF file of the plan that loses or gains something which a graft or a note accounts for, or WHEEL, RECORD or
  the bill of materials; members that are gone are signatures of RECORD;
- RECORD lists every member with its hash and size.
A refusal has to name what stands in the way: its reasons are counted by kind, and a reason of no known kind is a failure.

A Markdown table goes to standard output: the counts, each wheel whose files changed, and each refusal. Exit 0 when everything held, 1 otherwise.
"""
import argparse
import base64
import collections
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from compare_auditwheel import ROOT, download, read_list

HERE = Path(__file__).resolve().parent
LISTS = [HERE / "sweep-wheels.txt", HERE / "fifty-wheels.txt"]
SIGNATURES = ("RECORD.jws", "RECORD.p7s")

# What a packager does about a reason: build again on an older system, install or exclude a library, set another interpreter, ...
KINDS = {
    "a library is found nowhere": r" needs .*, which was found nowhere",
    "a library of the wheel is not where it is needed": r"which is not where the loader looks; the wheel has it as",
    "a library of the wheel to which no way is known": r"to which no way is known",
    "a library belongs to a driver": r"which belongs to a driver and must be the system's",
    "a library of this machine is too new": r"/.* (needs|requires) .*(GLIBC|GCC|CXXABI)",
    "a symbol version is too new for every policy": r"needs .*@?(GLIBC|GLIBCXX|CXXABI|GCC)_",
    "the interpreter of a program": r"--set-interpreter",
    "a program embeds Python": r"libpython",
    "the archive, WHEEL or RECORD is damaged": r"RECORD|WHEEL|archive",
    "a Python of its own": r"was built for a Python with|needs a narrow-Unicode Python",
    "a symbol that not every system has": r"which not every system has",
    "for another machine": r" is for ",
    "a file is damaged": r"damaged|expected",
}


@dataclass
class Result:
    wheel: Path
    status: int = 0
    target: str = ""
    grafts: int = 0
    edits: list = field(default_factory=list)
    retagged: bool = False
    notes: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    seconds: float = 0

    @property
    def kind(self):
        if self.status:
            return "refused" if self.status == 1 else "not read"
        if self.grafts:
            return "grafted"
        if self.edits:
            return "ELF files edited"
        return "tags corrected" if self.retagged else "as it was"


def wanted(path):
    return re.search(r"_(x86_64|aarch64)(\.|-|$)", path.stem.split("-")[-1] + "-")


def present(pinned, directories):
    for directory in directories:
        for path in directory.glob(f"{pinned.name}-{pinned.version}-*{pinned.tag}.whl"):
            if hashlib.sha256(path.read_bytes()).hexdigest() == pinned.sha256:
                return path
    return None


def wheels(what, have, downloads):
    for each in what:
        path = Path(each)
        if path.is_dir():
            yield from sorted(path.rglob("*.whl"))
        elif path.suffix == ".txt":
            for pinned in read_list(path):
                if wanted(Path(f"x-{pinned.tag}.whl")):
                    yield present(pinned, have) or download(sys.executable, pinned, downloads)
        else:
            yield path


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    try:
        return done.returncode, json.loads(done.stdout), done.stderr
    except ValueError:
        return done.returncode, {}, done.stderr


def tags(name):
    return set(name.removesuffix(".whl").split("-")[-1].split("."))


def members(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {info.filename: (hashlib.sha256(archive.read(info)).digest(), info.file_size) for info in archive.infolist() if not info.is_dir()}


def record_errors(wheel, found):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [member for member in found if member.count("/") == 1 and member.endswith(".dist-info/RECORD")]
        rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(archive.read(name).decode()))}
    for member, (digest, size) in found.items():
        expected = ["", ""] if member == name else ["sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), str(size)]
        if rows.pop(member, None) != expected:
            yield f"RECORD's row of {member}"
    yield from (f"RECORD lists {row}" for row in rows)


def look(result, plan, claimed, false):
    """What is wrong with a repaired wheel."""
    missing = {tag for tag in claimed - false - tags(plan["result"]) if not tag.startswith("linux_")}
    if missing:
        yield "tags lost that hold: " + ", ".join(sorted(missing))
    before, after = members(result.wheel), members(plan["output"])
    grafts = {graft["member"] for graft in plan["grafts"]}
    edits = {edit["member"]: edit for edit in plan["edits"]}
    moved = {edit["moved_to"] for edit in plan["edits"] if edit["moved_to"]}
    text = "\n".join(plan["notes"])
    for member in after.keys() | before.keys():
        if before.get(member) == after.get(member) or member in plan["renewed"] or member in grafts or member in moved:
            continue
        if member not in after:
            if not member.endswith(SIGNATURES):
                yield f"{member} is gone"
        elif member not in edits:
            yield f"{member} differs, and is not in the plan"
        elif not edits[member]["replaced_needed"] and member not in text:
            yield f"{member} differs, and no note says why"
    yield from record_errors(plan["output"], after)


def repair(jwheel, wheel):
    result = Result(wheel)
    _, shown, _ = run([jwheel, "show", "--json", wheel])
    false = {finding["subject"] for finding in shown.get("findings", []) if finding["code"] == "false-tag"}
    with tempfile.TemporaryDirectory() as out:
        start = time.monotonic()
        result.status, plan, errors = run([jwheel, "repair", "--json", "-w", out, wheel])
        result.seconds = time.monotonic() - start
        result.target = plan.get("target", "")
        if result.status:
            result.reasons = plan.get("reasons") or [plan.get("error") or errors.strip()]
            result.wrong = [f"a reason of no known kind: {reason}" for reason in result.reasons if not kinds([reason])]
            return result
        result.grafts, result.edits, result.notes = len(plan["grafts"]), [edit["member"] for edit in plan["edits"]], plan["notes"]
        result.retagged = sorted(plan["tags"]) != sorted(plan["tags_before"])
        result.wrong = list(look(result, plan, tags(wheel.name), false))
    return result


def kinds(reasons):
    found = collections.Counter()
    for reason in reasons:
        for kind, pattern in KINDS.items():
            if re.search(pattern, reason):
                found[kind] += 1
                break
    return found


def cut(text, length=160):
    text = text.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= length else text[:length] + "..."


def print_tables(results):
    counts = collections.Counter(result.kind for result in results)
    print("| outcome | wheels |\n|---|---|")
    for kind, count in counts.most_common():
        print(f"| {kind} | {count} |")
    print(f"| all | {len(results)} |")
    print("\n| wheel | | |\n|---|---|---|")
    for result in results:
        if result.kind in ("grafted", "ELF files edited"):
            what = [f"{result.grafts} grafted"] if result.grafts else []
            what += [f"{len(result.edits)} edited"] + [cut(note, 120) for note in result.notes[:2]]
            print(f"| `{result.wheel.name}` | {result.kind} to {result.target} | {'; '.join(what)} |")
        elif result.status:
            found = kinds(result.reasons)
            what = "; ".join(f"{kind} ({count})" for kind, count in found.items())
            print(f"| `{result.wheel.name}` | {result.kind} | {what}: {cut(result.reasons[0])} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=LISTS, metavar="WHAT")
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target" / "jwheel" / "bin" / "jwheel", help="the command (default: the one that `mvn package` makes)")
    parser.add_argument("--have", type=Path, action="append", default=[], metavar="DIR", help="a directory that has pinned wheels; repeatable")
    parser.add_argument("--downloads", type=Path, help="where downloaded wheels are kept (default: a temporary directory)")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        chosen, seen = [], set()
        for wheel in wheels(options.what, options.have, options.downloads or Path(place)):
            digest = hashlib.sha256(wheel.read_bytes()).digest()
            if wanted(wheel) and digest not in seen:
                seen.add(digest)
                chosen.append(wheel.resolve())
        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda wheel: repair(options.jwheel.resolve(), wheel), chosen))
    results.sort(key=lambda result: result.wheel.name)
    print_tables(results)
    wrong = [(result.wheel.name, problem) for result in results for problem in result.wrong]
    for name, problem in wrong:
        print(f"{name}: {problem}", file=sys.stderr)
    print(f"{len(results)} wheels, {len(wrong)} problems, {sum(result.seconds for result in results):.0f} s of repair", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
