#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the Dockerfile without docker: carries out its commands and runs jwheel in a chroot that holds exactly the files it copies. As root, on a Debian.
# usage: image-test.sh [DIRECTORY]     DIRECTORY holds what mvn -Pdist made, by default target/dist
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
dist=$(cd "${1:-$root/target/dist}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $(uname -m) in x86_64) TARGETARCH=amd64 ;; *) TARGETARCH=arm64 ;; esac
export TARGETARCH

# The RUN command, with the two directories of the build stage in ours.
mkdir "$work/archives"
ln -s "$dist"/jwheel-*-linux-*.tar.gz "$work/archives/"
command=$(sed -n '/^RUN /,/[^\\]$/p' "$root/src/main/dist/Dockerfile" | sed -e '1s/^RUN //' -e 's/\\$//' | tr -d '\n')
command=${command//\/root-of-image/$work\/image}
command=${command//\/archives/$work\/archives}
sh -c "$command"

# A container has /proc, where the loader of the runtime finds itself, and /dev/null.
mkdir -p "$work/image/proc" "$work/image/dev" "$work/image/io"
mknod -m 666 "$work/image/dev/null" c 1 3
cp "$root"/src/main/dist/share/jwheel/rehearsal-*.whl "$root/testdata/elf/x86_64/libdep.so.1" "$work/image/io"
inside() { unshare --mount sh -c 'mount -t proc proc "$1/proc" && exec chroot "$@"' sh "$work/image" /opt/jwheel/bin/jwheel "$@"; }
programs=$(find "$work/image" -path "$work/image/opt" -prune -o -type f -perm -u+x -print | grep -cv '\.so')
[[ $programs == 1 ]] || { echo "BROKEN  the shell is the only program beside it: $programs"; exit 1; }
inside --version
inside show /io/rehearsal-1-cp39-cp39-linux_x86_64.whl >"$work/shown"
grep -q manylinux "$work/shown"
inside repair -w /io/out --ldpaths /io /io/rehearsal-2-cp39-cp39-linux_x86_64.whl >"$work/repaired"
grep -q 'rehearsal.libs/libdep' "$work/repaired"
du -sm "$work/image" | sed 's/\t.*/ MB/'
echo "ok      the image of the Dockerfile audits and repairs with no other program than its shell"
