#include "PhoneShim.h"

#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// No exception may cross into Swift.

static bool write_text(const std::string &from, char *to) {
    if (from.size() + 1 > PHONE_CAPACITY) return false;
    std::memcpy(to, from.c_str(), from.size() + 1);
    return true;
}

static bool is_mobile(const PhoneNumberUtil &util, const PhoneNumber &number) {
    const auto type = util.GetNumberType(number);
    return type == PhoneNumberUtil::MOBILE || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE;
}

extern "C" int phone_parse(const char *typed, size_t length, const char *region, char *e164) {
    e164[0] = 0;
    try {
        const auto &util = *PhoneNumberUtil::GetInstance();
        PhoneNumber number;
        if (util.Parse(std::string(typed, length), region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
        if (util.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return 0;
        std::string text;
        util.Format(number, PhoneNumberUtil::E164, &text);
        if (!write_text(text, e164)) return 0;
        return PHONE_POSSIBLE | (util.IsValidNumber(number) ? PHONE_VALID : 0) | (is_mobile(util, number) ? PHONE_MOBILE : 0);
    } catch (...) {
        e164[0] = 0;
        return 0;
    }
}

extern "C" int phone_is_mobile(const char *e164, size_t length) {
    try {
        const auto &util = *PhoneNumberUtil::GetInstance();
        PhoneNumber number;
        if (util.Parse(std::string(e164, length), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
        return is_mobile(util, number);
    } catch (...) {
        return 0;
    }
}

extern "C" int phone_international(const char *e164, size_t length, char *text) {
    text[0] = 0;
    try {
        const auto &util = *PhoneNumberUtil::GetInstance();
        PhoneNumber number;
        if (util.Parse(std::string(e164, length), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
        std::string formatted;
        util.Format(number, PhoneNumberUtil::INTERNATIONAL, &formatted);
        return write_text(formatted, text);
    } catch (...) {
        return 0;
    }
}
