#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the Zstandard fixtures of testdata/zstd from texts that anyone can write again: the numbers from 1, a line each.
# Needs the Debian package zstd (1.5); nothing else in the project does.
set -eu
cd "$(dirname "$0")/zstd"
pack() { out=$1; shift; zstd -q -c "$@" > "$out"; }

seq 3000 | pack level-1.zst -1
seq 3000 | pack level-19.zst -19
seq 3000 | pack level-22.zst --ultra -22
seq 3000 | pack no-check.zst --no-check
seq 200000 | pack many-blocks.zst -19
seq 200000 | pack long.zst -3 --long=27
seq 3000 | pack window-too-large.zst --ultra -3 --long=31 --no-check
head -c 300000 /dev/zero | pack repeated-byte.zst
printf '' | pack empty.zst
printf 'a' | pack one-byte.zst
{ seq 3000 | zstd -q -c; seq 3000 | zstd -q -c -19; } > two-frames.zst
{ printf '\120\052\115\030\005\000\000\000skip!'; seq 3000 | zstd -q -c; } > skippable.zst
seq 3000 > numbers
pack known-size.zst numbers
rm -f numbers
