# SPDX-License-Identifier: Apache-2.0
"""Finds the program jwheel, which this package has installed."""

import os
import sysconfig

__all__ = ["find_jwheel_bin"]


def find_jwheel_bin():
    """Returns the path of the program; raises FileNotFoundError if it is not where an installer puts it."""
    names = ["jwheel.exe", "jwheel.cmd"] if os.name == "nt" else ["jwheel"]
    tried = list(dict.fromkeys(_directories()))
    for directory in tried:
        for name in names:
            path = os.path.join(directory, name)
            if os.path.isfile(path):
                return path
    raise FileNotFoundError("%s is in none of %s" % (names[0], ", ".join(tried)))


def _directories():
    """The directories of scripts: of this environment, of `--user`, and of `--target`, where the package itself lies."""
    yield sysconfig.get_path("scripts")
    if hasattr(sysconfig, "get_preferred_scheme"):
        yield sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))
    else:
        yield sysconfig.get_path("scripts", os.name + "_user")
    packages = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield os.path.join(packages, "bin")
    # of --prefix and --root: lib/python3.X/site-packages, on Windows Lib\site-packages
    yield os.path.join(packages, os.pardir, os.pardir, os.pardir, "bin")
    yield os.path.join(packages, os.pardir, os.pardir, "Scripts")
