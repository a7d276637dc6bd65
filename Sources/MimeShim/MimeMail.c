#include "MimeMail.h"
#include "MimeShim.h"

#include <gmime/gmime.h>

typedef struct {
    char *name;
    char *value;
} mail_field;

struct mime_mail {
    GArray *head;
    /* Of arrays of fields. */
    GPtrArray *statuses;
    char *sender, *plain, *html;
    int is_report;
    size_t files;
};

enum { most_fields = 500, most_groups = 50 };

static void clear_field(gpointer field) {
    g_free(((mail_field *)field)->name);
    g_free(((mail_field *)field)->value);
}

static GArray *fields_of(GMimeObject *object) {
    GArray *fields = g_array_new(FALSE, FALSE, sizeof(mail_field));
    g_array_set_clear_func(fields, clear_field);
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    int count = g_mime_header_list_get_count(list);
    for (int index = 0; index < count && index < most_fields; index++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(list, index);
        const char *value = g_mime_header_get_value(header);
        mail_field field = {g_strdup(g_mime_header_get_name(header)), g_utf8_make_valid(value ? value : "", -1)};
        g_array_append_val(fields, field);
    }
    return fields;
}

static GMimeObject *parse_part(GMimeStream *stream) {
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeObject *object = g_mime_parser_construct_part(parser, NULL);
    g_object_unref(parser);
    return object;
}

/* The decoded content of a part, as a stream in memory. */
static GMimeStream *content_of(GMimePart *part) {
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (content == NULL) return NULL;
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    g_mime_stream_reset(stream);
    return stream;
}

/* Groups are heads one after the other: what GMime takes for the body of one is the next. */
static void read_statuses(mime_mail *mail, GMimePart *part) {
    GMimeStream *stream = content_of(part);
    while (stream != NULL && g_mime_stream_length(stream) > 1 && mail->statuses->len < most_groups) {
        GMimeObject *group = parse_part(stream);
        g_object_unref(stream);
        stream = NULL;
        if (group == NULL) return;
        g_ptr_array_add(mail->statuses, fields_of(group));
        if (GMIME_IS_PART(group)) stream = content_of(GMIME_PART(group));
        g_object_unref(group);
    }
    if (stream != NULL) g_object_unref(stream);
}

static int is_file(GMimeObject *object) {
    const char *disposition = g_mime_object_get_disposition(object);
    return disposition != NULL && g_ascii_strcasecmp(disposition, "attachment") == 0;
}

static char *text_of(GMimeObject *part) {
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    char *valid = text == NULL ? NULL : g_utf8_make_valid(text, -1);
    g_free(text);
    return valid;
}

static void take_part(mime_mail *mail, GMimeObject *object) {
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (g_mime_content_type_is_type(type, "multipart", "report")) mail->is_report = 1;
    if (!GMIME_IS_PART(object)) return;
    int is_status = g_mime_content_type_is_type(type, "message", "delivery-status")
        || g_mime_content_type_is_type(type, "message", "global-delivery-status");
    if (is_status && mail->statuses->len == 0) {
        read_statuses(mail, GMIME_PART(object));
        return;
    }
    if (is_file(object)) {
        mail->files++;
        return;
    }
    if (!GMIME_IS_TEXT_PART(object)) return;
    if (g_mime_content_type_is_type(type, "text", "plain") && mail->plain == NULL) mail->plain = text_of(object);
    if (g_mime_content_type_is_type(type, "text", "html") && mail->html == NULL) mail->html = text_of(object);
}

static char *sender_of(GMimeMessage *message) {
    InternetAddressList *from = g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM);
    for (int index = 0; from != NULL && index < internet_address_list_length(from); index++) {
        InternetAddress *address = internet_address_list_get_address(from, index);
        if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
        const char *written = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
        if (written != NULL) return g_utf8_make_valid(written, -1);
    }
    return NULL;
}

/* Not into what it quotes whole: a message/rfc822 part is somebody else's letter. */
static void walk(mime_mail *mail, GMimeObject *object, int depth) {
    take_part(mail, object);
    if (!GMIME_IS_MULTIPART(object) || depth > 20) return;
    int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
    for (int index = 0; index < count && index < most_fields; index++) {
        walk(mail, g_mime_multipart_get_part(GMIME_MULTIPART(object), index), depth + 1);
    }
}

mime_mail *mime_mail_read(const uint8_t *bytes, size_t length) {
    mime_start();
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    if (message == NULL) return NULL;
    mime_mail *mail = g_new0(mime_mail, 1);
    mail->head = fields_of(GMIME_OBJECT(message));
    mail->statuses = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    mail->sender = sender_of(message);
    GMimeObject *body = g_mime_message_get_mime_part(message);
    if (body != NULL) walk(mail, body, 0);
    g_object_unref(message);
    return mail;
}

void mime_mail_free(mime_mail *mail) {
    g_array_unref(mail->head);
    g_ptr_array_unref(mail->statuses);
    g_free(mail->sender);
    g_free(mail->plain);
    g_free(mail->html);
    g_free(mail);
}

size_t mime_mail_field_count(const mime_mail *mail) { return mail->head->len; }
const char *mime_mail_field_name(const mime_mail *mail, size_t index) { return g_array_index(mail->head, mail_field, index).name; }
const char *mime_mail_field_value(const mime_mail *mail, size_t index) { return g_array_index(mail->head, mail_field, index).value; }
const char *mime_mail_sender(const mime_mail *mail) { return mail->sender; }
const char *mime_mail_plain(const mime_mail *mail) { return mail->plain; }
const char *mime_mail_html(const mime_mail *mail) { return mail->html; }
int mime_mail_is_report(const mime_mail *mail) { return mail->is_report; }
size_t mime_mail_files(const mime_mail *mail) { return mail->files; }

static const mail_field *status_field(const mime_mail *mail, size_t group, size_t index) {
    return &g_array_index((GArray *)g_ptr_array_index(mail->statuses, group), mail_field, index);
}

size_t mime_mail_status_count(const mime_mail *mail) { return mail->statuses->len; }
size_t mime_mail_status_field_count(const mime_mail *mail, size_t group) {
    return ((GArray *)g_ptr_array_index(mail->statuses, group))->len;
}
const char *mime_mail_status_name(const mime_mail *mail, size_t group, size_t index) { return status_field(mail, group, index)->name; }
const char *mime_mail_status_value(const mime_mail *mail, size_t group, size_t index) { return status_field(mail, group, index)->value; }
