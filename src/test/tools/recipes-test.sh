#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the recipes for CI that docs/install.md shows, with the programs that they are for and the wheel that mvn -Pdist made in place of the one on PyPI.
# usage: recipes-test.sh [DIRECTORY]     DIRECTORY holds the wheels, by default target/dist
# Fetches cibuildwheel, uv, pipx and pre-commit from PyPI into an environment of its own. Needs python3 with venv, and git.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
dist=$(cd "${1:-$root/target/dist}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wheel=$(echo "$dist"/jwheel-*-manylinux_2_17_"$(uname -m)".whl)
unset JAVA_HOME JWHEEL_JAVA VIRTUAL_ENV
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check 'cibuildwheel==4.*' pipx pre-commit uv || exit 2
export PATH=$work/venv/bin:$PATH HOME=$work/home PIPX_HOME=$work/pipx PIPX_BIN_DIR=$work/venv/bin PRE_COMMIT_HOME=$work/pre-commit
mkdir "$HOME"
passed=0 broken=0
promise() { # TEXT STATUS
  if [[ $2 == 0 ]]; then echo "ok      $1"; passed=$((passed + 1)); else echo "BROKEN  $1"; broken=$((broken + 1)); tail -n 20 "$work/log" | sed 's/^/  /'; fi
}
# The code block of docs/install.md behind the line that names it, with a path in place of the package of PyPI.
recipe() { # NAME TEXT-TO-REPLACE REPLACEMENT
  awk -v name="<!-- recipe: $1 -->" '$0 == name { found = 1; next } found && /^```/ { if (inside) exit; inside = 1; next } inside' "$root/docs/install.md" | python3 -c 'import sys; print(sys.stdin.read().replace(*sys.argv[1:]), end="")' "$2" "$3"
}

# --- cibuildwheel: its own functions read the recipe, prepare the commands and run them. With uv, because without it it fetches virtualenv from elsewhere than PyPI.
mkdir "$work/project"
recipe cibuildwheel '"jwheel"]' "\"jwheel @ file://$wheel\"]" >"$work/project/pyproject.toml"
sed -i "s|pipx install jwheel|pipx install $wheel|" "$work/project/pyproject.toml"
cp "$root"/src/main/dist/share/jwheel/rehearsal-*.whl "$work/project"
cat >"$work/steps.py" <<'END'
import dataclasses, os, subprocess, sys
from pathlib import Path

from cibuildwheel import errors
from cibuildwheel.audit import run_audit
from cibuildwheel.options import CommandLineArguments, compute_options
from cibuildwheel.util.helpers import prepare_command

step, tmp = sys.argv[1], Path(sys.argv[2])
arguments = dataclasses.replace(CommandLineArguments.defaults(), package_dir=Path("."))
options = compute_options(platform="linux", command_line_arguments=arguments, env={"CIBW_BUILD_FRONTEND": "build[uv]"}).build_options("cp39-manylinux_x86_64")
dest = tmp / "repaired"
if step == "repair":
    dest.mkdir()
    subprocess.run(["sh", "-c", prepare_command(options.before_all, project=".", package=".")], check=True)
    command = prepare_command(options.repair_command, wheel=Path(sys.argv[3]), dest_dir=dest, package=".", project=".")
    subprocess.run(["sh", "-c", command], check=True, env={**os.environ, "LD_LIBRARY_PATH": sys.argv[4]})
    print(os.listdir(dest))
elif step == "audit":
    run_audit(tmp_dir=tmp, build_options=options, wheel=next(dest.glob("*.whl")))
else:
    try:
        run_audit(tmp_dir=tmp, build_options=options, wheel=Path(sys.argv[3]))
    except errors.AuditCommandFailedError as error:
        print(error)
    else:
        sys.exit("the audit passed")
END
cd "$work/project" || exit 2
python3 "$work/steps.py" repair "$work" "$PWD/rehearsal-2-cp39-cp39-linux_x86_64.whl" "$root/testdata/elf/x86_64" >"$work/log" 2>&1
promise "cibuildwheel's repair command grafts a library" $?
python3 "$work/steps.py" audit "$work" >"$work/log" 2>&1
promise "its audit command passes the result" $?
python3 "$work/steps.py" refuse "$work" "$PWD/rehearsal-2-cp39-cp39-linux_x86_64.whl" >"$work/log" 2>&1
promise "and fails the wheel that was not repaired" $?

# --- the action: its command, with the inputs in the variables that GitHub sets
action() { # ARGUMENTS
  ARGUMENTS=$1 PACKAGE=$wheel bash -eo pipefail -c "$(sed -n 's/^ *run: //p' "$root/.github/actions/jwheel/action.yml")"
}
mkdir dist && cp "$root/testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl" "$work"/repaired/*.whl dist/
action 'show dist/*.whl' >"$work/log" 2>&1 && grep -q example "$work/log" && grep -q rehearsal "$work/log"
promise "the action audits every wheel of a pattern" $?
action 'show --plat manylinux_2_17 dist/example*.whl' >"$work/log" 2>&1
[[ $? == 1 ]]
promise "and fails with the program's status" $?

# --- pre-commit
mkdir "$work/committed" && cd "$work/committed" && git init -q . || exit 2
recipe pre-commit '["jwheel==0.1.0"]' "[\"$wheel\"]" >.pre-commit-config.yaml
cp "$work"/repaired/*.whl .
git add . && pre-commit run --all-files >"$work/log" 2>&1
promise "pre-commit passes a good wheel" $?
cp "$root/testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl" . && git add .
! pre-commit run --all-files >"$work/log" 2>&1 && grep -q libfoo.so.1 "$work/log"
promise "and fails one whose tag is not true" $?

echo "$passed passed, $broken failed"
exit $((broken > 0))
