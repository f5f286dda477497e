#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Repairs wheels with jwheel, installs what comes out with pip, and uses it.

usage: repair_pypi.py [options] [WHAT...]

WHAT is a wheel file, a directory of wheels, a list of pinned wheels (.txt, lines as `sha256sum` writes them) or `debian:NAME`, which makes a wheel of Debian's package
python3-NAME. Without it: repair-wheels.txt beside this file, wheels of PyPI that carry grafted libraries, and four packages of Debian, whose libraries have to be grafted.
Those are for CPython 3.11 on x86_64; run this with such a Python.

Each wheel is repaired twice, as it is and with --strip, which rewrites every ELF file in it. Of each result it is seen that
- RECORD lists every member with its hash;
- repairing it again gives the same bytes;
- check-wheel-contents says nothing that it does not say of the wheel itself, but for W009 and W010: the directory of libraries is no Python package;
- `auditwheel show` finds it fit for every manylinux tag that it carries;
- pip installs it in an environment with nothing else but what it requires, and `pip check` is content;
- a program that uses its libraries runs there, and loads libraries that it carries.

A Markdown table of the results goes to standard output. Exit 0 when everything held, 1 otherwise.
"""
import argparse
import base64
import csv
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from compare_auditwheel import AUDITWHEEL, ROOT, age, download, read_list

TOOLS = [AUDITWHEEL, "check-wheel-contents==0.6.3"]
HERE = Path(__file__).resolve().parent
DEBIAN = ["debian:lxml", "debian:psycopg2", "debian:pil", "debian:numpy"]
ROUNDS = {"as it is": [], "--strip": ["--strip"]}

# What is done with each package: something that needs the libraries it carries.
USES = {
    "av": """
import av, io
container = av.open(buffer := io.BytesIO(), "w", format="matroska")
stream = container.add_stream("mpeg4", rate=1, width=64, height=64, pix_fmt="yuv420p")
container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
container.mux(stream.encode(None))
container.close()
assert len(list(av.open(io.BytesIO(buffer.getvalue())).decode(video=0))) == 1
""",
    "faiss_cpu": """
import faiss, numpy
index = faiss.IndexFlatL2(4)
index.add(numpy.eye(4, dtype="float32"))
assert index.search(numpy.eye(4, dtype="float32")[2:3], 1)[1][0][0] == 2
""",
    "h5py": """
import h5py, numpy, tempfile
with tempfile.NamedTemporaryFile() as file:
    with h5py.File(file.name, "w") as out:
        out.create_dataset("x", data=numpy.arange(1000), compression="gzip")
    assert h5py.File(file.name)["x"][:].sum() == 499500
""",
    "lxml": """
from lxml import etree
root = etree.fromstring("<a><b>1</b><b>2</b></a>")
assert root.xpath("sum(b)") == 3
style = '<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"/>'
assert str(etree.XSLT(etree.fromstring(style))(root)).endswith("12\\n")
""",
    "numpy": """
import numpy
assert numpy.allclose(numpy.linalg.inv(numpy.eye(300) * 2), numpy.eye(300) / 2)
assert abs(numpy.fft.fft(numpy.ones(8))[0] - 8) < 1e-9
""",
    "opencv_python_headless": """
import cv2, numpy
for kind in (".png", ".jpg", ".webp", ".tiff"):
    written, data = cv2.imencode(kind, numpy.full((32, 32, 3), 200, "uint8"))
    assert written and abs(int(cv2.imdecode(data, cv2.IMREAD_COLOR)[3, 3, 1]) - 200) < 8
assert "YES" in next(line for line in cv2.getBuildInformation().splitlines() if "FFMPEG" in line)
assert not cv2.VideoCapture("nothing.mkv").isOpened()
""",
    "pil": """
import io
from PIL import Image
for kind in ("JPEG", "PNG", "TIFF", "WEBP"):
    Image.new("RGB", (16, 16), "red").save(buffer := io.BytesIO(), kind)
    assert Image.open(io.BytesIO(buffer.getvalue())).convert("RGB").getpixel((3, 3))[0] > 250
""",
    "psycopg2": """
import psycopg2
assert psycopg2.__libpq_version__ > 90000
try:
    psycopg2.connect(host="127.0.0.1", port=1, connect_timeout=2)
    raise SystemExit("nobody listens at port 1")
except psycopg2.OperationalError:
    pass
""",
    "pycurl": """
import pycurl, io
curl = pycurl.Curl()
curl.setopt(pycurl.URL, "file://" + __file__)
curl.setopt(pycurl.WRITEDATA, buffer := io.BytesIO())
curl.perform()
assert b"pycurl" in buffer.getvalue() and "OpenSSL" in pycurl.version
""",
    "pyproj": """
import pyproj
x, y = pyproj.Transformer.from_crs(4326, 3857, always_xy=True).transform(10, 50)
assert abs(x - 1113194.9) < 1 and abs(y - 6446275.8) < 1
""",
    "pyzmq": """
import zmq
with zmq.Context() as context, context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
    a.bind("inproc://here"), b.connect("inproc://here")
    a.send(b"hello")
    assert b.recv() == b"hello" and zmq.has("curve")
    assert len(zmq.curve_keypair()[0]) == 40
""",
    "scipy": """
import numpy, scipy.fft, scipy.linalg, scipy.optimize, scipy.sparse.linalg, scipy.special
assert abs(scipy.linalg.det(numpy.diag([1.0, 2.0, 3.0])) - 6) < 1e-9 and abs(scipy.special.gamma(5) - 24) < 1e-9
assert abs(scipy.optimize.brentq(lambda x: x * x - 2, 0, 2) - 2 ** 0.5) < 1e-9
assert numpy.allclose(scipy.sparse.linalg.spsolve(scipy.sparse.eye(5, format="csc") * 2, numpy.ones(5)), 0.5)
""",
    "shapely": """
import shapely
assert abs(shapely.Point(0, 0).buffer(1, quad_segs=64).area - 3.1415) < 1e-2
assert shapely.from_wkt("POLYGON((0 0,1 0,1 1,0 0))").area == 0.5
""",
}
USES["pillow"], USES["psycopg2_binary"] = USES["pil"], USES["psycopg2"]

LOADED = """
import sys
for file in sorted({line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}):
    if file.startswith(sys.argv[1]) and file.split("/")[-2] == sys.argv[2]:
        print(file)
"""


@dataclass
class Result:
    """What became of one wheel in one round."""

    wheel: Path
    repaired: Path | None = None
    grafted: int = 0
    carried: int = 0
    loaded: int = 0
    verdict: str = ""
    faults: list = field(default_factory=list)

    @property
    def libraries(self):
        return self.wheel.name.split("-")[0] + ".libs"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)


def must(*command):
    done = run(*command)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr or done.stdout}")
    return done.stdout


def distribution(wheel):
    return wheel.name.split("-")[0].lower()


class Bench:
    """The tools, and where the work is done."""

    def __init__(self, place, jwheel, downloads):
        self.place, self.jwheel, self.downloads = place, jwheel, downloads
        venv.create(place / "tools", with_pip=True)
        self.python = place / "tools" / "bin" / "python"
        must(*self.pip(), "install", "pip>=23", *TOOLS)

    def pip(self, *options):
        return [self.python, "-m", "pip", "-q", "--disable-pip-version-check", *options]

    def tool(self, name, *arguments):
        return run(self.place / "tools" / "bin" / name, *arguments)

    def wheels(self, what):
        for each in what:
            path = Path(each)
            if each.startswith("debian:"):
                yield self.debian(each.split(":")[1])
            elif path.is_dir():
                yield from sorted(path.rglob("*.whl"))
            elif path.suffix == ".txt":
                yield from (download(self.python, pinned, self.downloads) for pinned in read_list(path))
            else:
                yield path

    def debian(self, name):
        place = self.place / "debian" / name
        place.mkdir(parents=True)
        subprocess.run(["apt-get", "-q", "-q", "download", f"python3-{name}"], cwd=place, check=True, stdout=sys.stderr)
        (deb,) = place.glob("*.deb")
        python = f"cp{sys.version_info.major}{sys.version_info.minor}"
        must(sys.executable, HERE / "deb-wheel.py", "--name", name, "--version", "1.0", "--tag", f"{python}-{python}-linux_x86_64", "--out", place, deb)
        (wheel,) = place.glob("*.whl")
        return wheel

    # ---- what is seen of a repaired wheel ----

    def repair(self, result, options, out):
        done = run(self.jwheel, "repair", "--json", *options, "-w", out, result.wheel)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            report = {"error": done.stderr.strip()}
        if done.returncode or not report.get("output"):
            result.faults.append(f"not repaired: {report.get('error')} {'; '.join(report.get('reasons', []))}")
            return
        result.repaired = Path(report["output"])
        result.grafted = len(report["grafts"])

    def check(self, result, options, companions):
        self.check_record(result)
        self.check_again(result, options)
        new = self.complaints(result.repaired) - self.complaints(result.wheel)
        result.faults += [f"check-wheel-contents: {complaint}" for complaint in sorted(new)]
        self.check_auditwheel(result)
        self.use(result, companions)

    @staticmethod
    def check_record(result):
        with zipfile.ZipFile(result.repaired) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            result.carried = sum(name.startswith(result.libraries + "/") for name in names)
            rows = {row[0]: row[1:] for row in csv.reader(archive.read(names[-1]).decode().splitlines())}
            for name in names[:-1]:
                content = archive.read(name)
                digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
                if rows.get(name) != [f"sha256={digest}", str(len(content))]:
                    result.faults.append(f"RECORD is wrong of {name}")
            if not names[-1].endswith(".dist-info/RECORD") or len(rows) != len(names):
                result.faults.append("RECORD is not last, or lists what is not there")

    def check_again(self, result, options):
        with tempfile.TemporaryDirectory(dir=self.place) as place:
            run(self.jwheel, "repair", "-q", *options, "-w", place, result.repaired)
            again = list(Path(place).iterdir())
            if [file.read_bytes() for file in again if file.name == result.repaired.name] != [result.repaired.read_bytes()]:
                result.faults.append("repaired again it is another")

    def complaints(self, wheel):
        return set(re.findall(r": (W\d+)", self.tool("check-wheel-contents", "--ignore", "W009,W010", wheel).stdout))

    def check_auditwheel(self, result):
        shown = self.tool("auditwheel", "show", "--json", result.repaired)
        try:
            result.verdict = json.loads(shown.stdout)["overall_tag"]
        except (ValueError, KeyError):
            result.verdict = (shown.stderr.strip().splitlines() or ["nothing"])[-1]
        tags = result.repaired.name.removesuffix(".whl").split("-")[-1].split(".")
        best = min((age(tag) for tag in tags if tag.startswith("manylinux_")), default=0)
        if not result.verdict.startswith("manylinux_") or age(result.verdict) > best:
            result.faults.append(f"auditwheel show: {result.verdict}")

    def use(self, result, companions):
        with tempfile.TemporaryDirectory(dir=self.place) as place:
            home = Path(place) / "environment"
            venv.create(home, with_pip=False)
            pip = self.pip("--python", home)
            installed = run(*pip, "install", "--only-binary", ":all:", result.repaired, *companions)
            if installed.returncode:
                result.faults.append(f"pip install: {installed.stderr.strip()}")
                return
            checked = run(*pip, "check")
            if checked.returncode:
                result.faults.append(f"pip check: {checked.stdout.strip()}")
            program = Path(place) / "use.py"
            program.write_text(USES[distribution(result.wheel)] + LOADED)
            used = run(home / "bin" / "python", "-I", program, home, result.libraries, cwd=place)
            result.loaded = len(used.stdout.split())
            if used.returncode:
                result.faults.append("it does not work: " + (used.stderr.strip().splitlines() or [f"signal {-used.returncode}"])[-1])
            elif result.carried and not result.loaded:
                result.faults.append("none of its libraries was loaded")


def requires_numpy(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1]
        return any(line.startswith("Requires-Dist: numpy") for line in archive.read(metadata).decode().splitlines())


def rows(results):
    """One line a wheel: what came out of it in the first round, and how each round ended."""
    yield "| wheel | becomes | libraries grafted, carried, loaded | auditwheel show | " + " | ".join(f"used {name}" for name in ROUNDS) + " |"
    yield "|---|---|---|---|" + "---|" * len(ROUNDS)
    for wheel, of_round in results.items():
        first = next(iter(of_round.values()))
        tags = first.repaired.name.removesuffix(".whl").split("-")[-1].replace(".", ", ") if first.repaired else ""
        ends = " | ".join("; ".join(result.faults).replace("|", "\\|") or "yes" for result in of_round.values())
        yield f"| `{wheel.name}` | {tags} | {first.grafted}, {first.carried}, {first.loaded} | {first.verdict} | {ends} |"


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="WHAT", default=[str(HERE / "repair-wheels.txt"), *DEBIAN])
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target" / "jwheel" / "bin" / "jwheel", help="the command (default: the one that `mvn package` makes)")
    parser.add_argument("--downloads", type=Path, help="where downloaded wheels are kept (default: a temporary directory)")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only wheels of this distribution; repeatable")
    return parser.parse_args()


def main():
    chosen = options()
    with tempfile.TemporaryDirectory() as place:
        downloads = chosen.downloads or Path(place) / "downloads"
        downloads.mkdir(parents=True, exist_ok=True)
        bench = Bench(Path(place), chosen.jwheel.resolve(), downloads)
        wheels = list(bench.wheels(chosen.what))
        results = {}
        for name, extra in ROUNDS.items():
            of_round = {}
            for wheel in wheels:
                result = of_round[wheel] = results.setdefault(wheel, {})[name] = Result(wheel)
                bench.repair(result, extra, Path(place) / name)
            numpy = [result.repaired for wheel, result in of_round.items() if distribution(wheel) == "numpy" and result.repaired and wheel.parent == downloads]
            for wheel, result in of_round.items():
                if result.repaired and (not chosen.only or distribution(wheel) in chosen.only):
                    print(f"{name}: {wheel.name}", file=sys.stderr)
                    bench.check(result, extra, numpy if requires_numpy(result.repaired) else [])
        kept = {wheel: of for wheel, of in results.items() if not chosen.only or distribution(wheel) in chosen.only}
    print("\n".join(rows(kept)))
    sys.exit(1 if any(result.faults for of in kept.values() for result in of.values()) else 0)


if __name__ == "__main__":
    main()
