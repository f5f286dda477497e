#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes wheels of Debian's python3-lxml for other machines, repairs them with that machine's Debian as --sysroot, and has that machine's Python import and use
# the result under qemu-user, in a root where none of the grafted libraries is. One line of Markdown for each machine. Needs qemu-user, python3 and an apt mirror.
# usage: repair_foreign.sh [ARCH...]      Debian's names of architectures; without them arm64 armhf i386 ppc64el s390x
# JWHEEL is the command to try; the default is the one that `mvn package` makes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jwheel=${JWHEEL:-$here/../../../target/jwheel/bin/jwheel}
(($#)) || set -- arm64 armhf i386 ppc64el s390x
declare -A machine=([arm64]=aarch64 [armhf]=armv7l [i386]=i686 [ppc64el]=ppc64le [s390x]=s390x)
declare -A emulator=([arm64]=aarch64 [armhf]=arm [i386]=i386 [ppc64el]=ppc64le [s390x]=s390x)
both=(libc6 libgcc-s1 libstdc++6 zlib1g libexpat1)
libraries=(libxml2 libxslt1.1 libicu72 liblzma5 libgcrypt20 libgpg-error0)
python=(python3.11-minimal libpython3.11-minimal libpython3.11-stdlib)
use='
import sys
from lxml import etree
root = etree.fromstring("<a><b>1</b><b>2</b></a>")
assert root.xpath("sum(b)") == 3
style = "<x:stylesheet version=\"1.0\" xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"/>"
assert str(etree.XSLT(etree.fromstring(style))(root)).endswith("12\n")
print(sys.version.split()[0], "on", __import__("platform").machine())
'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for arch; do
  place=$work/$arch
  build=$("$here/foreign-debs.sh" "$place/build" "$arch" bookworm "${both[@]}" "${libraries[@]}" python3-lxml)
  run=$("$here/foreign-debs.sh" "$place/run" "$arch" bookworm "${both[@]}" "${python[@]}")
  python3 "$here/deb-wheel.py" --name lxml --version 1.0 --tag "cp311-cp311-linux_${machine[$arch]}" --out "$place" "$place"/build/cache/python3-lxml_*.deb >&2
  "$jwheel" repair -q --sysroot "$build" -w "$place/out" "$place"/lxml-*.whl
  wheel=$(echo "$place"/out/*.whl)
  python3 -m zipfile -e "$wheel" "$place/installed"
  grafted=$(find "$place/installed/lxml.libs" -type f | wc -l)
  said=$("qemu-${emulator[$arch]}" -L "$run" -E PYTHONHOME="$run/usr" -E PYTHONPATH="$place/installed" "$run/usr/bin/python3.11" -c "$use")
  echo "| \`$(basename "$wheel")\` | $grafted | Python $said |"
done
