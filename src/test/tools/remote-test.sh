#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reads real wheels from real servers on the loopback: installs pypiserver (which gives ranges) and devpi-server (which does
# not) in a temporary environment and runs remote_test.py in it. Needs python3 with venv, and the built program.
#
#     src/test/tools/remote-test.sh [JWHEEL [pypiserver|devpi]]
#
# JWHEEL is the program to test, by default target/jwheel/bin/jwheel. UPLOAD_TEST_VENV names an environment to keep and use
# again, that of upload-test.sh. Only the installation and the download of the files to serve leave this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jwheel=$(realpath "${1:-$here/../../../target/jwheel/bin/jwheel}")
[ -x "$jwheel" ] || { echo "remote-test.sh: $jwheel is not a program; mvn package makes it" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${UPLOAD_TEST_VENV:-$work/venv}
if [ ! -x "$venv/bin/twine" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check pypiserver devpi-server twine
fi
mkdir "$work/files" "$work/home"
"$venv/bin/pip" download -q --disable-pip-version-check --no-deps --only-binary :all: -d "$work/files" \
  numpy markupsafe psutil packaging

# Neither proxies nor credentials of whoever runs this.
env -i PATH="$venv/bin:$PATH" HOME="$work/home" LANG=C.UTF-8 ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} \
  ${JWHEEL_JAVA:+JWHEEL_JAVA="$JWHEEL_JAVA"} "$venv/bin/python" "$here/remote_test.py" "$jwheel" "$work" "${@:2}"
