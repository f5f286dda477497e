#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes policies/python/stable-abi.json: the symbols of Python's stable ABI, by the version that first has them.

usage: stable_abi.py > policies/python/stable-abi.json

The facts are those of CPython's Misc/stable_abi.toml, read through the package that mirrors it daily: `pip install abi3info` in an environment of its own, and run this with
its Python. The exceptions of abi3t are those of PEP 803; they are written here.
"""
import json
import textwrap
from importlib.metadata import version

from abi3info import DATAS, FUNCTIONS

NOT_IN_ABI3T = ["PyModuleDef_Init", "PyModule_Create2", "PyModule_FromDefAndSpec", "PyModule_FromDefAndSpec2"]
OPAQUE_IN_ABI3T = ["PyModuleDef", "PyObject", "PyVarObject"]


def lines(names, indent):
    wrapped = textwrap.wrap(", ".join(json.dumps(name) for name in sorted(names)), 118 - indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(" " * indent + line for line in wrapped)


def section(title, groups):
    body = ",\n".join(f"    {json.dumps(key)}: [\n{lines(names, 6)}\n    ]" for key, names in groups.items())
    return f"  {json.dumps(title)}: {{\n{body}\n  }}"


def main():
    entries = [*FUNCTIONS.values(), *DATAS.values()]
    since, conditions = {}, {}
    for entry in sorted(entries, key=lambda each: (each.added.major, each.added.minor)):
        since.setdefault(f"{entry.added.major}.{entry.added.minor}", []).append(entry.symbol.name)
        if entry.ifdef is not None:
            conditions.setdefault(entry.ifdef.name, []).append(entry.symbol.name)
    source = f"CPython's Misc/stable_abi.toml as abi3info {version('abi3info')} has it; PEP 384, 652 and 803"
    parts = [
        f"  \"source\": {json.dumps(source)}",
        section("since", since),
        section("conditions", dict(sorted(conditions.items()))),
        section("abi3t", {"missing": NOT_IN_ABI3T, "opaque": OPAQUE_IN_ABI3T}),
    ]
    print("{\n" + ",\n".join(parts) + "\n}")


if __name__ == "__main__":
    main()
