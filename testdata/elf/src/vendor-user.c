// SPDX-License-Identifier: Apache-2.0
int vendor_call(void);
int user_call(void) { return vendor_call(); }
