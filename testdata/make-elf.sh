#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the ELF fixtures of testdata/elf, their README.md and the load checkers in src/test/tools/loadcheck, from the sources in testdata/elf/src.
# usage: testdata/make-elf.sh        (testdata/elf/README.md names the Debian packages it needs)
# The same tools make the same bytes: no build ids, no compiler idents, no paths, no times.
set -euo pipefail
export LC_ALL=C SOURCE_DATE_EPOCH=0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
src=$here/elf/src
out=$here/elf
checkers=$here/../src/test/tools/loadcheck
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ---- the architectures -------------------------------------------------------------------------------------------------------------

# setup ARCH: the tools, the first glibc version, a function of a newer version, the interpreter; then objects and stub libraries
setup() {
  arch=$1
  linker=bfd newer=explicit_bzero@2.25 hash=gnu
  case $arch in
    x86_64)      target=x86_64-linux-gnu        emulation=elf_x86_64        base=2.2.5 interpreter=/lib64/ld-linux-x86-64.so.2 ;;
    i686)        target=i686-linux-gnu          emulation=elf_i386          base=2.0   interpreter=/lib/ld-linux.so.2 ;;
    aarch64)     target=aarch64-linux-gnu       emulation=aarch64linux      base=2.17  interpreter=/lib/ld-linux-aarch64.so.1 ;;
    armv7l)      target=arm-linux-gnueabihf     emulation=armelf_linux_eabi base=2.4   interpreter=/lib/ld-linux-armhf.so.3 ;;
    ppc64le)     target=powerpc64le-linux-gnu   emulation=elf64lppc         base=2.17  interpreter=/lib64/ld64.so.2 ;;
    ppc64)       target=powerpc64-linux-gnu     emulation=elf64ppc          base=2.3   interpreter=/lib64/ld64.so.1 ;;
    s390x)       target=s390x-linux-gnu         emulation=elf64_s390        base=2.2   interpreter=/lib/ld64.so.1 ;;
    riscv64)     target=riscv64-linux-gnu       emulation=elf64lriscv       base=2.27  interpreter=/lib/ld-linux-riscv64-lp64d.so.1 newer=arc4random@2.36 ;;
    loongarch64) target=loongarch64-linux-gnu   emulation=elf64loongarch    base=2.36  interpreter=/lib64/ld-linux-loongarch-lp64d.so.1 newer=strlcpy@2.38 linker=lld ;;
    mips64el)    target=mips64el-linux-gnuabi64 emulation=elf64ltsmip       base=2.2   interpreter=/lib64/ld.so.1 hash=sysv ;;
    mips)        target=mips-linux-gnu          emulation=elf32btsmip       base=2.0   interpreter=/lib/ld.so.1 hash=sysv ;;
    powerpc)     target=powerpc-linux-gnu       emulation=elf32ppclinux     base=2.0   interpreter=/lib/ld.so.1 linker=lld ;;
  esac
  if [[ $linker == lld ]]; then compiler=(clang-19 "--target=$target"); else compiler=("$target-gcc"); fi
  compiler+=(-c -Os -fPIC -ffreestanding -fno-ident -fno-stack-protector -ftls-model=initial-exec "-DNEWER=\"${newer%@*}\"")
  [[ $arch != x86_64 ]] || compiler+=(-march=x86-64 -fcf-protection=none)
  [[ $arch != armv7l ]] || compiler+=(-march=armv7-a+fp -mthumb -funwind-tables)
  bin=$work/$arch
  mkdir -p "$bin" "$out/$arch"
  stubs
  compile normal.c
}

compile() { # SOURCE [OBJECT FLAG...]
  local source=$1 object=$bin/${2:-${1%.c}.o}
  (cd "$src" && "${compiler[@]}" "${@:3}" -o "$object" "$source")
}

link() { # LINKER ARG...
  local which=$1; shift
  case $which in
    bfd | gold) "$target-ld.$which" -m "$emulation" --build-id=none "$@" ;;
    lld) ld.lld-19 -m "$emulation" --build-id=none "$@" ;;
    mold) mold -m "$emulation" --build-id=none "$@" ;;
  esac
}

stub() { # FILE SONAME OBJECT MAP
  link "$linker" -shared -o "$bin/$1" -soname "$2" ${4:+--version-script="$4"} "$bin/$3" "${runtime[@]}"
}

# What the fixtures are linked against. Only libdep.so.1 is kept: the load tests need it.
stubs() {
  runtime=()
  if [[ $arch == armv7l ]]; then compile arm-unwind.c && runtime=("$bin/arm-unwind.o"); fi
  compile libc.c libc.o -DRELR
  compile libm.c
  compile libdep.c
  {
    echo "GLIBC_$base { global: malloc; free; write; _exit; local: *; };"
    echo "GLIBC_${newer#*@} { global: ${newer%@*}; };"
    echo "GLIBC_ABI_DT_RELR { global: relr_marker; };"
  } >"$bin/libc.map"
  echo "GLIBC_$base { global: cos; local: *; };" >"$bin/libm.map"
  stub libc.so libc.so.6 libc.o "$bin/libc.map"
  stub libm.so libm.so.6 libm.o "$bin/libm.map"
  link "$linker" -shared -o "$out/$arch/libdep.so.1" -soname libdep.so.1 --hash-style=$hash --version-script="$src/libdep.map" -s "$bin/libdep.o" "${runtime[@]}"
  row libdep.so.1 "the private library the others need; versions DEP_1.0 and DEP_2.0" "$linker"
  needed=("${runtime[@]}" "$out/$arch/libdep.so.1" "$bin/libm.so" "$bin/libc.so")
}

# ---- the fixtures ------------------------------------------------------------------------------------------------------------------

row() { # NAME MEANING HOW
  printf '| `%s/%s` | %s | %s |\n' "$arch" "$1" "$2" "$3" >>"$work/table"
  echo "$arch/$1"
}

custom() { # NAME MEANING LINKER ARG...: a fixture with arguments of its own
  local name=$1 meaning=$2 which=$3; shift 3
  link "$which" -o "$out/$arch/$name" "$@"
  local shown="$*"
  shown=${shown//$bin\//} shown=${shown//$src\//} shown=${shown//$out\/$arch\//}
  row "$name" "$meaning" "$which \`$shown\`"
}

run_path=(-rpath '$ORIGIN/../normal.libs')
normal() { # NAME MEANING LINKER ARG...: normal.c (or $object) with arguments that vary
  local name=$1 meaning=$2 which=$3; shift 3
  local plain=(-shared -soname libnormal.so.1 --version-script="$src/normal.map" --enable-new-dtags "${run_path[@]}" -init normal_init -fini normal_fini
    -z relro --eh-frame-hdr "--hash-style=$hash")
  link "$which" -o "$out/$arch/$name" "${plain[@]}" "$@" "$bin/${object:-normal.o}" "${needed[@]}"
  local shown="$*"
  row "$name" "$meaning" "$which${shown:+ \`${shown//$src\//}\`}${object:+ (\`$object\`)}"
}

changed() { # NAME MEANING FROM CHANGE...: a copy of another fixture, changed by tweak.py
  local name=$1 meaning=$2 from=$3; shift 3
  cp "$out/$arch/$from" "$out/$arch/$name"
  python3 "$src/tweak.py" "$out/$arch/$name" "$@"
  row "$name" "$meaning" "\`$from\` changed by \`tweak.py $*\`"
}

every_architecture() {
  case $arch in
    i686 | s390x | ppc64 | mips64el) normal normal.so "an ordinary library, with DT_RPATH" "$linker" --disable-new-dtags ;;
    x86_64) normal normal.so "an ordinary library, with DT_RUNPATH" "$linker" -z separate-code -z max-page-size=0x1000 ;;
    *) normal normal.so "an ordinary library, with DT_RUNPATH" "$linker" ;;
  esac
  changed no-sections.so "no section headers" normal.so no-section-headers
  compile program.c
  custom program "a position-independent executable" "$linker" -pie -e _start -dynamic-linker "$interpreter" -z relro -s "$bin/program.o" "${needed[@]}"
  [[ $linker == lld ]] || loadchecker
}

x86_64() {
  setup x86_64
  every_architecture
  normal no-separate-code.so "headers, strings and code in one segment, as before binutils 2.31" bfd -z noseparate-code -z max-page-size=0x1000
  normal page-16k.so "page size 16K" bfd -z noseparate-code -z max-page-size=0x4000
  normal page-64k.so "page size 64K" bfd -z noseparate-code -z max-page-size=0x10000
  normal page-2m.so "page size 2M, as linkers had it for years" bfd -z noseparate-code -z max-page-size=0x200000 -z common-page-size=0x1000 -z norelro
  normal lld.so "lld: PT_PHDR, versions before the strings, no spare DT_NULL" lld
  normal lld-separate-code.so "lld with separate code" lld -z separate-code
  normal lld-page-64k.so "lld, page size 64K" lld -z max-page-size=0x10000
  normal lld-page-2m.so "lld, page size 2M" lld -z max-page-size=0x200000
  normal gold.so "gold" gold
  normal gold-page-2m.so "gold, page size 2M" gold -z max-page-size=0x200000 -z norelro
  normal mold.so "mold" mold
  normal hash-sysv.so "DT_HASH alone" bfd --hash-style=sysv
  normal hash-both.so "DT_HASH and DT_GNU_HASH" bfd --hash-style=both
  normal rpath.so "DT_RPATH" bfd --disable-new-dtags
  (run_path=() && normal no-rpath.so "neither DT_RPATH nor DT_RUNPATH" bfd)
  changed rpath-and-runpath.so "DT_RPATH \`../normal.libs\` and DT_RUNPATH \`\$ORIGIN/../normal.libs\`" normal.so add-dynamic RPATH RUNPATH+8
  changed no-sections-lld.so "lld, no section headers" lld.so no-section-headers
  changed no-sections-no-separate-code.so "one segment, no section headers" no-separate-code.so no-section-headers
  normal relr.so "DT_RELR with the version GLIBC_ABI_DT_RELR" bfd -z pack-relative-relocs
  normal relr-lld.so "DT_RELR of lld" lld -z pack-relative-relocs
  normal android.so "relocations packed as for Android, 16K pages (glibc cannot load it)" lld --pack-dyn-relocs=android+relr --use-android-relr-tags -z max-page-size=0x4000
  normal no-spare.so "no spare DT_NULL" bfd --spare-dynamic-tags=1
  normal no-spare-now.so "no spare DT_NULL, and a DT_BIND_NOW (added by \`tweak.py\`) that DT_FLAGS repeats" bfd --spare-dynamic-tags=2 -z now -Bsymbolic --disable-new-dtags
  python3 "$src/tweak.py" "$out/x86_64/no-spare-now.so" add-dynamic BIND_NOW 0
  normal no-dt-null.so "no DT_NULL at all: only what follows the dynamic section ends it" bfd --spare-dynamic-tags=0
  normal no-default-lib.so "DF_1_NODEFLIB" bfd -z nodefaultlib
  normal ro-dynamic.so "a dynamic section in a read-only segment" lld -z rodynamic
  normal execstack.so "an executable stack" bfd -z execstack
  normal no-gnu-stack.so "no PT_GNU_STACK (lld)" lld -z nognustack
  changed no-gnu-stack-bfd.so "no PT_GNU_STACK, a PT_NULL in its place" normal.so drop-phdr 0x6474e551
  changed moved-table.so "a program header table at the end of the file, outside of every segment" normal.so move-phdrs
  normal lld-separate-loadable.so "lld, every segment on pages of its own" lld -z separate-loadable-segments
  normal image-base.so "a base address other than zero" bfd -Ttext-segment=0x3000000
  normal filter.so "DT_FILTER, DT_AUXILIARY, DT_AUDIT, DT_DEPAUDIT" bfd -F libfiltered.so.1 -f libauxiliary.so.1 --audit libaudit.so.1 --depaudit libdepaudit.so.1
  normal notes.so "a build id and properties: PT_NOTE, PT_GNU_PROPERTY" bfd --build-id=0x00112233445566778899aabbccddeeff00112233 -z x86-64-v2
  normal isa-v3.so "needs x86-64-v3" bfd -z x86-64-v3
  normal isa-v4.so "needs x86-64-v4" bfd -z x86-64-v4
  normal stripped.so "no symbol table" bfd -s

  compile normal.c normal-bss.o -DBSS_SIZE=50000
  object=normal-bss.o normal large-bss.so "a bss of 200 000 bytes" bfd -z noseparate-code
  object=normal-bss.o normal large-bss-lld.so "a bss of 200 000 bytes (lld)" lld
  compile normal.c normal-no-bss.o -DBSS_SIZE=0
  object=normal-no-bss.o normal no-bss.so "no bss" bfd -z noseparate-code
  compile normal.c normal-cet.o -fcf-protection=full
  object=normal-cet.o normal cet.so "marked for IBT and SHSTK" bfd
  compile normal.c normal-debug.o -g "-ffile-prefix-map=$src=." -gno-record-gcc-switches
  object=normal-debug.o normal debug.so "debug sections" bfd
  object=normal-debug.o normal debug-compressed.so "compressed debug sections" bfd --compress-debug-sections=zlib
  "$target-objcopy" --only-keep-debug "$out/x86_64/debug.so" "$out/x86_64/debug.so.debug"
  row debug.so.debug "debug sections alone: .dynamic and .dynstr are NOBITS" "\`objcopy --only-keep-debug debug.so\`"

  compile many.c
  local many=(-shared -soname libmany.so.1 --hash-style=gnu "$bin/many.o" "${needed[@]}")
  custom many.so "a large .dynstr before a small .gnu.version, one segment" bfd -z noseparate-code "${many[@]}"
  custom many-separate-code.so "a large .dynstr, separate code" bfd -z separate-code "${many[@]}"
  custom many-lld.so "a large .dynstr (lld)" lld "${many[@]}"
  custom many-gold.so "a large .dynstr (gold)" gold "${many[@]}"
  custom many-mold.so "a large .dynstr (mold)" mold "${many[@]}"

  compile plain.c
  custom plain.so "nothing needed, no SONAME, no version" bfd -shared "$bin/plain.o"
  custom plain-lld.so "nothing needed, no SONAME, no version (lld)" lld -shared "$bin/plain.o"
  custom tight.so "code directly behind the program headers" bfd -shared -soname libtight.so.1 -z noseparate-code -z norelro --hash-style=sysv -T "$src/tight.ld" --version-script="$src/normal.map" \
    "$bin/normal.o" "${needed[@]}"
  custom no-soname.so "no SONAME" bfd -shared "$bin/normal.o" "${needed[@]}"
  compile tails.c
  custom tails.so "symbols and versions that are the ends of SONAME, NEEDED and RUNPATH" bfd -shared -soname libtails.so.1 --enable-new-dtags -rpath '$ORIGIN/tails.libs' -O1 --version-script="$src/tails.map" \
    "$bin/tails.o" "${needed[@]}"
  custom tails-lld.so "the same ends (lld)" lld -shared -soname libtails.so.1 --enable-new-dtags -rpath '$ORIGIN/tails.libs' -O2 --version-script="$src/tails.map" "$bin/tails.o" "${needed[@]}"
  compile vendor.c
  custom vendor.so "the SONAME is the name of a version" bfd -shared -soname libvendor.so.1 --version-script="$src/vendor.map" "$bin/vendor.o"
  compile vendor-user.c
  custom vendor-user.so "needs the version libvendor.so.1 of libvendor.so.1" bfd -shared -soname libvendor-user.so.1 "$bin/vendor-user.o" "$out/x86_64/vendor.so"
  compile weak.c
  custom weak.so "a version need of libdep.so.1 that is only weak" bfd -shared -soname libweak.so.1 "$bin/weak.o" "${needed[@]}"
  python3 "$src/tweak.py" "$out/x86_64/weak.so" weak-needs libdep.so.1
  compile ifunc.c
  custom ifunc.so "an indirect function" bfd -shared -soname libifunc.so.1 "$bin/ifunc.o" "${needed[@]}"

  custom exec "an executable at a fixed address" bfd -no-pie -e _start -dynamic-linker "$interpreter" "$bin/program.o" "${needed[@]}"
  custom exec-lld "an executable at a fixed address (lld)" lld -no-pie -e _start -dynamic-linker "$interpreter" "$bin/program.o" "${needed[@]}"
  custom program-lld "a position-independent executable (lld)" lld -pie -e _start -dynamic-linker "$interpreter" "$bin/program.o" "${needed[@]}"
  compile static.c
  custom static "a static executable" bfd -static "$bin/static.o"
  custom static-pie "a static position-independent executable" bfd -static -pie --no-dynamic-linker "$bin/static.o"
  cp "$bin/normal.o" "$out/x86_64/relocatable.o"
  row relocatable.o "a relocatable object" "compiler"

  cp "$out/x86_64/normal.so" "$out/x86_64/patchelf.so"
  patchelf --set-soname libnormal-0a1b2c3d.so.1 "$out/x86_64/patchelf.so"
  patchelf --set-rpath '$ORIGIN/../a-much-longer-name.libs' "$out/x86_64/patchelf.so"
  patchelf --replace-needed libdep.so.1 libdep-deadbeef.so.1 "$out/x86_64/patchelf.so"
  row patchelf.so "SONAME, RUNPATH and a NEEDED changed by patchelf in three runs" "\`normal.so\`, patchelf"
  cp "$out/x86_64/lld.so" "$out/x86_64/patchelf-lld.so"
  patchelf --replace-needed libdep.so.1 libdep-deadbeef.so.1 "$out/x86_64/patchelf-lld.so"
  row patchelf-lld.so "a NEEDED changed by patchelf" "\`lld.so\`, patchelf"

  cp "$out/x86_64/normal.so" "$out/x86_64/stale-version-need.so"
  patchelf --remove-needed libdep.so.1 "$out/x86_64/stale-version-need.so"
  row stale-version-need.so "a version need of a library that is not needed: patchelf left it behind, and glibc aborts" "\`normal.so\`, \`patchelf --remove-needed libdep.so.1\`"

  needed=("$out/x86_64/libdep.so.1" "$bin/libc-musl.so")
  compile libc.c libc-musl.o
  "$target-gcc" -c -Os -fPIC -ffreestanding -fno-ident -x c - -o "$bin/cos.o" <"$src/libm.c"
  link bfd -shared -o "$bin/libc-musl.so" -soname libc.musl-x86_64.so.1 "$bin/libc-musl.o" "$bin/cos.o"
  normal musl.so "needs musl's C library" bfd
}

others() {
  setup i686; every_architecture
  normal lld.so "lld" lld
  normal gold.so "gold" gold
  normal mold.so "mold" mold
  normal no-separate-code.so "headers, strings and code in one segment" bfd -z noseparate-code
  normal hash-sysv.so "DT_HASH alone" bfd --hash-style=sysv
  custom exec "an executable at a fixed address" bfd -no-pie -e _start -dynamic-linker "$interpreter" "$bin/program.o" "${needed[@]}"

  setup aarch64; every_architecture
  normal page-4k.so "page size 4K" bfd -z max-page-size=0x1000
  normal page-16k.so "page size 16K, as Android wants it" lld -z max-page-size=0x4000
  normal lld.so "lld, page size 64K" lld
  normal gold.so "gold" gold
  normal mold.so "mold" mold
  normal relr.so "DT_RELR of lld" lld -z pack-relative-relocs
  compile many.c
  custom many.so "a large .dynstr before a small .gnu.version" bfd -shared -soname libmany.so.1 --hash-style=gnu -s "$bin/many.o" "${needed[@]}"
  compile normal.c normal-bti.o -mbranch-protection=standard
  object=normal-bti.o normal bti.so "marked for BTI and PAC" bfd -z max-page-size=0x1000 -z force-bti

  setup armv7l; every_architecture
  normal lld.so "lld" lld
  normal page-4k.so "page size 4K" bfd -z max-page-size=0x1000

  setup ppc64le; every_architecture
  normal lld.so "lld, page size 64K" lld
  setup ppc64; every_architecture

  setup s390x; every_architecture
  normal hash-sysv.so "DT_HASH alone, which has words of 8 bytes here" bfd --hash-style=sysv
  normal hash-both.so "DT_HASH with words of 8 bytes and DT_GNU_HASH" bfd --hash-style=both
  changed no-sections-sysv.so "no section headers, symbols countable by DT_HASH alone" hash-sysv.so no-section-headers

  setup riscv64; every_architecture
  normal lld.so "lld" lld
  setup loongarch64; every_architecture

  setup mips64el; every_architecture
  normal hash-gnu.so "DT_MIPS_XHASH" bfd --hash-style=gnu
  setup mips; every_architecture
  setup powerpc; every_architecture
}

# ---- the load checkers, and the README ---------------------------------------------------------------------------------------------

# Only where there is a C library to link it against: not where clang stands in for a missing compiler.
loadchecker() {
  "$target-gcc" -Os -s -fno-ident -Wl,--build-id=none,-z,norelro,-z,noseparate-code,-z,max-page-size=0x10000 -o "$checkers/$arch" -x c - -ldl <"$checkers.c"
  echo "loadcheck/$arch"
}

readme() {
  cat <<'EOF'
# ELF fixtures

Made by `testdata/make-elf.sh` from the sources in `src`; this file is made by it too. The script needs these Debian packages; nothing else in the project does:

    gcc gcc-{i686,powerpc64le,powerpc64,s390x,riscv64,aarch64,mips}-linux-gnu gcc-arm-linux-gnueabihf gcc-mips64el-linux-gnuabi64 clang-19 lld-19 mold binutils patchelf python3
    libc6-dev-{i386,arm64,armhf,ppc64el,ppc64,s390x,riscv64,mips64el,mips}-cross

`normal.c` is what most of them hold. Unless a row says otherwise such a library has the SONAME `libnormal.so.1`, needs `libdep.so.1` (DEP_1.0, DEP_2.0), `libm.so.6` and
`libc.so.6` (two versions) in this order, defines the versions NORMAL_1.0 and NORMAL_2.0, has a run path `$ORIGIN/../normal.libs`, relocations of every ordinary kind, a
constructor, a destructor, DT_INIT, DT_FINI, thread-local data and a small bss. It was linked against stand-ins of the C library with the real version names, so it can be loaded
by a real one when `libdep.so.1` of the same directory is found; `normal_answer()` then returns 173, and something else if anything was relocated, initialised or bound wrongly.
`program` and `exec` print `ok`.

EOF
  echo '| file | what it shows | how it is made |'
  echo '|---|---|---|'
  cat "$work/table"
  echo
  echo 'Made with:'
  echo
  for tool in "x86_64-linux-gnu-gcc" clang-19 x86_64-linux-gnu-ld.bfd x86_64-linux-gnu-ld.gold ld.lld-19 mold patchelf; do
    printf -- '- `%s`: %s\n' "$tool" "$("$tool" --version | sed -n 's/ (compatible.*//; 1p')"
  done
}

mkdir -p "$checkers"
rm -rf "${out:?}"/{x86_64,i686,aarch64,armv7l,ppc64le,ppc64,s390x,riscv64,loongarch64,mips64el,mips,powerpc}
x86_64
others
readme >"$out/README.md"
chmod -R u=rwX,go=rX "$out" "$checkers"
