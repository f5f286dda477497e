// SPDX-License-Identifier: Apache-2.0
// A program that calls what the build names: '-DCALLS=CALL(malloc)'. It is never run.
#define CALL(function) void function(void);
CALLS
#undef CALL

void _start(void) {
#define CALL(function) function();
  CALLS
  for (;;);
}
