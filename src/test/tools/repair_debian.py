#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Repairs large wheels made of Debian's packages, whose libraries have to be grafted, and uses what comes out.

usage: repair_debian.py [--jwheel PROGRAM] [NAME...]

NAME is one of the keys of PACKAGES below; without any all are done. For Debian 12 on x86_64 as it is after `apt-get install` of these packages, with a Python 3.11 that has venv.

Each wheel is made by deb-wheel.py of the packages' files and repaired, with an --exclude of each library that `repair --dry-run` recommends to leave to the system. pip installs the result in an
environment that has nothing else but NumPy where it is needed, and a program uses it there. What the process has loaded is looked at: libraries of NAME.libs, and those that a
library of the system, or the interpreter, loads beside a grafted copy.

A Markdown table with the time and the memory of the repair goes to standard output. Exit 0 when everything held, 1 otherwise.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NUMPY = ["numpy==1.24.4"]

# The packages, what else has to be installed, and a use of each.
PACKAGES = {
    "scipy": (["python3-scipy"], NUMPY, """
import numpy, scipy.linalg, scipy.optimize, scipy.sparse.linalg, scipy.special, scipy.fft
a = numpy.random.rand(200, 200) + 200 * numpy.eye(200)
assert numpy.allclose(scipy.linalg.inv(a) @ a, numpy.eye(200))
assert abs(scipy.optimize.brentq(lambda x: x * x - 2, 0, 2) - 2 ** 0.5) < 1e-9
assert numpy.allclose(scipy.sparse.linalg.spsolve(scipy.sparse.csc_matrix(a), a[:, 0]), numpy.eye(200)[:, 0])
"""),
    "h5py": (["python3-h5py", "python3-h5py-serial"], NUMPY, """
import h5py, numpy, tempfile
with tempfile.NamedTemporaryFile() as file:
    with h5py.File(file.name, "w") as out:
        out.create_dataset("x", data=numpy.arange(1000), compression="gzip")
    assert h5py.File(file.name)["x"][:].sum() == 499500
"""),
    "gdal": (["python3-gdal"], NUMPY, """
from osgeo import gdal, ogr, osr
gdal.UseExceptions()
data = gdal.GetDriverByName("GTiff").Create("/vsimem/x.tif", 64, 64, 1)
data.GetRasterBand(1).Fill(7)
data = None
data = gdal.Open("/vsimem/x.tif")  # a band does not keep its dataset
assert data.GetRasterBand(1).ComputeStatistics(False)[2] == 7
shape = ogr.CreateGeometryFromWkt("POLYGON((0 0,1 0,1 1,0 0))")
assert shape.Buffer(1).GetArea() > 3
"""),
    "grpcio": (["python3-grpcio"], [], """
import grpc
from concurrent.futures import ThreadPoolExecutor
class Echo(grpc.GenericRpcHandler):
    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(lambda request, context: request[::-1])
server = grpc.server(ThreadPoolExecutor(1))
server.add_generic_rpc_handlers((Echo(),))
port = server.add_insecure_port("127.0.0.1:0")
server.start()
assert grpc.insecure_channel(f"127.0.0.1:{port}").unary_unary("/x/y")(b"abc", timeout=30) == b"cba"
server.stop(0)
"""),
    "shapely": (["python3-shapely"], NUMPY, """
import shapely.geometry
assert abs(shapely.geometry.Point(0, 0).buffer(1, 64).area - 3.1415) < 1e-2
"""),
    "pygame": (["python3-pygame"], [], """
import os, io
os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
import pygame
pygame.init()
screen = pygame.display.set_mode((64, 64))
pygame.draw.circle(screen, (255, 0, 0), (32, 32), 20)
pygame.image.save(screen, buffer := io.BytesIO(), "x.png")
buffer.seek(0)
assert pygame.image.load(buffer, "x.png").get_at((32, 32))[:3] == (255, 0, 0)
"""),
    "pyzmq": (["python3-zmq"], [], """
import zmq
context = zmq.Context()
server, client = context.socket(zmq.REP), context.socket(zmq.REQ)
port = server.bind_to_random_port("tcp://127.0.0.1")
client.connect(f"tcp://127.0.0.1:{port}")
client.send(b"x")
assert server.recv() == b"x"
"""),
    "PyQt5": (["python3-pyqt5", "python3-pyqt5.sip"], [], """
from PyQt5 import QtCore, QtGui, QtNetwork, QtXml
application = QtCore.QCoreApplication([])
QtCore.QTimer.singleShot(1, application.quit)
application.exec_()
image = QtGui.QImage(16, 16, QtGui.QImage.Format_RGB32)
image.fill(QtGui.QColor("red"))
buffer = QtCore.QBuffer()
buffer.open(QtCore.QBuffer.ReadWrite)
assert image.save(buffer, "PNG") and QtNetwork.QSslSocket.supportsSsl() in (True, False)
"""),
    "opencv": (["python3-opencv"], NUMPY, """
import cv2, numpy
picture = cv2.GaussianBlur(numpy.random.randint(0, 255, (64, 64, 3), "uint8"), (9, 9), 0)
done, data = cv2.imencode(".png", picture)
assert done and (cv2.imdecode(data, cv2.IMREAD_COLOR) == picture).all()
assert cv2.ORB_create().detect(picture) is not None
"""),
}

LOADED = """
import sys
for file in sorted({line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}):
    print(file)
"""


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)


def must(*command, **options):
    done = run(*command, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr or done.stdout}")
    return done.stdout


def make(name, packages, place):
    must("apt-get", "-q", "-q", "download", *packages, cwd=place)
    must(sys.executable, HERE / "deb-wheel.py", "--name", name, "--version", "1.0", "--tag", "cp311-cp311-linux_x86_64", "--out", place, *place.glob("*.deb"))
    (wheel,) = place.glob("*.whl")
    return wheel


def measured(command):
    """The outcome of a command, its seconds, and the megabytes that it had at most."""
    start = time.monotonic()
    child = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return json.loads(output), child.returncode, time.monotonic() - start, usage.ru_maxrss // 1024


def used(name, result, grafts, companions, program, place):
    """What is wrong with the use of a repaired wheel, how many of its libraries were loaded, and which of them the host has loaded too."""
    home = place / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    must(python, "-m", "pip", "-q", "--disable-pip-version-check", "install", result, *companions)
    (place / "use.py").write_text(program + LOADED)
    done = run(python, "-I", place / "use.py", cwd=place)
    if done.returncode:
        return ["it does not work: " + (done.stderr.strip().splitlines() or [f"signal {-done.returncode}"])[-1]], 0, []
    loaded = [line for line in done.stdout.splitlines() if line.startswith("/")]
    own = [file for file in loaded if f"/{name}.libs/" in file]
    twice = sorted(os.path.basename(file) for file in set(loaded) & {graft["realpath"] for graft in grafts})
    return [] if own else ["none of its libraries is loaded"], len(own), twice


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", default=list(PACKAGES))
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target" / "jwheel" / "bin" / "jwheel", help="the command (default: the one that `mvn package` makes)")
    options = parser.parse_args()
    jwheel, faults = options.jwheel.resolve(), 0
    print("| wheel | MB | becomes | excluded | grafted | loaded | by the system too | s | MB of memory | used |\n|---|---|---|---|---|---|---|---|---|---|")
    for name in options.names:
        packages, companions, program = PACKAGES[name]
        with tempfile.TemporaryDirectory() as directory:
            place = Path(directory)
            wheel = make(name, packages, place)
            plan = json.loads(run(jwheel, "repair", "--json", "--dry-run", wheel).stdout)
            excludes = plan.get("recommended_excludes", [])
            report, status, seconds, memory = measured([jwheel, "repair", "--json", *(word for each in excludes for word in ("--exclude", each)), "-w", place / "out", wheel])
            if status:
                wrong, loaded, tags, grafts = ["not repaired: " + "; ".join(report.get("reasons", [report.get("error", "")])[:3])], 0, "", []
                twice = []
            else:
                grafts, tags = report["grafts"], report["target"]
                wrong, loaded, twice = used(name, Path(report["output"]), grafts, companions, program, place)
            faults += len(wrong)
            end = "; ".join(wrong).replace("|", "\\|") or "yes"
            print(f"| `{wheel.name}` | {wheel.stat().st_size / 1e6:.1f} | {tags} | {len(excludes)} | {len(grafts)} | {loaded} | {', '.join(twice)} | {seconds:.1f} | {memory} | {end} |", flush=True)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
