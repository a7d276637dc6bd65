#pragma once
#include <stddef.h>
#include <stdint.h>

/// A stretch of time that a calendar says is taken.
typedef struct {
    /// Seconds since 1970; when `floating`, of the clock on the wall: a whole day, or an hour that names no zone.
    int64_t start;
    int64_t end;
    int floating;
} ical_busy_time;

/// What is taken, read by libical: recurrences, their exceptions and the zones that the text defines are followed.
typedef struct {
    ical_busy_time *times;
    size_t count;
} ical_busy;

typedef enum { ICAL_BUSY_READ, ICAL_BUSY_NO_CALENDAR, ICAL_BUSY_TOO_MUCH } ical_busy_answer;

/// Reads what is taken between two instants. `text` ends with a NUL. Answers that it is too much beyond `most` times, or when the rules
/// ask for more work than a calendar of people does. What was answered `ICAL_BUSY_READ` is to be freed.
ical_busy_answer ical_busy_read(const char *text, int64_t since, int64_t until, size_t most, ical_busy *busy);
void ical_busy_free(ical_busy *busy);
