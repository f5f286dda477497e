// SPDX-License-Identifier: Apache-2.0
// An indirect function and relative relocations.
int dep_number(void);
static int first(void) { return 1; }
static int (*choose(void))(void) { return first; }
int chosen(void) __attribute__((ifunc("choose")));
int (*table[])(void) = {first, chosen, dep_number};
int ifunc_call(void) { return chosen() + table[0]() + dep_number(); }
