#include "CurlShim.h"
#include "Line.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *bytes;
    size_t length, most;
} said;

/* What is beyond the most is taken from the line and let go: the letter goes on, and is read as far as it is kept. */
static size_t keep(char *from, size_t size, size_t count, void *context) {
    said *into = context;
    size_t given = size * count, room = into->most - into->length, kept = given < room ? given : room;
    if (kept == 0) return given;
    uint8_t *bytes = realloc(into->bytes, into->length + kept);
    if (bytes == NULL) return 0;
    memcpy(bytes + into->length, from, kept);
    into->bytes = bytes;
    into->length += kept;
    return given;
}

mailbox_answer mail_line_ask(mail_line *line, const mailbox_question *question) {
    CURL *curl = line->curl;
    said answer = {NULL, 0, question->most};
    /* Forgets the options and keeps the connection. */
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_URL, question->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, question->starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    if (question->authorities != NULL) curl_easy_setopt(curl, CURLOPT_CAINFO, question->authorities);
    curl_easy_setopt(curl, CURLOPT_USERNAME, question->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, question->password);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, question->connect_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, question->whole_ms);
    if (question->command != NULL) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, question->command);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    CURLcode code = curl_easy_perform(curl);
    return (mailbox_answer){mail_end_of(code, 0), answer.bytes, answer.length};
}
