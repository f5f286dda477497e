#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares how jwheel reads core metadata with Python's `email` and with the `packaging` library.

usage: compare_metadata.py [options] [WHAT...]

WHAT is a wheel, a directory of wheels, or a list of pinned ones (.txt, lines as `sha256sum` writes them), which are downloaded. `packaging` is installed in a temporary environment, and
the script starts itself again in it. Needs target/classes (`mvn compile`).

Of every METADATA:
- the JSON form is the one that `email.parser.HeaderParser` gives after the renaming of docs/metadata.md;
- the fields that `packaging.metadata` refuses are those for which jwheel has a finding of the rules that both know; the differences that docs/metadata.md names are counted.
Then versions, their order, specifiers, requirements, markers, licence expressions and whole files are generated and held against `packaging`, through one process on each side.

Exit 0 when nothing differs without a reason, 1 otherwise. A difference is printed with its seed.
"""
import argparse
import atexit
import base64
import hashlib
import importlib.util
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections import Counter
from email.parser import HeaderParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGING = "packaging==26.4"
FIELDS = {line.split("\t")[0].lower(): line.split("\t") for line in (ROOT / "src/main/resources/dev/jwheel/metadata/fields.tsv").read_text().splitlines() if line[0] != "#"}
ENVIRONMENT = {
    "implementation_name": "cpython", "implementation_version": "3.11.7", "os_name": "posix", "platform_machine": "x86_64", "platform_release": "5.10.0-18-amd64",
    "platform_system": "Linux", "platform_version": "#1 SMP Debian 5.10.140-1", "python_full_version": "3.11.7", "platform_python_implementation": "CPython", "python_version": "3.11",
    "sys_platform": "linux", "extra": "dev-test"}


# ---- asking jwheel ---------------------------------------------------------------------------------------------------------------------


def read_as_current_python():
    """Makes an older Python read values as 3.12.8, 3.13.1 and newer do: without the line ends before them."""
    import email._policybase

    def header_source_parse(self, lines):
        name, value = lines[0].split(":", 1)
        return name, "".join((value, *lines[1:])).lstrip(" \t\r\n").rstrip("\r\n")

    email._policybase.Compat32.header_source_parse = header_source_parse


class Jwheel:
    """One process that answers for jwheel."""

    def __init__(self):
        libraries = os.pathsep.join(str(p) for p in [ROOT / "target/classes"])
        self.process = subprocess.Popen(["java", "-cp", libraries, str(ROOT / "src/test/tools/MetadataAnswers.java")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, word, *arguments):
        encoded = [base64.b64encode(a if isinstance(a, bytes) else a.encode("utf-8", "surrogatepass")).decode() for a in arguments]
        self.process.stdin.write(("\t".join([word, *encoded]) + "\n").encode())
        self.process.stdin.flush()
        answer = self.process.stdout.readline().decode().rstrip("\n")
        return [base64.b64decode(text).decode("utf-8", "surrogatepass") for text in answer.split("\t")]

    def metadata(self, data):
        values, findings = {}, []
        key = None
        for text in self.ask("metadata", data):
            if text[0] == "=":
                values[key] = values[key] + [text[1:]] if isinstance(values[key], list) else text[1:]
            elif text.startswith("finding "):
                rule, level, field = text[8:].split(" ", 2)
                findings.append((rule, level, field))
            elif text.startswith("crash"):
                raise AssertionError(text)
            elif text:
                kind, key = text.split(" ", 1)
                values[key] = [] if kind == "list" else ""
        return values, findings

    def close(self):
        self.process.stdin.close()
        self.process.wait()


# ---- the expected answers --------------------------------------------------------------------------------------------------------------


def renamed(text):
    """The JSON form that follows from Python's reading: docs/metadata.md, "JSON"."""
    message = HeaderParser().parsestr(text)
    values = {}
    for name, value in message.items():
        field = FIELDS.get(name.lower())
        key = field[4] if field else name.lower().replace("-", "_")
        values.setdefault(key, []).append(value)
    many = {field[4] for field in FIELDS.values() if field[2] == "many"}
    known = {field[4] for field in FIELDS.values()}
    result = {}
    for key, found in values.items():
        if key == "provides_extra":
            found = [extra for extra in found if is_name(extra)]
        if key in many:
            result[key] = found
        elif key == "keywords":
            result[key] = [k for k in (k.strip() for k in found[0].split(",")) if k]
        else:
            result[key] = found[0] if key in known or len(found) == 1 else found
    if "description" in result:
        first, *rest = result["description"].split("\n")
        result["description"] = "\n".join([first, *(line[8:] if line.startswith(("       |", " " * 8)) else line for line in rest)])
    body = message.get_payload()
    if body:
        result["description"] = body
    return {key: value for key, value in result.items() if key != "provides_extra" or value}


def is_name(text):
    from packaging.utils import InvalidName, canonicalize_name
    try:
        canonicalize_name(text, validate=True)
        return True
    except InvalidName:
        return False


def refused(data):
    """The names of the fields that `packaging.metadata` refuses."""
    from packaging.metadata import Metadata
    try:
        Metadata.from_email(data)
        return set()
    except ExceptionGroup as group:
        return {FORM.get(e.field, e.field).lower() for e in group.exceptions}


FORM = {field[5]: field[0] for field in FIELDS.values()} | {"license_files": "License-File", "platforms": "Platform", "supported_platforms": "Supported-Platform"}

# Findings that `packaging` has no counterpart for, whatever the field.
OWN_RULES = {"extra-collision", "extra-not-normalised", "extra-undeclared", "license-both", "license-missing", "readme-type", "import-name", "requires-dist-parentheses"}


def found(findings, values):
    """The fields with findings that `packaging` has too, and the reasons for which others are left out."""
    fields, reasons = set(), Counter()
    for rule, level, field in findings:
        reason = rule if rule in OWN_RULES or rule.startswith("index-") else ""
        if rule == "license-expression" and level == "warning":
            reason = "license-expression (canonical form, deprecated)"
        if rule == "metadata-encoding" or rule == "metadata-unknown-field" and not field:
            reason = "text"
        if rule == "metadata-value" and field in ("Provides-Dist", "Obsoletes-Dist", "Requires-External"):
            reason = f"value of {field}"
        if rule == "metadata-value" and field == "Project-URL" and not repeats(values.get("project_url", [])):
            reason = "value of Project-URL"
        if rule == "extra-name" and all(is_name(e) for e in values.get("provides_extra", [])) and not any(r == "extra-name" and not is_name(e) for r, _, _ in findings for e in values.get("provides_extra", [])):
            reason = "extra-name (normalised since 2.3)"
        if reason:
            reasons[reason] += 1
        else:
            fields.add(field.lower())
    return fields, reasons


def repeats(urls):
    labels = [url.partition(",")[0].strip() for url in urls]
    return len(labels) != len(set(labels))


# ---- wheels ----------------------------------------------------------------------------------------------------------------------------


def wheels(what):
    for text in what:
        path = Path(text)
        if path.is_dir():
            yield from sorted(path.rglob("*.whl"))
        elif path.suffix == ".txt":
            yield from downloaded(path)
        else:
            yield path


def downloaded(path):
    directory = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    for line in path.read_text().splitlines():
        if line and line[0] != "#":
            sha256, name = line.split()
            project, version = name.split("-")[:2]
            subprocess.run([sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "download", "--no-deps", "--ignore-requires-python", "--only-binary", ":all:",
                            *pip_options(name), "-d", directory, f"{project}=={version}"], check=True)
            wheel = directory / name
            if hashlib.sha256(wheel.read_bytes()).hexdigest() != sha256:
                sys.exit(f"{name}: has another SHA-256 than the list says")
            yield wheel


def pip_options(name):
    python, abi, platform = name.removesuffix(".whl").split("-")[-3:]
    if platform == "any":
        return []
    options = ["--implementation", python[:2], "--python-version", python.split(".")[0][2:]]
    return options + [o for a in abi.split(".") for o in ("--abi", a)] + [o for p in platform.split(".") for o in ("--platform", p)]


def metadata_of(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1)
        return archive.read(name)


def printed(command, paths):
    """The objects that `jwheel metadata --json` prints for files."""
    run = subprocess.run([*command.split(), "metadata", "--json", *paths], stdout=subprocess.PIPE)
    return [json.loads(run.stdout)] if len(paths) == 1 else [json.loads(line) for line in run.stdout.splitlines()]


def compare_file(name, data, jwheel, reasons, printed_values=None):
    """Prints the differences of one file; their number."""
    differences = 0
    text = data.decode("utf-8", "replace")
    values, findings = jwheel.metadata(data)
    values = values if printed_values is None else printed_values
    expected = renamed(text)
    if values != expected or list(values) != list(expected):
        for key in {**values, **expected}:
            if values.get(key) != expected.get(key):
                print(f"{name}: {key}: jwheel {values.get(key)!r:.200}, email {expected.get(key)!r:.200}")
        differences += 1
    theirs = refused(data)
    ours, left_out = found(findings, HeaderValues(text))
    reasons.update(left_out)
    habit = {"license-file"} & ours & theirs
    if habit:
        reasons["License-File before 2.4 (both; a note here)"] += 1
    if ours != theirs:
        print(f"{name}: findings of jwheel {sorted(ours - theirs)}, of packaging {sorted(theirs - ours)}")
        differences += 1
    return differences


def HeaderValues(text):
    """The values of multiple-use fields before invalid extras are left out."""
    message = HeaderParser().parsestr(text)
    return {"project_url": message.get_all("project-url", []), "provides_extra": message.get_all("provides-extra", [])}


# ---- generated strings -----------------------------------------------------------------------------------------------------------------

SPACES = ["", "", "", "", " ", "  ", "\t", "\n", "\u00a0", "\x1f"]
NUMBERS = ["0", "1", "2", "3", "9", "10", "00", "01", "2024", "99999999999999999999", ""]


class Strings:
    """Strings that are often right and often nearly so."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.clean = self.random.random() < 0.6

    def either(self, good, bad):
        """One of the good texts, or, if the string is not to be right, of all."""
        return self.random.choice(good if self.clean else good + bad)

    def pick(self, *choices):
        return self.random.choice(choices)

    def maybe(self, text, probability=0.3):
        return text if self.random.random() < probability else ""

    def space(self):
        return self.random.choice(SPACES)

    def number(self):
        return self.random.choice(NUMBERS[:-1])

    def label(self, labels):
        return self.pick("", ".", "-", "_") + self.pick(*labels) + self.pick("", "", ".", "-", "_") + self.pick("", self.number())

    def version(self, local=True):
        text = self.maybe("v", 0.1) + self.maybe(self.number() + "!", 0.15) + ".".join(self.number() for _ in range(self.random.randint(1, 4)))
        text += self.maybe(self.label(["a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "RC", "A"]))
        text += self.maybe(self.label(["post", "rev", "r", "POST"])) or self.maybe("-" + self.number(), 0.1)
        text += self.maybe(self.label(["dev", "DEV"]))
        if local:
            text += self.maybe("+" + self.pick("ubuntu", "1", "01", "a1", "UP", "1a") + self.maybe(self.pick(".", "-", "_") + self.either(["1", "x", "02"], [""])), 0.2)
        return self.damaged(text) if self.random.random() < 0.4 else text

    def damaged(self, text):
        if self.clean:
            return text
        for _ in range(self.random.randint(1, 2)):
            at = self.random.randint(0, len(text))
            choice = self.random.random()
            if choice < 0.35 and text:
                text = text[:at] + text[at + 1:]
            elif choice < 0.8:
                text = text[:at] + self.pick(*" \t.-_+!*,;()[]@<>=~'\"xaAv0\n\\é\u00a0\u212a\u0661") + text[at:]
            else:
                text = text[:at] + text[at:][::-1]
        return text

    def specifier(self):
        operator = self.either(["==", "==", "!=", "~=", "<=", ">=", "<", ">", "==="], ["=", ""])
        equality = operator in ("==", "!=")
        wildcard = self.maybe(".*", 0.25 if equality else 0 if self.clean else 0.03)
        plain = wildcard and (self.clean or self.random.random() < 0.8) or operator == "~="
        version = ".".join(self.number() for _ in range(self.random.randint(2, 3))) if plain else self.version(equality or not self.clean)
        return operator + self.pick("", "", " ", self.either([""], SPACES)) + version + wildcard

    def specifiers(self):
        return ",".join(self.pick("", "", " ") + self.specifier() + self.pick("", "", " ") for _ in range(self.random.choice([1, 1, 1, 2, 2, 3]))) + self.maybe(",", 0.05)

    def name(self):
        return self.either(["foo", "Foo.Bar", "a", "foo_bar", "x-1", "A--b", "zope.interface", "0", "dev_test"], ["foo-", "_foo", "foo_", "f\u00f6o"])

    def operand(self):
        if self.random.random() < 0.5:
            return self.either(["python_version", "python_full_version", "os_name", "sys_platform", "platform_release", "platform_system", "platform_version", "platform_machine",
                             "platform_python_implementation", "implementation_name", "implementation_version", "extra", "extra", "extras", "dependency_groups", "os.name", "sys.platform",
                             "platform.version", "platform.machine", "platform.python_implementation", "python_implementation"], ["nonsense", "platform.release"])
        quote = self.pick("'", '"')
        return quote + self.pick("3.8", "3.11", "3.11.7", "3.12a1", "2", "posix", "linux", "win32", "x86_64", "CPython", "cpython", "Linux", "dev_test", "Dev.Test", "dev-test", "3.*", "3.11.*", "",
                                 "2.7 3.11", "a\\nb", "\\x41", "" if self.clean else "\\x4", "" if self.clean else "\\", "\\q", "\\N{BULLET}", "\\u00e9", "'" if quote == '"' else '"', "5.10.0-18-amd64", self.version()) + quote

    def comparison(self):
        return (self.operand() + self.pick(" ", " ", "", "\t") + self.either(["==", "==", "!=", "<", "<=", ">", ">=", "~=", "===", " in ", " not in ", " not  in "], ["in", "not in", "notin", "=", "is"])
                + self.pick(" ", " ", "", "\t") + self.operand())

    def marker(self, depth=0):
        parts = []
        for _ in range(self.random.choice([1, 1, 2, 3])):
            nested = depth < 4 and self.random.random() < 0.25
            parts.append("(" + self.pick("", " ") + self.marker(depth + 1) + self.pick("", " ") + ")" if nested else self.comparison())
            parts.append(self.either([" and ", " or "], ["and", "or", " xor "]))
        text = "".join(parts[:-1])
        return self.damaged(text) if depth == 0 and self.random.random() < 0.15 else text

    def requirement(self):
        text = self.pick("", "", " ") + self.name() + self.pick("", "", " ")
        text += self.maybe("[" + ",".join(self.pick("", " ") + self.name() for _ in range(self.random.randint(0, 3))) + self.maybe(self.either([""], [","]), 0.1) + "]" + self.pick("", " "), 0.3)
        kind = self.random.random()
        if kind < 0.6:
            text += self.specifiers()
        elif kind < 0.75:
            text += "(" + self.pick("", " ") + self.specifiers() + self.pick("", " ") + ")" + self.pick("", " ")
        elif kind < 0.85:
            text += "@" + self.pick("", " ") + self.pick("https://example.org/foo.zip", "file:///x;y", "git+https://example.org/a@b#egg=c", "" if not self.clean else "x:y") + self.pick("", " ", "  ")
        text += self.maybe(self.pick("", " ") + ";" + self.pick("", " ") + self.marker(), 0.4)
        return self.damaged(text) if self.random.random() < 0.15 else text

    def license(self, depth=0):
        words = []
        for _ in range(self.random.choice([1, 1, 2, 3])):
            if depth < 3 and self.random.random() < 0.2:
                words.append("(" + self.license(depth + 1) + ")")
            else:
                words.append(self.either(["MIT", "mit", "Apache-2.0", "GPL-2.0-only", "gpl-2.0+", "GPL-2.0-or-later", "LicenseRef-My.Own-1", "licenseref-my.own-1", "MIT+"],
                                         ["LicenseRef-", "LicenseRef-a_b", "LicenseRef-a+", "DocumentRef-x:LicenseRef-y", "NoSuch", "with", ""])
                             + self.maybe(" " + self.pick("WITH", "with") + " " + self.either(["Classpath-exception-2.0", "classpath-EXCEPTION-2.0"], ["MIT", "(Bison-exception-2.2)"]), 0.15))
            words.append(self.either([" AND ", " OR ", " and ", " or ", "  Or\t"], [" XOR ", "\n"]))
        text = "".join(words[:-1])
        return self.damaged(text) if depth == 0 and self.random.random() < 0.15 else text

    def content_type(self):
        return (self.pick("text/markdown", "text/x-rst", "text/plain", "Text/Markdown", "text/html", "markdown", "", "text/markdown ") + "".join(
            self.pick(";", "; ", " ; ") + self.pick("charset=UTF-8", "charset=utf-8", 'charset="UTF-8"', "charset=latin1", "variant=GFM", "variant=CommonMark", "variant=gfm", "x=y", "charset", "", "=", "a b=c")
            for _ in range(self.random.choice([0, 0, 1, 1, 2]))))

    def line(self):
        end = self.pick("\n", "\n", "\n", "\n", "\r\n", "\r")
        kind = self.random.random()
        if kind < 0.04:
            return self.pick(" folded", "\tfolded", "   ", " ", "        eight", "       |bar", "From x", "From : y", ":", ": x", " : x", "A b: c", "\u00e9: x", "no header", "\x7f: x", "X\x00: y") + end
        field, value = self.field()
        return field + ":" + self.pick(" ", " ", " ", "", "  ", "\t") + value + self.maybe(self.pick("\n ", "\n        ", "\r\n\t", "\n       |") + "more", 0.08) + self.maybe(" ", 0.05) + end

    def field(self):
        name = self.random.choice(list(FIELDS.values()))[0]
        value = {
            "Metadata-Version": lambda: self.pick("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.0", ""), "Name": self.name, "Version": self.version,
            "Requires-Dist": self.requirement, "Provides-Dist": self.requirement, "Requires-Python": self.specifiers, "License-Expression": self.license,
            "Description-Content-Type": self.content_type, "Provides-Extra": self.name,
            "Dynamic": lambda: self.pick("Version", "name", "Requires-Dist", "nonsense", "summary", "Metadata-Version"),
            "Project-URL": lambda: self.pick("Home, https://example.org", "home,https://example.org", "Home", ", https://example.org", "x" * 33 + ", y", "Docs, no uri", "a, b, c"),
            "License-File": lambda: self.pick("LICENSE", "a/b", "../x", "/x", "a\\b", "C:x", "c:/x", "a*", "./a", "a//b", "a/", ".", "", "a..b", "//x/y", "a:b"),
            "Import-Name": lambda: self.pick("a", "a.b", "a; private", "a;private", "a ; private", "class", "a.class", "1a", "", "a; public", "\u00e9", "a .b", "a;  private "),
            "Import-Namespace": lambda: self.pick("a", "a.b", "ns; private", "", "def"),
            "Keywords": lambda: self.pick("a,b", "a b", " a , b ,, ", ""), "Classifier": lambda: self.pick("Private :: Do Not Upload", "Programming Language :: Python", "License :: OSI Approved :: MIT License", "No"),
        }.get(name, lambda: self.pick("text", "", "\u00e9", "UNKNOWN", "https://example.org", "a\u2028b", "x\x0by"))()
        name = self.pick(name, name, name, name, name.lower(), name.upper())
        return (self.pick("X-Own", "x-own", "Licence") if self.random.random() < 0.03 else name), value.replace("\n", " ").replace("\r", " ")

    def file(self):
        usual = ["Metadata-Version: " + self.pick("1.2", "2.1", "2.3", "2.4", "2.5") + "\n", "Name: foo\n", "Version: 1.0\n"]
        lines = usual[: self.random.choice([3, 3, 3, 3, 2])] + [self.line() for _ in range(self.random.randint(0, 6))]
        text = "".join(lines) + self.pick("", "\n", "\n", "\r\n", " \n") + self.pick("", "", "body\nmore\n", "From here\n", "\n\nbody")
        data = text.encode("utf-8", "surrogatepass")
        return data if self.random.random() > 0.03 else b"\xef\xbb\xbf" + data


def outcome(function, *errors):
    try:
        return function()
    except errors:
        return ["!"]


def expected(word, arguments):
    from packaging import licenses, markers, requirements, specifiers, version
    if word == "version":
        v = outcome(lambda: version.Version(arguments[0]), version.InvalidVersion)
        return v if v == ["!"] else [str(v), str(v.is_prerelease).lower()]
    if word == "order":
        a, b = map(version.Version, arguments)
        return [str((a > b) - (a < b))]
    if word == "specifiers":
        s = outcome(lambda: specifiers.SpecifierSet(arguments[0]), specifiers.InvalidSpecifier)
        if s == ["!"]:
            return s
        contains = s.contains(arguments[1], prereleases=True)
        return [str_of(s), str(contains).lower()]
    if word == "requirement":
        return outcome(lambda: [str(requirements.Requirement(arguments[0]))], requirements.InvalidRequirement)
    if word == "marker":
        m = outcome(lambda: markers.Marker(arguments[0]), markers.InvalidMarker)
        if m == ["!"]:
            return m
        try:
            return [str(m), str(m.evaluate(ENVIRONMENT)).lower()]
        except (markers.UndefinedComparison, markers.UndefinedEnvironmentName):
            return [str(m), "undefined"]
    if word == "license":
        return outcome(lambda: [licenses.canonicalize_license_expression(arguments[0])], licenses.InvalidLicenseExpression)
    raise ValueError(word)


def str_of(specifiers):
    return str(specifiers)


def question(word, strings):
    if word == "order":
        from packaging.version import InvalidVersion, Version
        pair = []
        while len(pair) < 2:
            text = strings.version()
            if outcome(lambda: [str(Version(text))], InvalidVersion) != ["!"]:
                pair.append(text)
        return pair
    if word == "specifiers":
        return [strings.specifiers(), strings.version()]
    return [getattr(strings, word)()]


def compare_strings(count, first_seed, jwheel):
    differences = 0
    for word in ("version", "order", "specifiers", "requirement", "marker", "license"):
        refusals = unequal = unsaid = 0
        for seed in range(first_seed, first_seed + count):
            arguments = question(word, Strings(seed))
            try:
                theirs = expected(word, arguments)
            except ValueError:
                # A marker with both quotes has no text in `packaging`; an integer of over 4300 digits has no value.
                unsaid += 1
                continue
            ours = jwheel.ask(word, *arguments)
            refusals += theirs == ["!"]
            if ours != theirs == ["!"] and word == "requirement" and "===" in arguments[0] and "," in arguments[0] and not re.fullmatch(r"[\t -~]*", arguments[0]):
                # docs/metadata.md: `===` takes the commas after it only where something else is not ASCII.
                unsaid += 1
                continue
            if ours != theirs:
                unequal += 1
                if unequal <= 5:
                    print(f"{word}, seed {seed}: {arguments!r}: jwheel {ours!r}, packaging {theirs!r}")
        print(f"{word}: {count} strings, {refusals} refused by both, {unsaid} without an answer of packaging, {unequal} differences")
        differences += unequal
    reasons = Counter()
    unequal = 0
    for seed in range(first_seed, first_seed + count):
        unequal += compare_file(f"file, seed {seed}", Strings(seed).file(), jwheel, reasons) if unequal < 10 else 0
    print(f"file: {count} files, {unequal} differences; findings of jwheel only: {dict(reasons.most_common())}")
    return differences + unequal


# ---- the command -----------------------------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*")
    parser.add_argument("--strings", type=int, default=10_000, help="strings of each kind (default 10000)")
    parser.add_argument("--jwheel", help="the command that prints the JSON of wheels (default: the library answers)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    if importlib.util.find_spec("packaging") is None or "JWHEEL_PEER" not in os.environ:
        with tempfile.TemporaryDirectory() as directory:
            venv.create(directory, with_pip=True)
            python = f"{directory}/bin/python"
            subprocess.run([python, "-m", "pip", "-q", "--disable-pip-version-check", "install", PACKAGING], check=True)
            return subprocess.run([python, __file__, *sys.argv[1:]], env={**os.environ, "JWHEEL_PEER": "1"}).returncode
    read_as_current_python()
    jwheel = Jwheel()
    differences, reasons = 0, Counter()
    files = list(wheels(options.what))
    objects = printed(options.jwheel, files) if options.jwheel and files else [None] * len(files)
    for wheel, values in zip(files, objects, strict=True):
        differences += compare_file(wheel.name, metadata_of(wheel), jwheel, reasons, values)
    print(f"{len(files)} wheels, {differences} differences; findings of jwheel only: {dict(reasons.most_common())}")
    if options.strings:
        differences += compare_strings(options.strings, options.seed, jwheel)
    jwheel.close()
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
