#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Links programs by four linkers and for other machines, with and without a large bss, edits each by `jwheel patchelf` and by patchelf, and runs it: a Markdown table.

usage: sweep_programs.py [--jwheel COMMAND] [--patchelf COMMAND] [--only NAME]

By default with target/jwheel/bin/jwheel, and without patchelf. What is there of gcc, clang-19 with lld-19, mold, and the cross compilers of Debian with qemu-user is used, the rest
is left out. A program prints ok if its bss is there and zero and it finds its dynamic section. The exit status is 1 if jwheel refused or broke a program.
"""
import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCE = """
#include <stdio.h>
#if BSS
volatile char large[BSS];
#endif
int answer = 42;
int *pointer = &answer;
__attribute__((constructor)) static void construct(void) { answer++; }
int main(void) {
#if BSS
  for (unsigned i = 0; i < sizeof large; i += 509) if (large[i]) return 1;
  for (unsigned i = 0; i < sizeof large; i += 4096) large[i] = 1;
#endif
  return *pointer == 43 && puts("ok") ? 0 : 1;
}
"""
LINKERS = {"bfd": ["gcc", "-fuse-ld=bfd"], "gold": ["gcc", "-fuse-ld=gold"], "lld": ["clang-19", "-fuse-ld=lld-19"], "mold": ["gcc", "-fuse-ld=mold"]}
NEEDED = {"bfd": "ld.bfd", "gold": "ld.gold", "lld": "ld.lld-19", "mold": "mold"}
MACHINES = {
    "aarch64": ("aarch64-linux-gnu", "qemu-aarch64", "/lib/ld-linux-aarch64.so.1"),
    "armv7l": ("arm-linux-gnueabihf", "qemu-arm", "/lib/ld-linux-armhf.so.3"),
    "ppc64le": ("powerpc64le-linux-gnu", "qemu-ppc64le", "/lib64/ld64.so.2"),
    "ppc64": ("powerpc64-linux-gnu", "qemu-ppc64", "/lib64/ld64.so.1"),
    "powerpc": ("powerpc-linux-gnu", "qemu-ppc", "/lib/ld.so.1"),
    "s390x": ("s390x-linux-gnu", "qemu-s390x", "/lib/ld64.so.1"),
    "i686": ("i686-linux-gnu", "qemu-i386", "/lib/ld-linux.so.2"),
    "riscv64": ("riscv64-linux-gnu", "qemu-riscv64", "/lib/ld-linux-riscv64-lp64d.so.1"),
}
SIZES = {"none": 0, "200 kB": 200_000, "3 MB": 3_000_000, "20 MB": 20_000_000}
LONG = ":".join("$ORIGIN/../a/long/way/%d" % i for i in range(40))


def edits(interpreter):
    directory = os.path.dirname(interpreter)
    same = (directory + "/..") * 4 + interpreter
    return {
        "short path": ["--set-rpath", "/new"],
        "long path, two libraries": ["--set-rpath", LONG, "--add-needed", "libm.so.6", "--add-needed", "libdl.so.2"],
        "interpreter and path": ["--set-interpreter", same, "--force-rpath", "--set-rpath", LONG],
    }


def run(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "timed out")


def targets():
    """(name, compiler command, how to run, interpreter)"""
    for name, compiler in LINKERS.items():
        if shutil.which(compiler[0]) and shutil.which(NEEDED[name]):
            yield f"x86_64, {name}", compiler, [], "/lib64/ld-linux-x86-64.so.2"
    for name, (target, emulator, interpreter) in MACHINES.items():
        if shutil.which(f"{target}-gcc") and shutil.which(emulator):
            yield name, [f"{target}-gcc"], [emulator, "-L", f"/usr/{target}"], interpreter


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--jwheel", default="target/jwheel/bin/jwheel")
    arguments.add_argument("--patchelf")
    arguments.add_argument("--only", default="", help="only the rows that begin with this")
    chosen = arguments.parse_args()
    tools = {"jwheel": shlex.split(chosen.jwheel) + ["patchelf"]}
    if chosen.patchelf:
        tools["patchelf"] = shlex.split(chosen.patchelf)
    failed = 0
    print("| programs | " + " | ".join(f"{tool}: run / refused / broken | {tool}: growth, median and largest" for tool in tools) + " |")
    print("|---|" + "---|" * 2 * len(tools))
    with tempfile.TemporaryDirectory() as work:
        source, program, edited = (os.path.join(work, name) for name in ("a.c", "program", "edited"))
        open(source, "w").write(SOURCE)
        for name, compiler, emulator, interpreter in targets():
            if not name.startswith(chosen.only):
                continue
            counts = {tool: [0, 0, 0] for tool in tools}
            grown = {tool: [] for tool in tools}
            for kind in ("pie", "no-pie"):
                for size, bss in SIZES.items():
                    built = run([*compiler, "-O1", f"-DBSS={bss}", f"-f{kind}", f"-{kind}", "-o", program, source])
                    if built.returncode or run([*emulator, program]).stdout != "ok\n":
                        print(f"{name} {kind} {size}: not built or does not run", file=sys.stderr)
                        continue
                    for edit, options in edits(interpreter).items():
                        for tool, command in tools.items():
                            shutil.copy(program, edited)
                            done = run([*command, *options, edited])
                            works = done.returncode == 0 and run([*emulator, edited]).stdout == "ok\n"
                            counts[tool][0 if works else 1 if done.returncode else 2] += 1
                            if works:
                                grown[tool].append(os.path.getsize(edited) - os.path.getsize(program))
                            elif tool == "jwheel":
                                failed += 1
                                print(f"{name} {kind} {size}, {edit}: {done.stderr.strip() or 'does not run'}", file=sys.stderr)
            cells = []
            for tool in tools:
                sizes = sorted(grown[tool])
                cells += [" / ".join(map(str, counts[tool])), f"{sizes[len(sizes) // 2]:,}, {sizes[-1]:,}".replace(",", " ", 1).replace(",", " ") if sizes else "-"]
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    sys.exit(1 if failed else 0)


main()
