#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What users get of jwheel, tried as they get it: the wheels through pip, uv and pipx, the archive unpacked. Prints one line a promise; fails if one is broken.
# usage: dist-test.sh [DIRECTORY [SECOND]]     DIRECTORY holds what mvn -Pdist made, by default target/dist, and SECOND what it made once more
# Fetches auditwheel, uv and pipx from PyPI into an environment of its own. Needs python3 with venv, objdump and, for the chroot, root.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
dist=$(cd "${1:-$root/target/dist}" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
unset JAVA_HOME JWHEEL_JAVA JWHEEL_OPTS JWHEEL_NO_CACHE JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS PYTHONPATH VIRTUAL_ENV
export HOME=$work/home XDG_CACHE_HOME=$work/cache PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
mkdir "$HOME"
passed=0 broken=0

promise() { # TEXT STATUS-OF-CHECK
  if [[ $2 == 0 ]]; then echo "ok      $1"; passed=$((passed + 1)); else echo "BROKEN  $1"; broken=$((broken + 1)); fi
}
same() { # TEXT ACTUAL EXPECTED
  [[ $2 == "$3" ]]
  promise "$1" $?
  [[ $2 == "$3" ]] || diff <(echo "$2") <(echo "$3") | head -n 20 | sed 's/^/  /'
}
holds() { # TEXT COMMAND... : the command succeeds; what it prints is shown only if not
  local text=$1 status; shift
  "$@" >"$work/log" 2>&1
  status=$?
  promise "$text" $status
  [[ $status == 0 ]] || tail -n 20 "$work/log" | sed 's/^/  /'
}

machine=$(uname -m)
tag=manylinux_2_17_$machine
wheel=$(echo "$dist"/jwheel-*-py3-none-"$tag".whl)
any=$(echo "$dist"/jwheel-*-py3-none-any.whl)
archive=$(echo "$dist"/jwheel-*-linux-"$machine".tar.gz)
for file in "$wheel" "$any" "$archive"; do
  [[ -f $file ]] || { echo "$file is missing: mvn -Pdist -Ddist.jdk=DIR package makes it" >&2; exit 2; }
  echo "        $(basename "$file"): $(($(stat -c %s "$file") / 100000)) hundred KB"
done
version=$(basename "$any") version=${version#jwheel-} version=${version%%-*}

# The few tools that a small image has; no Java among them.
tools=$work/tools
mkdir "$tools"
for tool in sh readlink; do ln -s "$(command -v $tool)" "$tools/$tool"; done
clean() { env -i PATH="$tools" HOME="$HOME" "$@"; }

example=$root/testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl
grafting=$root/src/main/dist/share/jwheel/rehearsal-2-cp39-cp39-linux_x86_64.whl
libraries=$root/testdata/elf/x86_64
grafted='rehearsal.libs/libdep-*.so.1'

# --- pip
python3 -m venv "$work/venv" && venv=$work/venv
files() { (cd "$venv" && find . -name __pycache__ -path '*/pip/*' -prune -o -name __pycache__ -path '*/setuptools/*' -prune -o -name __pycache__ -path '*/pkg_resources/*' -prune -o -not -type d -print -o -name '*jwheel*' -print | sort); }
before=$(files)
holds "pip installs the wheel without an index" "$venv/bin/pip" install -q --no-index "$wheel"
jwheel=$venv/bin/jwheel
same "it runs where there is no Java" "$(clean "$jwheel" --version 2>&1)" "jwheel $version"
[[ $(clean "$jwheel" show "$example") == *"example"*"linux_x86_64"* ]]
promise "show audits a wheel" $?
holds "repair grafts a library" env -i PATH="$tools" "$jwheel" repair -w "$work/out" --ldpaths "$libraries" "$grafting"
# shellcheck disable=SC2086
holds "and the library is in the result" sh -c 'python3 -m zipfile -l "$1"/*.whl | grep -q "rehearsal.libs/libdep-[0-9a-f]*.so.1"' sh "$work/out"
cat >"$work/receive.py" <<'END'
import http.server, sys
class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200 if open(sys.argv[2], "rb").read() in body else 422)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
with open(sys.argv[1], "w") as file:
    file.write(str(server.server_port))
server.handle_request()
END
pure=$root/testdata/wheels/pure-1.0-py3-none-any.whl
python3 "$work/receive.py" "$work/port" "$pure" &
receiver=$!
for _ in $(seq 100); do [[ -s $work/port ]] && break; sleep 0.1; done
holds "upload sends a wheel: the runtime speaks HTTP" clean "$jwheel" upload --no-journal --repository-url "http://127.0.0.1:$(cat "$work/port")/" "$pure"
kill "$receiver" 2>/dev/null
same "python -m jwheel is the same program" "$(clean "$venv/bin/python" -m jwheel --version 2>&1)" "jwheel $version"
same "find_jwheel_bin finds it" "$("$venv/bin/python" -c 'import jwheel; print(jwheel.find_jwheel_bin())')" "$jwheel"
(cd "$work" && "$venv/bin/python" -m jwheel show nothing.whl) >/dev/null 2>&1
same "python -m jwheel has the program's exit status" $? 2
same "with the runtime, no cache is written" "$(ls -A "$XDG_CACHE_HOME" "$HOME" 2>/dev/null | grep -c jwheel)" 0

# --- the AOT caches hold what the commands use
from_cache() { # KIND ARGUMENT...
  local kind=$1; shift
  JWHEEL_OPTS="-Xlog:class+load:file=$work/classes" "$jwheel" "$@" >/dev/null 2>&1
  # The class of a lambda is made when it is first used; the JVM's archive does not keep all of them.
  grep -F ' dev.jwheel.' "$work/classes" | grep -v 'source: shared objects file' | grep -v 'Lambda/0x' | head -n 5
}
same "show loads every class of the program from the cache" "$(from_cache short show "$example")" ""
same "lddtree too" "$(from_cache short lddtree "$libraries/normal.so")" ""
same "policies too" "$(from_cache short policies)" ""
same "patchelf too" "$(from_cache repair patchelf --print-needed "$libraries/normal.so")" ""
same "repair too" "$(from_cache repair repair -w "$work/out" --ldpaths "$libraries" "$grafting")" ""
touch "$venv"/share/jwheel/*.jar "$venv/share/jwheel/runtime/lib/modules"
same "also after the files got another time" "$(from_cache short show "$example")" ""

# --- a project with a configuration
project=$work/project
mkdir "$project" && cp "$example" "$project/example-1.0-cp38-abi3-linux_x86_64.whl"
printf '[project]\nname = "example"\n[tool.other]\nuses = "jwheel"\n' >"$project/pyproject.toml"
same "a project's file without options costs no class" "$(cd "$project" && from_cache short show ./*.whl)" ""
same "nor one of the reader of TOML" "$(grep -c jackson.databind "$work/classes")" 0
printf '[tool.jwheel.show]\njson = true\n' >>"$project/pyproject.toml"
[[ $(cd "$project" && clean "$jwheel" show ./*.whl) == '{'* ]]
promise "options of a project's file count" $?
[[ $(cd "$project" && clean "$jwheel" --no-config show ./*.whl) != '{'* ]]
promise "but not with --no-config" $?
echo 'json = ' >>"$project/pyproject.toml"
complaint=$(cd "$project" && clean "$jwheel" show ./*.whl 2>&1)
status=$?
[[ $status == 2 && $complaint == 'jwheel show: pyproject.toml:'*': not TOML: '* && $complaint != *$'\n'* ]]
promise "a pyproject.toml that does not parse is named with the line" $?

# --- a damaged installation
home=$venv/share/jwheel
cp "$home/short.aot" "$work/short.aot"
: >"$home/short.aot"
same "it runs with an empty cache" "$(clean "$jwheel" --version 2>&1)" "jwheel $version"
head -c 5000000 "$work/short.aot" >"$home/short.aot"
same "it runs with a cache cut short" "$(clean "$jwheel" --version 2>&1)" "jwheel $version"
head -c "$(stat -c %s "$work/short.aot")" /dev/urandom >"$home/short.aot"
same "it runs with a cache of noise" "$(clean "$jwheel" --version 2>&1)" "jwheel $version"
python3 - "$work/short.aot" "$home/short.aot" <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[1_000_000:5_000_000] = bytes(byte ^ 255 for byte in data[1_000_000:5_000_000])
open(sys.argv[2], "wb").write(data)
END
(cd "$work/out" && clean "$jwheel" --version >"$work/stdout" 2>"$work/stderr")
status=$?
[[ $status == 134 && $(<"$work/stderr") == *"jwheel: Java crashed. $home/short.aot was damaged and is removed: run the same command again"* && -z $(find "$work/out" -name 'hs_err*' -o -name 'core*') ]]
promise "a cache that kills the JVM is taken away, and a line says so" $?
same "and the next run does without it" "$(clean "$jwheel" --version 2>&1)" "jwheel $version"
cp "$work/short.aot" "$home/short.aot"
chmod a-x "$home/runtime/bin/java"
complaint=$(clean "$jwheel" --version 2>&1)
status=$?
[[ $status == 127 && $complaint == "jwheel: $home/runtime/bin/java is not executable; no Java found; "* && $complaint != *$'\n'* ]]
promise "a runtime that is not executable is named in one line" $?
chmod a+x "$home/runtime/bin/java"
cp "$home/loader" "$work/loader"
echo /lib/ld-of-another-libc.so.1 >"$home/loader"
complaint=$(clean "$jwheel" --version 2>&1)
status=$?
[[ $status == 127 && $complaint == 'jwheel: its own Java needs /lib/ld-of-another-libc.so.1, which this system lacks; no Java found; '* && $complaint != *$'\n'* ]]
promise "a system with another C library is told in one line" $?
cp "$work/loader" "$home/loader"
same "it runs without a home" "$(env -i PATH="$tools" "$jwheel" --version 2>&1)" "jwheel $version"
mkdir "$work/read-only" && chmod a-w "$work/read-only"
same "it runs with a home that cannot be written" "$(env -i PATH="$tools" HOME="$work/read-only" "$jwheel" --version 2>&1)" "jwheel $version"
same "it runs with a home that is not there" "$(env -i PATH="$tools" HOME=/nowhere "$jwheel" --version 2>&1)" "jwheel $version"
for i in 1 2; do clean "$jwheel" --version >"$work/out$i" 2>&1 & done
wait
same "two first runs at once" "$(cat "$work/out1" "$work/out2")" "jwheel $version"$'\n'"jwheel $version"

# --- the tag
holds "jwheel finds its own tag true" "$jwheel" show -q --plat "$tag" "$wheel"
python3 -m venv "$work/peers" && "$work/peers/bin/pip" install -q auditwheel uv pipx
holds "auditwheel finds it true" sh -c '"$1" show "$2" | tr "\n" " " | grep -q "is consistent with the following platform tag: \"$3\""' sh "$work/peers/bin/auditwheel" "$wheel" "$tag"
too_new=$(find "$home/runtime" -type f \( -name '*.so' -o -path '*/bin/*' \) -exec objdump -T {} + 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sort -uV | sed '0,/^GLIBC_2\.17$/d')
same "no file of the runtime needs more than GLIBC_2.17" "$too_new" ""
holds "the wheel has the licences of the runtime" test -f "$home/runtime/legal/java.base/LICENSE"

# --- uninstalling
holds "pip uninstalls it" "$venv/bin/pip" uninstall -q -y jwheel
same "and nothing is left" "$(files)" "$before"

# --- other installers
export PATH=$work/peers/bin:$PATH UV_CACHE_DIR=$work/uv UV_OFFLINE=1 UV_PYTHON_DOWNLOADS=never
same "uvx runs it" "$(uvx -q --from "$wheel" jwheel --version 2>&1)" "jwheel $version"
export PIPX_HOME=$work/pipx PIPX_BIN_DIR=$work/pipx-bin
holds "pipx installs it" pipx install "$wheel"
same "and links to it" "$(clean "$work/pipx-bin/jwheel" --version 2>&1)" "jwheel $version"
holds "pip installs it with --target" "$work/peers/bin/pip" install -q --no-index --target "$work/target" "$wheel"
same "where it runs" "$(clean "$work/target/bin/jwheel" --version 2>&1)" "jwheel $version"
same "and its package finds it" "$(PYTHONPATH=$work/target python3 -c 'import jwheel; print(jwheel.find_jwheel_bin())')" "$work/target/bin/jwheel"
mv "$work/target" "$work/a 'place' für alles"
moved="$work/a 'place' für alles"
same "it runs after it was moved to a path with blanks and more than ASCII" "$(clean "$moved/bin/jwheel" --version 2>&1)" "jwheel $version"
jwheel="$moved/bin/jwheel"
same "and from the cache" "$(from_cache short show "$example")" ""
cp "$example" "$moved/"
holds "and audits what lies there" env -i PATH="$tools" "$jwheel" show "$moved/$(basename "$example")"
holds "pip installs it with --prefix" "$work/peers/bin/pip" install -q --no-index --prefix "$work/prefix" "$wheel"
same "where it runs too" "$(clean "$work/prefix/bin/jwheel" --version 2>&1)" "jwheel $version"

# --- the archive to unpack
mkdir "$work/empty"
holds "the archive unpacks" tar -xzf "$archive" -C "$work/empty"
unpacked=$work/empty/jwheel-$version-linux-$machine
same "its program runs" "$(clean "$unpacked/bin/jwheel" --version 2>&1)" "jwheel $version"
ln -s "$unpacked/bin/jwheel" "$work/link"
same "through a link too" "$(clean "$work/link" --version 2>&1)" "jwheel $version"

holds "there is a man page" grep -q '^.SS "jwheel show' "$unpacked/share/man/man1/jwheel.1"

same "its auditwheel is that of jwheel" "$(clean "$unpacked/bin/auditwheel" --version 2>&1)" "auditwheel 6.8.2 (the command line, as jwheel $version has it)"
[[ $(clean "$unpacked/bin/auditwheel" show "$example" 2>&1 | tr '\n' ' ') == *'following platform tag: "linux_x86_64"'* ]]
promise "which prints what auditwheel prints" $?
holds "and repairs" env -i PATH="$tools" LD_LIBRARY_PATH="$libraries" "$unpacked/bin/auditwheel" repair --plat linux_x86_64 -w "$work/by-auditwheel" "$grafting"
jwheel=$unpacked/bin/auditwheel
same "from the cache of repair" "$(LD_LIBRARY_PATH=$libraries from_cache repair -v repair --plat linux_x86_64 -w "$work/by-auditwheel" "$grafting")" ""
[[ $(clean "$unpacked/bin/patchelf" --version 2>&1) == "patchelf "*" (jwheel $version)" ]]
promise "its patchelf is that of jwheel" $?
cp "$libraries/normal.so" "$work/normal.so"
holds "which edits" env -i PATH="$tools" "$unpacked/bin/patchelf" --set-rpath '$ORIGIN/x' "$work/normal.so"
same "what it then prints" "$(clean "$unpacked/bin/patchelf" --print-rpath "$work/normal.so" 2>&1)" '$ORIGIN/x'

# --- the wheel for any platform
python3 -m venv "$work/plain" && "$work/plain/bin/pip" install -q --no-index "$any"
complaint=$(clean "$work/plain/bin/jwheel" --version 2>&1)
status=$?
[[ $status == 127 && $complaint == 'jwheel: no Java found; install Java 17'* && $complaint != *$'\n'* ]]
promise "the wheel without a runtime says in one line what to install" $?
complaint=$(clean "$work/plain/bin/python" -m jwheel --version 2>&1)
[[ $? == 127 && $complaint == 'jwheel: no Java found; install Java 17'* ]]
promise "python -m jwheel says the same" $?
if command -v java >/dev/null; then
  same "with a Java on the PATH it runs" "$("$work/plain/bin/jwheel" --version 2>/dev/null)" "jwheel $version"
fi
same "installers take the one that fits" "$("$work/peers/bin/pip" download -q --no-index --no-deps --find-links "$dist" -d "$work/fits" jwheel && ls "$work/fits")" "$(basename "$wheel")"
same "and the other one on Alpine" "$("$work/peers/bin/pip" download -q --no-index --no-deps --find-links "$dist" --only-binary :all: --platform musllinux_1_2_x86_64 -d "$work/fits-alpine" jwheel && ls "$work/fits-alpine")" "$(basename "$any")"

# --- a second build
if [[ -n ${2:-} ]]; then
  holds "a second build gives the same wheel for any platform" cmp "$any" "$2/$(basename "$any")"
  holds "and the same wheel with a runtime, but for the AOT caches" python3 - "$wheel" "$2/$(basename "$wheel")" <<'END'
import sys, zipfile
first, second = (zipfile.ZipFile(path) for path in sys.argv[1:])
def describe(wheel):
    changing = lambda name: name.endswith((".aot", "/RECORD"))
    fields = ("filename", "date_time", "compress_type", "create_system", "external_attr", "extra", "flag_bits")
    return [[getattr(m, field) for field in fields] + [None if changing(m.filename) else (m.CRC, m.compress_size)] for m in wheel.infolist()]
different = [(a, b) for a, b in zip(describe(first), describe(second)) if a != b]
print(different)
sys.exit(bool(different) or len(first.infolist()) != len(second.infolist()))
END
fi

echo "$passed passed, $broken failed"
exit $((broken > 0))
