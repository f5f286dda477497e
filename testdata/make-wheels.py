#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the wheels of testdata/wheels, the library trees of testdata/trees and their README.md files, from the C sources in testdata/wheels/src.

usage: testdata/make-wheels.py

Needs the Debian packages gcc, gcc-aarch64-linux-gnu, gcc-i686-linux-gnu, gcc-s390x-linux-gnu, binutils and python3. The same tools make the same bytes: no build ids, no
paths, no times. What a fixture needs of the C library it needs of a stand-in linked on the spot, whose version names are real, so no old system is wanted. Each fixture is
one call of `wheel` or `tree` below; the verdicts in the README.md come from src/test/resources/expected/bundled-wheels.tsv.
"""
import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "wheels" / "src"
EXPECTED = HERE.parent / "src" / "test" / "resources" / "expected" / "bundled-wheels.tsv"
WORK = Path(tempfile.mkdtemp())

# ---- ELF files -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """An architecture: its compiler, the first glibc version it has, its dynamic loader."""

    compiler: str
    glibc: str
    interpreter: str


TARGETS = {
    "x86_64": Target("x86_64-linux-gnu-gcc", "GLIBC_2.2.5", "/lib64/ld-linux-x86-64.so.2"),
    "i686": Target("i686-linux-gnu-gcc", "GLIBC_2.0", "/lib/ld-linux.so.2"),
    "aarch64": Target("aarch64-linux-gnu-gcc", "GLIBC_2.17", "/lib/ld-linux-aarch64.so.1"),
    "s390x": Target("s390x-linux-gnu-gcc", "GLIBC_2.2", "/lib/ld64.so.1"),
}


@dataclass(frozen=True)
class Use:
    """Functions that a file calls, the library they come from (none: the process), and the version they have there (none: unversioned)."""

    library: str
    version: str
    functions: tuple
    weak: bool = False


def uses(library, version, *functions, weak=False):
    return Use(library, version, functions, weak)


def libc(arch="x86_64"):
    """What every ordinary file needs: one function of the oldest C library of its architecture."""
    return uses("libc.so.6", TARGETS[arch].glibc, "malloc")


def run(*command):
    subprocess.run([str(word) for word in command], check=True, cwd=SOURCES, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})


def scratch(suffix):
    return Path(tempfile.mkstemp(suffix, dir=WORK)[1])


def compile(arch, source, *flags):
    target = scratch(".o")
    native = ["-march=x86-64", "-fcf-protection=none"] if arch == "x86_64" else []
    quiet = ["-w", "-Os", "-fno-builtin", "-fno-ident", "-fno-asynchronous-unwind-tables", "-fno-stack-protector"]
    run(TARGETS[arch].compiler, "-c", "-fPIC", *quiet, *native, *flags, "-o", target, source)
    return target


def link(arch, *arguments):
    target = scratch(".so")
    small = ["--build-id=none", "-z,max-page-size=4096", "-z,noseparate-code", "--hash-style=gnu", "--no-as-needed", "-s"]
    run(TARGETS[arch].compiler, "-nostdlib", "-nostartfiles", *[f"-Wl,{flag}" for flag in small], *arguments, "-o", target)
    return target


def calls(needs):
    return "-DCALLS=" + " ".join(f"{'WEAK' if use.weak else 'CALL'}({function})" for use in needs for function in use.functions)


def version_script(definitions):
    """definitions: version (or none) -> functions"""
    script = scratch(".map")
    named = [f"{version} {{ global: {' '.join(f'{function};' for function in functions)} }};\n" for version, functions in definitions.items() if version]
    script.write_text("".join(named).replace("};", "local: __nothing; };"))
    return [f"-Wl,--version-script={script}"] if named else []


def define(definitions):
    return "-DDEFINITIONS=" + " ".join(f"DEFINE({function})" for functions in definitions.values() for function in functions)


def stand_ins(arch, needs):
    """One stand-in for each library that something is used of, in the order of first use."""
    libraries = {}
    for use in needs:
        if use.library:
            libraries.setdefault(use.library, {}).setdefault(use.version, []).extend(use.functions)
    return [
        link(arch, "-shared", f"-Wl,-soname,{name}", compile(arch, "library.c", "-DCALLS=", define(definitions)), *version_script(definitions))
        for name, definitions in libraries.items()
    ]


def search(rpath, runpath):
    if rpath:
        return ["-Wl,--disable-new-dtags", f"-Wl,-rpath,{rpath}"]
    return ["-Wl,--enable-new-dtags", f"-Wl,-rpath,{runpath}"] if runpath else []


def tweak(path, *changes):
    """The bytes of the file after changes that no linker makes."""
    for change in changes:
        run(sys.executable, HERE / "elf" / "src" / "tweak.py", path, *change.split())
    return path.read_bytes()


def module(name, *needs, arch="x86_64", init="PyInit_", rpath=None, runpath=None, flags=(), defines=(), tweaks=()):
    object = compile(arch, "module.c", f"-DINIT={init}{name}", calls(needs), *defines)
    return tweak(link(arch, "-shared", object, *stand_ins(arch, needs), *search(rpath, runpath), *flags), *tweaks)


def library(soname, definitions, *needs, arch="x86_64", rpath=None, runpath=None, flags=(), tweaks=()):
    object = compile(arch, "library.c", calls(needs), define(definitions))
    named = [f"-Wl,-soname,{soname}"] if soname else []
    parts = [*stand_ins(arch, needs), *version_script(definitions), *search(rpath, runpath)]
    return tweak(link(arch, "-shared", *named, object, *parts, *flags), *tweaks)


def program(*needs, arch="x86_64", rpath=None, runpath=None, flags=()):
    start = [f"-Wl,-dynamic-linker,{TARGETS[arch].interpreter}", *search(rpath, runpath)]
    return link(arch, "-pie", compile(arch, "program.c", calls(needs)), *stand_ins(arch, needs), *start, *flags).read_bytes()


def static_program(arch="x86_64"):
    return link(arch, "-static", compile(arch, "program.c", "-DCALLS=")).read_bytes()


def object_file(arch="x86_64"):
    return compile(arch, "library.c", "-DCALLS=", "-DDEFINITIONS=DEFINE(in_object_file)").read_bytes()


# ---- wheels and trees ------------------------------------------------------------------------------------------------------------------


@dataclass
class Fixture:
    name: str
    shows: str


WHEELS, TREES = [], []
VERSION = "1.0"
DIRECTORY = object()


def digest(content):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def record(members, unlisted, own):
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for path, content in members.items():
        if path not in unlisted:
            rows.writerow([path, digest(content), len(content)])
    rows.writerow([own, "", ""])
    return text.getvalue().encode()


def wheel(name, tag, shows, members, pure=False, tags=None, unlisted=()):
    """Packs a wheel. tags: those of WHEEL, where they are not those of the file name; unlisted: members that RECORD does not name."""
    info = f"{name}-{VERSION}.dist-info"
    python, abi, platforms = tag.split("-")
    product = [f"{p}-{a}-{f}" for p in python.split(".") for a in abi.split(".") for f in platforms.split(".")]
    members = dict(members)
    members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSION}\nSummary: {shows}\n".encode()
    lines = ["Wheel-Version: 1.0", "Generator: make-wheels.py", f"Root-Is-Purelib: {str(pure).lower()}", *[f"Tag: {t}" for t in tags or product]]
    members[f"{info}/WHEEL"] = ("\n".join(lines) + "\n").encode()
    members[f"{info}/RECORD"] = record(members, unlisted, f"{info}/RECORD")
    file = f"{name}-{VERSION}-{tag}.whl"
    with zipfile.ZipFile(HERE / "wheels" / file, "w") as archive:
        for path, content in members.items():
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100755 if content[:4] == b"\x7fELF" else 0o100644) << 16
            entry.create_system = 3
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    WHEELS.append(Fixture(file, shows))


def extension(name, shows, *needs, tag="cp311-cp311-linux_x86_64", libc_name="gnu", others=None, **options):
    """A wheel of one extension module at the top, called as CPython calls it, and maybe other members."""
    target = f".cpython-311-x86_64-linux-{libc_name}" if tag.startswith("cp311") and tag.endswith("x86_64") else ""
    wheel(name, tag, shows, {f"{name}{target}.so": module(name, *needs, **options), **(others or {})})


def link_to(target):
    return ("link", target)


def tree(name, shows, entries, archive=None):
    """A directory of libraries: path -> content, a link, or a directory; also packed as an archive where a name for it is given."""
    root = HERE / "trees" / name
    for path, content in entries.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if content is DIRECTORY:
            place.mkdir()
            (place / "README").write_text("A directory where a library is wanted.\n")
        elif isinstance(content, tuple):
            place.symlink_to(content[1])
        else:
            place.write_bytes(content)
    if archive:
        pack(root, HERE / "trees" / archive)
        shows += f" The same as an archive: `{archive}`."
    TREES.append(Fixture(name, shows))


def pack(root, target):
    def plain(member):
        member.uid = member.gid = member.mtime = 0
        member.uname = member.gname = ""
        member.mode = 0o755 if member.isdir() else 0o644
        return member

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(root.rglob("*")):
            archive.add(path, str(path.relative_to(root)), recursive=False, filter=plain)
    command = {".gz": ["gzip", "-9n"], ".xz": ["xz", "-9"], ".zst": ["zstd", "-19", "-q"], ".tar": ["cat"]}[target.suffix]
    target.write_bytes(subprocess.run(command, input=buffer.getvalue(), stdout=subprocess.PIPE, check=True).stdout)


# ---- the fixtures ----------------------------------------------------------------------------------------------------------------------


def example():
    foo = link("x86_64", "-shared", "-Wl,-soname,libfoo.so.1", compile("x86_64", "foo.c")).read_bytes()
    tree("example", "`libfoo.so.1`, the external library of the example wheel. It works: `foo_fold` adds up bytes.", {"libfoo.so.1": foo})
    needs = [
        uses("libfoo.so.1", None, "foo_fold"),
        uses("libz.so.1", None, "crc32"),
        uses("libc.so.6", "GLIBC_2.2.5", "malloc", "free"),
        uses("libc.so.6", "GLIBC_2.14", "memcpy"),
    ]
    shows = "A checksum module that needs zlib, an external libfoo and memcpy of GLIBC_2.14"
    source = b'"""A checksum."""\nfrom example.example import checksum\n\n__all__ = ["checksum"]\n'
    binary = link("x86_64", "-shared", compile("x86_64", "example.c"), *stand_ins("x86_64", needs), "-Wl,-z,now").read_bytes()
    wheel("example", "cp38-abi3-linux_x86_64", shows, {"example/__init__.py": source, "example/example.abi3.so": binary})


def headers_and_hashes():
    extension("no_section_headers", "No section headers; GLIBC_2.29 (case 1)", libc(), uses("libm.so.6", "GLIBC_2.29", "exp"), tweaks=["no-section-headers"])
    for style in ("gnu", "sysv"):
        extension(
            f"hash_{style}",
            f"No section headers, {'DT_GNU_HASH' if style == 'gnu' else 'DT_HASH'} alone; uncompress2, which zlib before 1.2.11 lacks or hides (case 6)",
            libc(),
            uses("libz.so.1", None, "inflate", "uncompress2", "crc32"),
            flags=[f"-Wl,--hash-style={style}"],
            tweaks=["no-section-headers"],
        )


def versions():
    extension("plain", "Nothing but the oldest C library", libc())
    extension("plain_aarch64", "Nothing but the oldest C library", libc("aarch64"), arch="aarch64", tag="cp311-cp311-linux_aarch64")
    extension("plain_s390x", "Nothing but the oldest C library, big-endian", libc("s390x"), arch="s390x", tag="cp311-cp311-linux_s390x")
    gcc = uses("libgcc_s.so.1", "GCC_4.5.0", "__divtf3")
    extension("gcc_4_5_i686", "GCC_4.5.0, which manylinux2010 allows on i686", libc("i686"), gcc, arch="i686", tag="cp311-cp311-linux_i686")
    vector = uses("libmvec.so.1", "GLIBC_2.22", "_ZGVbN2v_sin")
    extension("libmvec", "Needs libmvec, which manylinux_2_24 is the first to allow", libc(), vector)
    extension("foreign_version", "GLIBC_2.0, a version name that x86_64 never had", uses("libc.so.6", "GLIBC_2.0", "malloc"))

    weak = "libm.so.6", "GLIBC_2.29", "exp"
    extension("weak_need", "GLIBC_2.29 flagged weak and used by a weak symbol alone: optional (case 16)", libc(), uses(*weak, weak=True), tweaks=["weak-needs libm.so.6"])
    extension("weak_symbol", "GLIBC_2.29 used by a weak symbol alone, but not flagged weak: needed (case 16)", libc(), uses(*weak, weak=True))
    extension("weak_need_strong_symbol", "GLIBC_2.29 flagged weak but used by a strong symbol: needed (case 16)", libc(), uses(*weak), tweaks=["weak-needs libm.so.6"])

    extension("glibc_private", "GLIBC_PRIVATE (case 17)", libc(), uses("libc.so.6", "GLIBC_PRIVATE", "__libc_dlopen_mode"))
    relr = ["-Wl,-z,pack-relative-relocs"]
    extension("glibc_abi_dt_relr", "Packed relative relocations: GLIBC_ABI_DT_RELR (case 17)", libc(), flags=relr, defines=["-DPOINTER"])
    extension("glibc_2_99", "GLIBC_2.99, newer than every policy (case 17)", libc(), uses("libc.so.6", "GLIBC_2.99", "pthread_cond_clockwait_relative"))
    extension("glibc_abi_gnu2_tls", "GLIBC_ABI_GNU2_TLS (case 17)", libc(), uses("libc.so.6", "GLIBC_ABI_GNU2_TLS", "__gnu2_tls_marker"))
    openssl = uses("libcrypto.so.3", "OPENSSL_3.0.0", "EVP_DigestInit_ex2")
    extension("openssl_missing", "OPENSSL_3.0.0, a version no policy speaks of, of an external library (case 17)", libc(), openssl)
    crypto = library("libcrypto.so.3", {"OPENSSL_3.0.0": ["EVP_DigestInit_ex2"]}, libc())
    extension(
        "openssl_bundled",
        "OPENSSL_3.0.0 of a library in the wheel (case 17)",
        libc(),
        openssl,
        runpath="$ORIGIN/openssl_bundled.libs",
        others={"openssl_bundled.libs/libcrypto.so.3": crypto},
    )

    exit_function = "__cxa_thread_atexit_impl"
    arm = {"arch": "aarch64", "tag": "cp311-cp311-linux_aarch64"}
    new = uses("libc.so.6", "GLIBC_2.18", exit_function)
    extension("thread_atexit_aarch64", f"{exit_function}@GLIBC_2.18, which manylinux2014 forbids by name on aarch64 (case 18)", libc("aarch64"), new, **arm)
    optional = uses("libc.so.6", "GLIBC_2.18", exit_function, weak=True)
    extension("thread_atexit_weak_aarch64", f"a weak {exit_function}@GLIBC_2.18 (case 18)", libc("aarch64"), optional, **arm)
    extension("thread_atexit_x86_64", f"{exit_function}@GLIBC_2.18, ruled out by its version on x86_64 (case 18)", libc(), new)

    claimed = "cp311-cp311-manylinux2014_aarch64"
    extension("false_claim", "Claims manylinux2014 and needs GLIBC_2.29 (case 19)", libc("aarch64"), uses(*weak), arch="aarch64", tag=claimed)


def helpers():
    """Libraries in the wheel that a module needs."""
    help = uses("libhelper.so", None, "help")
    at_hand = {"runpath": "$ORIGIN/helpers"}

    def helped(name, shows, binary, *needs, **options):
        extension(name, shows, libc(), help, *needs, others={"helpers/libhelper.so": binary}, **at_hand, **options)

    internal = uses("libz.so.1", None, "inflate_table")
    helped("helper_forbidden_symbol", "A library in the wheel uses inflate_table of zlib (case 14)", library("libhelper.so", {None: ["help"]}, libc(), internal))
    v4 = ["-Wl,-z,x86-64-v4"]
    helped("helper_isa_v4", "A library in the wheel is marked as needing x86-64-v4 (case 14)", library("libhelper.so", {None: ["help"]}, libc(), flags=v4))

    grafted = uses("libgrafted.so.1", None, "graft")
    extension("graft_forbidden_symbol", "An external library uses inflate_table of zlib: tree `graft-forbidden-symbol` (case 14)", libc(), grafted)
    tree("graft-forbidden-symbol", "`libgrafted.so.1` uses inflate_table of zlib.", {"libgrafted.so.1": library("libgrafted.so.1", {None: ["graft"]}, libc(), internal)})
    extension("graft_isa_v4", "An external library is marked as needing x86-64-v4: tree `graft-isa-v4`", libc(), grafted)
    tree("graft-isa-v4", "`libgrafted.so.1` is marked as needing x86-64-v4.", {"libgrafted.so.1": library("libgrafted.so.1", {None: ["graft"]}, libc(), flags=v4)})
    extension("graft_version", "An external library needs GLIBC_2.29: tree `graft-version`", libc(), grafted)
    exp = uses("libm.so.6", "GLIBC_2.29", "exp")
    tree("graft-version", "`libgrafted.so.1` needs GLIBC_2.29.", {"libgrafted.so.1": library("libgrafted.so.1", {None: ["graft"]}, libc(), exp)})

    def bundled(name, shows, file, binary, need, **options):
        extension(name, shows, libc(), need, others={f"{name}.libs/{file}": binary}, **options)

    def near(name):
        return {"runpath": f"$ORIGIN/{name}.libs"}

    zlib = "libmyz-0123abcd.so.1"
    name = "bundled_version"
    newest = uses(zlib, "ZLIB_9.9", "inflate_new")
    bundled(name, "ZLIB_9.9 of a renamed library in the wheel that defines it (case 15)", zlib, library(zlib, {"ZLIB_9.9": ["inflate_new"]}, libc()), newest, **near(name))
    name = "bundled_version_undefined"
    older = library(zlib, {"ZLIB_1.2.0": ["inflate_new"]}, libc())
    bundled(name, "ZLIB_9.9 of a renamed library in the wheel that does not define it (case 15)", zlib, older, newest, **near(name))
    name = "bundled_libstdcxx"
    cxx = uses("libstdc++.so.6", "GLIBCXX_3.4.30", "_ZSt1vfoo")
    unrenamed = library("libstdc++.so.6", {"GLIBCXX_3.4.30": ["_ZSt1vfoo"]}, libc())
    bundled(name, "GLIBCXX_3.4.30 of an unrenamed libstdc++.so.6 in the wheel: the host's may be loaded in its stead", "libstdc++.so.6", unrenamed, cxx, **near(name))
    name = "bundled_libstdcxx_renamed"
    file = "libstdc++-0123abcd.so.6"
    renamed = library(file, {"GLIBCXX_3.4.30": ["_ZSt1vfoo"]}, libc(), uses("libc.so.6", "GLIBC_2.14", "memcpy"))
    own = uses(file, "GLIBCXX_3.4.30", "_ZSt1vfoo")
    bundled(name, "GLIBCXX_3.4.30 of a renamed libstdc++ in the wheel, which needs GLIBC_2.14 itself", file, renamed, own, **near(name))
    name = "bundled_not_reached"
    library_x = library("libx.so.1", {None: ["x"]}, libc())
    bundled(name, "Needs a library that is in the wheel, but has no run path that leads to it", "libx.so.1", library_x, uses("libx.so.1", None, "x"))


def run_paths():
    """Libraries in the wheel that only one of the two ways of looking finds."""
    b = library("libb.so.1", {None: ["b"]}, libc())
    needs_a, needs_b = uses("liba.so.1", None, "a"), uses("libb.so.1", None, "b")

    def chain(name, shows, members, **options):
        extension(name, shows, libc(), needs_a, others={f"{name}.libs/{path}": content for path, content in members.items()}, **options)

    name = "runpath_not_inherited"
    a = library("liba.so.1", {None: ["a"]}, libc(), needs_b)
    chain(name, "A library needs another in its directory, and only the module has a RUNPATH there", {"liba.so.1": a, "libb.so.1": b}, runpath=f"$ORIGIN/{name}.libs")
    name = "rpath_inherited"
    chain(name, "A library needs another in its directory, and the module has an RPATH there", {"liba.so.1": a, "libb.so.1": b}, rpath=f"$ORIGIN/{name}.libs")
    name = "rpath_of_parent"
    a = library("liba.so.1", {None: ["a"]}, libc(), uses("libc1.so.1", None, "c1"), rpath="$ORIGIN/c:$ORIGIN/b")
    c = library("libc1.so.1", {None: ["c1"]}, libc(), needs_b)
    members = {"liba.so.1": a, "c/libc1.so.1": c, "b/libb.so.1": b}
    chain(name, "A library is found by the RPATH of the library that loads the one that needs it", members, rpath=f"$ORIGIN/{name}.libs")


def forbidden_and_isa():
    extension("forbidden_zlib", "uncompress2, which policies before manylinux_2_34 forbid", libc(), uses("libz.so.1", None, "uncompress2"))
    new = uses("libc.so.6", "GLIBC_2.18", "__issignaling")
    extension("forbidden_libc_aarch64", "__issignaling@GLIBC_2.18, which manylinux2014 forbids by name on aarch64", libc("aarch64"), new, arch="aarch64", tag="cp311-cp311-linux_aarch64")
    for level in ("v3", "v4"):
        extension(f"isa_{level}", f"The module is marked as needing x86-64-{level}", libc(), flags=[f"-Wl,-z,x86-64-{level}"])


def pythons():
    python = {"init": "init"}
    undefined = ["-Wl,--unresolved-symbols=ignore-all"]
    fpe = uses(None, None, "PyFPE_jbuf", "PyFPE_counter")
    extension("pyfpe", "Uses PyFPE_jbuf and PyFPE_counter, which only a Python built --with-fpectl has", libc(), fpe, tag="cp35-cp35m-linux_x86_64", flags=undefined)
    narrow, wide = uses(None, None, "PyUnicodeUCS2_FromString"), uses(None, None, "PyUnicodeUCS4_FromString")
    text = "Needs a Python 2 of narrow Unicode"
    extension("ucs2_cp27m", f"{text}, and its ABI tag cp27m says so", libc(), narrow, tag="cp27-cp27m-linux_x86_64", flags=undefined, **python)
    extension("ucs2_untagged", f"{text}, and no ABI tag says so", libc(), narrow, tag="cp27-none-linux_x86_64", flags=undefined, **python)
    extension("ucs2_cp27mu", f"{text}, and its ABI tag cp27mu says the contrary", libc(), narrow, tag="cp27-cp27mu-linux_x86_64", flags=undefined, **python)
    extension("ucs4_cp27mu", "A module for a Python 2 of wide Unicode", libc(), wide, tag="cp27-cp27mu-linux_x86_64", flags=undefined, **python)
    extension("abi_tag_missing", "A module for CPython 2 without an ABI tag (PEP 571, rule 4)", libc(), tag="cp27-none-linux_x86_64", **python)

    libpython = uses("libpython3.11.so.1.0", None, "PyErr_Clear")
    extension("libpython_module", "A module linked to libpython", libc(), libpython)
    wheel("libpython_program", "py3-none-linux_x86_64", "A program linked to libpython", {"libpython_program.data/scripts/embedder": program(libc(), libpython)})


def stacks():
    arm = {"arch": "aarch64", "tag": "cp311-cp311-linux_aarch64"}
    extension("execstack", "Asks for an executable stack", libc(), flags=["-Wl,-z,execstack"])
    absent = ["drop-phdr 0x6474e551"]
    extension("no_gnu_stack", "No PT_GNU_STACK: an executable stack by the default of x86_64", libc(), tweaks=absent)
    extension("no_gnu_stack_aarch64", "No PT_GNU_STACK: no executable stack by the default of aarch64", libc("aarch64"), tweaks=absent, **arm)


def places():
    plain = module("m", libc())
    linux = "cp311-cp311-linux_x86_64"
    wheel("in_purelib", linux, "A module in purelib", {"in_purelib.data/purelib/m.so": plain})
    wheel("in_platlib", linux, "A module in platlib", {"in_platlib.data/platlib/m.so": plain})
    wheel("root_is_purelib", linux, "A platform wheel that says Root-Is-Purelib: true", {"m.so": plain}, pure=True)
    wheel("pure", "py3-none-any", "A wheel without ELF", {"pure.py": b"ANSWER = 42\n"}, pure=True)
    wheel("pure_by_name", "py3-none-any", "A wheel for any platform that holds an x86_64 module", {"m.so": plain}, pure=True)
    wheel("tags_disagree", linux, "WHEEL and the file name disagree", {"m.so": plain}, tags=["py3-none-any"])
    claims = "cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64"
    wheel("undeserved_claim", claims, "Claims manylinux2014 and needs GLIBC_2.34", {"m.so": module("m", uses("libc.so.6", "GLIBC_2.34", "dlopen"))})
    wheel("unlisted", linux, "The module is missing in RECORD and needs GLIBC_2.29", {"m.so": module("m", libc(), uses("libm.so.6", "GLIBC_2.29", "exp"))}, unlisted=["m.so"])
    wheel("comma", linux, "A module with a comma in its name", {"a,b.so": module("m", libc())})
    named_py = module("data", libc(), uses("libm.so.6", "GLIBC_2.29", "exp"))
    wheel("elf_named_py", linux, "A module called data.py needs GLIBC_2.29", {"m.so": plain, "data.py": named_py})
    extension("missing_library", "Needs a library that is nowhere", libc(), uses("libnowhere.so.1", None, "nowhere"))
    damaged = plain[: len(plain) // 2]
    wheel("damaged", linux, "A module cut off in the middle, beside a good one", {"m.so": plain, "damaged.so": damaged})

    i686, aarch64 = module("m", libc("i686"), arch="i686"), module("m", libc("aarch64"), arch="aarch64")
    members = {
        "m.so": plain,
        "i686/m.so": i686,
        "aarch64/m.so": aarch64,
        "part.o": object_file(),
        "static": static_program(),
        "cut.so": damaged,
        "data.py": named_py,
    }
    wheel("mixed", linux, "Three machines, an object file, a static program, a cut off file, an ELF called data.py that needs GLIBC_2.29 (case 28)", members)
    wheel("mixed_any", "py3-none-any", "For any platform by name, with modules for two machines (case 28)", {"m.so": plain, "n.so": aarch64})
    musl = module("m", uses("libc.musl-x86_64.so.1", None, "malloc"))
    wheel("mixed_libcs", linux, "One module for glibc and one for musl", {"glibc.so": plain, "musl.so": musl})


def musl():
    def linked(name, shows, soname, tag="cp311-cp311-linux_x86_64"):
        extension(name, f"{shows} (case 29)", uses(soname, None, "malloc"), tag=tag, libc_name="musl")

    linked("musl_libc_so", "Needs musl as libc.so", "libc.so", "cp311-cp311-musllinux_1_2_x86_64")
    linked("musl_libc_musl", "Needs musl as libc.musl-x86_64.so.1", "libc.musl-x86_64.so.1")
    linked("musl_loader", "Needs musl as ld-musl-x86_64.so.1", "ld-musl-x86_64.so.1")
    other = uses("libc.musl-i386.so.1", None, "malloc")
    extension("musl_i386", "Needs musl as libc.musl-i386.so.1 (case 29)", other, arch="i686", tag="cp311-cp311-linux_i686")
    text = "A module of the stable ABI that needs no library at all: its libc is unknown (case 29)"
    wheel("no_needed", "cp38-abi3-linux_x86_64", text, {"m.abi3.so": module("m")})
    beside = {"m.abi3.so": module("m"), "n.abi3.so": module("n", uses("libc.musl-x86_64.so.1", None, "malloc"))}
    wheel("no_needed_beside_musl", "cp38-abi3-linux_x86_64", "A module that needs no library beside one that needs musl (case 29)", beside)
    extension("no_needed_claims_musl", "A module that needs no library and claims musllinux_1_1 (case 29)", tag="cp311-cp311-musllinux_1_1_x86_64", libc_name="musl")
    frames = [uses("libgcc_s-0123abcd.so.1", "GLIBC_2.0", "__register_frame"), uses("libc.so", None, "malloc")]
    gcc = library("libgcc_s-0123abcd.so.1", {"GLIBC_2.0": ["__register_frame"]}, uses("libc.so", None, "malloc"), arch="aarch64")
    options = {"arch": "aarch64", "tag": "cp311-cp311-musllinux_1_2_aarch64", "runpath": "$ORIGIN/musl_libgcc.libs"}
    extension("musl_libgcc", "For musl, with libgcc, whose frame functions have the version GLIBC_2.0 on musl too", *frames, others={"musl_libgcc.libs/libgcc_s-0123abcd.so.1": gcc}, **options)
    tree("musl-libgcc", "`m.so` needs musl, and GLIBC_2.0 of libgcc.", {"m.so": module("m", *frames, arch="aarch64")})
    q = library("libq.so.1", {None: ["q"]}, uses("libc.musl-x86_64.so.1", None, "malloc"))
    paths = b"/opt/first\n/opt/second:/opt/third\n"
    m = module("m", uses("libq.so.1", None, "q"), uses("libc.musl-x86_64.so.1", None, "malloc"))
    shows = "A musl system whose path file divides directories by newline and colon; `m.so` needs `libq.so.1`, which is in the last one (case 29)."
    tree("musl", shows, {"etc/ld-musl-x86_64.path": paths, "opt/third/libq.so.1": q, "m.so": m}, archive="musl.tar.xz")


def loader():
    """Trees whose roots are meant as system roots."""

    def q(name, soname="libq.so.1", *needs, **options):
        return library(soname, {None: [name]}, libc(), *needs, **options)

    need_q = uses("libq.so.1", None, "q")
    shows = "`libq.so.1` in `/a` and `/b`; the modules find `/a` by RUNPATH or RPATH. With LD_LIBRARY_PATH=/b `runpath.so` gets `/b`, `rpath.so` gets `/a` (case 7)."
    files = {"a/libq.so.1": q("q"), "b/libq.so.1": q("q")}
    tree("search-order", shows, {**files, "runpath.so": module("runpath", libc(), need_q, runpath="/a"), "rpath.so": module("rpath", libc(), need_q, rpath="/a")})

    shows = "`/l/liba.so.1` is a link to `/r/liba.so.1`, whose RUNPATH is `$ORIGIN/sub`; `libb.so.1` is in `/l/sub`: `$ORIGIN` is where the link is (case 8)."
    a = q("a", "liba.so.1", uses("libb.so.1", None, "b"), runpath="$ORIGIN/sub")
    entries = {"r/liba.so.1": a, "l/liba.so.1": link_to("../r/liba.so.1"), "l/sub/libb.so.1": q("b", "libb.so.1")}
    tree("symlink-origin", shows, {**entries, "m.so": module("m", libc(), uses("liba.so.1", None, "a"), runpath="/l")}, archive="symlink-origin.tar.gz")

    shows = "RUNPATH `/opt/$LIB:/platform/${PLATFORM}:x/y`: `libq.so.1` is in `/opt/lib64`, `libp.so.1` in `/platform/x86_64`, `libr.so.1` in `x/y`, which is relative (case 9)."
    needs = [libc(), need_q, uses("libp.so.1", None, "p"), uses("libr.so.1", None, "r")]
    entries = {"opt/lib64/libq.so.1": q("q"), "platform/x86_64/libp.so.1": q("p", "libp.so.1"), "x/y/libr.so.1": q("r", "libr.so.1")}
    tree("tokens", shows, {**entries, "m.so": module("m", *needs, runpath="/opt/$LIB:/platform/${PLATFORM}:x/y")})
    arm = libc("aarch64")
    shows = "RUNPATH `/opt/$LIB` on aarch64 with multiarch directories: `libq.so.1` is in `/opt/lib/aarch64-linux-gnu` (case 9)."
    foreign = library("libq.so.1", {None: ["q"]}, arm, arch="aarch64")
    tree("tokens-aarch64", shows, {"opt/lib/aarch64-linux-gnu/libq.so.1": foreign, "m.so": module("m", arm, need_q, arch="aarch64", runpath="/opt/$LIB")})

    for kind in ("rpath", "runpath"):
        shows = f"`a.so` needs `libb.so.1`, that `libc1.so.1`, that `libd.so.1`, which only the {kind.upper()} `/d` of `libb.so.1` leads to (case 10)."
        a = module("a", libc(), uses("libb.so.1", None, "b"), **{kind: "/b"})
        b = q("b", "libb.so.1", uses("libc1.so.1", None, "c1"), **{kind: "/c:/d"})
        entries = {"a.so": a, "b/libb.so.1": b, "c/libc1.so.1": q("c1", "libc1.so.1", uses("libd.so.1", None, "d")), "d/libd.so.1": q("d", "libd.so.1")}
        tree(f"chain-{kind}", shows, entries)

    shows = "RUNPATH `/1:/2:/3:/4:/5:/6:/7`. `libq.so.1` is in turn a directory, a linker script, a file for aarch64, one cut off, a dangling link, a link to itself, and a good one (case 11)."
    name = "libq.so.1"
    obstacles = [DIRECTORY, b"/* GNU ld script */\nGROUP ( /lib/libq.so.1 )\n", foreign, q("q")[:600], link_to("nowhere"), link_to(name), q("q")]
    entries = {f"{i}/{name}": obstacle for i, obstacle in enumerate(obstacles, 1)}
    tree("obstacles", shows, {**entries, "m.so": module("m", libc(), need_q, runpath=":".join(f"/{i}" for i in range(1, 8)))}, archive="obstacles.tar")


# ---- all of it -------------------------------------------------------------------------------------------------------------------------


def verdicts():
    with EXPECTED.open() as lines:
        return {row["wheel"]: row for row in csv.DictReader(lines, delimiter="\t")}


def readmes():
    expected = verdicts()
    text = (
        "# Wheel fixtures\n\nMade by `testdata/make-wheels.py` from the sources in `src`; this file is made by it too. The cases are those that auditing goes wrong with elsewhere. The verdict is\n"
        "that of `jwheel show` without further options; `src/test/resources/expected/bundled-wheels.tsv` has auditwheel's beside it.\n\n| wheel | what it shows | verdict |\n|---|---|---|\n"
    )
    rows = [f"| `{f.name}` | {f.shows} | {expected[f.name]['jwheel'] if f.name in expected else '?'} |\n" for f in WHEELS]
    (HERE / "wheels" / "README.md").write_text(text + "".join(rows))
    text = (
        "# Trees of libraries\n\nMade by `testdata/make-wheels.py` from the sources in `testdata/wheels/src`; this file is made by it too. Each stands for the root of a system or for a library\n"
        "directory. Where symbolic links cannot be had, use the archive.\n\n| tree | what it shows |\n|---|---|\n"
    )
    (HERE / "trees" / "README.md").write_text(text + "".join(f"| `{f.name}` | {f.shows} |\n" for f in TREES))


def main():
    for old in (HERE / "wheels").glob("*.whl"):
        old.unlink()
    shutil.rmtree(HERE / "trees", ignore_errors=True)
    try:
        for make in (example, versions, headers_and_hashes, helpers, run_paths, forbidden_and_isa, pythons, stacks, places, musl, loader):
            make()
        readmes()
    finally:
        shutil.rmtree(WORK)


if __name__ == "__main__":
    main()
