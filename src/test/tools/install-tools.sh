#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the integration tests use beside a JDK: loaders, linters and strippers from apt, and a root of every foreign machine. Run it again at will.
# usage: install-tools.sh [ROOTS]     ROOTS is what -Djwheel.roots names; by default ${XDG_CACHE_HOME:-~/.cache}/jwheel/roots
# Without it every test that lacks a tool is skipped and says which one. The roots are made of Debian packages: elsewhere than on a Debian they need
# DEBIAN_MIRROR, the address of a mirror.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
roots=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/jwheel/roots}
sudo=() && ((EUID == 0)) || sudo=(sudo)

packages=(gcc g++ binutils elfutils musl-tools python3 qemu-user unzip zip zstd)
# packed as wheels and repaired
packages+=(python3-lxml python3-psycopg2 python3-pil python3-numpy)
# GNU strip knows one machine a package
for target in i686-linux-gnu aarch64-linux-gnu arm-linux-gnueabihf powerpc64le-linux-gnu s390x-linux-gnu riscv64-linux-gnu; do packages+=("binutils-$target"); done
missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>&1) == installed ]] || missing+=("$package")
done
if ((${#missing[@]})); then
  "${sudo[@]}" apt-get -qq update
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

if [[ -z ${DEBIAN_MIRROR:-} && $(. /etc/os-release && echo "$ID") != debian ]]; then
  echo "no roots of foreign machines: this is no Debian, and DEBIAN_MIRROR is not set"
  exit 0
fi

root() { # MACHINE DEBIAN-ARCH SUITE PACKAGE...
  local machine=$1; shift
  if [[ -e $roots/$machine/complete ]]; then return; fi
  if "$here/foreign-debs.sh" "$roots/$machine" "$@" >/dev/null 2>"$roots/$machine.log"; then
    rm -rf "$roots/$machine"/{cache,state,etc} "$roots/$machine.log"
    touch "$roots/$machine/complete"
    echo "$roots/$machine/root"
  else
    echo "no root of $machine:" >&2
    tail -n 3 "$roots/$machine.log" >&2
    failed=1
  fi
}

mkdir -p "$roots"
failed=0
libraries=(libc6 libgcc-s1 libstdc++6 zlib1g libzstd1 liblzma5 libbz2-1.0 libffi8)
bookworm=("${libraries[@]}" libssl3 libpng16-16 libsqlite3-0)
trixie=("${libraries[@]}" libssl3t64 libpng16-16t64 libsqlite3-0)
root i686 i386 bookworm "${bookworm[@]}"
root aarch64 arm64 bookworm "${bookworm[@]}"
root armv7l armhf bookworm "${bookworm[@]}"
root ppc64le ppc64el bookworm "${bookworm[@]}"
root s390x s390x bookworm "${bookworm[@]}"
root riscv64 riscv64 trixie "${trixie[@]}"
exit "$failed"
