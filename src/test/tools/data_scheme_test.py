#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Repairs wheels that install libraries into the prefix (NAME.data/data), installs what comes out, and asks ldd of every ELF file there.

usage: data_scheme_test.py [options] [WHEEL...]

Without a wheel: gmsh, tbb and intel_openmp of PyPI, which are downloaded with pip. tbb needs libhwloc.so.15 of the system (Debian: libhwloc15), gmsh what a program with a window needs.

Each result is installed by pip into an environment of its own and into a directory with --target, and by uv into another: pip leaves out what --target would put into lib of the prefix. Everywhere
ldd has to find every library that an ELF file which is there needs, but for those of --exclude; a grafted library has to be the one that was installed. gmsh is imported and makes a mesh
where its library is. A wheel made here has a program in data/bin that needs a graft, which is started everywhere.

Exit 0 when everything held, 1 otherwise. For Linux on x86_64, with gcc.
"""
import argparse
import fnmatch
import platform
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from compare_auditwheel import ROOT, Pinned, download

TOOLS = ["pip==26.3", "uv==0.13.9"]
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


def installed(wheel, prefix, packages):
    """The ELF files of a wheel that an installer has put into a prefix and a directory of packages."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            words = name.split("/", 2)
            data = len(words) == 3 and words[0].endswith(".data")
            place = packages / name if not data else prefix / words[2] if words[1] == "data" else prefix / "bin" / words[2]
            if archive.read(name)[:4] == b"\x7fELF" and place.exists():
                yield place


def problems(files, excludes, prefix):
    for path in files:
        for line in subprocess.run(["ldd", path], capture_output=True, text=True).stdout.splitlines():
            name, _, found = line.strip().partition(" => ")
            if found == "not found" and not any(fnmatch.fnmatchcase(name, pattern) for pattern in excludes):
                yield f"{path.relative_to(prefix)} does not find {name}"
            elif re.search(r"-[0-9a-f]{8}\.", name) and not found.startswith(str(prefix) + "/"):
                yield f"{path.relative_to(prefix)} finds {name} at {found}"


def made(place):
    """A wheel with a program in data/bin and a library in data/lib that need a library of the host, which is made too."""
    place.mkdir()
    (place / "foo.c").write_text("int foo(void) { return 42; }\n")
    (place / "prog.c").write_text("#include <stdio.h>\nint foo(void);\nint main(void) { printf(\"%d\\n\", foo()); return 0; }\n")
    (place / "lib.c").write_text("#include <stdio.h>\nint foo(void);\nint bar(void) { return puts(\"\") + foo(); }\n")
    run("gcc", "-shared", "-fPIC", "-Wl,-soname,libfoo.so.1", place / "foo.c", "-o", place / "libfoo.so.1")
    run("gcc", place / "prog.c", place / "libfoo.so.1", "-o", place / "prog")
    run("gcc", "-shared", "-fPIC", "-Wl,-soname,libbar.so.1", place / "lib.c", place / "libfoo.so.1", "-o", place / "libbar.so.1")
    tag = f"py3-none-linux_{platform.machine()}"
    wheel = place / f"made-1.0-{tag}.whl"
    texts = {"METADATA": "Metadata-Version: 2.1\nName: made\nVersion: 1.0\n", "WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: {tag}\n"}
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(place / "prog", "made-1.0.data/data/bin/made")
        archive.write(place / "libbar.so.1", "made-1.0.data/data/lib/libbar.so.1")
        for name, text in texts.items():
            archive.writestr(f"made-1.0.dist-info/{name}", text)
        archive.writestr("made-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in archive.namelist() + ["made-1.0.dist-info/RECORD"]))
    return wheel


def check(jwheel, tools, wheel, place):
    distribution = wheel.name.split("-")[0]
    excludes = EXCLUDES.get(distribution, [])
    options = [word for pattern in excludes for word in ("--exclude", pattern)]
    if distribution == "made":
        options += ["--ldpaths", str(wheel.parent)]
    run(jwheel, "repair", "-q", *options, "-w", place / "out", wheel)
    (result,) = (place / "out").glob("*.whl")
    run(sys.executable, "-m", "venv", place / "environment")
    python = place / "environment" / "bin" / "python"
    run(python, "-m", "pip", "-q", "install", "--no-deps", "--no-index", result)
    run(tools / "pip", "-q", "install", "--no-deps", "--no-index", "--target", place / "pip", result)
    run(tools / "uv", "pip", "install", "-q", "--no-deps", "--no-index", "--target", place / "uv", result)
    (packages,) = (place / "environment" / "lib").glob("python*/site-packages")
    found = []
    for prefix, packages in ((place / "environment", packages), (place / "pip", place / "pip"), (place / "uv", place / "uv")):
        files = list(installed(result, prefix, packages))
        found += [f"{prefix.name}: {problem}" for problem in problems(files, excludes, prefix)]
        target = packages == prefix
        if distribution in USES and any("libgmsh" in file.name for file in files):
            program = f"import sys; sys.path.append({str(prefix)!r})\n" if target else ""
            used = subprocess.run([tools / "python" if target else python, "-c", program + USES[distribution]], capture_output=True, text=True)
            if used.returncode:
                found.append(f"{prefix.name}: {used.stderr}")
        if distribution == "made":
            used = subprocess.run([prefix / "bin" / "made"], capture_output=True, text=True)
            if used.stdout != "42\n":
                found.append(f"{prefix.name}: bin/made prints {used.stdout}{used.stderr}")
        print(f"{result.name}: {len(files)} files by {prefix.name}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", nargs="*", type=Path, metavar="WHEEL")
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target" / "jwheel" / "bin" / "jwheel", help="the command (default: the one that `mvn package` makes)")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        run(sys.executable, "-m", "venv", directory / "tools")
        tools = directory / "tools" / "bin"
        run(tools / "pip", "-q", "install", *TOOLS)
        wheels = options.wheels or [download(sys.executable, pinned, directory) for pinned in WHEELS]
        wheels = [made(directory / "made"), *wheels]
        for number, wheel in enumerate(wheels):
            (directory / str(number)).mkdir()
            found += check(options.jwheel.resolve(), tools, wheel, directory / str(number))
    for problem in found:
        print(problem, file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
