// SPDX-License-Identifier: Apache-2.0
// The least a library can be: one exported function that needs nothing.
int plain(void) { return 173; }
