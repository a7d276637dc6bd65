#include "PhoneShim.h"
int phone_shim_placeholder(void) { return 1; }
