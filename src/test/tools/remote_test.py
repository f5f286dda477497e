# SPDX-License-Identifier: Apache-2.0
"""Reads wheels from pypiserver and devpi-server on the loopback with jwheel; remote-test.sh calls it."""

import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile

JWHEEL = sys.argv[1]
WORK = pathlib.Path(sys.argv[2])
FILES = sorted((WORK / "files").iterdir())
PASSWORD = "c0rrect-horse"


def check(condition, message):
    if not condition:
        raise SystemExit("remote_test.py: " + message)


def jwheel(*arguments, variables=None, expected=(0,)):
    env = dict(os.environ, **(variables or {}))
    run = subprocess.run([JWHEEL, *map(str, arguments)], env=env, capture_output=True, text=True, timeout=180)
    check(run.returncode in expected, f"jwheel {arguments}: exit {run.returncode}: {run.stdout}{run.stderr}")
    check(PASSWORD not in run.stdout + run.stderr, "a password is shown")
    return run


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def server(command, address, log):
    with open(log, "wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            for _ in range(3000):
                check(process.poll() is None, pathlib.Path(log).read_text())
                try:
                    urllib.request.urlopen(address, timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                check(False, f"{address} does not answer")
            yield
        finally:
            process.terminate()
            process.wait()


class Counter:
    """Stands before a server and counts the bytes that it sends."""

    def __init__(self, port):
        self.target = ("127.0.0.1", port)
        self.count = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            upstream = socket.create_connection(self.target)
            threading.Thread(target=self.copy, args=(client, upstream, False), daemon=True).start()
            threading.Thread(target=self.copy, args=(upstream, client, True), daemon=True).start()

    def copy(self, source, sink, counted):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                if counted:
                    self.count += len(data)
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def counted(self, work):
        start = self.count
        result = work()
        return result, self.count - start


def release(file):
    name, version = file.name.split("-")[:2]
    return f"{name}=={version}"


def is_linux(file):
    return "linux" in file.name or file.name.endswith("-any.whl")


def compare(index, counter, ranges):
    """Holds what jwheel says of remote files against what it says of the same files here."""
    for file in filter(is_linux, FILES):
        size = file.stat().st_size
        options = [release(file), "--index-url", index]
        with zipfile.ZipFile(file) as wheel:
            (metadata,) = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA")]
            version = re.search(r"(?m)^Version: (.*)$", wheel.read(metadata).decode()).group(1).strip()
        run, sent = counter.counted(lambda: jwheel("metadata", "--field", "Version", *options))
        check(run.stdout.strip() == version, f"{file.name}: version {run.stdout}")
        if ranges:
            check("not checked" in run.stderr or size <= 1 << 16, f"{file.name}: {run.stderr}")
            check(sent < min(size, 1 << 20) + (1 << 16), f"{file.name}: {sent} of {size} bytes were sent")
        else:
            check(run.stderr == "", f"{file.name}: {run.stderr}")
            check(sent >= size, f"{file.name}: {sent} of {size} bytes were sent")
        print(f"    {file.name}: metadata by {sent} of {size} bytes, {100 * sent / size:.1f} %", flush=True)
        for command in (["metadata", "--all"], ["show", "--json", "--allow-pure-python-wheel"], ["check", "--json"]):
            local = jwheel(*command, file, expected=(0, 1))
            remote = jwheel("-q", *command, *options, expected=(local.returncode,))
            left, right = (json.loads(run.stdout) for run in (local, remote))
            check(left == right, f"{file.name}: {command} differs:\n{local.stdout}\n{remote.stdout}")
        run, sent = counter.counted(lambda: jwheel("-q", "show", *options, "--allow-pure-python-wheel"))
        check(sent < size + (1 << 18), f"{file.name}: show read {sent} of {size} bytes: more than once")


def test_pypiserver():
    print("  pypiserver, which gives ranges", flush=True)
    port = free_port()
    command = [sys.executable, "-m", "pypiserver", "run", "-p", str(port), "-i", "127.0.0.1", "-P", ".", "-a", ".",
               "--disable-fallback", str(WORK / "files")]
    with server(command, f"http://127.0.0.1:{port}/simple/", WORK / "pypiserver.log"):
        counter = Counter(port)
        compare(f"http://127.0.0.1:{counter.port}/simple/", counter, ranges=True)


def put(method, address, body, headers=None):
    request = urllib.request.Request(address, json.dumps(body).encode(), method=method)
    for name, value in {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}.items():
        request.add_header(name, value)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def test_devpi():
    import base64

    print("  devpi-server, which does not", flush=True)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    store = WORK / "devpi"
    tools = pathlib.Path(sys.executable).parent
    subprocess.run(
        [tools / "devpi-init", "--serverdir", store, "--no-root-pypi", "--root-passwd", PASSWORD], check=True, capture_output=True)
    command = [tools / "devpi-server", "--serverdir", store, "--host", "127.0.0.1", "--port", str(port), "--offline-mode"]
    with server(command, base, WORK / "devpi.log"):
        token = put("POST", base + "/+login", {"user": "root", "password": PASSWORD})["result"]["password"]
        login = base64.b64encode(f"root:{token}".encode()).decode()
        put("PUT", base + "/root/dev", {"type": "stage", "bases": []}, {"X-Devpi-Auth": login})
        jwheel("upload", "-q", "--no-journal", "--repository-url", base + "/root/dev/", *FILES,
               variables={"TWINE_USERNAME": "root", "TWINE_PASSWORD": PASSWORD})
        counter = Counter(port)
        compare(f"http://root:{PASSWORD}@127.0.0.1:{counter.port}/root/dev/+simple/", counter, ranges=False)


SERVERS = {"pypiserver": test_pypiserver, "devpi": test_devpi}
for name in sys.argv[3:] or SERVERS:
    SERVERS[name]()
