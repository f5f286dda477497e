// SPDX-License-Identifier: Apache-2.0
// Many long names: a dynamic string table far larger than its neighbours.
#define ONE(a, b, c) int many_exported_functions_with_a_long_descriptive_name_##a##b##c(void) { return 0##a##b##c; }
#define TEN(a, b) ONE(a, b, 0) ONE(a, b, 1) ONE(a, b, 2) ONE(a, b, 3) ONE(a, b, 4) ONE(a, b, 5) ONE(a, b, 6) ONE(a, b, 7)
#define HUNDRED(a) TEN(a, 0) TEN(a, 1) TEN(a, 2) TEN(a, 3) TEN(a, 4) TEN(a, 5) TEN(a, 6) TEN(a, 7)
HUNDRED(0) HUNDRED(1) HUNDRED(2) HUNDRED(3) HUNDRED(4)
int dep_number(void);
int many_answer(void) { return dep_number(); }
