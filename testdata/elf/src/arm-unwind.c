// SPDX-License-Identifier: Apache-2.0
// What libgcc would give on ARM: the names that the unwind tables refer to.
__attribute__((visibility("hidden"))) void __aeabi_unwind_cpp_pr0(void) {}
__attribute__((visibility("hidden"))) void __aeabi_unwind_cpp_pr1(void) {}
