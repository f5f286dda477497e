#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The wheels for other systems, tried without them: the one for aarch64 under qemu-user, the one for Windows under Wine.
# usage: foreign-dist-test.sh [DIRECTORY]     DIRECTORY holds what mvn -Pdist -Ddist.target=aarch64 and =windows made, and the wheel of this machine
# For a Debian with the packages wine, wine64 and qemu-user, and a root of arm64 from install-tools.sh or the package libc6-arm64-cross. A JDK on the PATH
# compiles the program that holds a file open.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
dist=$(cd "${1:-$root/target/dist}" && pwd)
work=$(mktemp -d)
holder=
trap '[[ -z $holder ]] || kill $holder; [[ ! -d $work/wine ]] || WINEPREFIX=$work/wine wineserver -k; rm -rf "$work"' EXIT
unset JAVA_HOME JWHEEL_JAVA JWHEEL_OPTS JWHEEL_NO_CACHE JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
export XDG_CACHE_HOME=$work/cache WINEPREFIX=$work/wine WINEDEBUG=-all
passed=0 broken=0
promise() { # TEXT STATUS-OF-CHECK
  if [[ $2 == 0 ]]; then echo "ok      $1"; passed=$((passed + 1)); else echo "BROKEN  $1"; broken=$((broken + 1)); fi
}
same() { # TEXT ACTUAL EXPECTED
  [[ $2 == "$3" ]]
  promise "$1" $?
  [[ $2 == "$3" ]] || diff <(echo "$2") <(echo "$3") | head -n 20 | sed 's/^/  /'
}
# Puts the files of a wheel where pip would: scripts of Windows into Scripts.
place() { # WHEEL DIRECTORY SCRIPTS
  python3 - "$@" <<'END'
import pathlib, re, sys, zipfile
wheel, directory, scripts = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        name = re.sub(r"^[^/]*\.data/data/", "", re.sub(r"^[^/]*\.data/scripts/", scripts + "/", member.filename))
        path = pathlib.Path(directory, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive.read(member))
        path.chmod(member.external_attr >> 16 & 0o777)
END
}
one() { # PATTERN
  local files=("$dist"/$1)
  [[ -f ${files[0]} ]] || { echo "$dist/$1 is missing" >&2; exit 2; }
  echo "${files[0]}"
}

example=example-1.0-cp38-abi3-linux_x86_64.whl
grafting=rehearsal-2-cp39-cp39-linux_x86_64.whl
inputs() { # DIRECTORY
  mkdir -p "$1/libs"
  cp "$root/testdata/wheels/$example" "$root/src/main/dist/share/jwheel/$grafting" "$root/testdata/elf/x86_64/normal.so" "$1"
  cp "$root/testdata/elf/x86_64/libdep.so.1" "$1/libs"
}
own_wheel=$(one "jwheel-*-manylinux_2_17_$(uname -m).whl") arm_wheel=$(one 'jwheel-*-manylinux_2_17_aarch64.whl') windows_wheel=$(one 'jwheel-*-win_amd64.whl')
version=$(basename "$windows_wheel") version=${version#jwheel-} version=${version%%-*}

# --- what this machine makes of the same input is what the others have to make
place "$own_wheel" "$work/own" bin
inputs "$work/own-files"
cd "$work/own-files" || exit 2
"$work/own/bin/jwheel" repair -w out --ldpaths libs "$grafting" >/dev/null
result=$(basename out/*.whl)
shown=$("$work/own/bin/jwheel" show "$example")
policies=$("$work/own/bin/jwheel" policies)

# --- aarch64
sysroot=
for candidate in "${HOME:-/root}/.cache/jwheel/roots/aarch64/root" /usr/aarch64-linux-gnu; do
  [[ -n $sysroot || ! -e $candidate/lib/ld-linux-aarch64.so.1 ]] || sysroot=$candidate
done
[[ $sysroot ]] || { echo "no root of arm64" >&2; exit 2; }
place "$arm_wheel" "$work/arm" bin
same "the runtime for aarch64 names the loader that it needs" "$(<"$work/arm/share/jwheel/loader")" /lib/ld-linux-aarch64.so.1
# Its Java becomes a script that calls the emulator, and the loader is the one of the root.
mv "$work/arm/share/jwheel/runtime/bin/java" "$work/arm/share/jwheel/runtime/bin/emulated"
printf '#!/bin/sh\nexec qemu-aarch64 -L "%s" "%s" "$@"\n' "$sysroot" "$work/arm/share/jwheel/runtime/bin/emulated" >"$work/arm/share/jwheel/runtime/bin/java"
chmod +x "$work/arm/share/jwheel/runtime/bin/java"
echo "$sysroot/lib/ld-linux-aarch64.so.1" >"$work/arm/share/jwheel/loader"
arm() { JWHEEL_NO_CACHE=1 "$work/arm/bin/jwheel" "$@"; }
inputs "$work/arm-files"
cd "$work/arm-files" || exit 2
same "under qemu it runs" "$(arm --version 2>&1)" "jwheel $version"
same "show says the same" "$(arm show "$example" 2>/dev/null)" "$shown"
arm repair -w out --ldpaths libs "$grafting" >/dev/null 2>&1
cmp "out/$result" "$work/own-files/out/$result"
promise "repair makes the same wheel" $?

# --- Windows
place "$windows_wheel" "$work/Program Files/jwheel" Scripts
inputs "$work/Program Files/data"
cd "$work/Program Files/data" || exit 2
# The first start of Wine makes its prefix. Wine reports what it lacks (processor groups, labels of volumes).
windows() {
  timeout 120 wine cmd /c '..\jwheel\Scripts\jwheel.cmd' "$@" 2>"$work/stderr" | tr -d '\r'
  local status=${PIPESTATUS[0]}
  grep -vE 'process group affinity|^wine: ' "$work/stderr" | tr -d '\r' >&2
  return "$status"
}
timeout 120 wine cmd /c exit >/dev/null 2>&1
same "under Wine jwheel.cmd runs" "$(windows --version 2>/dev/null)" "jwheel $version"
same "show says the same on Windows" "$(windows show "$example" 2>/dev/null)" "$shown"
drive="Z:${work//\//\\}\\PROGRAM FILES\\Data\\"
same "a path may have a drive, backslashes, blanks and another case" "$(windows show "$drive$example" 2>/dev/null)" "$shown"
same "policies prints the same" "$(windows policies 2>/dev/null)" "$policies"
windows lddtree normal.so 2>/dev/null | grep -q 'libdep.so.1 => not found'
promise "lddtree finds what is missing" $?
windows repair -w "${drive}out" --ldpaths libs "$grafting" >/dev/null 2>&1
cmp "out/$result" "$work/own-files/out/$result"
promise "repair makes the same wheel on Windows" $?
# shellcheck disable=SC2016
windows patchelf --set-rpath '$ORIGIN/../demo.libs' normal.so
same "patchelf edits" "$(windows patchelf --print-rpath normal.so)" '$ORIGIN/../demo.libs'
windows show --plat manylinux2014 "$example" >/dev/null 2>&1
same "a verdict's exit status passes through cmd" $? 1
complaint=$(windows show nothing.whl 2>&1)
same "so does a usage error's" $? 2
same "which is one line" "$complaint" "jwheel show: nothing.whl: no such file or directory"
JWHEEL_JAVA='C:\nowhere\java.exe' windows --version >/dev/null 2>&1
same "a Java that is not there ends with 127" $? 127
windows show "$example" 2>/dev/null | grep -q $'\033'
[[ $? == 1 ]]
promise "what goes into a pipe has no colours" $?

cat >"$work/Hold.java" <<'END'
class Hold {
  public static void main(String[] arguments) throws Exception {
    try (java.io.FileInputStream file = new java.io.FileInputStream(arguments[0])) {
      System.out.println("held");
      Thread.sleep(60_000);
    }
  }
}
END
javac --release 17 -d "$work/classes" "$work/Hold.java"
wine ../jwheel/share/jwheel/runtime/bin/java.exe -cp "Z:$work/classes" Hold normal.so >"$work/held" 2>/dev/null &
holder=$!
for _ in {1..300}; do grep -q held "$work/held" && break; sleep 0.1; done
complaint=$(windows patchelf --set-soname new.so normal.so 2>&1)
same "a file that another program has open is not replaced" $? 2
[[ $complaint == *'normal.so: cannot be replaced: permission denied, or another program has it open' && $complaint != *$'\n'* ]]
promise "and named in one line" $?
[[ $complaint != *$'\n'* ]] || echo "  $complaint"
same "nothing is left beside it" "$(find . -name '.jwheel-*')" ""

echo "$passed passed, $broken failed"
exit $((broken > 0))
