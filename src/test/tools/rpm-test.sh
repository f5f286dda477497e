#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Repairs a wheel against systems with an RPM database, made here by the real rpm, and looks at the bill of materials.
#
# usage: rpm-test.sh JWHEEL
#
# JWHEEL is the program. As root, with rpm (rpmbuild too), gcc and python3; no network. Each check says what holds; exit 0 when all do.
set -euo pipefail
jwheel=$(readlink -f "${1:?the program}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export TMPDIR=$work/tmp LC_ALL=C
mkdir tmp
unset LD_LIBRARY_PATH AUDITWHEEL_PLAT JWHEEL_PLAT

held() { echo "holds: $1"; }
fail() { echo "DOES NOT HOLD: $1" >&2; exit 1; }

# A library in a package, and a module that needs it.
mkdir -p stage/usr/lib64 top wheel/demo-1.0.dist-info
echo 'int foo(void) { return 4; }' >foo.c
gcc -shared -fPIC -Wl,-soname,libfoo.so.1 foo.c -o stage/usr/lib64/libfoo.so.1
echo 'extern int foo(void), puts(const char *); int bar(void) { return puts("") + foo(); }' >bar.c
gcc -shared -fPIC bar.c -o wheel/demo.so stage/usr/lib64/libfoo.so.1
cat >foo.spec <<END
Name: FooLib
Epoch: 2
Version: 1.2.3
Release: 4.el9
Summary: A library
License: MIT
%description
A library
%define __strip /bin/true
%install
mkdir -p %{buildroot}/usr/lib64
cp $work/stage/usr/lib64/libfoo.so.1 %{buildroot}/usr/lib64/
%files
/usr/lib64/libfoo.so.1
END
rpmbuild -bb --define "_topdir $work/top" --define "_build_id_links none" --define "debug_package %{nil}" foo.spec >rpmbuild.log 2>&1 || { cat rpmbuild.log; exit 1; }
printf 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' >wheel/demo-1.0.dist-info/METADATA
machine=$(uname -m)
printf 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_%s\n' "$machine" >wheel/demo-1.0.dist-info/WHEEL
name=demo-1.0-cp311-cp311-linux_$machine.whl
(cd wheel && printf 'demo.so,,\ndemo-1.0.dist-info/METADATA,,\ndemo-1.0.dist-info/WHEEL,,\ndemo-1.0.dist-info/RECORD,,\n' >demo-1.0.dist-info/RECORD && python3 -m zipfile -c "../$name" demo.so demo-1.0.dist-info)
purl="pkg:rpm/almalinux/FooLib@1.2.3-4.el9?arch=$machine&epoch=2"

# system DIRECTORY DATABASE: a root in which rpm has installed the package.
system() {
  mkdir -p "$1/etc" "$1$2"
  printf 'ID="almalinux"\nVERSION_ID="9"\n' >"$1/etc/os-release"
  echo /usr/lib64 >"$1/etc/ld.so.conf"
  rpm --root "$work/$1" --dbpath "$2" --nodeps --noscripts -i top/RPMS/*/*.rpm 2>rpm.log || { cat rpm.log; exit 1; }
}

# component: prints the graft's package URL, or that it is unknown.
component() {
  unzip -p out/*.whl '*/jwheel.cdx.json' | python3 -c '
import json, sys
[component] = json.load(sys.stdin)["components"]
unknown = {"name": "jwheel:package", "value": "unknown"} in component["properties"]
print(component.get("purl", "unknown" if unknown else "neither"), component.get("version", "-"))'
}

# state DIRECTORY: everything that a writer would change.
state() { find "$1" -printf '%p %s %T@ %i\n' | sort; find "$1" -type f -exec sha256sum {} + | sort; }

# repair [ARGUMENT...]: the messages are in messages afterwards.
repair() {
  rm -rf out
  "$jwheel" repair -w out "$@" "$name" >messages 2>&1 || { cat messages; fail "repair $*"; }
  [ -z "$(ls tmp)" ] || fail "nothing is left in the directory of temporary files"
}

system usual /var/lib/rpm
system sysimage /usr/lib/sysimage/rpm
for system in usual sysimage; do
  state "$system" >before
  repair --sysroot "$system"
  [ "$(component)" = "$purl 2:1.2.3-4.el9" ] || fail "the package is named: $(component)"
  state "$system" | diff before - || fail "the sysroot is not written to"
  held "$system: the package of the graft is named, and the sysroot is not written to"
done

tar -C usual -cf image.tar .
repair --sysroot image.tar
[ "$(component)" = "$purl 2:1.2.3-4.el9" ] || fail "the package is named: $(component)"
held "an archive as the sysroot: the package is named"

# A program of this name that leaves a trace.
mkdir path
printf '#!/bin/sh\necho started >>%s/started\nexit 1\n' "$work" >path/rpm
chmod +x path/rpm
PATH=$work/path:$PATH repair --sysroot usual --no-package-query
[ "$(component)" = "unknown -" ] || fail "the package is unknown: $(component)"
[ ! -e started ] || fail "--no-package-query starts no rpm"
grep -q 'rpm was not to be asked' messages || fail "the reason is given"
held "--no-package-query: rpm is not started, the package is stated as unknown"

PATH=$work/path:$PATH "$jwheel" show --sysroot usual "$name" >messages
PATH=$work/path:$PATH repair --sysroot usual --dry-run
[ ! -e started ] || fail "show and a plan start no rpm"
held "show and --dry-run: rpm is not started"

PATH=$work/path:$PATH repair --sysroot usual
[ -e started ] && [ "$(component)" = "unknown -" ] || fail "the package is unknown: $(component)"
grep -q 'rpm ends with status 1' messages || fail "the reason is given"
held "an rpm that fails: the package is stated as unknown"

mkdir tools
ln -s "$(readlink -f "$(command -v java)")" tools/java
for tool in sh bash dirname readlink cksum uname mkdir rm mv ls stat basename env id head sed cat date awk cut tr grep sort; do ln -s "$(command -v $tool)" tools/; done
PATH=$work/tools repair --sysroot usual
[ "$(component)" = "unknown -" ] || fail "the package is unknown: $(component)"
grep -q 'there is no rpm that can be started' messages || fail "the reason is given"
held "no rpm: the package is stated as unknown"

cp -a usual damaged
head -c 5000 usual/var/lib/rpm/rpmdb.sqlite >damaged/var/lib/rpm/rpmdb.sqlite
repair --sysroot damaged
[ "$(component)" = "unknown -" ] || fail "the package is unknown: $(component)"
grep -q 'rpm says: ' messages || fail "the reason is given"
held "a damaged database: the package is stated as unknown"

if unshare -m true 2>unshare.log; then
  # The host with the database bound over its own; the library is where it is in the package.
  mkdir -p lib
  export jwheel name
  unshare -m bash -euc '
    mkdir -p /var/lib/rpm /usr/lib64
    mount --bind usual/var/lib/rpm /var/lib/rpm
    mount -t tmpfs tmpfs lib && mkdir lib/upper lib/work lib/merged
    mount -t overlay overlay -o lowerdir=/usr/lib64,upperdir=lib/upper,workdir=lib/work lib/merged
    cp stage/usr/lib64/libfoo.so.1 lib/merged/
    mount --bind lib/merged /usr/lib64
    rm -rf out
    "$jwheel" repair -w out --ldpaths /usr/lib64 "$name" >messages 2>&1' || { cat messages; fail "repair on an RPM host"; }
  [[ $(component) == pkg:rpm/*/FooLib@1.2.3-4.el9* ]] || fail "the package is named: $(component)"
  held "the host's own database: the package is named"
fi
echo "all hold"
