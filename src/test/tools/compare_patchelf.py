#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every option of patchelf 0.19 by patchelf and by `jwheel patchelf` on files of each kind, and compares statuses, output and results.

usage: compare_patchelf.py --patchelf COMMAND [--jwheel COMMAND] [-v]

The files are a library, programs (position-independent, not, static and both) and an object file, made by gcc. Results are compared as readelf and nm show them: needed libraries,
SONAME, run path, interpreter, ABI, stack, flags, dynamic symbols with their versions, and the versions that are needed. EXPECTED names what differs on purpose; docs/elf-editing.md says why.
The exit status is 1 if anything else differs.
"""
import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCES = {
    "f.c": '#include <stdio.h>\n#include <math.h>\nint f(double x) { puts("f"); return (int)cos(x); }\nint g(void) { return 1; }\nint table[4] = {1};\n',
    "m.c": "int f(double);\nint main(int c, char **v) { return f(c) == 7; }\n",
}
BUILDS = {
    "libf.so": "gcc -shared -fPIC -Wl,-soname,libf.so.1 -Wl,-rpath,/old f.c -lm",
    "program": "gcc -pie m.c ./libf.so",
    "fixed": "gcc -no-pie m.c ./libf.so",
    "static": "gcc -static m.c f.c -lm",
    "static-pie": "gcc -static-pie m.c f.c -lm",
    "object.o": "gcc -c f.c",
}
CASES = [
    "", "--print-interpreter", "--print-os-abi", "--print-soname", "--print-rpath", "--print-needed", "--print-execstack",
    "--print-needed --print-execstack --print-rpath --print-soname --print-os-abi", "--set-interpreter /lib/x", "--interpreter /lib/x", "--set-interpreter /a --interpreter /b",
    "--set-os-abi Linux", "--set-os-abi 'GNU Hurd'", "--set-os-abi gnu-hurd", "--set-os-abi sysv", "--set-os-abi ' FREEBSD '", "--set-os-abi nonsense", "--set-os-abi", "--print-os-abi --set-os-abi AIX",
    "--set-soname libx.so.9", "--set-rpath /new:/more", "--set-rpath ''", "--add-rpath /more", "--remove-rpath", "--force-rpath", "--force-rpath --set-rpath /new", "--shrink-rpath",
    "--shrink-rpath --allowed-rpath-prefixes /usr", "--set-rpath /a --add-rpath /b", "--add-needed libdl.so.2", "--remove-needed libm.so.6", "--remove-needed none", "--replace-needed libm.so.6 libm2.so.6",
    "--replace-needed none other", "--no-default-lib", "--clear-execstack", "--set-execstack", "--page-size 65536 --set-rpath /p", "--page-size 0", "--no-sort --set-rpath /s",
    "--no-clobber-old-sections --set-rpath /c", "--add-debug-tag", "--clear-symbol-version puts", "--clear-symbol-version cos", "--clear-symbol-version none", "--clear-symbol-version puts --clear-symbol-version cos",
    "--rename-dynamic-symbols MAP", "--rename-dynamic-symbols TWICE", "--rename-dynamic-symbols HALF", "--rename-dynamic-symbols VERSIONED", "--rename-dynamic-symbols ABSENT", "--rename-dynamic-symbols EMPTY",
    "--rename-dynamic-symbols MAP --set-rpath /r --set-soname libr.so", "--no-such-option",
]
# (files, options, what differs): patterns, the first that fits counts
EXPECTED = [
    (r"static(-pie)?", r".*(--set-interpreter|--interpreter|--set-soname|--rpath|-rpath|-needed|--add-debug-tag|-lib|symbol).*", "static programs: refused by both, by one, or accepted where nothing changes"),
    (r".*", r"--clear-symbol-version (puts|cos).*", "the version goes from the version needs"),
    (r"libf.so", r"--remove-needed libm.so.6", "the versions of the library go with it"),
]


def run(command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, errors="replace")
    return done.returncode, done.stdout, done.stderr


def facts(path, cwd):
    """What the file says, in lines that do not depend on where anything is."""
    lines = []
    for tag, value in re.findall(r"\((NEEDED|SONAME|RPATH|RUNPATH|FLAGS_1|DEBUG)\)\s+(.*)", run(["readelf", "-dW", path], cwd)[1]):
        lines.append(f"{tag} {value}")
    header = run(["readelf", "-hlW", path], cwd)[1]
    lines += re.findall(r"OS/ABI:.*|interpreter: .*", header) + re.findall(r"GNU_STACK.* (R\S*) ", header)
    lines += [re.sub(r"^\S* *", "", line) for line in run(["nm", "-D", "--with-symbol-versions", path], cwd)[1].splitlines()]
    needs = run(["readelf", "-VW", path], cwd)[1]
    lines += re.findall(r"File: \S+|Name: \S+  Flags: \S+  Version", needs)
    # patchelf puts new entries in front, jwheel behind
    return sorted(lines)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--patchelf", required=True)
    arguments.add_argument("--jwheel", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../target/jwheel/bin/jwheel"))
    arguments.add_argument("-v", action="store_true", help="show what differs as expected too")
    chosen = arguments.parse_args()
    tools = {"patchelf": [os.path.abspath(chosen.patchelf)], "jwheel": [os.path.abspath(chosen.jwheel), "patchelf"]}
    same = expected = other = 0
    with tempfile.TemporaryDirectory() as work:
        for name, text in SOURCES.items():
            open(os.path.join(work, name), "w").write(text)
        for name, text in {"MAP": "f renamed_f\ncos other_cos\nnone any\n", "TWICE": "f a\nf b\n", "HALF": "f\n", "VERSIONED": "f a@B\n", "EMPTY": ""}.items():
            open(os.path.join(work, name), "w").write(text)
        for name, command in BUILDS.items():
            subprocess.run([*shlex.split(command)[:1], "-O1", "-o", name, *shlex.split(command)[1:]], cwd=work, check=True)
        for name in BUILDS:
            for case in CASES:
                seen = {}
                for tool, command in tools.items():
                    shutil.copy(os.path.join(work, name), os.path.join(work, "edited"))
                    status, out, err = run([*command, *shlex.split(case), "edited"], work)
                    seen[tool] = (status != 0, out, facts("edited", work)), status, err
                if seen["patchelf"][0] == seen["jwheel"][0]:
                    same += 1
                    continue
                reason = next((reason for files, options, reason in EXPECTED if re.fullmatch(files, name) and re.fullmatch(options, case)), None)
                expected += reason is not None
                other += reason is None
                if reason is None or chosen.v:
                    print(f"{name} {case}" + (f"  ({reason})" if reason else ""))
                    for tool in tools:
                        (failed, out, lines), status, err = seen[tool]
                        rest = [line for line in lines if line not in seen["jwheel" if tool == "patchelf" else "patchelf"][0][2]]
                        print(f"    {tool}: {status} {out!r} {err.strip()[:160]!r} {rest}")
    print(f"{same} alike, {expected} different as expected, {other} different")
    sys.exit(1 if other else 0)


main()
