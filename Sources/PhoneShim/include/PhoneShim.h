#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Room for any E.164 number or its international format, with the final zero byte.
#define PHONE_CAPACITY 64

/// What libphonenumber thinks of a number: the bits of an answer.
enum phone_answer {
    PHONE_POSSIBLE = 1,
    PHONE_VALID = 2,
    PHONE_MOBILE = 4,
};

/// Reads what someone typed as a number of `region` (ISO 3166, "FR"), and writes it in E.164.
/// Answers 0, and writes an empty text, when it cannot be a number.
int phone_parse(const char *typed, size_t length, const char *region, char *e164);

/// Whether this E.164 number is a mobile's.
int phone_is_mobile(const char *e164, size_t length);

/// Writes an E.164 number as people of other countries write it: "+34 612 34 56 78". Answers 0 when it is not a number.
int phone_international(const char *e164, size_t length, char *text);

#ifdef __cplusplus
}
#endif
