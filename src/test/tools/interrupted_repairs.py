#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills repairs, runs several at once and fills the disk under them, and looks at what they leave.

usage: interrupted_repairs.py JWHEEL [--points 40] [--processes 4] [--rounds 5]

kills        for SIGTERM, SIGINT and SIGKILL, a repair is killed at so many points, spread evenly over the time that it takes: each leaves no wheel or the whole one, nothing else but
             the temporary file of SIGKILL, and a run after that ends with the same files as if nobody had been killed
same wheel   several processes repair one wheel into one directory at once: all end with 0, and the one result has the bytes of a run alone
many wheels  several processes repair a wheel each into one directory at once, beside a file of somebody else: as above
with kills   the same, and half of the processes get SIGKILL: the wheels of the others are whole, and so are those of the killed, where there are any
full disk    a repair onto file systems of growing size ends with 2, names the target and leaves nothing and an earlier result as it was, until there is room and it ends with 0

For Linux; the last needs user namespaces (unshare -rm). Prints a line for each; status 1 if anything else was found.
"""
import argparse
import base64
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl"
TREE = ROOT / "testdata/trees/example"
TAIL = 4 << 20
SIGNALS = {"SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT, "SIGKILL": signal.SIGKILL}

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAILED: " + message, flush=True)


def wheel(directory, version):
    """The example with another version."""
    info = f"example-{version}.dist-info"
    members = {}
    with zipfile.ZipFile(EXAMPLE) as source:
        for name in source.namelist():
            members[name.replace("example-1.0.dist-info", info)] = source.read(name).replace(b"Version: 1.0", f"Version: {version}".encode())
    members.pop(f"{info}/RECORD")
    members[f"{info}/WHEEL"] = members[f"{info}/WHEEL"].replace(f"Wheel-Version: {version}".encode(), b"Wheel-Version: 1.0")
    rows = [f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip('=')},{len(data)}\n" for name, data in members.items()]
    path = directory / EXAMPLE.name.replace("1.0", version, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
        target.writestr(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n")
    return path


def listen():
    """A shell has the programs that it starts in the background ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Workshop:
    """Wheels, and a library to graft with a tail that takes a while to deflate."""

    def __init__(self, directory, jwheel, count):
        self.directory, self.jwheel = directory, jwheel
        self.libraries = directory / "lib"
        shutil.copytree(TREE, self.libraries)
        with open(next(self.libraries.glob("libfoo*")), "ab") as library:
            library.write(random.Random(1).randbytes(TAIL))
        (directory / "in").mkdir()
        self.wheels = [wheel(directory / "in", f"1.{number}") for number in range(count)]
        self.numbers = 0

    def output(self):
        self.numbers += 1
        out = self.directory / f"out{self.numbers}"
        out.mkdir()
        return out

    def command(self, out, source):
        return [self.jwheel, "repair", "--plat", "manylinux_2_17", "--ldpaths", self.libraries, "-w", out, source]

    def start(self, out, source):
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        return subprocess.Popen(self.command(out, source), preexec_fn=listen, **streams)

    def repair(self, out, source):
        process = self.start(out, source)
        error = process.communicate()[1].decode(errors="replace")
        check(process.returncode == 0, f"a repair ended with {process.returncode}: {error}")


def listing(directory):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.iterdir()}


def is_temporary(name):
    return name.startswith(".jwheel-") and name.endswith(".tmp")


def kills(shop, points):
    source = shop.wheels[0]
    for name, number in SIGNALS.items():
        out = shop.output()
        (out / "other.whl").write_text("not ours")
        times = []
        for _ in range(3):
            began = time.perf_counter()
            shop.repair(out, source)
            times.append(time.perf_counter() - began)
        complete = listing(out)
        result = next(file for file in complete if file != "other.whl")
        nothing = whole = temporary = ended = 0
        for point in range(1, points + 1):
            (out / result).unlink(missing_ok=True)
            process = shop.start(out, source)
            try:
                process.wait(max(times) * point / points)
                ended += 1
            except subprocess.TimeoutExpired:
                process.send_signal(number)
            process.communicate()
            left = listing(out)
            if name == "SIGKILL":
                files = [file for file in left if is_temporary(file)]
                temporary += bool(files)
                for file in files:
                    left.pop(file)
            check(left.get("other.whl") == complete["other.whl"], f"{name} at point {point}: another file was touched")
            check(all(complete.get(file) == digest for file, digest in left.items()), f"{name} at point {point} left {sorted(left)}")
            whole += result in left
            nothing += result not in left
        shop.repair(out, source)
        check(listing(out) == complete, f"after {name} a run leaves {sorted(listing(out))}")
        print(f"{name}: {points} points, {ended} after the end; {nothing} without a wheel, {whole} with the whole one; {temporary} temporary files, none after the next run", flush=True)


def reference(shop, sources):
    out = shop.output()
    for source in sources:
        shop.repair(out, source)
    return listing(out)


def together(shop, sources, expected, rounds, title):
    """All at once into one directory."""
    for number in range(rounds):
        out = shop.output()
        (out / "other.whl").write_text("not ours")
        processes = [shop.start(out, source) for source in sources]
        for process in processes:
            error = process.communicate()[1].decode(errors="replace")
            check(process.returncode == 0, f"{title}, round {number}: {process.returncode}: {error}")
        left = listing(out)
        left.pop("other.whl", None)
        check(left == expected, f"{title}, round {number}: {sorted(left)}")
        shutil.rmtree(out)
    print(f"{title}: {rounds} rounds of {len(sources)} processes, each with {len(expected)} results, the bytes of runs alone", flush=True)


def with_kills(shop, sources, expected, rounds):
    chance = random.Random(1)
    whole = killed = 0
    for number in range(rounds):
        out = shop.output()
        processes = [shop.start(out, source) for source in sources]
        time.sleep(chance.uniform(0.1, 1.0))
        for process in processes[::2]:
            process.kill()
        for index, process in enumerate(processes):
            error = process.communicate()[1].decode(errors="replace")
            killed += process.returncode == -signal.SIGKILL
            check(process.returncode in ((0, -signal.SIGKILL) if index % 2 == 0 else (0,)), f"with kills, round {number}: {process.returncode}: {error}")
        left = {name: digest for name, digest in listing(out).items() if not is_temporary(name)}
        check(all(expected.get(name) == digest for name, digest in left.items()), f"with kills, round {number}: {sorted(left)}")
        check(len(left) >= len(sources) // 2, f"with kills, round {number}: only {sorted(left)}")
        whole += len(left)
        for source in sources:
            shop.repair(out, source)
        check(listing(out) == expected, f"with kills, round {number}: afterwards {sorted(listing(out))}")
        shutil.rmtree(out)
    print(f"with kills: {rounds} rounds of {len(sources)} processes, {killed} killed; {whole} wheels, all whole; none missing after the next runs", flush=True)


def full_disks(shop, points, expected):
    if subprocess.run(["unshare", "-rm", "true"], stderr=subprocess.DEVNULL).returncode != 0:
        print("full disk: not run, there are no user namespaces")
        return
    result, source = next(iter(expected)), shop.wheels[0]
    out, earlier = shop.output(), shop.directory / "earlier"
    earlier.write_text("an earlier result")
    script = """mount -t tmpfs -o size="$1" tmpfs "$2" && cp "$3" "$2/$4" && shift 2 && result=$2 && shift 2 && "$@" 2>&1; echo "ended with $?"; cd "$OUT" && ls -A && sha256sum "$RESULT" """
    refused = done = 0
    needed = TAIL + (64 << 10)
    for point in range(1, points + 1):
        size = needed * point // (points - 1) // 4096 * 4096 + 8192  # there is room at the last two points
        environment = {**os.environ, "OUT": str(out), "RESULT": result, "TMPDIR": str(shop.directory)}
        words = ["unshare", "-rm", "sh", "-c", script, "sh", str(size), out, earlier, result, *shop.command(out, source)]
        output = subprocess.run(words, capture_output=True, text=True, env=environment).stdout
        lines = output.splitlines()
        digest = lines[-1].split()[0] if lines else ""
        if "ended with 0" in lines:
            done += 1
            check(digest == expected[result], f"full disk, {size} bytes: the result differs")
        else:
            refused += 1
            message = "ended with 2" in lines and "No space left on device" in output and result in output
            check(message, f"full disk, {size} bytes: {output}")
            check(digest == hashlib.sha256(earlier.read_bytes()).hexdigest(), f"full disk, {size} bytes: the earlier result is lost")
        check(lines[lines.index(next(line for line in lines if line.startswith("ended"))) + 1 : -1] == [result], f"full disk, {size} bytes: left {lines}")
    check(refused and done, f"full disk: {refused} refused, {done} done")
    print(f"full disk: {points} sizes up to {size} bytes; {refused} refused with the earlier result as it was, {done} done", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("jwheel", type=pathlib.Path)
    parser.add_argument("--points", type=int, default=40)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        shop = Workshop(pathlib.Path(temporary), chosen.jwheel.resolve(), chosen.processes)
        kills(shop, chosen.points)
        expected = reference(shop, shop.wheels)
        alone = {name: digest for name, digest in expected.items() if "-1.0-" in name}
        together(shop, shop.wheels[:1] * chosen.processes, alone, chosen.rounds, "same wheel")
        together(shop, shop.wheels, expected, chosen.rounds, "many wheels")
        with_kills(shop, shop.wheels, expected, chosen.rounds)
        full_disks(shop, max(4, chosen.points // 2), alone)
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
