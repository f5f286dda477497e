int vendor_call(void);
int user_call(void) { return vendor_call(); }
