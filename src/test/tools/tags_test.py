# SPDX-License-Identifier: Apache-2.0
"""The comparisons of tags-test.sh: tags_test.py JWHEEL ROOTS WORK."""

import glob
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import zipfile

JWHEEL, ROOTS, WORK = sys.argv[1:4]
PRINT = "from packaging import tags\nprint('\\n'.join(map(str, tags.sys_tags())))\n"
LIMIT = 120
passed = failed = 0


def check(name, right, detail=""):
    global passed, failed
    if right:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {name}: {detail}"[:2000])


def equal(name, got, want):
    if got == want:
        check(name, True)
        return
    pairs = itertools.zip_longest(got, want)
    at, (mine, theirs) = next((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1])
    check(name, False, f"{len(got)} tags, expected {len(want)}; number {at} is {mine}, expected {theirs}")


def run(command, env=None, status=0, cwd=None):
    environment = {"PATH": os.environ["PATH"], "HOME": WORK, "LANG": "C.UTF-8"}
    for kept in ("JAVA_HOME", "JWHEEL_JAVA"):
        if kept in os.environ:
            environment[kept] = os.environ[kept]
    environment.update(env or {})
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=LIMIT)
    if done.returncode != status:
        raise RuntimeError(f"{command}: status {done.returncode}, expected {status}: {done.stderr}")
    return done.stdout


def jwheel(*arguments, env=None, status=0, cwd=None):
    try:
        return run([JWHEEL, "tags", *map(str, arguments)], env, status, cwd)
    except RuntimeError as problem:
        check(" ".join(map(str, arguments)), False, problem)
        return ""


def unpacked(pattern):
    """The directory of a library, made from its wheel."""
    wheel = glob.glob(f"{WORK}/download/{pattern}.whl")[0]
    directory = wheel.removesuffix(".whl")
    if not os.path.isdir(directory):
        zipfile.ZipFile(wheel).extractall(directory)
    return directory


def packaging_for(version):
    """The newest packaging that a Python can run."""
    return unpacked("%d.%d/packaging-*" % min(version, (3, 10)))


def modern(lines):
    """The tags in the order of packaging 26.3: before, linux_NAME stood behind manylinux; before 22, cpXY-none-any lacked."""
    result = []
    for _, group in itertools.groupby(lines, lambda tag: tag.split("-")[:2]):
        group = list(group)
        result += [t for t in group if "-linux_" in t] + [t for t in group if "-linux_" not in t]
    own = lines[0].split("-")[0]
    if own.startswith("cp") and f"{own}-none-any" not in result:
        first = next(i for i, tag in enumerate(result) if tag.endswith("-any"))
        result.insert(first, f"{own}-none-any")
    return result


def version_of(python, prefix=()):
    return tuple(map(int, run([*prefix, python, "-c", "import sys; print('%d %d' % sys.version_info[:2])"]).split()))


def host_pythons():
    candidates = ["/usr/bin/python3"] + sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin/python")))
    pythons = [path for path in candidates if os.path.exists(path)]
    for python in pythons:
        expected = run([python, "-c", PRINT], {"PYTHONPATH": packaging_for(version_of(python))}).split()
        equal(f"host {python}", jwheel("--all", "--python", python).split(), modern(expected))
    print(f"{len(pythons)} Pythons of this machine")
    environment = f"{WORK}/environment"
    run(["/usr/bin/python3", "-m", "venv", "--without-pip", environment])
    expected = jwheel("--all", "--python", "/usr/bin/python3")
    equal("environment", jwheel("--all", env={"VIRTUAL_ENV": environment}).split(), expected.split())
    with open(glob.glob(f"{environment}/lib/python3*/site-packages")[0] + "/_manylinux.py", "w") as module:
        module.write("def manylinux_compatible(a, b, c): return b < 20\n")
    oracle = run([f"{environment}/bin/python", "-c", PRINT], {"PYTHONPATH": packaging_for((3, 11))})
    equal("module of the environment", jwheel("--all", env={"VIRTUAL_ENV": environment}).split(), oracle.split())


def root_runner(root, machine):
    """How to start a program of a root; programs for another machine by qemu, which says what uname -m is."""
    host = os.uname().machine
    if machine == host or (machine, host) == ("i686", "x86_64"):
        return (["chroot", root] if os.geteuid() == 0 else ["unshare", "-r", "-R", root]), "", host
    emulator = shutil.which({"armv7l": "qemu-arm", "i686": "qemu-i386"}.get(machine, f"qemu-{machine}"))
    return ([emulator, "-L", root] if emulator else None), root, ""


def compare_root(name, root, machine, program, env=None):
    runner, prefix, kernel = root_runner(root, machine)
    if runner is None:
        print(f"left out: {name}: no qemu for {machine}")
        return []
    version = version_of(prefix + program, runner)
    shutil.copytree(packaging_for(version), f"{root}/opt/packaging", dirs_exist_ok=True)
    path = {"PYTHONPATH": f"{prefix}/opt/packaging", "PYTHONDONTWRITEBYTECODE": "1"}
    expected = modern(run([*runner, prefix + program, "-c", PRINT], path).split())
    options = ["--all", "--sysroot", root, "--python", program] + (["--machine", kernel] if kernel else [])
    equal(name, jwheel(*options).split(), expected)
    print(f"{name}: {len(expected)} tags, the first {expected[0]}")
    return expected


def roots():
    for machine in ("x86_64", "i686", "armv7l", "aarch64", "s390x"):
        root = f"{ROOTS}/{machine}/root"
        if not os.path.exists(f"{ROOTS}/{machine}/complete"):
            continue
        expected = compare_root(f"root {machine}", root, machine, "/usr/bin/python3.11")
        machine_option = ["--machine", os.uname().machine] if machine in ("x86_64", "i686") else []
        equal(f"usual Python of {machine}", jwheel("--all", "--sysroot", root, *machine_option).split(), expected)
        if machine == "x86_64":
            compare_root("debug build", root, machine, "/usr/bin/python3.11d")
            compare_root("PyPy", root, machine, "/usr/bin/pypy3")
        if machine == "i686":
            archive = f"{WORK}/root.tar.gz"
            with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
                tar.add(root, arcname=".")
            equal("archive", jwheel("--all", "--sysroot", archive, *machine_option).split(), expected)
    for word in os.environ.get("TAGS_TEST_MORE", "").split():
        root, program = word.split(":")
        compare_root(f"{root} {program}", root, os.uname().machine, program)


def flags():
    """One Python with other build variables, which sysconfig reads as jwheel does."""
    root = f"{ROOTS}/trixie/root"
    if not os.path.exists(f"{ROOTS}/trixie/complete"):
        return
    compare_root("root trixie", root, os.uname().machine, "/usr/bin/python3.13")
    copy = f"{WORK}/trixie"
    shutil.copytree(root, copy, symlinks=True)
    variables = os.path.realpath(glob.glob(f"{copy}/usr/lib/python3.13/_sysconfigdata__linux*.py")[0])
    plain = open(variables).read()
    for free, debug in ((1, 0), (0, 1), (1, 1)):
        with open(variables, "w") as out:
            text = plain.replace("'Py_GIL_DISABLED': 0", f"'Py_GIL_DISABLED': {free}")
            out.write(text.replace("'Py_DEBUG': 0", f"'Py_DEBUG': {debug}"))
        got = compare_root(f"Py_GIL_DISABLED={free} Py_DEBUG={debug}", copy, os.uname().machine, "/usr/bin/python3.13")
        check("the flags count", got[0].startswith(f"cp313-cp313{'t' * free}{'d' * debug}-"), got[0])


UNDERSTOOD = {
    "empty": "",
    "attributes": "manylinux1_compatible = False\nmanylinux2010_compatible = True\n",
    "none": "manylinux1_compatible = None\nmanylinux2014_compatible = 0\n",
    "no": "def manylinux_compatible(tag_major, tag_minor, tag_arch):\n    return False\n",
    "silent": "manylinux2014_compatible = False\ndef manylinux_compatible(a, b, c): pass\n",
    "pep600": '"""Of PEP 600."""\ndef manylinux_compatible(tag_major, tag_minor, tag_arch):\n'
    '    if tag_major != 2:\n        return None\n    if tag_arch in ("x86_64", "i686"):\n        return tag_minor <= 17\n'
    "    return None\n",
    "tuple": "LIMIT = (2, 28)\ndef manylinux_compatible(major, minor, arch):\n    return (major, minor) <= LIMIT\n",
    "elif": "def manylinux_compatible(major, minor, arch):\n    if arch == 'x86_64':\n        if minor == 12: return 0\n"
    "        elif minor in [5, 17]:\n            return 'no' != 'yes'\n        else:\n            return None if minor < 20 else False\n",
    "lambda": "manylinux_compatible = lambda a, b, c, newest=24: a == 2 and b < newest or None\n",
    "annotated": "from __future__ import annotations\nimport sys\nimport os, platform\n\nwho = sys.implementation\n"
    "def manylinux_compatible(major: int, minor: int, arch: str) -> bool:\n    name: str = 'x86'\n"
    "    return arch.startswith(name) and not 6 <= minor < 17\n",
    "sum": "def manylinux_compatible(a, b, c):\n    return (a * 100 + b) - 200 != 17; return True\n",
    "odd": "if 1 > 2:\n    manylinux1_compatible = True\nelse:\n    manylinux1_compatible = False; x = (\n  1,\n)\n",
}
UNKNOWN = {
    "loop": "def manylinux_compatible(a, b, c):\n    for minor in (5, 12):\n        if b == minor: return False\n    return True\n",
    "environment": "import os\nmanylinux1_compatible = os.environ.get('A') != 'b'\n",
    "try": "try:\n    import missing\nexcept ImportError:\n    manylinux2014_compatible = False\n",
    "globals": "globals()['manylinux1_compatible'] = False\n",
    "partly": "def manylinux_compatible(a, b, c):\n    if b > 20: return True\n    return bool(b % 2)\n",
}


def modules():
    python, packaging = "/usr/bin/python3", packaging_for((3, 11))
    for name, text in {**UNDERSTOOD, **UNKNOWN}.items():
        directory = f"{WORK}/module-{name}"
        os.mkdir(directory)
        with open(f"{directory}/_manylinux.py", "w") as out:
            out.write(text)
        expected = run([python, "-c", PRINT], {"PYTHONPATH": f"{packaging}:{directory}"}).split()
        where = {"PYTHONPATH": directory}
        if name in UNDERSTOOD:
            equal(f"module {name}", jwheel("--all", "--python", python, env=where).split(), expected)
            continue
        got = jwheel("--all", "--python", python, env=where, status=1).split()
        check(f"module {name} allows no more", set(got) < set(expected), "not a part of what packaging has")
        answer = json.loads(jwheel("--json", "--python", python, env=where, status=1))
        whole = set(answer["platforms"]) | set(answer["refused"]) | {open["platform"] for open in answer["unknown"]}
        check(f"module {name} leaves open the rest", {t.split("-")[2] for t in expected} - {"any"} <= whole)
    print(f"{len(UNDERSTOOD)} modules as packaging answers, {len(UNKNOWN)} that are unknown")


PEP571 = """
import sys
from pip._internal import pep425tags
from pip._internal.utils import glibc
glibc.glibc_version_string = lambda: sys.argv[1] or None
pep425tags.pip._internal.utils.glibc.glibc_version_string = glibc.glibc_version_string
modern = pep425tags.is_manylinux2010_compatible()
print(modern, modern or pep425tags.is_manylinux1_compatible())
"""


def copy_file(path, root):
    target = root + path
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copy(os.path.realpath(path), target)
    return target


def pep571():
    """pip 19.3 has the functions of PEP 513 and 571 word by word; its glibc is made older, that of jwheel in a copy of the files."""
    python = os.path.realpath("/usr/bin/python3")
    library = run(["/usr/bin/python3", "-c", "import os; print(os.path.dirname(os.__file__))"]).strip()
    libc = next(line.split()[2] for line in run(["ldd", python]).splitlines() if "libc.so.6" in line)
    own = run(["getconf", "GNU_LIBC_VERSION"]).split()[1]
    values = ("", "manylinux2010_compatible = True", "manylinux2010_compatible = False", "manylinux1_compatible = True",
              "manylinux1_compatible = False", "manylinux2010_compatible = 0\nmanylinux1_compatible = 1",
              "def manylinux_compatible(a, b, c): return False")
    count = 0
    for version in (own, "2.12", "2.11", "2.5", "2.4", "3.1"):
        root = f"{WORK}/glibc-{version}"
        copy_file(python, root)
        copy_file(f"{library}/os.py", root)
        loader = next(word for line in run(["ldd", python]).splitlines() for word in line.split() if "/ld-" in word)
        copy_file(loader, root)
        target = copy_file(libc, root)
        content = open(target, "rb").read()
        banner = f"release version {own}.".encode()
        assert banner in content
        with open(target, "wb") as out:
            out.write(content.replace(banner, f"release version {version}.".ljust(len(banner), ".").encode()))
        for i, text in enumerate(values):
            directory = f"{WORK}/pep571-{i}"
            os.makedirs(directory, exist_ok=True)
            with open(f"{directory}/_manylinux.py", "w") as out:
                out.write(text)
            shutil.copy(f"{directory}/_manylinux.py", f"{root}{library}/_manylinux.py")
            path = f"{unpacked('pip-19.3.1-*')}:{directory}"
            answers = run(["/usr/bin/python3", "-W", "ignore", "-c", PEP571, version], {"PYTHONPATH": path}).split()
            expected = [tag for tag, yes in zip(("manylinux2010_x86_64", "manylinux1_x86_64"), answers) if yes == "True"]
            got = json.loads(jwheel("--pep", 571, "--json", "--sysroot", root, "--python", python))["platforms"]
            equal(f"PEP 571 with glibc {version} and {text!r}", got, expected + ["linux_x86_64"])
            count += 1
    print(f"{count} answers of PEP 571")


MUSL = """
import sys
from packaging import _manylinux, _musllinux
sys.executable = sys.argv[1]
_manylinux._get_glibc_version = lambda: (-1, -1)
print("\\n".join(["linux_x86_64", *_manylinux.platform_tags(["x86_64"]), *_musllinux.platform_tags(["x86_64"])]))
"""


def musl():
    """A program of musl, whose loader packaging runs and jwheel reads."""
    if not shutil.which("musl-gcc"):
        print("left out: no musl-gcc")
        return
    root = f"{WORK}/musl"
    os.makedirs(f"{root}/bin")
    with open(f"{WORK}/main.c", "w") as out:
        out.write("int main(void) { return 0; }\n")
    run(["musl-gcc", "-o", f"{root}/bin/sh", f"{WORK}/main.c"])
    copy_file("/lib/ld-musl-x86_64.so.1", root)
    expected = run(["/usr/bin/python3", "-c", MUSL, f"{root}/bin/sh"], {"PYTHONPATH": packaging_for((3, 11))}).split()
    got = json.loads(jwheel("--json", "--sysroot", root))
    equal("musl", got["platforms"], expected)
    check("musl is found", any(tag.startswith("musllinux_1_") for tag in expected), expected)
    print(f"musl {got['libc']['version']}")


def accepted():
    """Names put together at random, judged by packaging and by jwheel."""
    sys.path.insert(0, packaging_for((3, 11)))
    from packaging.utils import parse_wheel_filename

    supported = jwheel("--all", "--python", "/usr/bin/python3").split()
    ranks = {tag: i + 1 for i, tag in enumerate(supported)}
    chance = random.Random(571)
    pythons = ["cp311", "cp310", "cp312", "cp37", "py3", "py2", "py2.py3", "py311", "py312", "pp310", "cp27"]
    abis = ["cp311", "abi3", "none", "cp311d", "cp310", "cp312", "abi3t", "cp27mu", "abi3.none", "pypy310_pp73"]
    platforms = ["any", "linux_x86_64", "manylinux1_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64.manylinux2014_x86_64",
                 "manylinux_2_99_x86_64", "manylinux2014_aarch64", "musllinux_1_2_x86_64", "win_amd64", "macosx_11_0_arm64",
                 "manylinux_2_4_x86_64", "linux_armv7l", "android_21_arm64_v8a"]
    names = []
    for number in range(1000):
        build = chance.choice(["", "", "-1", "-10x", "-2"])
        names.append(f"a{number}-1.0{build}-{chance.choice(pythons)}-{chance.choice(abis)}-{chance.choice(platforms)}.whl")
    answers = json.loads(jwheel("--accepts", "--json", "--python", "/usr/bin/python3", *names))["wheels"]
    taken = 0
    for name, answer in zip(names, answers):
        found = sorted(ranks[str(tag)] for tag in parse_wheel_filename(name)[3] if str(tag) in ranks)
        right = answer["rank"] == (found[0] if found else 0) and answer["accepted"] == ("yes" if found else "no")
        check(f"accepts {name}", right and bool(answer["obstacles"]) != bool(found), answer)
        taken += bool(found)
    print(f"1000 names, {taken} of them accepted")


def chosen():
    """Wheels of one project, of which pip itself says which it would install."""
    directory = f"{WORK}/choice"
    os.mkdir(directory)
    chance = random.Random(425)
    tags = ["cp311-cp311-manylinux_2_17_x86_64", "cp311-cp311-linux_x86_64", "cp311-abi3-manylinux1_x86_64", "cp37-abi3-linux_x86_64",
            "py3-none-any", "py2.py3-none-any", "cp312-cp312-linux_x86_64", "py3-none-manylinux2014_x86_64", "cp311-none-any"]
    pip = f"{WORK}/venv/bin/pip"
    for i in range(12):
        names = set()
        for _ in range(chance.randint(2, 6)):
            version = chance.choice(["1.0", "1.0", "1.0", "1.0.post1", "2rc1", "0.9", "1.0+local"])
            names.add(f"demo-{version}{chance.choice(['', '', '-1', '-2', '-10'])}-{chance.choice(tags)}.whl")
        links = f"{directory}/{i}"
        os.mkdir(links)
        for name in names:
            version = name.split("-")[1]
            with zipfile.ZipFile(f"{links}/{name}", "w") as wheel:
                info = f"demo-{version}.dist-info"
                wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: demo\nVersion: {version}\n")
                wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\n")
                wheel.writestr(f"{info}/RECORD", "")
        command = [pip, "install", "-q", "--no-index", "--find-links", links, "--dry-run", "--report", "-", "demo"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
        expected = []
        if done.returncode == 0:
            expected = [os.path.basename(json.loads(done.stdout)["install"][0]["download_info"]["url"]).replace("%2B", "+")]
        python = f"{WORK}/venv/bin/python"
        got = jwheel("--accepts", "--json", "--python", python, *sorted(names), status=0 if expected else 1)
        equal(f"choice among {sorted(names)}", json.loads(got)["taken"], expected)
    print("12 choices as pip makes them")


def hostile():
    """Roots that lead elsewhere, go in circles, or are large: one line, and nothing of the host."""
    root = f"{WORK}/hostile"
    for name in ("bin", "usr/bin", "lib64", "usr/lib/python3.11"):
        os.makedirs(f"{root}/{name}")
    os.symlink("../../../../../../../../../../../../usr/bin/python3.11", f"{root}/usr/bin/python3")
    os.symlink("sh", f"{root}/bin/sh")
    message(["--sysroot", root], "nothing tells what machine")
    message(["--sysroot", root, "--python", "/bin/sh"], "loop of symbolic links")
    os.remove(f"{root}/bin/sh")
    os.remove(f"{root}/usr/bin/python3")
    os.mkfifo(f"{root}/usr/bin/python3")
    message(["--sysroot", root, "--python", "/usr/bin/python3"], "device or socket")
    os.remove(f"{root}/usr/bin/python3")
    copy_file("/usr/bin/python3", root)
    os.rename(f"{root}/usr/bin/python3", f"{root}/usr/bin/python3.11")
    os.symlink("python3.11", f"{root}/usr/bin/python3")
    with open(f"{root}/lib64/libc.so.6", "wb") as out:
        out.truncate(1 << 40)
    with open(f"{root}/usr/lib/python3.11/os.py", "w"):
        pass
    answer = json.loads(jwheel("--sysroot", root, "--json"))
    check("a huge C library is none", answer["libc"] == {} and answer["platforms"] == ["linux_x86_64"], answer)
    libc = next(line.split()[2] for line in run(["ldd", "/usr/bin/python3"]).splitlines() if "libc.so.6" in line)
    shutil.copy(libc, f"{root}/lib64/libc.so.6")
    with open(f"{root}/usr/lib/python3.11/_manylinux.py", "wb") as out:
        out.truncate(1 << 40)
    unknown = json.loads(jwheel("--sysroot", root, "--json", status=1))["unknown"]
    check("a huge module is not read", unknown and "larger than" in unknown[0]["reason"], unknown)
    with open(f"{root}/usr/lib/python3.11/_sysconfigdata__linux_x.py", "wb") as out:
        out.truncate(1 << 40)
    message(["--sysroot", root], "larger than")
    message(["--sysroot", f"{WORK}/missing"], "no such file or directory")
    message(["--python", "3.x"], "expected a version")
    message(["--accepts", "foo.whl"], "not named like a wheel")
    message(["foo.whl"], "--accepts")


def start():
    """What other commands start without."""
    wheel = f"{WORK}/choice/0"
    wheel = f"{wheel}/{sorted(os.listdir(wheel))[0]}"
    log = f"{WORK}/classes"
    run([JWHEEL, "show", wheel], {"JWHEEL_OPTS": f"-Xlog:class+load:file={log}"}, status=1)
    loaded = open(log).read()
    for package in ("java.net.http.", "dev.jwheel.remote.", "dev.jwheel.upload.", "dev.jwheel.tags."):
        check(f"show loads nothing of {package}", f" {package}" not in loaded and " dev.jwheel.wheel." in loaded)


def message(arguments, expected):
    done = subprocess.run([JWHEEL, "tags", *arguments], capture_output=True, text=True, timeout=LIMIT)
    lines = [line for line in done.stderr.splitlines() if not line.startswith("Try ")]
    check(f"message {arguments}", done.returncode == 2 and len(lines) == 1 and expected in lines[0] and not done.stdout, done)


for test in (host_pythons, roots, flags, modules, pep571, musl, accepted, chosen, hostile, start):
    test()
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
