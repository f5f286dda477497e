// SPDX-License-Identifier: Apache-2.0
// A vendor who names the version of his symbols after his library.
int vendor_call(void) { return 1; }
