#pragma once
#include <stddef.h>
#include <stdint.h>

/// A line to a mail server, kept open between letters.
typedef struct mail_line mail_line;

/// One letter to hand over.
typedef struct {
    /// `smtp://host:587` or `smtps://host:465`.
    const char *url;
    /// NULL for a server that asks for none.
    const char *user;
    const char *password;
    /// With `smtp`, nothing is said before STARTTLS.
    int starttls;
    /// A file of certificates to trust; NULL for the system's.
    const char *authorities;
    long connect_ms;
    long whole_ms;
    const char *sender;
    const char *recipient;
    const uint8_t *bytes;
    size_t length;
} mail_order;

typedef enum {
    mail_taken,
    /// The server answered no: see the code.
    mail_answered,
    mail_unreachable,
    mail_tls,
    mail_credentials,
    mail_timeout,
    /// The line broke.
    mail_broken,
} mail_end;

typedef struct {
    mail_end end;
    /// The last answer of the server (RFC 5321); 0 without one.
    long code;
    /// Whether the letter was read to its end: the server may have it, whatever happened then.
    int was_whole;
    /// Whether it was the recipient whom the server refused, and not the sender or the letter.
    int at_recipient;
    /// The words of its last refusal, in its lines; NULL without one. The line's, until it is used again.
    const char *said;
} mail_result;

mail_line *mail_line_open(void);
/// Blocks until the server answered or the time is over. One at a time on a line.
mail_result mail_line_send(mail_line *line, const mail_order *order);
void mail_line_close(mail_line *line);

/// One question to a mailbox, by IMAP.
typedef struct {
    /// `imaps://host:993/INBOX`, with `/;UID=7` after it for a letter; without a folder for what is asked of the whole.
    const char *url;
    const char *user;
    const char *password;
    /// With `imap`, nothing is said before STARTTLS.
    int starttls;
    /// A file of certificates to trust; NULL for the system's.
    const char *authorities;
    long connect_ms;
    long whole_ms;
    /// A command such as `UID SEARCH UID 7:*`; NULL reads what the address names.
    const char *command;
    /// Bytes of the answer that are kept; what is beyond them is let go.
    size_t most;
} mailbox_question;

typedef struct {
    mail_end end;
    /// To be given back with `free`; NULL when nothing was said.
    uint8_t *bytes;
    size_t length;
} mailbox_answer;

/// Blocks until the server answered or the time is over. One at a time on a line, which stays open between questions.
mailbox_answer mail_line_ask(mail_line *line, const mailbox_question *question);
