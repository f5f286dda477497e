#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the lists of licences and classifiers that `jwheel metadata` knows.

usage: update_metadata_facts.py

Installs the two packages that carry the lists, pinned below, in a temporary environment and writes
src/main/resources/dev/jwheel/metadata/licenses.txt and classifiers.txt. For newer lists raise the versions here and run it again; nothing else refers to them.
"""
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PACKAGES = ["packaging==26.4", "trove-classifiers==2026.9.21.13"]
RESOURCES = Path(__file__).resolve().parents[3] / "src/main/resources/dev/jwheel/metadata"

PROGRAM = """
import sys
from pathlib import Path
from packaging.licenses import _spdx
from trove_classifiers import deprecated_classifiers, sorted_classifiers

out = Path(sys.argv[1])

def names(table):
    return "".join(f"{entry['id']}{' deprecated' if entry['deprecated'] else ''}\\n" for entry in sorted(table.values(), key=lambda entry: entry["id"]))

(out / "licenses.txt").write_text(
    f"# The SPDX licence list, version {_spdx.VERSION}. Written by src/test/tools/update_metadata_facts.py.\\n"
    + "# One identifier a line; `deprecated` where the list says so.\\n[licenses]\\n" + names(_spdx.LICENSES) + "[exceptions]\\n" + names(_spdx.EXCEPTIONS))
(out / "classifiers.txt").write_text(
    "# The trove classifiers, " + sys.argv[2] + ". Written by src/test/tools/update_metadata_facts.py.\\n"
    + "# One classifier a line; a deprecated one is followed by => and what replaces it, separated by |.\\n"
    + "".join(line + "\\n" for line in sorted(sorted_classifiers + [f"{old} => {' | '.join(new)}".rstrip() for old, new in deprecated_classifiers.items()])))
"""


def main():
    with tempfile.TemporaryDirectory() as directory:
        venv.create(directory, with_pip=True)
        python = f"{directory}/bin/python"
        subprocess.run([python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *PACKAGES], check=True)
        subprocess.run([python, "-c", PROGRAM, str(RESOURCES), PACKAGES[1].replace("==", " ")], check=True)


if __name__ == "__main__":
    sys.exit(main())
