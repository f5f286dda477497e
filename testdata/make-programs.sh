#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes testdata/programs: small programs with a large bss, by four linkers and for other machines. Each prints "ok" if its bss is there and zero.
# usage: testdata/make-programs.sh   (needs gcc, gcc-aarch64-linux-gnu, gcc-arm-linux-gnueabihf, gcc-powerpc64le-linux-gnu, gcc-s390x-linux-gnu, gcc-i686-linux-gnu, clang-19, lld-19, mold)
set -euo pipefail
export LC_ALL=C SOURCE_DATE_EPOCH=0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$here/programs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/bss.c" <<'C'
#include <stdio.h>
volatile char large[3 << 20];
int main(void) {
  for (unsigned i = 0; i < sizeof large; i += 511) if (large[i]) return 1;
  for (unsigned i = 0; i < sizeof large; i += 4096) large[i] = 1;
  puts("ok");
  return 0;
}
C
cd "$work"
flags=(-Os -s -fno-ident -fno-asynchronous-unwind-tables -Wl,--build-id=none)
for kind in pie no-pie; do
  for linker in bfd gold mold; do mkdir -p "$out/x86_64" && gcc "${flags[@]}" -f$kind -$kind -fuse-ld=$linker -o "$out/x86_64/$linker-$kind" bss.c; done
  clang-19 "${flags[@]}" -f$kind -$kind -fuse-ld=lld-19 -o "$out/x86_64/lld-$kind" bss.c
  for machine in aarch64:aarch64-linux-gnu armv7l:arm-linux-gnueabihf ppc64le:powerpc64le-linux-gnu s390x:s390x-linux-gnu i686:i686-linux-gnu; do
    mkdir -p "$out/${machine%:*}"
    "${machine#*:}-gcc" "${flags[@]}" -f$kind -$kind -o "$out/${machine%:*}/bfd-$kind" bss.c
  done
done
chmod -R u=rwX,go=rX "$out"
