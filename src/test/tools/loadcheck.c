// SPDX-License-Identifier: Apache-2.0
// loadcheck FILE [FUNCTION]: dlopen FILE with RTLD_NOW (lazily with LAZY set), dlsym every symbol it defines, call `int FUNCTION(void)` if given, and print one line:
//   OK soname=... rpath=... needed=... def=... resolved=... null=... [FUNCTION=...]        or FAIL and why (status 2)
// Build: cc -o loadcheck loadcheck.c -ldl (link with libpython to load extension modules). testdata/make-elf.sh builds the ones in loadcheck/.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__s390x__) || defined(__alpha__)
typedef Elf64_Xword HashWord;
#else
typedef Elf32_Word HashWord;
#endif

struct tables {
  ElfW(Sym) *symbols;
  const char *strings;
  HashWord *hash;
  Elf32_Word *gnu_hash;
  long soname, rpath;
  int needed;
};

// glibc adds the base to d_ptr on most architectures, musl on none.
static void *pointer(struct link_map *map, ElfW(Dyn) *entry) {
  ElfW(Addr) address = entry->d_un.d_ptr;
  return (void *) (address < map->l_addr ? address + map->l_addr : address);
}

static struct tables read_tables(struct link_map *map) {
  struct tables t = {.soname = -1, .rpath = -1};
  for (ElfW(Dyn) *d = map->l_ld; d->d_tag != DT_NULL; d++) {
    switch (d->d_tag) {
      case DT_SYMTAB: t.symbols = pointer(map, d); break;
      case DT_STRTAB: t.strings = pointer(map, d); break;
      case DT_HASH: t.hash = pointer(map, d); break;
      case DT_GNU_HASH: t.gnu_hash = pointer(map, d); break;
      case DT_SONAME: t.soname = d->d_un.d_val; break;
      case DT_RPATH: case DT_RUNPATH: t.rpath = d->d_un.d_val; break;
      case DT_NEEDED: t.needed++; break;
    }
  }
  return t;
}

static unsigned symbol_count(struct tables *t) {
  if (t->hash) return t->hash[1];
  if (!t->gnu_hash) return 0;
  Elf32_Word buckets = t->gnu_hash[0], first = t->gnu_hash[1], last = 0;
  Elf32_Word *bucket = (Elf32_Word *) ((char *) (t->gnu_hash + 4) + t->gnu_hash[2] * sizeof(ElfW(Addr)));
  Elf32_Word *chain = bucket + buckets;
  for (Elf32_Word i = 0; i < buckets; i++) if (bucket[i] > last) last = bucket[i];
  if (last < first) return first;
  while (!(chain[last - first] & 1)) last++;
  return last + 1;
}

// dlsym would call an indirect function's resolver and set up thread-local storage: those are left alone.
static int is_exported(ElfW(Sym) *s) {
  int type = ELF64_ST_TYPE(s->st_info);
  return s->st_shndx != SHN_UNDEF && ELF64_ST_BIND(s->st_info) != STB_LOCAL && type != STT_TLS && type != STT_GNU_IFUNC && (s->st_other & 3) == STV_DEFAULT;
}

int main(int count, char **args) {
  if (count < 2) return fprintf(stderr, "usage: loadcheck FILE [FUNCTION]\n"), 2;
  void *library = dlopen(args[1], (getenv("LAZY") ? RTLD_LAZY : RTLD_NOW) | RTLD_LOCAL);
  if (!library) return printf("FAIL %s\n", dlerror()), 2;
  struct link_map *map;
  dlinfo(library, RTLD_DI_LINKMAP, &map);
  struct tables t = read_tables(map);
  unsigned defined = 0, resolved = 0, symbols = symbol_count(&t);
  for (unsigned i = 1; i < symbols; i++) {
    if (!is_exported(&t.symbols[i])) continue;
    defined++;
    if (dlsym(library, t.strings + t.symbols[i].st_name)) resolved++;
  }
  printf("OK soname=%s rpath=%s needed=%d def=%u resolved=%u null=%u", t.soname >= 0 ? t.strings + t.soname : "-", t.rpath >= 0 ? t.strings + t.rpath : "-", t.needed,
         defined, resolved, defined - resolved);
  for (int i = 2; i < count; i++) {
    int (*function)(void) = (int (*)(void)) dlsym(library, args[i]);
    if (function) printf(" %s=%d", args[i], function());
    else printf(" %s=absent", args[i]);
  }
  puts("");
  fflush(stdout);
  _exit(0);
}
