#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Uploads real files to real servers on the loopback: installs pypiserver, devpi-server, twine and uv in a temporary
# environment and runs upload_test.py in it. Needs python3 with venv, and the built program.
#
#     src/test/tools/upload-test.sh [JWHEEL]
#
# JWHEEL is the program to test, by default target/jwheel/bin/jwheel. UPLOAD_TEST_VENV names an environment to keep and use
# again. Only the installation and the download of the files to upload leave this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jwheel=$(realpath "${1:-$here/../../../target/jwheel/bin/jwheel}")
[ -x "$jwheel" ] || { echo "upload-test.sh: $jwheel is not a program; mvn package makes it" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${UPLOAD_TEST_VENV:-$work/venv}
if [ ! -x "$venv/bin/twine" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check pypiserver devpi-server twine uv setuptools wheel
fi
mkdir "$work/files" "$work/home"
download() { "$venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$work/files" "$@"; }
download --only-binary :all: markupsafe psutil websockets hiredis bcrypt argon2-cffi-bindings google-crc32c packaging idna certifi
download --no-binary :all: --no-build-isolation six

# Neither proxies nor credentials of whoever runs this.
env -i PATH="$venv/bin:$PATH" HOME="$work/home" LANG=C.UTF-8 ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} \
  ${JWHEEL_JAVA:+JWHEEL_JAVA="$JWHEEL_JAVA"} "$venv/bin/python" "$here/upload_test.py" "$jwheel" "$work"
