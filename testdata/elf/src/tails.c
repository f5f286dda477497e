// SPDX-License-Identifier: Apache-2.0
// Names that are the ends of other names of the dynamic string table, so that linkers merge them.
int dep_number(void);
int end_of_soname(void) __asm__("tails.so.1");
int end_of_needed(void) __asm__("dep.so.1");
int end_of_rpath(void) __asm__("tails.libs");
int end_of_version(void) __asm__("S_1.0");
int end_of_soname(void) { return dep_number() + 1; }
int end_of_needed(void) { return dep_number() + 2; }
int end_of_rpath(void) { return dep_number() + 3; }
int end_of_version(void) { return dep_number() + 4; }
