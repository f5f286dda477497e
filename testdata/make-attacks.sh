#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes testdata/attacks: ELF files that readers of different ways understand differently, from a library that needs the absent libabsent.so.9.
# usage: testdata/make-attacks.sh        (needs gcc, binutils and python3 on x86_64)
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$here/attacks
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo 'int absent(void) { return 1; }' >absent.c
echo 'int answer(void) { return 42; } const char *answers[] = {"a", "b"};' >base.c
gcc=(gcc -Os -fPIC -ffreestanding -fno-ident -fno-asynchronous-unwind-tables -fcf-protection=none -shared -nostdlib -Wl,--build-id=none,-z,separate-code)
"${gcc[@]}" -Wl,-soname,libabsent.so.9 -o libabsent.so absent.c
"${gcc[@]}" -Wl,-soname,libbase.so.1,--eh-frame-hdr,--no-as-needed,-z,x86-64-v3 -o base.so base.c libabsent.so
"${gcc[@]}" -Wl,-soname,libbase.so.1,-z,x86-64-v3 -o isa.so base.c
rm -f "$out"/*.so
python3 "$here/attacks.py" base.so isa.so "$out"
chmod -R u=rwX,go=rX "$out"
