#include "MimeShim.h"

#include <gmime/gmime.h>
#include <string.h>

typedef struct {
    char *name;
    char *filename;
    GByteArray *bytes;
} mime_part;

struct mime_form {
    char *boundary;
    size_t count;
    mime_part *parts;
};

void mime_start(void) {
    static gsize started = 0;
    if (g_once_init_enter(&started)) {
        g_mime_init();
        g_once_init_leave(&started, 1);
    }
}

/* GMime reads a whole message: what HTTP said of the body stands before it. */
static GMimeObject *parse(const char *type, const uint8_t *body, size_t length) {
    GByteArray *message = g_byte_array_sized_new((guint)(length + strlen(type) + 34));
    g_byte_array_append(message, (const guint8 *)"Content-Type: ", 14);
    g_byte_array_append(message, (const guint8 *)type, (guint)strlen(type));
    g_byte_array_append(message, (const guint8 *)"\r\n\r\n", 4);
    g_byte_array_append(message, body, (guint)length);
    /* The last line of the boundary may end with the body: GMime wants a line end after it. */
    g_byte_array_append(message, (const guint8 *)"\r\n", 2);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(message);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeObject *object = g_mime_parser_construct_part(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return object;
}

/* The bytes themselves: a Content-Transfer-Encoding is not for HTTP (RFC 7578, 4.7), and nothing is decoded. */
static GByteArray *raw_bytes(GMimePart *part) {
    GByteArray *bytes = g_byte_array_new();
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (content == NULL) return bytes;
    GMimeStream *from = g_mime_data_wrapper_get_stream(content);
    GMimeStream *to = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(to), FALSE);
    g_mime_stream_reset(from);
    g_mime_stream_write_to_stream(from, to);
    g_object_unref(to);
    return bytes;
}

static int take(mime_part *into, GMimeObject *object) {
    if (!GMIME_IS_PART(object)) return 0;
    GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(object);
    if (disposition == NULL || g_ascii_strcasecmp(g_mime_content_disposition_get_disposition(disposition), "form-data") != 0) return 0;
    const char *name = g_mime_content_disposition_get_parameter(disposition, "name");
    if (name == NULL) return 0;
    into->name = g_strdup(name);
    into->filename = g_strdup(g_mime_content_disposition_get_parameter(disposition, "filename"));
    into->bytes = raw_bytes(GMIME_PART(object));
    return 1;
}

static mime_form *read_parts(GMimeMultipart *multipart, size_t most) {
    int count = g_mime_multipart_get_count(multipart);
    const char *boundary = g_mime_multipart_get_boundary(multipart);
    if (count < 0 || (size_t)count > most || boundary == NULL) return NULL;
    mime_form *form = g_new0(mime_form, 1);
    form->boundary = g_strdup(boundary);
    form->parts = g_new0(mime_part, (gsize)count + 1);
    for (; form->count < (size_t)count; form->count++) {
        if (!take(&form->parts[form->count], g_mime_multipart_get_part(multipart, (int)form->count))) {
            mime_form_free(form);
            return NULL;
        }
    }
    return form;
}

mime_form *mime_form_read(const char *type, const uint8_t *body, size_t length, size_t most) {
    mime_start();
    GMimeObject *object = parse(type, body, length);
    if (object == NULL) return NULL;
    GMimeContentType *said = g_mime_object_get_content_type(object);
    int is_form = GMIME_IS_MULTIPART(object) && g_mime_content_type_is_type(said, "multipart", "form-data")
        && g_mime_content_type_get_parameter(said, "boundary") != NULL;
    mime_form *form = is_form ? read_parts(GMIME_MULTIPART(object), most) : NULL;
    g_object_unref(object);
    return form;
}

void mime_form_free(mime_form *form) {
    for (size_t index = 0; index < form->count; index++) {
        g_free(form->parts[index].name);
        g_free(form->parts[index].filename);
        g_byte_array_free(form->parts[index].bytes, TRUE);
    }
    g_free(form->parts);
    g_free(form->boundary);
    g_free(form);
}

const char *mime_form_boundary(const mime_form *form) { return form->boundary; }
size_t mime_form_count(const mime_form *form) { return form->count; }
const char *mime_form_name(const mime_form *form, size_t index) { return form->parts[index].name; }
const char *mime_form_filename(const mime_form *form, size_t index) { return form->parts[index].filename; }

const uint8_t *mime_form_bytes(const mime_form *form, size_t index, size_t *length) {
    *length = form->parts[index].bytes->len;
    return form->parts[index].bytes->data;
}
