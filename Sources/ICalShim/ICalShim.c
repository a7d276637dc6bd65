#include "ICalShim.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

/* Days that a time on the wall may lie from the same time in UTC: read a little more, the caller cuts. */
static const int64_t slack = 2 * 86400;
/* Occurrences that are counted through, in all. */
static const long most_steps = 2000000;

/* One occurrence of a recurring event that an event of its own replaces. */
typedef struct {
    const char *uid;
    int64_t at;
} replaced;

typedef struct {
    int64_t since, until;
    size_t most, count, room;
    ical_busy_time *times;
    replaced *replaced;
    size_t replaced_count;
    long steps;
    int too_much;
} reading;

/* A time of a property, in the zone that its parameter names. */
static icaltimetype time_of(icalproperty *property, icalcomponent *event) {
    icaltimetype time = icalproperty_get_datetime_with_component(property, event);
    if (time.zone != NULL || time.is_date || icaltime_is_null_time(time)) return time;
    icalparameter *named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    icaltimezone *zone = named == NULL ? NULL : icaltimezone_get_builtin_timezone(icalparameter_get_tzid(named));
    return zone == NULL ? time : icaltime_set_timezone(&time, zone);
}

static int is_floating(icaltimetype time) { return time.is_date || time.zone == NULL; }

static int64_t seconds(icaltimetype time) {
    return is_floating(time) ? icaltime_as_timet(time) : icaltime_as_timet_with_zone(time, time.zone);
}

static void add(reading *to, int64_t start, int64_t end, int floating) {
    if (end <= start || end <= to->since - slack || start >= to->until + slack) return;
    if (to->count == to->most) {
        to->too_much = 1;
        return;
    }
    if (to->count == to->room) {
        size_t room = to->room == 0 ? 64 : to->room * 2;
        ical_busy_time *times = realloc(to->times, room * sizeof *times);
        if (times == NULL) {
            to->too_much = 1;
            return;
        }
        to->times = times;
        to->room = room;
    }
    to->times[to->count++] = (ical_busy_time){start, end, floating};
}

static int in_order(const void *left, const void *right) {
    const replaced *one = left, *other = right;
    int order = strcmp(one->uid, other->uid);
    return order != 0 ? order : (one->at > other->at) - (one->at < other->at);
}

static const char *uid_of(icalcomponent *event) {
    const char *uid = icalcomponent_get_uid(event);
    return uid == NULL ? "" : uid;
}

/* Taken out by EXDATE (a whole day may be), or said again by an event of its own. */
static int is_left_out(reading *to, icalcomponent *event, icaltimetype occurrence) {
    replaced key = {uid_of(event), seconds(occurrence)};
    if (to->replaced_count > 0 && bsearch(&key, to->replaced, to->replaced_count, sizeof key, in_order) != NULL) return 1;
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);
    for (; property != NULL; property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
        icaltimetype out = time_of(property, event);
        if (out.is_date && !occurrence.is_date) {
            if (out.year == occurrence.year && out.month == occurrence.month && out.day == occurrence.day) return 1;
        } else if (seconds(out) == key.at) {
            return 1;
        }
    }
    return 0;
}

static void add_occurrence(reading *to, icalcomponent *event, icaltimetype start, int64_t length) {
    int64_t at = seconds(start);
    if (at + length <= to->since - slack || at >= to->until + slack) return;
    if (!is_left_out(to, event, start)) add(to, at, at + length, is_floating(start));
}

static void add_rule(reading *to, icalcomponent *event, icalproperty *rule, icaltimetype start, int64_t length) {
    icalrecur_iterator *iterator = icalrecur_iterator_new(icalproperty_get_rrule(rule), start);
    if (iterator == NULL) return;
    icaltimetype next = icalrecur_iterator_next(iterator);
    while (!icaltime_is_null_time(next) && !to->too_much) {
        if (++to->steps > most_steps) to->too_much = 1;
        if (start.zone != NULL) next = icaltime_set_timezone(&next, start.zone);
        if (seconds(next) >= to->until + slack) break;
        add_occurrence(to, event, next, length);
        next = icalrecur_iterator_next(iterator);
    }
    icalrecur_iterator_free(iterator);
}

static void add_dates(reading *to, icalcomponent *event, int64_t length) {
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
    for (; property != NULL; property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
        struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
        if (icaltime_is_null_time(date.time)) {
            icaltimetype end = date.period.end;
            if (icaltime_is_null_time(end)) end = icaltime_add(date.period.start, date.period.duration);
            add(to, seconds(date.period.start), seconds(end), is_floating(date.period.start));
        } else {
            icaltimetype time = date.time;
            icalparameter *named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
            icaltimezone *zone = NULL;
            if (named != NULL && time.zone == NULL && !time.is_date) {
                const char *name = icalparameter_get_tzid(named);
                for (icalcomponent *up = event; up != NULL && zone == NULL; up = icalcomponent_get_parent(up))
                    zone = icalcomponent_get_timezone(up, name);
                if (zone == NULL) zone = icaltimezone_get_builtin_timezone(name);
            }
            if (zone != NULL) time = icaltime_set_timezone(&time, zone);
            add_occurrence(to, event, time, length);
        }
    }
}

/* How long it lasts: to its end, for its duration, or a whole day when it says neither and has no hour. */
static int64_t length_of(icalcomponent *event, icaltimetype start) {
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
    if (property != NULL) {
        icaltimetype end = time_of(property, event);
        return is_floating(end) == is_floating(start) ? seconds(end) - seconds(start) : 0;
    }
    property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
    if (property != NULL) return icaldurationtype_as_int(icalproperty_get_duration(property));
    return start.is_date ? 86400 : 0;
}

static int takes_time(icalcomponent *event) {
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    if (property != NULL && icalproperty_get_status(property) == ICAL_STATUS_CANCELLED) return 0;
    property = icalcomponent_get_first_property(event, ICAL_TRANSP_PROPERTY);
    if (property == NULL) return 1;
    icalproperty_transp transparency = icalproperty_get_transp(property);
    return transparency != ICAL_TRANSP_TRANSPARENT && transparency != ICAL_TRANSP_TRANSPARENTNOCONFLICT;
}

static void add_event(reading *to, icalcomponent *event) {
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
    if (property == NULL || !takes_time(event)) return;
    icaltimetype start = time_of(property, event);
    int64_t length = length_of(event, start);
    if (icaltime_is_null_time(start) || length <= 0) return;
    if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != NULL) {
        add(to, seconds(start), seconds(start) + length, is_floating(start));
        return;
    }
    add_occurrence(to, event, start, length);
    icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
    for (; rule != NULL && !to->too_much; rule = icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY))
        add_rule(to, event, rule, start, length);
    add_dates(to, event, length);
}

/* What some servers publish in place of events: periods in UTC. */
static void add_free_busy(reading *to, icalcomponent *component) {
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_FREEBUSY_PROPERTY);
    for (; property != NULL; property = icalcomponent_get_next_property(component, ICAL_FREEBUSY_PROPERTY)) {
        icalparameter *kind = icalproperty_get_first_parameter(property, ICAL_FBTYPE_PARAMETER);
        if (kind != NULL && icalparameter_get_fbtype(kind) == ICAL_FBTYPE_FREE) continue;
        struct icalperiodtype period = icalproperty_get_freebusy(property);
        icaltimetype end = period.end;
        if (icaltime_is_null_time(end)) end = icaltime_add(period.start, period.duration);
        add(to, seconds(period.start), seconds(end), is_floating(period.start));
    }
}

typedef void (*visit)(reading *, icalcomponent *);

static void each(reading *to, icalcomponent *calendar, icalcomponent_kind kind, visit visit) {
    icalcomponent *component = icalcomponent_get_first_component(calendar, kind);
    for (; component != NULL && !to->too_much; component = icalcomponent_get_next_component(calendar, kind)) visit(to, component);
}

static void count_replaced(reading *to, icalcomponent *event) {
    if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != NULL) to->replaced_count++;
}

static void note_replaced(reading *to, icalcomponent *event) {
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
    if (property != NULL) to->replaced[to->replaced_count++] = (replaced){uid_of(event), seconds(time_of(property, event))};
}

static void read_calendar(reading *to, icalcomponent *calendar) {
    to->replaced_count = 0;
    each(to, calendar, ICAL_VEVENT_COMPONENT, count_replaced);
    to->replaced = calloc(to->replaced_count + 1, sizeof *to->replaced);
    if (to->replaced == NULL) {
        to->too_much = 1;
        return;
    }
    to->replaced_count = 0;
    each(to, calendar, ICAL_VEVENT_COMPONENT, note_replaced);
    qsort(to->replaced, to->replaced_count, sizeof *to->replaced, in_order);
    each(to, calendar, ICAL_VEVENT_COMPONENT, add_event);
    each(to, calendar, ICAL_VFREEBUSY_COMPONENT, add_free_busy);
    free(to->replaced);
    to->replaced = NULL;
}

ical_busy_answer ical_busy_read(const char *text, int64_t since, int64_t until, size_t most, ical_busy *busy) {
    icalerror_set_errors_are_fatal(0);
    icalcomponent *root = icalparser_parse_string(text);
    reading to = {.since = since, .until = until, .most = most};
    int calendars = 0;
    if (root != NULL && icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
        calendars = 1;
        read_calendar(&to, root);
    } else if (root != NULL && icalcomponent_isa(root) == ICAL_XROOT_COMPONENT) {
        icalcomponent *one = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
        for (; one != NULL; one = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)) {
            calendars++;
            read_calendar(&to, one);
        }
    }
    if (root != NULL) icalcomponent_free(root);
    *busy = (ical_busy){to.times, to.count};
    if (calendars > 0 && !to.too_much) return ICAL_BUSY_READ;
    ical_busy_free(busy);
    return calendars == 0 ? ICAL_BUSY_NO_CALENDAR : ICAL_BUSY_TOO_MUCH;
}

void ical_busy_free(ical_busy *busy) {
    free(busy->times);
    *busy = (ical_busy){NULL, 0};
}
