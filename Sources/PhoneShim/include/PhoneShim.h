#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int phone_shim_placeholder(void);
#ifdef __cplusplus
}
#endif
