#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The wheels that scripts of this directory are given: files, directories, and lists of pinned ones (.txt, lines as `sha256sum` writes them), which are downloaded once into a cache."""
import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def wheels(what, cache):
    """Yields the paths of all wheels."""
    for text in what:
        path = Path(text)
        if path.is_dir():
            yield from sorted(path.rglob("*.whl"))
        elif path.suffix == ".txt":
            for line in path.read_text().splitlines():
                if line and line[0] != "#":
                    yield downloaded(*line.split(), cache)
        else:
            yield path


def downloaded(sha256, name, cache):
    wheel = cache / name
    if not wheel.exists():
        project, version = name.split("-")[:2]
        subprocess.run([sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "download", "--no-deps", "--ignore-requires-python", "--only-binary", ":all:",
                        *pip_options(name), "-d", cache, f"{project}=={version}"], check=True)
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != sha256:
        sys.exit(f"{wheel} has another hash than the list")
    return wheel


def pip_options(name):
    """Makes pip take the wheel of this name, whatever Python it runs on."""
    pythons, abi, platforms = name.removesuffix(".whl").split("-")[-3:]
    newest = pythons.split(".")[-1]
    options = ["--implementation", newest[:2] if newest[:2] in ("cp", "pp") else "cp", "--python-version", newest[2:] if newest[2:] not in ("", "3") else "313"]
    for each in abi.split("."):
        options += ["--abi", each]
    for each in platforms.split("."):
        options += ["--platform", each]
    return options
