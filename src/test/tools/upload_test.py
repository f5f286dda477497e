# SPDX-License-Identifier: Apache-2.0
"""Uploads files with jwheel, twine and uv to servers on the loopback; upload-test.sh calls it."""

import concurrent.futures
import contextlib
import email.parser
import email.policy
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
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

# Keys of the form that one of the others sends and jwheel does not, and why.
LEFT_OUT = {
    "/twine/": {"blake2_256_digest": "optional: sha256_digest says which bytes are meant"},
    "/uv/": {
        "blake2_256_digest": "optional: sha256_digest says which bytes are meant",
        "license_file": "the file is older than the field, and twine leaves it out, too",
        "(file type)": "uv gives the file no type, which stands for text/plain",
    },
}

# Keys that jwheel sends and one of the others does not, and why.
ADDED = {
    "/twine/": {"import_names": "metadata 2.5", "import_namespaces": "metadata 2.5"},
    "/uv/": {},
}


def check(condition, message):
    if not condition:
        raise SystemExit("upload_test.py: " + message)


@contextlib.contextmanager
def section(name):
    start = time.monotonic()
    yield
    print(f"  {time.monotonic() - start:5.1f} s  {name}", flush=True)


def own_files(name):
    """The files in a directory of their own: the journal lies beside them."""
    return sorted(pathlib.Path(shutil.copytree(WORK / "files", WORK / name)).iterdir())


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def jwheel(*arguments, variables=None, expected=0, stdin=None, options=None):
    env = dict(os.environ, **(variables or {}))
    if options:
        env["JWHEEL_OPTS"] = options
    run = subprocess.run(
        [JWHEEL, "upload", "--json", *map(str, arguments)], env=env, input=stdin, capture_output=True, text=True, timeout=120)
    text = run.stdout + run.stderr
    check(PASSWORD not in text, "a password is shown: " + text)
    check(run.returncode == expected, f"exit {run.returncode}, expected {expected}: {text}")
    return json.loads(run.stdout) if run.stdout.startswith("{") else text


def statuses(report):
    return sorted({file["status"] for file in report["files"]})


@contextlib.contextmanager
def server(command, address, log):
    with open(log, "wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            for _ in range(600):
                check(process.poll() is None, pathlib.Path(log).read_text())
                try:
                    urllib.request.urlopen(address, timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait()


def install(index, target):
    names = [file.name.split("-")[0] for file in FILES]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-cache-dir",
         "--no-build-isolation", "--index-url", index, "--target", str(target), *names],
        check=True)
    check(len(list(target.glob("*.dist-info"))) == len(FILES), "pip did not install every file from " + index)
    for file in FILES:
        if file.suffix == ".whl":
            with zipfile.ZipFile(file) as wheel:
                for member in wheel.namelist():
                    if member.endswith(".so"):
                        check((target / member).read_bytes() == wheel.read(member), f"{member} of {file.name} differs")


def test_pypiserver():
    files = own_files("for-pypiserver")
    with section("pypiserver: 11 files uploaded, again, with other bytes, installed by pip"):
        port = free_port()
        store = WORK / "pypiserver"
        store.mkdir()
        index = f"http://127.0.0.1:{port}/simple/"
        command = [sys.executable, "-m", "pypiserver", "run", "-p", str(port), "-i", "127.0.0.1", "-P", ".", "-a", ".",
                   "--disable-fallback", str(store)]
        with server(command, index, WORK / "pypiserver.log"):
            arguments = ["--repository-url", f"http://127.0.0.1:{port}/", "--check-url", index, *files]
            report = jwheel(*arguments)
            check(statuses(report) == ["uploaded"], str(report))
            check(report["files"][-1]["file"].endswith(".tar.gz"), "the source distribution is not last")
            for file in files:
                check((store / file.name).read_bytes() == file.read_bytes(), file.name + " differs")
            check(statuses(jwheel(*arguments)) == ["already there"], "the same files again")
            other = WORK / "other" / files[0].name
            other.parent.mkdir()
            shutil.copy(files[0], other)
            with zipfile.ZipFile(other, "a") as wheel:
                wheel.comment = b"other bytes"
            report = jwheel("--no-check", "--repository-url", f"http://127.0.0.1:{port}/", "--check-url", index, other, expected=1)
            digest = hashlib.sha256(files[0].read_bytes()).hexdigest()
            check(digest in report["files"][0]["reason"], "both hashes: " + str(report))
            report = jwheel("--repository-url", index, files[0], expected=1)
            check("address" in report["stopped"], "the page is not the upload address: " + str(report))
            install(index, WORK / "from-pypiserver")


def put(method, address, body, headers=None):
    request = urllib.request.Request(address, json.dumps(body).encode(), method=method)
    for name, value in {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}.items():
        request.add_header(name, value)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def test_devpi():
    files = own_files("for-devpi")
    with section("devpi: wrong password, 11 files uploaded, again by .pypirc, installed by pip"):
        import base64

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
            put("PUT", base + "/root/dev", {"type": "stage", "bases": [], "volatile": False}, {"X-Devpi-Auth": login})
            arguments = ["--repository-url", base + "/root/dev/", "--check-url", base + "/root/dev/+simple/", *files]
            report = jwheel(*arguments, variables={"TWINE_USERNAME": "root", "TWINE_PASSWORD": "wr0ng-password"}, expected=1)
            check("does not let us in" in report["stopped"] and statuses(report) == ["failed", "not sent"], str(report))
            report = jwheel("-u", "root", "--password-stdin", *arguments, stdin=PASSWORD + "\n")
            check(statuses(report) == ["uploaded"], str(report))
            (WORK / "home" / ".pypirc").write_text(
                f"[distutils]\nindex-servers = mine\n[mine]\nrepository = {base}/root/dev/\nusername = root\npassword = {PASSWORD}\n")
            text = jwheel("--verbose", "-r", "mine", "--check-url", base + "/root/dev/+simple/", *files)
            check(statuses(text) == ["already there"], "the same files again: " + str(text))
            install(base + "/root/dev/+simple/", WORK / "from-devpi")


class Recorder(http.server.BaseHTTPRequestHandler):
    """Keeps each form, or only counts its bytes."""

    protocol_version = "HTTP/1.1"
    forms = {}
    stored = {}
    slow = 0
    count_only = False
    digest = ""

    def log_message(self, *_):
        pass

    def do_GET(self):
        links = "".join(f'<a href="/f/{n}#sha256={d}">{n}</a>\n' for n, d in self.stored.items())
        self.answer(200, "<!DOCTYPE html><html><body>" + links)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        if self.count_only:
            hashed = hashlib.sha256()
            # The file is the last part; what is before it ends with an empty line.
            head = b""
            while b"octet-stream\r\n\r\n" not in head:
                head += self.rfile.read(1)
            boundary = self.headers["Content-Type"].split("boundary=")[1]
            left = length - len(head) - len(f"\r\n--{boundary}--\r\n")
            while left:
                chunk = self.rfile.read(min(left, 1 << 20))
                hashed.update(chunk)
                left -= len(chunk)
            self.rfile.read(len(f"\r\n--{boundary}--\r\n"))
            type(self).digest = hashed.hexdigest()
            self.answer(200, "")
            return
        body = self.rfile.read(length)
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
            b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body)
        parts = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            parts.setdefault(name, []).append(part.get_payload(decode=True))
            if name == "content":
                parts["(file name)"] = [part.get_filename().encode()]
                parts["(file type)"] = [part.get_content_type().encode()]
        name = parts["(file name)"][0].decode()
        self.forms.setdefault(self.path, {})[name] = parts
        if self.slow:
            if name in self.stored:
                self.stored[name] = "twice"
            else:
                self.stored[name] = hashlib.sha256(parts["content"][0]).hexdigest()
            time.sleep(self.slow)
        self.answer(200, "")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(text.encode())))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # of a program that was killed
            self.end_headers()
            self.wfile.write(text.encode())


@contextlib.contextmanager
def recorder():
    http_server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=http_server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http_server.server_port}"
    finally:
        http_server.shutdown()
        http_server.server_close()


def compare(tool, theirs, ours):
    """The fields that differ."""
    differences = []
    for key in sorted(set(theirs) | set(ours)):
        left = sorted(value.replace(b"\r\n", b"\n").strip() for value in theirs.get(key, []))
        right = sorted(value.replace(b"\r\n", b"\n").strip() for value in ours.get(key, []))
        explained = key in LEFT_OUT[tool] and (not right or left == [b"text/plain"]) or key in ADDED[tool] and not left
        if left != right and not explained:
            differences.append(f"{key}: theirs {[value[:100] for value in left]}, ours {[value[:100] for value in right]}")
    return differences


def test_forms():
    with section("twine, uv: the same form, field by field, of 11 files"):
        with recorder() as base:
            jwheel("--repository-url", base + "/jwheel/", *FILES)
            environment = dict(os.environ, TWINE_USERNAME="me", TWINE_PASSWORD=PASSWORD)
            subprocess.run(["twine", "upload", "--disable-progress-bar", "--repository-url", base + "/twine/", *FILES],
                           check=True, capture_output=True, env=environment)
            subprocess.run(["uv", "publish", "--publish-url", base + "/uv/", "--username", "me", "--password", PASSWORD, *FILES],
                           check=True, capture_output=True)
        ours = Recorder.forms["/jwheel/"]
        check(sorted(ours) == [file.name for file in FILES], "jwheel sent every file")
        differences = [
            f"{tool} {file.name}: {difference}"
            for tool in ADDED
            for file in FILES
            for difference in compare(tool, normal(Recorder.forms[tool][file.name]), normal(ours[file.name]))]
        check(not differences, "fields differ:\n" + "\n".join(differences))


def normal(form):
    """Without the differences that mean nothing: each is explained in docs/upload.md."""
    form = dict(form)
    form.pop("comment", None) if form.get("comment") == [b""] else None
    # twine writes the project's name with hyphens, keywords with a space after the comma.
    form["name"] = [value.replace(b"_", b"-").replace(b".", b"-") for value in form["name"]]
    if "keywords" in form:
        form["keywords"] = [b",".join(word.strip() for word in form["keywords"][0].split(b","))]
    # uv sends an empty requires_python for GitLab.
    if form.get("requires_python") == [b""]:
        del form["requires_python"]
    return form


def test_large():
    with section("500 MB with a heap of 64 MB"):
        path = WORK / "large-1.0-py3-none-any.whl"
        record = "large-1.0.dist-info/RECORD"
        with zipfile.ZipFile(path, "w") as wheel:
            with wheel.open(zipfile.ZipInfo("large/data.bin"), "w", force_zip64=True) as member:
                for number in range(500):
                    member.write(number.to_bytes(2, "big") * (1 << 19))
            wheel.writestr("large-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: large\nVersion: 1.0\n")
            wheel.writestr("large-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(record, f"large/data.bin,,\nlarge-1.0.dist-info/METADATA,,\nlarge-1.0.dist-info/WHEEL,,\n{record},,\n")
        Recorder.count_only = True
        with recorder() as base:
            report = jwheel("--repository-url", base + "/large/", path, options="-Xmx64m")
        Recorder.count_only = False
        check(Recorder.digest == report["files"][0]["sha256"], "the large file arrived with other bytes")
        path.unlink()


def test_kill():
    files = own_files("for-kill")
    with section("killed three times, and the same command went on: nothing twice, nothing lost"):
        Recorder.stored.clear()
        Recorder.slow = 0.3
        with recorder() as base:
            arguments = ["--repository-url", base + "/kill/", "--check-url", base + "/simple/", *files]
            kills = 0
            for number in (1, 4, 8):
                process = subprocess.Popen(
                    [JWHEEL, "upload", "-q", *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True)
                while len(Recorder.stored) < number and process.poll() is None:
                    time.sleep(0.01)
                # While the answer to a file is outstanding that the server has.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                kills += process.returncode == -signal.SIGKILL
            check(kills == 3, "the program was not killed")
            check((WORK / "for-kill" / ".jwheel-upload.json").exists(), "the killed run left no journal")
            report = jwheel(*arguments)
        Recorder.slow = 0
        check(report["complete"], str(report))
        check(statuses(report) == ["already there", "uploaded"], str(report))
        digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        check(Recorder.stored == digests, "lost or sent twice: " + str(Recorder.stored))
        check(not (WORK / "for-kill" / ".jwheel-upload.json").exists(), "the journal is still there")


class Spoiler(http.server.BaseHTTPRequestHandler):
    """Takes a first part of what is sent, does something to the file, and takes the rest."""

    def do_POST(self):
        left = int(self.headers["Content-Length"])
        left -= len(self.rfile.read(min(left, 1 << 16)))
        self.server.spoil()
        while left > 0:
            part = self.rfile.read(min(left, 1 << 20))
            if not part:
                return
            left -= len(part)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def spoiler(spoil):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Spoiler) as s:
        s.spoil = spoil
        threading.Thread(target=s.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{s.server_address[1]}/legacy/"
        s.shutdown()


def self_signed(directory):
    """A certificate for localhost that nobody trusts; empty where there is no openssl."""
    if not shutil.which("openssl"):
        return None
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj",
         "/CN=localhost"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def refused(expected, *arguments, variables=None, file, status="failed", code=1):
    """One file is not sent, for one reason that is said in one line; the journal says that it is not there."""
    me = {"JWHEEL_USERNAME": "me", "JWHEEL_PASSWORD": PASSWORD}
    report = jwheel("--max-retries", 0, *arguments, file, variables={**me, **(variables or {})}, expected=code)
    entry = report["files"][0]
    check(entry["status"] == status and expected in entry["reason"] and "\n" not in entry["reason"], str(report))
    written = json.loads((file.parent / ".jwheel-upload.json").read_text())
    check([line["status"] for line in written["files"]] == ["not there"], "the journal: " + str(written))
    (file.parent / ".jwheel-upload.json").unlink()


def unusable(expected, *arguments, variables=None):
    """The command cannot be carried out: one line."""
    text = jwheel(*arguments, variables=variables, expected=2)
    lines = [line for line in text.splitlines() if not line.startswith("Try ")]
    check(len(lines) == 1 and expected in lines[0], f"expected one line with {expected}: {text}")


def test_bad_input():
    directory = WORK / "bad"
    directory.mkdir()
    file = pathlib.Path(shutil.copy(next(f for f in FILES if f.name.startswith("idna-")), directory))
    nobody = f"http://127.0.0.1:{free_port()}/"
    with section("bad input: one line, the right exit status, a true journal, and no password"):
        refused("the name does not resolve", "--repository-url", "http://nowhere.invalid/", file=file)
        refused("no connection", "--repository-url", nobody, file=file)
        refused("the proxy 127.0.0.1:", "--repository-url", "https://index.invalid/", file=file,
                variables={"https_proxy": nobody.replace("//", f"//me:{PASSWORD}@")})
        refused("no connection", "--repository-url", nobody.replace("//", f"//me:{PASSWORD}@"), file=file)
        offline = ["unshare", "-r", "-n", JWHEEL, "upload", "--json", "--max-retries", "0", "--repository-url", "http://192.0.2.1/", str(file)]
        if subprocess.run(["unshare", "-r", "-n", "true"], capture_output=True).returncode == 0:
            run = subprocess.run(offline, capture_output=True, text=True, timeout=120,
                                 env={**os.environ, "JWHEEL_USERNAME": "me", "JWHEEL_PASSWORD": PASSWORD})
            check(run.returncode == 1 and "http://192.0.2.1: no connection" in run.stdout, run.stdout + run.stderr)
            (directory / ".jwheel-upload.json").unlink()
        context = self_signed(directory)
        if context:
            with http.server.HTTPServer(("127.0.0.1", 0), Spoiler) as s:
                s.socket = context.wrap_socket(s.socket, server_side=True)
                s.handle_error = lambda *args: None
                threading.Thread(target=s.serve_forever, daemon=True).start()
                address = f"https://localhost:{s.server_address[1]}/"
                refused("its certificate does not verify", "--repository-url", address, file=file)
                s.shutdown()
        unusable("missing.pem", "--cert", directory / "missing.pem", "--repository-url", nobody, file)
        (directory / ".pypirc").write_text("[distutils\nindex-servers = x\n")
        unusable(".pypirc:1: does not parse", "--repository", "x", file, variables={"HOME": str(directory)})
        unusable("there is no such file", "--repository-url", nobody, directory / "missing-1.0-py3-none-any.whl")

        second = pathlib.Path(shutil.copy(next(f for f in FILES if f.name.startswith("packaging-")), directory))
        with spoiler(lambda: second.unlink(missing_ok=True)) as address:
            report = jwheel("--max-retries", 0, "--repository-url", address, file, second, expected=2,
                            variables={"JWHEEL_USERNAME": "me", "JWHEEL_PASSWORD": PASSWORD})
        check([f["status"] for f in report["files"]] == ["uploaded", "unreadable"], str(report))
        check(report["files"][1]["reason"].endswith(second.name + ": cannot be read while it is sent"), str(report))
        written = json.loads((directory / ".jwheel-upload.json").read_text())["files"]
        check({line["file"]: line["status"] for line in written}.get(file.name) == "there", "the journal: " + str(written))
        (directory / ".jwheel-upload.json").unlink()

        large = directory / "large-1.0-py3-none-any.whl"
        with zipfile.ZipFile(large, "w") as wheel:
            wheel.writestr("large/data.bin", bytes(40 << 20))
            wheel.writestr("large-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: large\nVersion: 1.0\n")
            wheel.writestr("large-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr("large-1.0.dist-info/RECORD", "")
        with spoiler(lambda: os.truncate(large, 1000)) as address:
            refused("while it is sent", "--no-check", "--repository-url", address, file=large, status="unreadable", code=2)


print("  files: " + ", ".join(file.name for file in FILES))
check(sum(file.suffix == ".whl" for file in FILES) == 10 and len(FILES) == 11, "expected ten wheels and a source distribution")
with concurrent.futures.ThreadPoolExecutor(3) as pool:
    # The recorder's tests share a recorder, so they follow each other.
    for done in [pool.submit(test_devpi), pool.submit(test_pypiserver), pool.submit(lambda: (test_forms(), test_large(), test_kill(), test_bad_input()))]:
        done.result()
print("upload_test.py: all passed")
