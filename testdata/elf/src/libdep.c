// SPDX-License-Identifier: Apache-2.0
// The private library that the fixtures need: it really is loaded by the load tests.
int dep_counter = 2;
int dep_number(void) { return 20; }
int dep_later(void) { return 30; }
