// SPDX-License-Identifier: Apache-2.0
// catcher LIBRARY: throws exceptions in, out of, and through LIBRARY, and prints what arrived. No header of a C++ library: musl has none on Debian.
extern "C" {
int printf(const char *, ...);
void *dlopen(const char *, int);
void *dlsym(void *, const char *);
char *dlerror();
}
struct Problem { int number; };
int main(int count, char **args) {
  void *library = dlopen(args[count - 1], 2 /* RTLD_NOW */);
  if (!library) return printf("FAIL %s\n", dlerror()), 2;
  int out = 0, through = 0, unwound = 0, inside = ((int (*)(int)) dlsym(library, "catch_inside"))(7);
  try { ((void (*)(int)) dlsym(library, "throw_out"))(9); } catch (const Problem &problem) { out = problem.number; }
  auto call_through = (void (*)(void (*)(), int *)) dlsym(library, "call_through");
  try { call_through([] { throw Problem{11}; }, &unwound); } catch (const Problem &problem) { through = problem.number; }
  printf("OK inside=%d out=%d through=%d unwound=%d\n", inside, out, through, unwound);
}
