// SPDX-License-Identifier: Apache-2.0
// A library that exceptions are thrown in, out of, and through.
struct Problem { int number; };
extern "C" int catch_inside(int number) {
  try { throw Problem{number}; } catch (const Problem &problem) { return problem.number; }
}
extern "C" void throw_out(int number) { throw Problem{number}; }
struct Guard {
  int &unwound;
  ~Guard() { unwound++; }
};
extern "C" void call_through(void (*callback)(), int *unwound) {
  Guard guard{*unwound};
  callback();
}
