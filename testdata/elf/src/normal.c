// SPDX-License-Identifier: Apache-2.0
// An ordinary library: imports with versions, its own versions, relocated data, thread-local data, a constructor, a small bss.
void *malloc(unsigned long);
void free(void *);
void newer_function(void) __asm__(NEWER);
double cos(double);
int dep_number(void);
int dep_later(void);
extern int dep_counter;
int absent_function(void) __attribute__((weak));

int normal_data[4] = {1, 2, 3, 4};
const char *const normal_names[] = {"alpha", "beta", "gamma"};
int *normal_pointer = &normal_data[2];
int (*normal_callback)(void) = dep_number;
__thread int normal_tls = 7;
static __thread int counted;

#ifndef BSS_SIZE
#define BSS_SIZE 64
#endif
#if BSS_SIZE
static int scratch[BSS_SIZE];
#else
static int scratch[1] = {1};
#endif

void normal_init(void) { scratch[0] = 1; } // DT_INIT, which some architectures never call
void normal_fini(void) { normal_data[1] = 0; }
__attribute__((constructor)) static void construct(void) { normal_data[0] = 11; scratch[0] |= 1; }
__attribute__((destructor)) static void destruct(void) { normal_data[0] = 0; }

int normal_later(void) { return absent_function ? absent_function() : dep_later(); }
void (*normal_import(void))(void) { return newer_function; }

// 11 + 3 + 7 + 20 + 30 + 2 + 1 + 'b' + 1 = 173 when everything was relocated, initialised and bound
int normal_answer(void) {
  void *block = malloc(16);
  if (!block) return -1;
  free(block);
  volatile double zero = 0;
  counted = 4;
  int bss_is_zero = 1;
  for (unsigned i = 1; i < sizeof scratch / sizeof *scratch; i++) bss_is_zero &= !scratch[i];
  return normal_data[0] + *normal_pointer + normal_tls + normal_callback() + dep_later() + dep_counter
      + (int) cos(zero) + normal_names[1][0] + scratch[0] * bss_is_zero;
}
