#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compares jwheel tags with packaging.tags.sys_tags(), run by the Pythons of this machine, by those of Debian roots of several machines (natively in a
# chroot or by qemu-user), and with modules _manylinux of many kinds; with pip 19.3's functions of PEP 513 and 571; and the choice of a wheel with pip's.
#
#     src/test/tools/tags-test.sh [JWHEEL]
#
# JWHEEL is the program to test, by default target/jwheel/bin/jwheel. The roots are kept below TAGS_TEST_ROOTS, by default
# ${XDG_CACHE_HOME:-~/.cache}/jwheel/tags-roots. TAGS_TEST_MORE names roots with a Python of their own, one DIRECTORY:PROGRAM a word. Needs python3 with
# venv; a root that cannot be made, as elsewhere than on a Debian, is left out with a message.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jwheel=$(realpath "${1:-$here/../../../target/jwheel/bin/jwheel}")
[ -x "$jwheel" ] || { echo "tags-test.sh: $jwheel is not a program; mvn package makes it" >&2; exit 2; }
roots=${TAGS_TEST_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/jwheel/tags-roots}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset VIRTUAL_ENV PYTHONPATH PYENV_VERSION
mkdir -p "$roots"

python3 -m venv "$work/venv"
download() { "$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps --only-binary :all: -d "$work/download/$1" "${@:2}"; }
for version in 2.7 3.6 3.7 3.8 3.9 3.10; do download "$version" --python-version "$version" packaging; done
download . pip==19.3.1

root() { # NAME DEBIAN-ARCH SUITE PACKAGE...
  local name=$1; shift
  [ -e "$roots/$name/complete" ] && return
  if "$here/foreign-debs.sh" "$roots/$name" "$@" >/dev/null 2>"$roots/$name.log"; then
    rm -rf "$roots/$name"/{cache,state,etc} "$roots/$name.log"
    touch "$roots/$name/complete"
  else
    echo "left out: no root $name: $(tail -n 1 "$roots/$name.log")"
  fi
}
python=(libc6 libgcc-s1 zlib1g libexpat1 python3-minimal)
bookworm=("${python[@]}" python3.11-minimal libpython3.11-minimal libpython3.11-stdlib)
root x86_64 amd64 bookworm "${bookworm[@]}" python3.11-dbg libpython3.11-dbg pypy3 pypy3-lib libffi8 libbz2-1.0 libncursesw6 libtinfo6
root trixie amd64 trixie "${python[@]}" python3.13-minimal libpython3.13-minimal libpython3.13-stdlib
root i686 i386 bookworm "${bookworm[@]}"
root armv7l armhf bookworm "${bookworm[@]}"
root aarch64 arm64 bookworm "${bookworm[@]}"
root s390x s390x bookworm "${bookworm[@]}"

"$work/venv/bin/python" "$here/tags_test.py" "$jwheel" "$roots" "$work"
