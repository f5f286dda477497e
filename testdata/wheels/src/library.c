// SPDX-License-Identifier: Apache-2.0
// A library that defines what the build names and calls what the build names: '-DDEFINITIONS=DEFINE(one) DEFINE(two)' '-DCALLS=CALL(malloc)'.
#define CALL(function) void function(void); __asm__(".type " #function ", %function");
#define WEAK(function) CALL(function) __asm__(".weak " #function);
CALLS
#undef CALL
#undef WEAK

#define CALL(function) function();
#define WEAK(function) function();
#define DEFINE(function) void function(void) { CALLS }
DEFINITIONS
