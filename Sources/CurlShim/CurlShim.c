#include "CurlShim.h"
#include "Line.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t left;
    int was_whole;
} letter;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void start(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

mail_line *mail_line_open(void) {
    pthread_once(&once, start);
    mail_line *line = malloc(sizeof(mail_line));
    if (line == NULL) abort();
    line->said[0] = 0;
    line->curl = curl_easy_init();
    if (line->curl == NULL) abort();
    return line;
}

void mail_line_close(mail_line *line) {
    curl_easy_cleanup(line->curl);
    free(line);
}

/* What asks for more after the end is told that it is over: from then on the server may have the letter. */
static size_t read_letter(char *into, size_t size, size_t count, void *context) {
    letter *from = context;
    size_t most = size * count, taken = from->left < most ? from->left : most;
    if (taken == 0) from->was_whole = 1;
    memcpy(into, from->bytes, taken);
    from->bytes += taken;
    from->left -= taken;
    return taken;
}

/* Each line that the server says comes here. Of an answer in several lines all are kept; the farewell after a refusal is none. */
static size_t hear(char *words, size_t size, size_t count, void *context) {
    mail_line *line = context;
    size_t given = size * count, known = strlen(line->said), room = sizeof line->said - 1 - known;
    if (given == 0 || (words[0] != '4' && words[0] != '5')) return given;
    size_t kept = given < room ? given : room;
    memcpy(line->said + known, words, kept);
    line->said[known + kept] = 0;
    return given;
}

mail_end mail_end_of(CURLcode code, long answer) {
    switch (code) {
    case CURLE_OK: return mail_taken;
    case CURLE_COULDNT_RESOLVE_HOST: case CURLE_COULDNT_RESOLVE_PROXY: case CURLE_COULDNT_CONNECT: return mail_unreachable;
    case CURLE_USE_SSL_FAILED: case CURLE_SSL_CONNECT_ERROR: case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: case CURLE_SSL_CIPHER: return mail_tls;
    case CURLE_LOGIN_DENIED: return mail_credentials;
    case CURLE_OPERATION_TIMEDOUT: return mail_timeout;
    default: return answer >= 400 ? mail_answered : mail_broken;
    }
}

mail_result mail_line_send(mail_line *line, const mail_order *order) {
    CURL *curl = line->curl;
    letter from = {order->bytes, order->length, 0};
    char error[CURL_ERROR_SIZE] = "";
    line->said[0] = 0;
    /* Forgets the options and keeps the connection. */
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_URL, order->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, order->starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    if (order->authorities != NULL) curl_easy_setopt(curl, CURLOPT_CAINFO, order->authorities);
    if (order->user != NULL) curl_easy_setopt(curl, CURLOPT_USERNAME, order->user);
    if (order->password != NULL) curl_easy_setopt(curl, CURLOPT_PASSWORD, order->password);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, order->connect_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, order->whole_ms);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, order->whole_ms / 1000 + 1);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, order->sender);
    struct curl_slist *recipients = curl_slist_append(NULL, order->recipient);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_letter);
    curl_easy_setopt(curl, CURLOPT_READDATA, &from);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, line);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    CURLcode code = curl_easy_perform(curl);
    /* curl says by its error alone whom the server refused: "RCPT failed: 550". */
    int at_recipient = strncmp(error, "RCPT failed", 11) == 0;
    mail_result result = {mail_taken, 0, from.was_whole, at_recipient, line->said[0] == 0 ? NULL : line->said};
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result.code);
    result.end = mail_end_of(code, result.code);
    curl_slist_free_all(recipients);
    /* The error's place is this call's. */
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    return result;
}
