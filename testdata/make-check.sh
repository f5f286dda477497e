#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes testdata/check: one x86_64 file for each rule of jwheel check about native files.
# Needs gcc and binutils for x86_64; the files are committed, so that tests need neither.
set -eu
cd "$(dirname "$0")/check"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

shared() { # shared NAME OPTIONS... < source in C or assembler
  name=$1
  shift
  gcc -x "${LANGUAGE:-c}" -shared -fPIC -O1 -nostdlib -s -fno-asynchronous-unwind-tables \
    -Wl,--hash-style=gnu,--build-id=none,-z,noseparate-code "$@" -o "$name" - -x none ${LIBRARIES:-}
}

module() { # module NAME SYMBOL...: an extension module that uses symbols
  name=$1
  shift
  {
    for symbol; do echo "extern char $symbol[];"; done
    echo "long PyInit_$name(void) { return 0"
    for symbol; do echo " + (long) $symbol"; done
    echo "; }"
  } >"$work/module.c"
  LANGUAGE=c shared "$name.so" <"$work/module.c"
}

LANGUAGE=assembler shared textrel.so -Wl,-z,notext <<'END'
.globl f, g
.text
f: movabs $g, %rax
ret
.data
g: .quad 0
.section .note.GNU-stack,"",@progbits
END
LANGUAGE=assembler shared rwx.so <<'END'
.globl f
.section .wx,"awx",@progbits
f: ret
.section .note.GNU-stack,"",@progbits
END
echo 'static __thread char big[4096]; char *f(void) { return big; }' |
  shared tls.so -ftls-model=initial-exec
echo 'void *f(void) { return f; } void *g = f;' | shared norelro.so -Wl,-z,norelro
for entry in relative:pack.libs absolute:/usr/local/lib outside:'$ORIGIN/../../../lib'; do
  echo 'void f(void) {}' | shared "rpath_${entry%%:*}.so" -Wl,-rpath,"${entry#*:}"
done
echo 'void __cxa_throw(void) {} void __cxa_begin_catch(void) {}' | shared runtime.so
LANGUAGE=assembler shared unique.so <<'END'
.globl _ZZ1fvE1x
.type _ZZ1fvE1x, @gnu_unique_object
.data
_ZZ1fvE1x: .long 0
.size _ZZ1fvE1x, 4
.section .note.GNU-stack,"",@progbits
END
{
  echo 'void *PyInit_leak(void) { return 0; }'
  for i in $(seq 60); do echo "void f$i(void) {}"; done
} | shared leak.so
echo 'void *malloc(unsigned long size) { return (void *) size; }' | shared allocator.so
LANGUAGE=assembler shared strings.so <<'END'
.globl _Z1fRKSs, _Z1fRKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE
.text
_Z1fRKSs: ret
_Z1fRKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE: ret
.section .note.GNU-stack,"",@progbits
END
echo 'void f(void) {}' | shared z.so -Wl,-soname,libz.so.1
echo 'void z(void) {}' | shared z-other.so -Wl,-soname,libz.so.1
echo 'void g(void) {}' | shared gomp.so -Wl,-soname,libgomp.so.1
echo 'void h(void) {}' | shared iomp.so -Wl,-soname,libiomp5.so
echo 'void *PyInit_openmp(void) { return 0; }' |
  LIBRARIES="./gomp.so ./iomp.so" shared openmp.so -Wl,--no-as-needed
module abi3_old PyLong_FromLong
module abi3_new PyLong_FromLong PyCMethod_New
module abi3_private PyLong_FromLong _PyNoSuch_Function
module abi3_debug PyLong_FromLong _Py_RefTotal
module abi3t PyLong_FromLong PyModuleDef_Init
# Compilers leave their names in .comment, which "-s" keeps.
echo 'void f(void) {}' | LANGUAGE=c shared gcc.so
LANGUAGE=assembler shared clang.so <<'END'
.ident "Debian clang version 14.0.6"
.globl f
f: ret
.section .note.GNU-stack,"",@progbits
END
echo 'const char *f(void) { return "/home/builder/project/src/module.c"; }' | shared build_path.so
gcc -x assembler -static -nostdlib -s -Wl,--build-id=none,-z,noseparate-code -o vsyscall - <<'END'
.globl _start
_start: mov $0xffffffffff600400, %rax
call *%rax
hlt
.section .note.GNU-stack,"",@progbits
END
