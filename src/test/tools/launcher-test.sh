#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What bin/jwheel promises, tried on a copy of a distribution. Prints one line a promise; fails if one is broken.
# usage: launcher-test.sh DISTRIBUTION JDK
set -uo pipefail
distribution=$(cd "$1" && pwd) jdk=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset JAVA_HOME JWHEEL_JAVA JWHEEL_OPTS JWHEEL_NO_CACHE JWHEEL_VERIFY_CACHE JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
export XDG_CACHE_HOME=$work/cache

dist="$work/a 'quoted' \"place\""
mkdir "$dist"
cp -Rp "$distribution/bin" "$distribution/share" "$dist"
jwheel=$dist/bin/jwheel
version=$(JAVA_HOME=$jdk JWHEEL_NO_CACHE=1 "$jwheel" --version)
broken=0

# A JDK that is a script: it has a release file and prints what it is given.
fake=$work/fake
mkdir -p "$fake/bin" "$fake/lib"
touch "$fake/lib/modules"
fake_jdk() { # VERSION SCRIPT
  echo "JAVA_VERSION=\"$1\"" >"$fake/release"
  printf '#!/bin/sh\n%s\n' "$2" >"$fake/bin/java"
  chmod +x "$fake/bin/java"
}

promise() { # TEXT STATUS-OF-CHECK
  if [[ $2 == 0 ]]; then echo "ok      $1"; else echo "BROKEN  $1"; broken=1; fi
}
same() { # TEXT ACTUAL EXPECTED
  [[ $2 == "$3" ]]
  promise "$1" $?
  [[ $2 == "$3" ]] || printf '  got:      %q\n  expected: %q\n' "$2" "$3"
}
archives() { find "$XDG_CACHE_HOME" \( -name '*.jsa' -o -name '*.aot' \) -size +100k 2>/dev/null; }
settled() { # waits for the archive makers in the background, once they have begun
  local i
  sleep 0.3
  for ((i = 0; i < 600; i++)); do
    [[ -z $(find "$XDG_CACHE_HOME" -name '*.new' 2>/dev/null) ]] && return
    sleep 0.1
  done
  echo "an archive is still being made after a minute"
}
first_run() {
  JAVA_HOME=$jdk "$jwheel" --version >/dev/null
  local i
  for ((i = 0; i < 600; i++)); do
    [[ -n $(find "$XDG_CACHE_HOME" -name '*.state') ]] && break
    sleep 0.1
  done
  settled
}
from_archive() { # CLASS ARGUMENT... : whether the class comes out of the archive
  local class=$1; shift
  JAVA_HOME=$jdk JWHEEL_OPTS="-Xlog:class+load:file=$work/classes" "$jwheel" "$@" >/dev/null 2>&1
  grep -F " $class source:" "$work/classes" | grep -Fq 'shared objects file'
}

# --- arguments, status, streams
fake_jdk 17.0.1 'for a; do printf "<%s>" "$a"; done'
# shellcheck disable=SC2016
expected='<dev.jwheel.cli.Main><show><a b><><*><"$x"><`'"'"'\>'
same "arguments arrive as they were given" \
  "$(JAVA_HOME=$fake JWHEEL_NO_CACHE=1 "$jwheel" show 'a b' '' '*' '"$x"' '`'"'"'\' | sed 's/.*\(<dev.jwheel\)/\1/')" "$expected"
[[ $(JAVA_HOME=$fake "$jwheel" show x) == *'<-Djwheel.terminal=false>'* ]]
promise "the program is told that a pipe is no terminal" $?
if script -qec true /dev/null >/dev/null 2>&1; then
  [[ $(JAVA_HOME=$fake script -qec "$(printf %q "$jwheel") show x" /dev/null) == *'<-Djwheel.terminal=true>'* ]]
  promise "the program is told that a terminal is one" $?
fi
[[ $(JAVA_HOME=$fake "$jwheel" -q show x) == *TieredStopAtLevel=1* && $(JAVA_HOME=$fake "$jwheel" -q repair x) != *TieredStopAtLevel=1* ]]
promise "only repair gets the second compiler" $?
if locale -a 2>/dev/null | grep -qi '^C.utf'; then
  mkdir "$work/dür"
  cp "$dist"/share/jwheel/rehearsal-1-*.whl "$work/dür"
  LC_ALL=C JAVA_HOME=$jdk JWHEEL_NO_CACHE=1 "$jwheel" show "$work/dür"/*.whl >/dev/null
  same "in the locale C a file may have a name beyond ASCII" $? 0
fi
[[ $(JAVA_HOME=$fake JWHEEL_OPTS='-Xmx1g -Da=b' "$jwheel") == *'<-Xmx1g><-Da=b>'* ]]
promise "JWHEEL_OPTS are options of the JVM" $?
fake_jdk 17.0.1 'echo "$LC_ALL"'
same "a container without a locale reads UTF-8" "$(env -u LC_ALL -u LC_CTYPE -u LANG JAVA_HOME="$fake" "$jwheel" show x)" C.UTF-8
same "another locale stays" "$(LC_ALL=de_DE.ISO-8859-1 JAVA_HOME=$fake "$jwheel" show x)" de_DE.ISO-8859-1
fake_jdk 17.0.1 'exit 7'
JAVA_HOME=$fake "$jwheel" show x
same "the exit status of the program is the launcher's" $? 7
fake_jdk 17.0.1 'echo $$; kill -TERM $$'
JAVA_HOME=$fake "$jwheel" show x >"$work/pid" & pid=$!
wait $pid 2>/dev/null
same "a signal ends it as it ends the program" $? 143
same "the program takes the launcher's place" "$(cat "$work/pid")" $pid

# --- streams that lead nowhere, and little memory
wheel=$(echo "$dist"/share/jwheel/rehearsal-1-*.whl)
run() { JAVA_HOME=$jdk JWHEEL_NO_CACHE=1 "$jwheel" "$@"; }
for arguments in --help --version 'show --help' 'policies --json' "show $wheel" "metadata --json $wheel"; do
  IFS=' ' read -r -a words <<<"${arguments//$dist/DIST}"
  words=("${words[@]/DIST/$dist}")
  output=$(run "${words[@]}" 2>&1 >&-)
  status=$?
  [[ $status == 2 && $output == 'jwheel: standard output cannot be written: '* && $output != *$'\n'* ]]
  promise "standard output that is closed is a line and status 2: ${arguments##*/}" $?
  if [[ -w /dev/full ]]; then
    output=$(run "${words[@]}" 2>&1 >/dev/full)
    status=$?
    [[ $status == 2 && $output == 'jwheel: standard output cannot be written: '* && $output != *$'\n'* ]]
    promise "standard output that is full is a line and status 2: ${arguments##*/}" $?
  fi
  output=$({ run "${words[@]}" 2>"$work/err"; echo $? >"$work/status"; } | true; cat "$work/err" "$work/status")
  same "a reader that goes is status 2 without a word: ${arguments##*/}" "$output" 2
done
(cd "$work" && run repair -w out "$wheel" <&- >&- 2>&-)
[[ -z $(ls "$work/out" 2>/dev/null) ]] || python3 -m zipfile -t "$work"/out/*.whl >/dev/null
promise "with every stream closed, nothing is written into the wheel" $?
same "it runs in a heap of 16 MB" "$(JWHEEL_OPTS=-Xmx16m run --version)" "$version"
same "the same by JAVA_TOOL_OPTIONS" "$(JAVA_TOOL_OPTIONS=-Xmx16m run --version 2>/dev/null)" "$version"
head -c 20000000 /dev/zero | tr '\0' x >"$work/large"
output=$(JWHEEL_OPTS=-Xmx16m run metadata "$work/large" 2>&1 >/dev/null)
status=$?
[[ $status == 2 && $output == *'out of memory (Java heap space)'* && $output != *$'\n'* ]]
promise "memory that runs out is a line and status 2" $?
mkdir "$work/crash"
mkfifo "$work/pipe"
(cd "$work/crash" && JAVA_HOME=$jdk JWHEEL_NO_CACHE=1 exec "$jwheel" policies --policy "$work/pipe") >"$work/stdout" 2>"$work/stderr" & pid=$!
sleep 2
kill -SEGV $pid
wait $pid 2>/dev/null
same "a JVM that crashes has status 134" $? 134
[[ -z $(ls -A "$work/crash") && $(tail -n 1 "$work/stderr") == 'jwheel: Java crashed.'* ]]
promise "says so on standard error, and leaves nothing in the working directory" $?
output=$(JWHEEL_OPTS=-Xmx1k run --version 2>/dev/null)
same "the JVM's own messages are not on standard output" "$output" ""

# --- finding itself and Java
same "it runs from another directory" "$(cd / && JAVA_HOME=$jdk "$jwheel" --version)" "$version"
same "it runs by a relative path" "$(cd "$dist/bin" && JAVA_HOME=$jdk CDPATH=/ ./jwheel --version)" "$version"
ln -s "$jwheel" "$work/absolute-link"
mkdir "$work/links"
ln -s ../absolute-link "$work/links/jwheel"
same "it runs through links" "$(JAVA_HOME=$jdk "$work/links/jwheel" --version)" "$version"
same "it runs from PATH" "$(cd / && PATH=$work/links:$PATH JAVA_HOME=$jdk jwheel --version)" "$version"
for shell in dash bash 'busybox sh' ksh mksh yash zsh; do
  if command -v ${shell% *} >/dev/null; then
    same "it runs under $shell" "$(JAVA_HOME=$jdk $shell "$jwheel" --version)" "$version"
  fi
done

tools=$work/tools
mkdir "$tools"
for tool in sh dirname readlink stat find nice mkdir mv rm; do ln -s "$(command -v $tool)" "$tools/$tool"; done
ln -s "$jdk/bin/java" "$tools/java"
same "it finds Java on PATH, through links" "$(PATH=$tools "$jwheel" --version)" "$version"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$jdk/bin/java" >"$work/wrapper"
chmod +x "$work/wrapper"
same "it takes a wrapper without a release file for Java" "$(JWHEEL_JAVA=$work/wrapper "$jwheel" --version)" "$version"
same "JWHEEL_JAVA goes before JAVA_HOME" "$(JWHEEL_JAVA=$jdk/bin/java JAVA_HOME=$fake "$jwheel" --version)" "$version"

complains() { # TEXT PATTERN ENVIRONMENT...
  local text=$1 pattern=$2 output status; shift 2
  output=$(env "$@" "$jwheel" --version 2>&1 >"$work/stdout")
  status=$?
  [[ $status == 127 && $output == $pattern && $output != *$'\n'* && ! -s $work/stdout ]]
  promise "$text" $?
  [[ $status == 127 && $output == $pattern ]] || echo "  status $status: $output"
}
rm "$tools/java"
complains "without Java it says so in one line" 'jwheel: no Java found; *17*' PATH="$tools"
fake_jdk 11.0.2 'echo ran'
complains "Java 11 is refused in one line" "jwheel: $fake/bin/java is too old; *17*" JAVA_HOME="$fake"
fake_jdk 1.8.0_292 'echo ran'
complains "Java 8 is refused in one line" "jwheel: $fake/bin/java is too old; *17*" JAVA_HOME="$fake"
complains "a JWHEEL_JAVA that is no program is named" 'jwheel: JWHEEL_JAVA is /nowhere/java*' JWHEEL_JAVA=/nowhere/java

# --- the class-data archive; from a path that a URL has to quote, no JVM archives anything but its own classes
settled; rm -rf "$XDG_CACHE_HOME"
first_run
same "the first run leaves an archive, whatever the path" "$(archives | wc -l | tr -d ' ')" 1
settled; rm -rf "$XDG_CACHE_HOME"
mv "$dist" "$work/plain"
dist=$work/plain jwheel=$work/plain/bin/jwheel
read_by_a_script=$(JAVA_HOME=$jdk "$jwheel" --version 2>&1)
[[ $read_by_a_script == "$version" && -z $(archives) ]]
promise "who reads the output of the first run does not wait for the archive" $?
first_run
[[ -n $(archives) ]]
promise "the first run leaves an archive" $?
from_archive dev.jwheel.cli.Main --version && from_archive picocli.CommandLine --version && from_archive dev.jwheel.cli.ShowCommand show x
promise "later runs of every command take their classes from it" $?
same "with it, the output is the same" "$(JAVA_HOME=$jdk "$jwheel" --version 2>&1)" "$version"
archive=$(archives | head -n 1)
from_archive dev.jwheel.cli.Main repair x >/dev/null # Java 25 and newer gets an archive of its own for it
settled
from_archive dev.jwheel.cli.RepairCommand repair x
promise "repair takes its classes from an archive" $?
rm -f "$XDG_CACHE_HOME"/jwheel/*.repair.aot*
chmod u+w "$archive"
truncate -s 100000 "$archive" 2>/dev/null || dd if=/dev/null of="$archive" bs=1 seek=100000 2>/dev/null
same "an archive cut short is not used" "$(JAVA_HOME=$jdk "$jwheel" --version 2>&1)" "$version"
settled
from_archive dev.jwheel.cli.Main --version
promise "and made again" $?

change() { # FILE, without its size and time
  touch -r "$1" "$work/time"
  chmod u+w "$1"
  dd if=/dev/zero of="$1" bs=4096 seek=$(($(wc -c <"$1") / 8192)) count=100 conv=notrunc 2>/dev/null
  touch -r "$work/time" "$1"
}
archive=$(archives | head -n 1)
change "$archive"
same "JWHEEL_VERIFY_CACHE=1 sees an archive of which bytes have changed" "$(JWHEEL_VERIFY_CACHE=1 JAVA_HOME=$jdk "$jwheel" --version 2>&1)" "$version"
settled
from_archive dev.jwheel.cli.Main --version
promise "and makes it again" $?
for change in 'cp "$dist/share/jwheel/jwheel.jar" "$archive"' ': >"$archive"' 'rm "$archive"' ': >"$archive.state"'; do
  archive=$(archives | head -n 1)
  chmod u+w "$archive"
  eval "$change"
  same "an archive is not used after: $change" "$(JAVA_HOME=$jdk "$jwheel" --version 2>&1)" "$version"
  settled
  from_archive dev.jwheel.cli.Main --version
  promise "and made again" $?
done

touch -t 202001010000 "$dist/share/jwheel/jwheel.jar"
same "a jar with another time runs" "$(JAVA_HOME=$jdk "$jwheel" --version 2>&1)" "$version"
settled
from_archive dev.jwheel.cli.Main --version
promise "and gets an archive of its own" $?
same "which takes the place of the old one" "$(archives | wc -l | tr -d ' ')" 1

mv "$dist" "$work/moved"
jwheel=$work/moved/bin/jwheel
first_run
settled
from_archive dev.jwheel.cli.Main --version
promise "a distribution that was moved gets an archive of its own" $?
same "and the one of the old place is forgotten" "$(archives | wc -l | tr -d ' ')" 1

settled; rm -rf "$XDG_CACHE_HOME"
for i in 1 2 3 4 5 6 7 8; do JAVA_HOME=$jdk "$jwheel" --version >"$work/out$i" 2>&1 & done
wait
for i in 1 2 3 4 5 6 7 8; do [[ $(cat "$work/out$i") == "$version" ]] || break; done
[[ $i == 8 ]]
promise "eight first runs at once all succeed" $?
settled
from_archive dev.jwheel.cli.Main --version
promise "and leave one good archive" $?
same "and nothing beside it" "$(find "$XDG_CACHE_HOME" -type f | wc -l | tr -d ' ')" 2

settled; rm -rf "$XDG_CACHE_HOME"
fake_jdk 17.0.1 "echo . >>'$work/runs'"
JAVA_HOME=$fake "$jwheel"
settled
JAVA_HOME=$fake "$jwheel"
settled
JAVA_HOME=$fake "$jwheel"
sleep 0.3
same "a JVM that makes no archive is asked for one only once" "$(wc -l <"$work/runs" | tr -d ' ')" 5

settled; rm -rf "$XDG_CACHE_HOME"
echo >"$work/file"
same "it runs where the cache cannot be made" "$(XDG_CACHE_HOME=$work/file JAVA_HOME=$jdk "$jwheel" --version 2>&1)" "$version"
same "it runs without a home" "$(env -u HOME -u XDG_CACHE_HOME JAVA_HOME="$jdk" "$jwheel" --version 2>&1)" "$version"
same "it runs with a home that is not there" "$(env -u XDG_CACHE_HOME HOME=/nowhere/home JAVA_HOME="$jdk" "$jwheel" --version 2>&1)" "$version"
mkdir "$work/here"
(cd "$work/here" && XDG_CACHE_HOME=relative HOME='' JAVA_HOME=$jdk "$jwheel" --version >/dev/null; sleep 0.3)
same "it leaves nothing in the working directory" "$(ls -A "$work/here")" ""
JAVA_HOME=$jdk JWHEEL_NO_CACHE=1 "$jwheel" --version >/dev/null
sleep 0.3
[[ ! -e $XDG_CACHE_HOME ]]
promise "JWHEEL_NO_CACHE=1 leaves the cache alone" $?

exit $broken
