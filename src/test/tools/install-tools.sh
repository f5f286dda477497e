#!/usr/bin/env bash
# Installs what the integration tests use beside a JDK: loaders, linters and strippers from apt, and a root of every foreign architecture. Run it again at will.
# usage: install-tools.sh [ROOTS]     ROOTS is what -Djwheel.roots names; by default ${XDG_CACHE_HOME:-~/.cache}/jwheel/roots
# Without it every test that lacks a tool is skipped and says which one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
roots=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/jwheel/roots}
sudo=() && ((EUID == 0)) || sudo=(sudo)

packages=(gcc g++ binutils elfutils musl-tools patchelf python3 qemu-user)
# GNU strip knows one architecture a package
for target in i686-linux-gnu aarch64-linux-gnu arm-linux-gnueabihf powerpc64le-linux-gnu s390x-linux-gnu riscv64-linux-gnu; do packages+=("binutils-$target"); done
missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>&1) == installed ]] || missing+=("$package")
done
if ((${#missing[@]})); then
  "${sudo[@]}" apt-get -qq update
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

root() { # ARCH DEBIAN-ARCH SUITE PACKAGE...
  local arch=$1; shift
  if [[ -e $roots/$arch/complete ]]; then return; fi
  if "$here/foreign-debs.sh" "$roots/$arch" "$@" >/dev/null 2>"$roots/$arch.log"; then
    rm -rf "$roots/$arch"/{cache,state,etc}
    touch "$roots/$arch/complete"
    echo "$roots/$arch/root"
  else
    echo "no root for $arch:" >&2
    tail -n 3 "$roots/$arch.log" >&2
    failed=1
  fi
}

mkdir -p "$roots"
failed=0
libraries=(libc6 libgcc-s1 libstdc++6 zlib1g libzstd1 liblzma5 libbz2-1.0 libffi8)
old=("${libraries[@]}" libssl3 libpng16-16 libsqlite3-0)
new=("${libraries[@]}" libssl3t64 libpng16-16t64 libsqlite3-0)
root i686 i386 bookworm "${old[@]}"
root aarch64 arm64 bookworm "${old[@]}"
root armv7l armhf bookworm "${old[@]}"
root ppc64le ppc64el bookworm "${old[@]}"
root s390x s390x bookworm "${old[@]}"
root riscv64 riscv64 trixie "${new[@]}"
exit "$failed"
