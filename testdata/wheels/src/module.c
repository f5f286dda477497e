// SPDX-License-Identifier: Apache-2.0
// A Python extension module that calls what the build names: -DINIT=PyInit_demo '-DCALLS=CALL(malloc) WEAK(exp)'.
#define DECLARE(function) void function(void); __asm__(".type " #function ", %function");
#define CALL(function) DECLARE(function)
#define WEAK(function) DECLARE(function) __asm__(".weak " #function);
CALLS
#undef CALL
#undef WEAK

#ifdef POINTER
static void pointed_at(void) {}
static void *volatile pointer __attribute__((used)) = pointed_at;
#endif

void *INIT(void) {
#define CALL(function) function();
#define WEAK(function) function();
  CALLS
  return 0;
}
