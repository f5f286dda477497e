// SPDX-License-Identifier: Apache-2.0
// Everything it takes from libdep.so.1 is weak, so is its version need.
int dep_number(void) __attribute__((weak));
int weak_call(void) { return dep_number ? dep_number() : -1; }
