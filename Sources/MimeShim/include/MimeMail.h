#pragma once
#include <stddef.h>
#include <stdint.h>

/// An e-mail that came in, read by GMime. All texts are UTF-8, as far as their writer's alphabet was told; they live as long as it.
typedef struct mime_mail mime_mail;

/// NULL for what is no e-mail at all. What is cut short is read as far as it goes.
mime_mail *mime_mail_read(const uint8_t *bytes, size_t length);
void mime_mail_free(mime_mail *mail);

/// The fields of its head, decoded, in their order.
size_t mime_mail_field_count(const mime_mail *mail);
const char *mime_mail_field_name(const mime_mail *mail, size_t index);
const char *mime_mail_field_value(const mime_mail *mail, size_t index);
/// The address that it says it is from; NULL without one.
const char *mime_mail_sender(const mime_mail *mail);
/// Its first text/plain part that is no file, and its first text/html one; NULL without one.
const char *mime_mail_plain(const mime_mail *mail);
const char *mime_mail_html(const mime_mail *mail);
/// Whether it is a multipart/report (RFC 6522), of whatever kind.
int mime_mail_is_report(const mime_mail *mail);
/// How many files it carries.
size_t mime_mail_files(const mime_mail *mail);

/// The groups of fields of its message/delivery-status part (RFC 3464): the first about the whole, then one for each recipient.
size_t mime_mail_status_count(const mime_mail *mail);
size_t mime_mail_status_field_count(const mime_mail *mail, size_t group);
const char *mime_mail_status_name(const mime_mail *mail, size_t group, size_t index);
const char *mime_mail_status_value(const mime_mail *mail, size_t group, size_t index);
