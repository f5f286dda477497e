// SPDX-License-Identifier: Apache-2.0
// Debian's libgcc_eh asks glibc's _dl_find_object for the unwind tables of an address. A libgcc built for musl asks dl_iterate_phdr, and so does this:
// it finds nothing in a library whose program headers musl could not locate.
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

struct found {
  unsigned long long flags;
  void *start, *end;
  struct link_map *map;
  void *eh_frame_header;
  unsigned long long reserved[7];
};

struct query {
  ElfW(Addr) address;
  struct found *found;
};

static int look(struct dl_phdr_info *info, size_t size, void *data) {
  struct query *query = data;
  void *table = NULL;
  int inside = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *p = &info->dlpi_phdr[i];
    ElfW(Addr) start = info->dlpi_addr + p->p_vaddr;
    if (p->p_type == PT_GNU_EH_FRAME) table = (void *) start;
    if (p->p_type != PT_LOAD || query->address < start || query->address >= start + p->p_memsz) continue;
    inside = 1;
    query->found->start = (void *) start;
    query->found->end = (void *) (start + p->p_memsz);
  }
  query->found->eh_frame_header = table;
  return inside && table;
}

int _dl_find_object(void *address, struct found *found) {
  struct query query = {(ElfW(Addr)) address, found};
  return dl_iterate_phdr(look, &query) ? 0 : -1;
}

int __cxa_thread_atexit_impl(void (*destructor)(void *), void *object, void *dso) { return 0; }
