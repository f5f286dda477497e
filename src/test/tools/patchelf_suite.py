#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs patchelf's own tests by patchelf and by `jwheel patchelf` in its place, on this machine and cross-compiled under qemu-user: a Markdown table.

usage: patchelf_suite.py [--jwheel COMMAND] [--work DIRECTORY] [--target NAME]... [--only TEST]... [VERSION...]

The sources are the original archives of Debian's package, fetched by apt with a state of its own into the work directory (by default a temporary one): 0.18.0, or 0.14.3 if asked for.
Targets: x86_64, and aarch64, powerpc64, i686 and mips where Debian's cross compiler is. As root it works in a mount namespace with a /dev of its own, because a test writes to
/dev/null; there the loader of a target is where its programs expect it too. It needs autoconf, automake, make, gcc and g++; for the targets qemu-user.

The exit status is 1 if jwheel fails a test that patchelf passes and that EXCEPTIONS does not name.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = {"0.18.0": "trixie", "0.14.3": "bookworm"}
# name: (triplet, e_machine, emulator, where the loader is expected)
TARGETS = {
    "x86_64": None,
    "aarch64": ("aarch64-linux-gnu", 183, "qemu-aarch64", "/lib/ld-linux-aarch64.so.1"),
    "powerpc64": ("powerpc64-linux-gnu", 21, "qemu-ppc64", "/lib64/ld64.so.1"),
    "i686": ("i686-linux-gnu", 3, "qemu-i386", "/lib/ld-linux.so.2"),
    "mips": ("mips-linux-gnu", 8, "qemu-mips", "/lib/ld.so.1"),
}
# what jwheel does otherwise on purpose
EXCEPTIONS = {
    "args-from-file.sh": "wants patchelf's words for a file after @ that is not there; jwheel fails in its own",
    "contiguous-note-sections.sh": "its PT_DYNAMIC is empty and at address 0, so that a loader takes the ELF header for the dynamic section: jwheel calls the file unreadable",
    "empty-note.sh": "the same",
    "phdr-corruption.sh": "a library without PT_DYNAMIC has no run path: patchelf writes one that no loader reads, jwheel refuses",
    "shared-rpath.sh": "wants the old text overwritten by X; jwheel makes it zero, or lets it grow where it is",
}


def run(command, cwd=None, env=None, timeout=1200, log=None):
    with open(log, "ab") if log else tempfile.TemporaryFile() as output:
        try:
            return subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, timeout=timeout).returncode
        except subprocess.TimeoutExpired:
            return 124


def require(command, log, cwd=None, env=None):
    if run(command, cwd, env, log=log) != 0:
        sys.exit(f"{' '.join(command)} failed: {log}")


def fetch(version, work):
    """The unpacked original archive."""
    tree = os.path.join(work, f"patchelf-{version}")
    if os.path.isdir(tree):
        return tree
    state = os.path.join(work, "apt")
    for directory in ("lists/partial", "cache/archives/partial", "etc"):
        os.makedirs(os.path.join(state, directory), exist_ok=True)
    open(os.path.join(state, "status"), "w").close()
    sites = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE)"], capture_output=True, text=True, check=True).stdout.split()
    site = next(site for site in sites if "security" not in site)
    with open(os.path.join(state, "etc/sources.list"), "w") as sources:
        sources.write(f"deb-src [trusted=yes] {site} {VERSIONS[version]} main\n")
    apt = ["apt-get", "-q", "-o", f"Dir::State={state}", "-o", f"Dir::State::status={state}/status", "-o", f"Dir::Cache={state}/cache",
           "-o", f"Dir::Etc::sourcelist={state}/etc/sources.list", "-o", "Dir::Etc::sourceparts=/dev/null"]
    log = os.path.join(work, "apt.log")
    require([*apt, "update"], log)
    require([*apt, "source", "--download-only", "--tar-only", "patchelf"], log, cwd=work)
    archive = next(name for name in os.listdir(work) if name.startswith(f"patchelf_{version}.orig.tar"))
    with tarfile.open(os.path.join(work, archive)) as source:
        top = source.getnames()[0].split("/")[0]
        source.extractall(work, filter="data")
    if top != os.path.basename(tree):
        os.rename(os.path.join(work, top), tree)
    return tree


def build(tree, target, work):
    """A built copy of the sources, with the programs of the tests made for the target."""
    copy = f"{tree}-{target}"
    if os.path.exists(os.path.join(copy, "src/patchelf.real")):
        return copy
    shutil.rmtree(copy, ignore_errors=True)
    log = f"{copy}.log"
    shutil.copytree(tree, copy, symlinks=True)
    require(["sh", "./bootstrap.sh"], log, cwd=copy)
    configure = ["./configure"]
    if TARGETS[target]:
        triplet = TARGETS[target][0]
        configure += [f"--host={triplet}", f"CC={triplet}-gcc", "CXX=g++"]
        configure += [f"{tool.upper()}={triplet}-{tool}" for tool in ("strip", "objdump", "objcopy", "readelf")]
    require(configure, log, cwd=copy)
    require(["make", "-j2"], log, cwd=copy)
    # the first makes the programs, and links the tests of prebuilt ones
    run(["make", "-C", "tests", "check", "TESTS="], cwd=copy, log=log)
    run(["make", "-C", "tests", *[name for name in tests(copy) if name.startswith("no-rpath-") and name not in os.listdir(os.path.join(copy, "tests"))]], cwd=copy, log=log)
    shutil.move(os.path.join(copy, "src/patchelf"), os.path.join(copy, "src/patchelf.real"))
    return copy


def tests(copy):
    """The names of the tests, each once."""
    text = open(os.path.join(copy, "tests/Makefile.am")).read().replace("\\\n", " ")
    names = []
    for variable in ("src_TESTS", "no_rpath_arch_TESTS"):
        names += re.search(rf"^{variable} = (.*)$", text, re.M).group(1).split()
    return list(dict.fromkeys(names))


def launcher(jwheel, work):
    """A program, not a script: a test asks for the interpreter of patchelf itself."""
    source = os.path.join(work, "launcher.c")
    words = ", ".join('"%s"' % word.replace("\\", "\\\\").replace('"', '\\"') for word in [*jwheel, "patchelf"])
    with open(source, "w") as text:
        text.write(f"""#include <stdlib.h>
#include <unistd.h>
static char *words[] = {{{words}}};
int main(int argc, char **argv) {{
  enum {{ COUNT = sizeof words / sizeof *words }};
  char **all = calloc(COUNT + argc, sizeof *all);
  for (int i = 0; i < COUNT; i++) all[i] = words[i];
  for (int i = 1; i < argc; i++) all[COUNT + i - 1] = argv[i];
  execvp(all[0], all);
  return 127;
}}
""")
    program = os.path.join(work, "launcher")
    subprocess.run(["gcc", "-o", program, source], check=True)
    return program


def environment(target, work):
    env = dict(os.environ, PATCHELF_DEBUG="1", srcdir=".")
    prefix = f"{TARGETS[target][0]}-" if TARGETS[target] else ""
    for tool in ("strip", "objdump", "objcopy", "readelf"):
        env[tool.upper()] = prefix + tool
    if TARGETS[target]:
        library = os.path.join(work, "foreign_exec.so")
        subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "foreign_exec.c"), "-ldl"], check=True)
        triplet, machine, emulator, _ = TARGETS[target]
        env.update(LD_PRELOAD=library, FOREIGN_MACHINE=str(machine), FOREIGN_EMULATOR=shutil.which(emulator), FOREIGN_ROOT=f"/usr/{triplet}")
    return env


def result(status):
    return {0: "pass", 77: "skip"}.get(status, "fail")


def separate(work):
    """Mounts of its own: a small /dev, and over /usr a layer with the loaders of the targets."""
    if os.geteuid() != 0:
        return
    if os.environ.get("PATCHELF_SUITE_SEPARATE") != "1":
        os.environ["PATCHELF_SUITE_SEPARATE"] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, os.path.abspath(__file__), *sys.argv[1:]])
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/dev"], check=True)
    for name, minor in (("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)):
        subprocess.run(["mknod", "-m", "666", f"/dev/{name}", "c", "1", str(minor)], check=True)
    subprocess.run(["mknod", "-m", "666", "/dev/tty", "c", "5", "0"], check=True)
    os.mkdir("/dev/shm", 0o1777)
    for name, descriptor in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{descriptor}", f"/dev/{name}")
    layer = os.path.join(work, "layer")
    os.makedirs(layer, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", layer], check=True)
    for target in TARGETS.values():
        loader = f"/usr/{target[0]}/lib{'64' if target[3].startswith('/lib64') else ''}/{os.path.basename(target[3])}" if target else ""
        if target and not os.path.exists(loader):
            loader = f"/usr/{target[0]}/lib/{os.path.basename(target[3])}"
        if target and os.path.exists(loader):
            place = f"{layer}/upper{os.path.dirname(target[3])}"
            os.makedirs(place, exist_ok=True)
            os.symlink(loader, os.path.join(place, os.path.basename(target[3])))
    os.makedirs(f"{layer}/upper", exist_ok=True)
    os.makedirs(f"{layer}/work", exist_ok=True)
    if subprocess.run(["mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/usr,upperdir={layer}/upper,workdir={layer}/work", "/usr"]).returncode:
        print("no layer over /usr: some tests of other machines fail for both", file=sys.stderr)


def suite(version, target, jwheel, work, only):
    """Runs the tests twice, prints a row, and returns the tests that are neither passed nor excepted."""
    copy = build(fetch(version, work), target, work)
    env = environment(target, work)
    results = {}
    seconds = {}
    for tool, program in (("patchelf", os.path.join(copy, "src/patchelf.real")), ("jwheel", launcher(jwheel, work))):
        shutil.copy(program, os.path.join(copy, "src/patchelf"))
        started = time.monotonic()
        for name in tests(copy):
            if only and name not in only and name[:-3] not in only:
                continue
            log = os.path.join(work, f"{version}-{target}-{tool}-{name}.log")
            if os.path.exists(log):
                os.remove(log)
            shutil.rmtree(os.path.join(copy, "tests/scratch", name[:-3]), ignore_errors=True)
            results.setdefault(name, {})[tool] = result(run([f"./{name}"], cwd=os.path.join(copy, "tests"), env=env, log=log))
        seconds[tool] = time.monotonic() - started
    counts = {tool: [sum(1 for of in results.values() if of[tool] == kind) for kind in ("pass", "fail", "skip")] for tool in seconds}
    worse = [name for name, of in results.items() if of["patchelf"] == "pass" and of["jwheel"] == "fail"]
    better = [name for name, of in results.items() if of["patchelf"] == "fail" and of["jwheel"] == "pass"]
    skipped = [name for name, of in results.items() if (of["patchelf"] == "skip") != (of["jwheel"] == "skip")]
    cell = lambda names: ", ".join(f"`{name[:-3]}`" for name in names) or "-"
    row = [version, target, " / ".join(map(str, counts["patchelf"])), " / ".join(map(str, counts["jwheel"])), cell(worse), cell(better), f"{seconds['patchelf']:.0f} / {seconds['jwheel']:.0f}"]
    print("| " + " | ".join(row) + " |", flush=True)
    return [f"{version} {target} {name}" for name in worse if name not in EXCEPTIONS] + [f"{version} {target} {name} (skipped by one)" for name in skipped]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--jwheel", default=os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(HERE))), "target/jwheel/bin/jwheel"))
    arguments.add_argument("--work", help="keeps sources, programs and the tests' output")
    arguments.add_argument("--target", action="append", choices=TARGETS, default=[])
    arguments.add_argument("--only", action="append", default=[])
    arguments.add_argument("versions", nargs="*", metavar="VERSION", default=["0.18.0"])
    chosen = arguments.parse_args()
    if unknown := [version for version in chosen.versions if version not in VERSIONS]:
        arguments.error(f"VERSION is one of {', '.join(VERSIONS)}, not {unknown[0]}")
    if not chosen.work:
        chosen.work = os.environ.setdefault("PATCHELF_SUITE_WORK", tempfile.mkdtemp(prefix="patchelf-suite-"))
    work = os.path.abspath(chosen.work)
    os.makedirs(work, exist_ok=True)
    separate(work)
    jwheel = [os.path.abspath(chosen.jwheel)]
    print("| version | machine | patchelf: pass / fail / skip | jwheel: pass / fail / skip | only jwheel fails | only patchelf fails | seconds |")
    print("|---|---|---|---|---|---|---|")
    bad = []
    for version in chosen.versions:
        for target in chosen.target or [name for name, of in TARGETS.items() if not of or shutil.which(f"{of[0]}-gcc") and shutil.which(of[2])]:
            bad += suite(version, target, jwheel, work, chosen.only)
    for name in bad:
        print(f"not excepted: {name}", file=sys.stderr)
    if not os.environ.get("PATCHELF_SUITE_WORK") == work:
        sys.exit(1 if bad else 0)
    if not bad:
        shutil.rmtree(work)
    else:
        print(f"see {work}", file=sys.stderr)
    sys.exit(1 if bad else 0)


main()
