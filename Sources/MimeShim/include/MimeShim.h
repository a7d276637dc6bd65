#pragma once
#include "MimeLetter.h"
#include "MimeMail.h"
#include <stddef.h>
#include <stdint.h>

/// Makes GMime ready, once.
void mime_start(void);

/// A form with files, read by GMime.
typedef struct mime_form mime_form;

/// Reads the parts of a body whose Content-Type is `type`. Answers NULL when it is not multipart/form-data, when a part is not a plain
/// one with a name, or when there are more than `most`.
mime_form *mime_form_read(const char *type, const uint8_t *body, size_t length, size_t most);
void mime_form_free(mime_form *form);

/// What stands between the parts, without its hyphens.
const char *mime_form_boundary(const mime_form *form);
size_t mime_form_count(const mime_form *form);
const char *mime_form_name(const mime_form *form, size_t index);
/// As the sender's machine calls it; NULL for a plain field.
const char *mime_form_filename(const mime_form *form, size_t index);
/// The bytes of a part, as they were sent; they live as long as the form.
const uint8_t *mime_form_bytes(const mime_form *form, size_t index, size_t *length);
