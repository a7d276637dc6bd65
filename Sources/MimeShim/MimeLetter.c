#include "MimeLetter.h"
#include "MimeShim.h"

#include <gmime/gmime.h>
#include <string.h>

/* UTF-8 whatever it holds: left to itself GMime chooses the smallest alphabet of each. */
static GMimeObject *text_part(const char *subtype, const char *text) {
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_object_unref(content);
    g_object_unref(stream);
    return GMIME_OBJECT(part);
}

static void add_mailbox(GMimeMessage *message, GMimeAddressType type, const char *name, const char *address) {
    InternetAddress *mailbox = internet_address_mailbox_new(name, address);
    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox);
    g_object_unref(mailbox);
}

/* RFC 2369, RFC 8058: one act, without a question. */
static void add_opt_out(GMimeMessage *message, const char *address) {
    char *list = g_strdup_printf("<%s>", address);
    g_mime_object_append_header(GMIME_OBJECT(message), "List-Unsubscribe", list, "utf-8");
    g_mime_object_append_header(GMIME_OBJECT(message), "List-Unsubscribe-Post", "List-Unsubscribe=One-Click", "utf-8");
    g_free(list);
}

static void add_part(GMimeMultipart *whole, GMimeObject *part) {
    g_mime_multipart_add(whole, part);
    g_object_unref(part);
}

static GMimeObject *body_of(const mime_letter *letter) {
    if (letter->html == NULL) return text_part("plain", letter->text);
    GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
    add_part(both, text_part("plain", letter->text));
    add_part(both, text_part("html", letter->html));
    if (letter->calendar != NULL) {
        GMimeObject *calendar = text_part("calendar", letter->calendar);
        /* RFC 6047, 2.4: the method stands beside the type too. */
        g_mime_object_set_content_type_parameter(calendar, "method", letter->calendar_method);
        add_part(both, calendar);
    }
    return GMIME_OBJECT(both);
}

uint8_t *mime_letter_write(const mime_letter *letter, size_t *length) {
    mime_start();
    GMimeMessage *message = g_mime_message_new(TRUE);
    add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, letter->from_name, letter->from);
    add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, letter->to);
    if (letter->reply_to != NULL) add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, letter->from_name, letter->reply_to);
    g_mime_message_set_subject(message, letter->subject, "utf-8");
    g_mime_message_set_message_id(message, letter->message_id);
    GDateTime *date = g_date_time_new_from_unix_utc(letter->date);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    /* No machine answers a machine (RFC 3834). */
    g_mime_object_append_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", "utf-8");
    if (letter->opt_out != NULL) add_opt_out(message, letter->opt_out);
    GMimeObject *body = body_of(letter);
    g_mime_message_set_mime_part(message, body);
    g_object_unref(body);

    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
    g_mime_format_options_free(format);
    g_object_unref(stream);
    g_object_unref(message);
    *length = bytes->len;
    return g_byte_array_free(bytes, FALSE);
}

void mime_letter_free(uint8_t *bytes) { g_free(bytes); }
