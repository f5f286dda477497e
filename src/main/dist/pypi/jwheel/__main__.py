# SPDX-License-Identifier: Apache-2.0
"""python -m jwheel"""

import os
import sys

from jwheel import find_jwheel_bin


def main():
    arguments = sys.argv[1:]
    if os.name != "nt":
        path = find_jwheel_bin()
        os.execv(path, [path] + arguments)
    import subprocess

    sys.exit(subprocess.call(_windows_command() + arguments))


def _windows_command():
    """The runtime that came along, without cmd.exe, which would read % and ^ in arguments; else the script, which looks for a Java."""
    scripts = os.path.dirname(find_jwheel_bin())
    home = os.path.join(os.path.dirname(scripts), "share", "jwheel")
    java = os.environ.get("JWHEEL_JAVA") or os.path.join(home, "runtime", "bin", "java.exe")
    if not os.path.isfile(java):
        return [os.path.join(scripts, "jwheel.cmd")]
    with open(os.path.join(home, "java.options")) as file:
        options = file.read().split()
    # The first word is the command, or the one after auditwheel.
    words = [word for word in sys.argv[1:] if not word.startswith("-") and word != "auditwheel"]
    kind = "repair" if {"repair", "patchelf"} & set(words[:1]) else "short"
    cache = os.path.join(home, kind + ".aot")
    if os.path.isfile(cache) and not os.environ.get("JWHEEL_NO_CACHE"):
        options.append("-XX:AOTCache=" + cache)
    options += os.environ.get("JWHEEL_OPTS", "").split()
    terminals = ["-Djwheel.terminal=%s" % str(sys.stdout.isatty()).lower(), "-Djwheel.terminal.error=%s" % str(sys.stderr.isatty()).lower()]
    return [java] + options + terminals + ["-cp", os.path.join(home, "jwheel.jar"), "dev.jwheel.cli.Main"]


if __name__ == "__main__":
    main()
