#pragma once
#include <stddef.h>
#include <stdint.h>

/// An e-mail to write. All texts are UTF-8.
typedef struct {
    const char *from_name;
    const char *from;
    const char *to;
    const char *subject;
    /// Without its angle brackets.
    const char *message_id;
    /// Seconds since 1970.
    int64_t date;
    const char *text;
    /// NULL for an e-mail of text alone.
    const char *html;
    /// An iCalendar text, and its METHOD; NULL for an e-mail that invites to nothing. Only beside HTML.
    const char *calendar;
    const char *calendar_method;
    /// Where an answer goes, when not to `from`; NULL for an e-mail that nothing else is to come back to.
    const char *reply_to;
    /// The address by which whoever reads it opposes more of the same (RFC 8058); NULL for what may not be refused.
    const char *opt_out;
} mime_letter;

/// Its bytes, with the line ends of RFC 5322; to be given back with `mime_letter_free`.
uint8_t *mime_letter_write(const mime_letter *letter, size_t *length);
void mime_letter_free(uint8_t *bytes);
