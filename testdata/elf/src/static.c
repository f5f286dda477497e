// SPDX-License-Identifier: Apache-2.0
// A program that needs no library at all (x86_64).
static const char message[] = "ok\n";
static long call(long number, long a, const void *b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}
__attribute__((force_align_arg_pointer)) void _start(void) {
  call(1, 1, message, 3);
  call(60, 0, 0, 0);
}
