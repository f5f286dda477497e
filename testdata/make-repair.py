#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the ELF files of testdata/repair and its README.md, with the means of make-wheels.py, which says what is needed. The tests of the repair make wheels and systems of them.

usage: testdata/make-repair.py
"""
import importlib.util
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("make_wheels", HERE / "make-wheels.py")
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)
module, library, program, uses, libc = make.module, make.library, make.program, make.uses, make.libc

VER = uses("libver.so.1", "VER_1", "ver")
Q = uses("libq.so.1", None, "q")
FILES = {}


def file(name, shows, content):
    FILES[name] = shows
    (HERE / "repair" / name).write_bytes(content)


def needs(library_name, function):
    return uses(library_name, None, function)


def libraries():
    file("libver.so.1", "a library whose function has the version VER_1", library("libver.so.1", {"VER_1": ["ver"]}, libc()))
    file("libtop.so.1", "needs VER_1 of libver.so.1, with a run path of the machine it was built on", library("libtop.so.1", {None: ["top"]}, libc(), VER, runpath="/build/lib"))
    file("nodot", "a library without a dot in its name", library("nodot", {None: ["nodot"]}, libc()))
    file("libgrid-2.0.so.0.5", "a library whose SONAME is libgrid-2.0.so.0", library("libgrid-2.0.so.0", {None: ["grid"]}, libc()))
    file("libabs.so.2", "a library without SONAME", library(None, {None: ["abs"]}, libc()))
    file("libone.so.1", "a library that systems have under two names", library("libone.so.1", {None: ["one"]}, libc()))
    for place in ("a", "b"):
        file(f"libq-{place}.so.1", f"the libq.so.1 of /{place}", library("libq.so.1", {None: ["q", f"q_of_{place}"]}, libc()))
    file("libneedq.so.1", "needs libq.so.1, whichever was loaded", library("libneedq.so.1", {None: ["needq"]}, libc(), Q))
    file("libcuda.so.1", "a driver's library", library("libcuda.so.1", {None: ["cuda"]}, libc()))
    file("libnew.so.1", "needs GLIBC_2.34", library("libnew.so.1", {None: ["new"]}, uses("libc.so.6", "GLIBC_2.34", "dlopen")))
    file("libb.so", "a library of the wheel that needs libver.so.1", library("libb.so", {None: ["b"]}, libc(), VER))
    file("liba.so", "a library of the wheel that needs libb.so and has no run path", library("liba.so", {None: ["a"]}, libc(), needs("libb.so", "b")))
    file("liba-runpath.so", "the same with the RUNPATH $ORIGIN/../b", library("liba.so", {None: ["a"]}, libc(), needs("libb.so", "b"), runpath="$ORIGIN/../b"))
    file("liblost.so.1", "needs libnowhere.so.2", library("liblost.so.1", {None: ["lost"]}, libc(), needs("libnowhere.so.2", "nowhere")))


def modules():
    def m(name, shows, *needed, **options):
        file(f"m-{name}.so", shows, module("m", libc(), *needed, **options))

    m("plain", "needs nothing but the C library")
    m("ver", "needs VER_1 of libver.so.1", VER)
    m("top", "needs libtop.so.1", needs("libtop.so.1", "top"))
    m("names", "needs nodot and libgrid-2.0.so.0", needs("nodot", "nodot"), needs("libgrid-2.0.so.0", "grid"))
    m("abs", "needs /abs/libabs.so.2 by this path", needs("/abs/libabs.so.2", "abs"))
    m("two", "needs libone.so.1 and libtwo.so.1", needs("libone.so.1", "one"), needs("libtwo.so.1", "one"))
    for place in ("a", "b"):
        m(f"q-{place}", f"needs libq.so.1, RUNPATH /{place}", Q, runpath=f"/{place}")
        m(f"needq-{place}", f"needs libq.so.1 and libneedq.so.1, RUNPATH /{place}", Q, needs("libneedq.so.1", "needq"), runpath=f"/{place}")
    m("runpath", "needs libver.so.1, RUNPATH with entries of every kind", VER, runpath="$ORIGIN/inner:/opt/x:$ORIGIN/../..:$ORIGIN/..:rel")
    m("python", "needs libpython3.11.so.1.0 and libver.so.1", uses("libpython3.11.so.1.0", None, "PyErr_Clear"), VER)
    m("cuda", "needs libcuda.so.1", needs("libcuda.so.1", "cuda"))
    m("new", "needs libnew.so.1", needs("libnew.so.1", "new"))
    m("glibc-2.34", "needs GLIBC_2.34, libnowhere.so.1 and liblost.so.1", uses("libc.so.6", "GLIBC_2.34", "dlopen"), needs("libnowhere.so.1", "nowhere1"), needs("liblost.so.1", "lost"))
    m("internal", "needs liba.so and libb.so, without a run path", needs("liba.so", "a"), needs("libb.so", "b"))
    m("internal-runpath", "needs liba.so, RUNPATH $ORIGIN/a", needs("liba.so", "a"), runpath="$ORIGIN/a")
    file("m-cp27.so", "a module for CPython 2", module("m", libc(), init="init"))
    file("m-cp27-wide.so", "a module for CPython 2 of wide Unicode", module("m", libc(), uses(None, None, "PyUnicodeUCS4_FromString"), init="init", flags=["-Wl,--unresolved-symbols=ignore-all"]))
    file("m-fpe.so", "a module for a Python with floating-point exceptions", module("m", libc(), uses(None, None, "PyFPE_jbuf"), flags=["-Wl,--unresolved-symbols=ignore-all"]))
    file("m-execstack.so", "needs libver.so.1 and an executable stack", module("m", libc(), VER, flags=["-Wl,-z,execstack"]))
    file("p-ver", "a program that needs VER_1 of libver.so.1", program(libc(), VER))
    file("p-plain", "a program that needs nothing but the C library", program(libc()))
    file("p-python", "a program that needs libpython3.11.so.1.0", program(libc(), uses("libpython3.11.so.1.0", None, "PyErr_Clear")))


def foreign():
    bionic = uses("libc.so", "LIBC", "malloc")
    file("android-m.so", "a module for Android that needs libver.so", module("m", bionic, needs("libver.so", "ver"), arch="aarch64"))
    file("android-libver.so", "libver.so for Android", library("libver.so", {None: ["ver"]}, bionic, arch="aarch64"))
    musl = uses("libc.musl-x86_64.so.1", None, "malloc")
    file("musl-m.so", "a module for musl that needs libver.so.1", module("m", musl, needs("libver.so.1", "ver")))
    file("musl-libver.so.1", "libver.so.1 for musl", library("libver.so.1", {None: ["ver"]}, musl))


def main():
    shutil.rmtree(HERE / "repair", ignore_errors=True)
    (HERE / "repair").mkdir()
    try:
        for group in (libraries, modules, foreign):
            group()
    finally:
        shutil.rmtree(make.WORK)
    rows = [f"| `{name}` | {shows} |\n" for name, shows in sorted(FILES.items())]
    text = "# Files for the tests of the repair\n\nMade by `testdata/make-repair.py`; this file is made by it too. Unless a row says otherwise a file is for x86_64 and the oldest glibc.\n\n| file | what it is |\n|---|---|\n"
    (HERE / "repair" / "README.md").write_text(text + "".join(rows))


main()
