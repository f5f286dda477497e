#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the C++ names that jwheel writes with those of c++filt.

usage: compare_cxxfilt.py [--classes DIRECTORY...] [--downloads DIRECTORY] [--mutate N] [--show N] WHAT...

WHAT is a wheel, a directory of wheels or of ELF files, an ELF file, or a list of pinned wheels (.txt, lines as `sha256sum` writes them), which are downloaded into --downloads.
The names are all dynamic symbols of all ELF files that begin with `_Z`, each once; with --mutate, also N of them with up to three characters changed, added, taken away or doubled.
It needs c++filt and the compiled classes (`mvn test-compile`). A name is `equal` when both say the same (a name that neither demangles too), `mangled` when only jwheel leaves it
as it is, and `wrong` otherwise. c++filt runs without its limit, which leaves every name over 1024 characters mangled. Exit 1 when a name is wrong or, of those in the wheels, less than 99 in 100 are equal.
"""
import argparse
import collections
import random
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from compare_auditwheel import ROOT, download, read_list

LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
SHT_DYNSYM = 11
MAX_NAME = 32766  # c++filt cuts longer ones in two


def dynamic_names(data):
    """The names in the dynamic symbol table of an ELF file, found by its section headers."""
    wide, order = data[4] == 2, "<" if data[5] == 1 else ">"
    start, entry, count = (
        (*struct.unpack_from(order + "Q", data, 40), *struct.unpack_from(order + "HH", data, 58))
        if wide
        else (*struct.unpack_from(order + "I", data, 32), *struct.unpack_from(order + "HH", data, 46))
    )
    layout = order + ("IIQQQQIIQQ" if wide else "10I")
    sections = [struct.unpack_from(layout, data, start + i * entry) for i in range(count)]
    for section in sections:
        if section[1] == SHT_DYNSYM:
            texts = data[sections[section[6]][4]:][: sections[section[6]][5]]
            table = data[section[4]:][: section[5]]
            for (name, *_) in struct.iter_unpack(order + ("I20x" if wide else "I12x"), table):
                yield texts[name : texts.index(b"\0", name)]


def elf_files(path):
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and not each.is_symlink():
                yield from elf_files(each)
    elif path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for member in wheel.infolist():
                if member.file_size > 64:
                    with wheel.open(member) as content:
                        head = content.read(4)
                        if head == b"\x7fELF":
                            yield head + content.read()
    else:
        with path.open("rb") as content:
            if content.read(4) == b"\x7fELF":
                yield path.read_bytes()


def mutations(names, count, seed):
    chosen = random.Random(seed)
    for _ in range(count):
        name = bytearray(chosen.choice(names))
        for _ in range(chosen.randint(1, 3)):
            at = chosen.randrange(2, len(name)) if len(name) > 2 else 2
            kind = chosen.randrange(4)
            if kind == 0:
                name[at : at + 1] = bytes([chosen.choice(LETTERS)])
            elif kind == 1:
                name[at:at] = bytes([chosen.choice(LETTERS)])
            elif kind == 2:
                del name[at : at + chosen.randint(1, 4)]
            else:
                name[at:at] = name[at : at + chosen.randint(1, 12)]
        yield bytes(name)


def answers(command, names):
    with tempfile.TemporaryFile() as given:
        given.write(b"\n".join(names) + b"\n")
        given.seek(0)
        start = time.monotonic()
        lines = subprocess.run(command, stdin=given, stdout=subprocess.PIPE, check=True).stdout.split(b"\n")[:-1]
    assert len(lines) == len(names), command
    return lines, time.monotonic() - start


def compare(title, names, java, shown):
    ours, own_time = answers(java, names)
    theirs, their_time = answers(["c++filt", "-r"], names)
    counts = collections.Counter()
    examples = collections.defaultdict(list)
    for name, our, their in zip(names, ours, theirs):
        kind = "equal" if our == their else "mangled" if our == name else "wrong"
        counts[kind] += 1
        counts["neither"] += our == their == name
        if kind != "equal":
            examples[kind].append((name, our, their))
    share = 100 * counts["equal"] / max(1, len(names))
    print(f"{title}: {len(names)} names, {counts['equal']} equal ({share:.3f} %; {counts['neither']} of them demangled by neither), {counts['mangled']} left mangled, {counts['wrong']} wrong; jwheel {own_time:.1f} s, c++filt {their_time:.1f} s")
    chosen = random.Random(7)
    for kind, found in examples.items():
        for example in sorted(chosen.sample(found, min(shown, len(found))), key=lambda each: len(each[0])):
            print(f"  {kind}", *(text.decode() for text in example), sep="\n    ")
    return share, counts["wrong"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classes", nargs="*", type=Path, default=[ROOT / "target/classes", ROOT / "target/test-classes"])
    parser.add_argument("--downloads", type=Path, help="where downloaded wheels are kept (default: a temporary directory)")
    parser.add_argument("--mutate", type=int, default=0)
    parser.add_argument("--seed", type=int, default=13, help="which names are mutated, and how")
    parser.add_argument("--show", type=int, default=5, help="how many differences of each kind are printed")
    parser.add_argument("what", nargs="+", type=Path)
    chosen = parser.parse_args()
    java = ["java", "-cp", ":".join(map(str, chosen.classes)), "dev.jwheel.elf.demangle.DemangleMain"]
    names, files = set(), 0
    with tempfile.TemporaryDirectory() as place:
        for what in chosen.what:
            pinned = read_list(what) if what.suffix == ".txt" else None
            paths = [what] if pinned is None else [download(sys.executable, each, chosen.downloads or Path(place)) for each in pinned]
            for path in paths:
                for data in elf_files(path):
                    files += 1
                    try:
                        names.update(name for name in dynamic_names(data) if name.startswith(b"_Z"))
                    except (IndexError, ValueError, struct.error):
                        print("no dynamic symbols can be read:", path, file=sys.stderr)
    names = sorted(name for name in names if name.isascii() and len(name) <= MAX_NAME and not set(name.decode()) - set(LETTERS.decode() + ".$"))
    version = subprocess.run(["c++filt", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    print(f"{files} ELF files; {version}")
    share, wrong = compare("dynamic symbols", names, java, chosen.show)
    if chosen.mutate:
        _, more = compare("mutated", list(mutations(names, chosen.mutate, chosen.seed)), java, chosen.show)
        wrong += more
    return 1 if wrong or share < 99 else 0


if __name__ == "__main__":
    sys.exit(main())
