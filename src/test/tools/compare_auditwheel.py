#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the verdicts of jwheel and auditwheel.

usage: compare_auditwheel.py [options] WHAT...

WHAT is a wheel file, a directory of wheels, a list of pinned wheels (.txt, lines as `sha256sum` writes them), the file name of a wheel to download, or
`NAME==VERSION@PYTHON-ABI-PLATFORM` for one. auditwheel is installed from PyPI in a temporary environment and judges each wheel as it would for a user of this machine.

The table names for each wheel both verdicts and the rule that explains a difference; the rules are those of docs/differences.md. A rule is only named when the wheel and
the findings of `jwheel show --json` bear it out. Exit 0 when nothing differs without a rule, 1 otherwise.
"""
import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
import venv
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
AUDITWHEEL = "auditwheel==6.8.2"
NOT_A_PLATFORM_WHEEL = "not a platform wheel"
CRASH = "crash"
UNREADABLE = "unreadable"


# ---- getting the wheels ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pinned:
    """A wheel to download: its file name, and its SHA-256 where that is known."""

    name: str
    version: str
    tag: str
    sha256: str = ""

    @classmethod
    def of_file_name(cls, file_name, sha256=""):
        words = file_name.removesuffix(".whl").split("-")
        return cls(words[0], words[1], "-".join(words[-3:]), sha256)

    @classmethod
    def of_requirement(cls, text):
        requirement, tag = text.split("@")
        return cls(*requirement.split("=="), tag)


def read_list(path):
    return [Pinned.of_file_name(name, sha256) for sha256, name in (line.split() for line in path.read_text().splitlines() if line and line[0] != "#")]


def pip_options(tag):
    """What makes pip take the wheel of this tag, whatever Python it runs on."""
    pythons, abi, platforms = tag.split("-")
    newest = pythons.split(".")[-1]
    implementation = newest[:2] if newest[:2] in ("cp", "pp") else "cp"
    options = ["--implementation", implementation, "--python-version", newest[2:] if newest[2:] != "3" else "313"]
    for each in abi.split("."):
        options += ["--abi", each]
    for each in platforms.split("."):
        options += ["--platform", each]
    return options


def download(python, pinned, directory):
    for present in directory.glob("*.whl"):
        if pinned.sha256 and hashlib.sha256(present.read_bytes()).hexdigest() == pinned.sha256:
            return present
    requirement = f"{pinned.name}=={pinned.version}" + (f" --hash=sha256:{pinned.sha256}" if pinned.sha256 else "")
    with tempfile.TemporaryDirectory(dir=directory) as place:
        wanted = Path(place) / "requirements.txt"
        wanted.write_text(requirement + "\n")
        pip = [python, "-m", "pip", "-q", "--disable-pip-version-check", "download", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, *pip_options(pinned.tag), "-d", place, "-r", wanted], check=True)
        (wheel,) = Path(place).glob("*.whl")
        return wheel.rename(directory / wheel.name)


def wheels(python, what, directory):
    for each in what:
        path = Path(each)
        if path.is_dir():
            yield from sorted(path.rglob("*.whl"))
        elif path.is_file() and path.suffix == ".txt":
            yield from (download(python, pinned, directory) for pinned in read_list(path))
        elif path.is_file():
            yield path
        else:
            yield download(python, Pinned.of_requirement(each) if "@" in each else Pinned.of_file_name(path.name), directory)


# ---- the two verdicts ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """What a tool said: the verdict in a word, its JSON, and the last line of its messages."""

    verdict: str
    report: dict
    message: str


def judge(command):
    run = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    message = (run.stderr.strip().splitlines() or [""])[-1]
    try:
        report = json.loads(run.stdout)
    except ValueError:
        return Judged(UNREADABLE if run.returncode == 2 else CRASH, {}, message or f"exit code {run.returncode}")
    if run.returncode == 2:
        return Judged(UNREADABLE, report, message)
    return Judged(report.get("overall_tag", NOT_A_PLATFORM_WHEEL), report, message)


# ---- the rules -------------------------------------------------------------------------------------------------------------------------

NO_TAG = 1_000_000
MUSL_NAMES = ("libc.so", "libc.musl-", "ld-musl-")


def age(verdict):
    """How new a system the tag asks for: 17 for manylinux_2_17_x86_64; more than any for `linux` and for no verdict."""
    words = verdict.split("_")
    return int(words[2]) if words[0] in ("manylinux", "musllinux") else NO_TAG


class Comparison:
    """One wheel, what both tools said of it, and what a rule may ask about them."""

    def __init__(self, wheel, auditwheel, jwheel):
        self.wheel, self.auditwheel, self.jwheel = wheel, auditwheel, jwheel
        self.findings = jwheel.report.get("findings", [])
        self.codes = {finding["code"] for finding in self.findings}
        self.excluding = {finding["code"] for finding in self.findings if finding["severity"] == "excludes"}
        self.crashed = auditwheel.verdict == CRASH
        self.stricter = age(jwheel.verdict) > age(auditwheel.verdict)
        self.milder = age(jwheel.verdict) < age(auditwheel.verdict)

    @property
    def agree(self):
        return self.auditwheel.verdict == self.jwheel.verdict

    def elf_members(self):
        """(name, bytes) of each member that is ELF by its first bytes"""
        with zipfile.ZipFile(self.wheel) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    head = member.read(64)
                if head[:4] == b"\x7fELF" and len(head) >= 52:
                    yield name, head

    def lacks_section_headers(self):
        return any(int.from_bytes(head[60:62] if head[4] == 2 else head[48:50], "little") == 0 for _, head in self.elf_members())

    def has_unseen_members(self):
        with zipfile.ZipFile(self.wheel) as archive:
            records = [name for name in archive.namelist() if name.endswith(".dist-info/RECORD")]
            listed = {row[0] for record in records for row in csv.reader(archive.read(record).decode().splitlines()) if row}
        return bool(records) and any(name.endswith(".py") or name not in listed for name, _ in self.elf_members())

    def has_versions_of_its_own(self):
        """Whether auditwheel charges the wheel with versions that a library in the wheel provides, and jwheel does not."""
        own = {library["name"] for library in self.jwheel.report.get("libraries", []) if library["status"] == "in_wheel"}
        charged = {(finding["library"], finding["subject"]) for finding in self.findings if finding["code"] == "symbol-version"}
        counted = {(library, version) for library, versions in self.auditwheel.report.get("versioned_symbols", {}).items() for version in versions}
        return any(library in own for library, _ in counted - charged)

    def finds_other_libraries(self):
        """Whether one of the two finds a library in the wheel that the other does not find there."""
        ours = {finding["subject"] for finding in self.findings if finding["code"] == "external-library"}
        found = {library["name"] for library in self.jwheel.report.get("libraries", []) if library["status"] == "in_wheel"}
        theirs = set(self.auditwheel.report.get("external_libs", {}))
        members = {name.rsplit("/", 1)[-1] for name, _ in self.elf_members()}
        return bool(ours & members - theirs) if self.stricter else bool(theirs & found)

    def is_for_several_architectures(self):
        return "foreign-architecture" in self.codes or "several architectures" in self.jwheel.report.get("error", "")

    def needs_musl_by_another_name(self):
        return any(library.startswith(MUSL_NAMES) for library in self.auditwheel.report.get("external_libs", {}))

    def same_family(self, family):
        return self.auditwheel.verdict.startswith(family) and self.jwheel.verdict.startswith(family)


# Each rule of docs/differences.md with the condition under which it explains a difference; the first that holds is named.
RULES = {
    "bad-input": lambda c: c.crashed and c.jwheel.verdict == UNREADABLE,
    "damaged-elf": lambda c: c.crashed and "damaged-elf" in c.codes,
    "elf-in-purelib": lambda c: c.crashed and "elf-in-purelib" in c.codes,
    "every-member": lambda c: (c.stricter or c.auditwheel.verdict == NOT_A_PLATFORM_WHEEL) and c.has_unseen_members(),
    "section-headers": lambda c: c.stricter and c.lacks_section_headers(),
    "one-architecture": lambda c: c.is_for_several_architectures(),
    "one-libc": lambda c: "foreign-libc" in c.codes,
    "interpreter": lambda c: c.stricter and "interpreter" in c.excluding,
    "any-architecture": lambda c: "unknown-architecture" in c.codes,
    "narrow-unicode": lambda c: c.jwheel.report.get("ucs2", False),
    "musl-policies": lambda c: c.same_family("musllinux"),
    "weak-version-needs": lambda c: c.milder and "weak-version" in c.codes,
    "providers": lambda c: c.milder and c.has_versions_of_its_own(),
    "helper-libraries": lambda c: c.stricter and bool(c.excluding & {"forbidden-symbol", "isa-extension"}),
    "loader-rules": lambda c: not c.crashed and c.finds_other_libraries(),
    "both-libcs": lambda c: bool(c.jwheel.report.get("other_libc_tag")),
    "libc-unknown": lambda c: c.crashed and c.auditwheel.message.startswith("auditwheel.error.InvalidLibcError"),
    "search-obstacles": lambda c: c.crashed and "Magic number does not match" in c.auditwheel.message,
    "record-rows": lambda c: c.crashed and "record" in c.codes and c.auditwheel.message.startswith("FileNotFoundError"),
    "musl-names": lambda c: c.milder and c.needs_musl_by_another_name(),
}


def explain(comparison):
    """The rule that explains a difference, empty where none does."""
    return next((name for name, holds in RULES.items() if holds(comparison)), "")


# ---- the table -------------------------------------------------------------------------------------------------------------------------


def outcome(comparison):
    if comparison.agree:
        return "agree"
    rule = explain(comparison)
    return f"differ: {rule}" if rule else "DIFFER"


def text_table(comparisons):
    rows = [("wheel", "auditwheel", "jwheel", "")]
    rows += [(c.wheel.name, c.auditwheel.verdict, c.jwheel.verdict, outcome(c)) for c in comparisons]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        yield "  ".join([*[cell.ljust(width) for cell, width in zip(row, widths)], row[3]]).rstrip()


def markdown_table(comparisons):
    yield "| wheel | auditwheel | jwheel | |"
    yield "|---|---|---|---|"
    for c in comparisons:
        rule = "" if c.agree else explain(c)
        note = "agree" if c.agree else f"[{rule}](differences.md#{rule})" if rule else "**unexplained**"
        yield f"| `{c.wheel.name}` | {c.auditwheel.verdict} | {c.jwheel.verdict} | {note} |"


def tsv_table(comparisons):
    yield "wheel\tauditwheel\tjwheel\trule"
    for c in comparisons:
        yield "\t".join((c.wheel.name, c.auditwheel.verdict, c.jwheel.verdict, "" if c.agree else explain(c)))


FORMATS = {"text": text_table, "markdown": markdown_table, "tsv": tsv_table}


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", metavar="WHAT")
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target" / "jwheel" / "bin" / "jwheel", help="the command (default: the one that `mvn package` makes)")
    parser.add_argument("--auditwheel", type=Path, help=f"an auditwheel that is installed already (default: {AUDITWHEEL} in a temporary environment)")
    parser.add_argument("--downloads", type=Path, help="where downloaded wheels are kept (default: a temporary directory)")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--only-differences", action="store_true", help="leave out the wheels that the two agree on")
    return parser.parse_args()


def main():
    chosen = options()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        venv.create(home / "venv", with_pip=True)
        python = home / "venv" / "bin" / "python"
        if not chosen.auditwheel:
            subprocess.run([python, "-m", "pip", "-q", "--disable-pip-version-check", "install", AUDITWHEEL], check=True)
        auditwheel = chosen.auditwheel or home / "venv" / "bin" / "auditwheel"
        downloads = chosen.downloads or home / "downloads"
        downloads.mkdir(parents=True, exist_ok=True)

        def compare(wheel):
            return Comparison(wheel, judge([auditwheel, "show", "--json", wheel]), judge([chosen.jwheel, "show", "--json", wheel]))

        with ThreadPoolExecutor(2) as pool:
            comparisons = list(pool.map(compare, wheels(python, chosen.what, downloads)))
    unexplained = [c for c in comparisons if not c.agree and not explain(c)]
    shown = [c for c in comparisons if not (chosen.only_differences and c.agree)]
    print("\n".join(FORMATS[chosen.format](shown)))
    agreed = sum(c.agree for c in comparisons)
    summary = f"{len(comparisons)} wheels: {agreed} agree, {len(comparisons) - agreed - len(unexplained)} differ by a rule, {len(unexplained)} differ without one"
    print(summary, file=sys.stderr)
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
