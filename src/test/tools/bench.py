# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks share: their options, the programs that they run, and the measurement of a process."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def options(description, runs):
    """The options of a benchmark, which from now on runs on two processors; java is the program itself, no link to it."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--jwheel", type=Path, default=ROOT / "target/jwheel/bin/jwheel")
    parser.add_argument("--java", type=Path, default=os.environ.get("JAVA_HOME") and Path(os.environ["JAVA_HOME"], "bin/java") or shutil.which("java"))
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--auditwheel", type=Path)
    parser.add_argument("--no-auditwheel", action="store_true")
    chosen = parser.parse_args()
    chosen.java = Path(chosen.java).resolve()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    return chosen


def auditwheel(directory, given, packages):
    """The auditwheel that was given, or one from PyPI in an environment of its own."""
    if given:
        return given
    environment = directory / "venv"
    venv.create(environment, with_pip=True)
    subprocess.run([environment / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True)
    return environment / "bin/auditwheel"


def wait_for_archive(cache):
    """The first run of jwheel makes its class-data archive in the background."""
    for _ in range(600):
        if list(cache.glob("jwheel/*.state")) and not list(cache.glob("jwheel/*.new")):
            return
        time.sleep(0.1)
    sys.exit("jwheel made no class-data archive within a minute")


def setting(java, runs):
    """What the numbers of a table depend on."""
    version = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()[1]
    return f"{version}; load {os.getloadavg()[0]:.1f}; {runs} runs"


class Process:
    """A command and what its runs have taken: seconds of the clock and of the processors, and memory in MB."""

    def __init__(self, command, environment):
        self.command = [str(word) for word in command]
        self.environment = {**os.environ, **environment}
        self.wall, self.cpu, self.memory = [], [], []

    def run(self):
        start = time.perf_counter()
        with tempfile.TemporaryFile() as messages:
            process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=messages, env=self.environment)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall.append(time.perf_counter() - start)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                messages.seek(0)
                sys.exit(f"{' '.join(self.command)}: exit status {process.returncode}\n{messages.read().decode(errors='replace')}")
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.memory.append(usage.ru_maxrss / 1024)
