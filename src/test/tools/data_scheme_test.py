#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Repairs wheels that install libraries into the prefix (NAME.data/data), installs what comes out, and asks ldd of every ELF file there.

usage: data_scheme_test.py [options] [WHEEL...]

Without a wheel: gmsh, tbb and intel_openmp of PyPI, which are downloaded. tbb needs libhwloc.so.15 of the system (Debian: libhwloc15), gmsh what a program with a window needs.

Each result is installed by pip into an environment of its own and into a directory with --target, and by uv into another: pip leaves out what --target would put into lib of the prefix. Everywhere
ldd has to find every library that an ELF file which is there needs, but for those of --exclude; a grafted library has to be the one that was installed. gmsh is imported and makes a mesh
where its library is. A wheel made here has a program in data/bin that needs a graft, which is started everywhere.

Exit 0 when everything held, 1 otherwise. For Linux on x86_64.
"""
import argparse
import fnmatch
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from compare_auditwheel import ROOT, Pinned, download

WHEELS = [
    Pinned("gmsh", "4.15.2", "py2.py3-none-manylinux_2_24_x86_64"),
    Pinned("tbb", "2023.2.0", "py2.py3-none-manylinux_2_28_x86_64"),
    Pinned("intel_openmp", "2026.2.0", "py2.py3-none-manylinux_2_28_x86_64"),
]

# What other packages bring, which are installed into the same prefix: those of the compiler and of tbb.
EXCLUDES = {
    "intel_openmp": ["libimf.so", "libintlc.so.*", "libirng.so", "libsvml.so", "libsycl.so.*", "libur_loader.so.*", "libhwloc.so.*"],
    "mkl": ["libtbb.so.*", "libiomp5.so", "libsycl.so.*", "libOpenCL.so.*", "libmpi*.so*", "libur_loader.so.*"],
}

USES = {
    "gmsh": """
import ctypes.util, glob, os, sys
for library in glob.glob(os.path.join(sys.path[-1], "lib", "libgmsh.so.*")):  # gmsh.py itself looks there in an environment only
    ctypes.util.find_library = lambda name: library
import gmsh
gmsh.initialize()
gmsh.option.setNumber("General.Terminal", 0)
gmsh.model.occ.addSphere(0, 0, 0, 1)
gmsh.model.occ.synchronize()
gmsh.model.mesh.generate(3)
assert len(gmsh.model.mesh.getNodes()[0]) > 20
gmsh.finalize()
maps = open("/proc/self/maps").read()
assert "/lib/gmsh.libs/libfreetype-" in maps and "/libfreetype.so" not in maps, "the grafted library is loaded"
"""
}


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


def elf_files(directory):
    for path in sorted(directory.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with open(path, "rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def installed(wheel, prefix):
    """The ELF files of a wheel in the prefix."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            words = name.split("/", 2)
            if len(words) == 3 and words[0].endswith(".data") and words[1] == "data" and archive.read(name)[:4] == b"\x7fELF":
                yield prefix / words[2]


def problems(files, excludes, prefix):
    for path in files:
        for line in subprocess.run(["ldd", path], capture_output=True, text=True).stdout.splitlines():
            name, _, found = line.strip().partition(" => ")
            if found == "not found" and not any(fnmatch.fnmatchcase(name, pattern) for pattern in excludes):
                yield f"{path.relative_to(prefix)} does not find {name}"
            elif re.search(r"-[0-9a-f]{8}\.", name) and not found.startswith(str(prefix) + "/"):
                yield f"{path.relative_to(prefix)} finds {name} at {found}"


def check(jwheel, wheel, place):
    distribution = wheel.name.split("-")[0]
    excludes = EXCLUDES.get(distribution, [])
    options = [word for pattern in excludes for word in ("--exclude", pattern)]
    run(jwheel, "repair", "-q", *options, "-w", place / "out", wheel)
    (result,) = (place / "out").glob("*.whl")
    run(sys.executable, "-m", "venv", place / "environment")
    python = place / "environment" / "bin" / "python"
    run(python, "-m", "pip", "-q", "install", "--no-deps", "--no-index", result)
    run(python, "-m", "pip", "-q", "install", "--no-deps", "--no-index", "--target", place / "target", result)
    found = []
    for prefix, path in ((place / "environment", None), (place / "target", place / "target")):
        files = list(installed(result, prefix))
        found += problems(files, excludes, prefix)
        if distribution in USES:
            program = f"import sys; sys.path.append({str(path)!r})\n" if path else ""
            used = subprocess.run([sys.executable if path else python, "-c", program + USES[distribution]], capture_output=True, text=True)
            if used.returncode:
                found.append(f"{prefix.name}: {used.stderr}")
        print(f"{result.name}: {len(files)} files in {prefix.name}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", nargs="*", type=Path, metavar="WHEEL")
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target" / "jwheel" / "bin" / "jwheel", help="the command (default: the one that `mvn package` makes)")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        wheels = options.wheels or [download(sys.executable, pinned, directory) for pinned in WHEELS]
        for number, wheel in enumerate(wheels):
            (directory / str(number)).mkdir()
            found += check(options.jwheel.resolve(), wheel, directory / str(number))
    for problem in found:
        print(problem, file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
