#pragma once
#include "CurlShim.h"

#include <curl/curl.h>

struct mail_line {
    CURL *curl;
    /// The last refusal of a mail server.
    char said[1024];
};

/// What curl's end means; `answer` is the server's last code, 0 where there is none.
mail_end mail_end_of(CURLcode code, long answer);
