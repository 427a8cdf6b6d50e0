#include "core/referee/event.h"

#include <assert.h>
#include <string.h>

/* Where the fields of the canonical layout stand; docs/record.md has the table for readers. */
enum {
    AT_LENGTH = 0,
    AT_OFFER = 4,
    AT_ID = 8,
    AT_CAUSE = 16,
    AT_AT = 24,
    AT_DECIDED = 32,
    AT_EXPIRES = 40,
    AT_DEMAND = 48,
    AT_DISTANCE = 56,
    AT_SEATS = 64,
    AT_KIND = 68,
    AT_SEAT = 69,
    AT_RULING = 70,
    AT_REFUSED = 71,
    AT_REASON = 72,
    AT_FLAGS = 73,
    AT_PACKAGE = 74,
    AT_ISSUE = 75,
    AT_OPTION = 76,
    AT_PACKAGES = 77,
    AT_ISSUES = 78,
    AT_LAYOUT = 79,
    FIXED_BYTES = 80,
    /* Layout 2 goes on: */
    AT_TABLE = 80,
    AT_SUBJECT = 81,
    AT_WORD = 82,
    AT_RESERVED = 83, /* five zeros */
    AT_AMOUNT = 88,
    AT_BEFORE = 96,
    FIXED_BYTES_2 = 104,
};

static_assert(EVENT_MAX_BYTES >= FIXED_BYTES_2 + NP_MAX_MENU * NP_MAX_ISSUES + EVENT_MAX_TEXT,
              "the longest event fits");

/* Written byte by byte so that every machine agrees; compilers make one store of it. */
static void put32(uint8_t *out, uint32_t value) {
    out[0] = (uint8_t)value;
    out[1] = (uint8_t)(value >> 8);
    out[2] = (uint8_t)(value >> 16);
    out[3] = (uint8_t)(value >> 24);
}

static void put64(uint8_t *out, uint64_t value) {
    put32(out, (uint32_t)value);
    put32(out + 4, (uint32_t)(value >> 32));
}

static uint32_t get32(const uint8_t *in) {
    return (uint32_t)in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
}

static uint64_t get64(const uint8_t *in) {
    return (uint64_t)get32(in) | (uint64_t)get32(in + 4) << 32;
}

/* Nothing of layout 2 is said: layout 1, which is what such an event has always been. */
static bool fits_layout_1(const Event *event) {
    return (event->table | event->subject | event->word) == 0 && event->amount == 0 &&
           event->before == 0;
}

static void put_fixed(const Event *event, uint8_t *out) {
    put32(out + AT_OFFER, event->offer);
    put64(out + AT_ID, event->id);
    put64(out + AT_CAUSE, event->cause);
    put64(out + AT_AT, (uint64_t)event->at);
    put64(out + AT_DECIDED, (uint64_t)event->decided_at);
    put64(out + AT_EXPIRES, (uint64_t)event->expires_at);
    put64(out + AT_DEMAND, (uint64_t)event->demand);
    put64(out + AT_DISTANCE, (uint64_t)event->distance);
    put32(out + AT_SEATS, event->seats);
    out[AT_KIND] = event->kind;
    out[AT_SEAT] = event->seat;
    out[AT_RULING] = event->ruling;
    out[AT_REFUSED] = event->refused;
    out[AT_REASON] = event->reason;
    out[AT_FLAGS] = event->flags;
    out[AT_PACKAGE] = event->package;
    out[AT_ISSUE] = event->issue;
    out[AT_OPTION] = event->option;
    out[AT_PACKAGES] = event->packages;
    out[AT_ISSUES] = event->packages > 0 ? event->issues : 0; /* no packages, no issues: one form */
    out[AT_LAYOUT] = 1;
}

static void put_layout_2(const Event *event, uint8_t *out) {
    out[AT_LAYOUT] = 2;
    out[AT_TABLE] = event->table;
    out[AT_SUBJECT] = event->subject;
    out[AT_WORD] = event->word;
    memset(out + AT_RESERVED, 0, AT_AMOUNT - AT_RESERVED);
    put64(out + AT_AMOUNT, (uint64_t)event->amount);
    put64(out + AT_BEFORE, (uint64_t)event->before);
}

size_t event_encode(const Event *event, uint8_t *out) {
    assert(event->packages <= NP_MAX_MENU && event->issues <= NP_MAX_ISSUES);
    assert(event->text_length <= EVENT_MAX_TEXT);
    put_fixed(event, out);
    /* Whole rows are copied, each over the tail of the one before: a copy of constant size is one
     * store, and the longest row still ends inside EVENT_MAX_BYTES. */
    uint8_t *end = out + FIXED_BYTES;
    if (!fits_layout_1(event)) {
        put_layout_2(event, out);
        end = out + FIXED_BYTES_2;
    }
    for (unsigned k = 0; k < event->packages; k++, end += event->issues)
        memcpy(end, event->menu[k].option, NP_MAX_ISSUES);
    if (event->text_length > 0) memcpy(end, event->text, event->text_length);
    end += event->text_length;
    put32(out + AT_LENGTH, (uint32_t)(end - out));
    return (size_t)(end - out);
}

static void get_fixed(const uint8_t *in, Event *event) {
    event->offer = get32(in + AT_OFFER);
    event->id = get64(in + AT_ID);
    event->cause = get64(in + AT_CAUSE);
    event->at = (SimTime)get64(in + AT_AT);
    event->decided_at = (SimTime)get64(in + AT_DECIDED);
    event->expires_at = (SimTime)get64(in + AT_EXPIRES);
    event->demand = (Utility)get64(in + AT_DEMAND);
    event->distance = (Utility)get64(in + AT_DISTANCE);
    event->seats = get32(in + AT_SEATS);
    event->kind = in[AT_KIND];
    event->seat = in[AT_SEAT];
    event->ruling = in[AT_RULING];
    event->refused = in[AT_REFUSED];
    event->reason = in[AT_REASON];
    event->flags = in[AT_FLAGS];
    event->package = in[AT_PACKAGE];
    event->issue = in[AT_ISSUE];
    event->option = in[AT_OPTION];
    event->packages = in[AT_PACKAGES];
    event->issues = in[AT_ISSUES];
    bool second = in[AT_LAYOUT] == 2;
    event->table = second ? in[AT_TABLE] : 0;
    event->subject = second ? in[AT_SUBJECT] : 0;
    event->word = second ? in[AT_WORD] : 0;
    event->amount = second ? (int64_t)get64(in + AT_AMOUNT) : 0;
    event->before = second ? (int64_t)get64(in + AT_BEFORE) : 0;
}

/* Far beyond the end of any talks, and small enough to be added to without a thought. */
static const SimTime LATEST = INT64_C(1) << 53;

static const char *time_complaint(const Event *event) {
    if (event->at < 0) return "at is before the start";
    if (event->at > LATEST) return "at is out of range";
    if (event->decided_at < 0) return "decided_at is before the start";
    if (event->decided_at > event->at) return "decided_at is after at";
    if (event->expires_at == NP_NEVER) return NULL;
    SimTime least = event->kind == NP_EVENT_OFFER ? event->at + 1 : 0;
    bool good = event->expires_at >= least && event->expires_at <= LATEST;
    return good ? NULL : "expires_at is out of range";
}

static const char *layout_2_complaint(const Event *event) {
    if (event->kind == NP_EVENT_REFUSAL) return NULL;
    if (event->table >= NP_MAX_TABLES) return "table is out of range";
    if (event->subject > NP_MAX_VARIABLES) return "subject is out of range";
    if (event->kind == NP_EVENT_STATEMENT && !statement_name(event->word)) return "word is unknown";
    if (event->kind == NP_EVENT_APPRAISAL && !aspect_name(event->word)) return "word is unknown";
    if (event->kind == NP_EVENT_LEAK && !event_kind_name(event->word)) return "word is unknown";
    if (event->kind == NP_EVENT_FAULT && !on_fault_name(event->word)) return "word is unknown";
    bool worded = event->kind == NP_EVENT_STATEMENT || event->kind == NP_EVENT_APPRAISAL ||
                  event->kind == NP_EVENT_LEAK || event->kind == NP_EVENT_FAULT;
    return worded || event->word == 0 ? NULL : "word does not fit the kind";
}

/* What is wrong with the numbers, or NULL. A refusal keeps the refused move as it was said, so the
 * domain's bounds do not bind it. */
static const char *fixed_complaint(const Event *event) {
    bool refusal = event->kind == NP_EVENT_REFUSAL;
    if (!event_kind_name(event->kind)) return "kind is unknown";
    if (event->id == 0) return "id is 0";
    if (event->cause >= event->id) return "cause is not an earlier event";
    if (event->cause == 0 && event->kind != NP_EVENT_OPENING) return "cause is missing";
    const char *complaint = time_complaint(event);
    if (complaint) return complaint;
    if (event->seat >= NP_MAX_SEATS && event->seat != NP_NO_SEAT) return "seat is out of range";
    if (event->seat == NP_NO_SEAT && event->kind == NP_EVENT_FAULT) return "seat is missing";
    if (event->seats >> NP_MAX_SEATS != 0) return "seats is out of range";
    if (!ruling_name(event->ruling)) return "ruling is unknown";
    if (refusal != (event->ruling != NP_RULING_OK)) return "ruling does not fit the kind";
    if (!refusal && event->refused != 0) return "refused does not fit the kind";
    if (!reason_name(event->reason)) return "reason is unknown";
    if ((event->kind == NP_EVENT_BREAKDOWN) != (event->reason != REASON_NONE))
        return "reason does not fit the kind";
    if (event->flags > (EVENT_BREAKS_COMMITMENT | EVENT_PASSED)) return "flags are unknown";
    if (!refusal && event->package >= NP_MAX_MENU) return "package is out of range";
    if (!refusal && event->issue >= NP_MAX_ISSUES) return "issue is out of range";
    if (!refusal && event->option >= NP_MAX_OPTIONS && event->option != NP_NO_OPTION)
        return "option is out of range";
    if (event->packages > NP_MAX_MENU) return "packages is out of range";
    if (event->issues > NP_MAX_ISSUES) return "issues is out of range";
    if (event->packages == 0 && event->issues != 0) return "issues does not fit packages";
    return layout_2_complaint(event);
}

static bool get_menu(const uint8_t *in, Event *event) {
    memset(event->menu, NP_NO_OPTION, sizeof event->menu);
    bool good = true;
    for (unsigned k = 0; k < event->packages; k++, in += event->issues) {
        memcpy(event->menu[k].option, in, event->issues);
        for (unsigned i = 0; i < event->issues; i++)
            good = good && (in[i] < NP_MAX_OPTIONS || in[i] == NP_NO_OPTION);
    }
    return good || event->kind == NP_EVENT_REFUSAL;
}

static bool refuse(Error *error, const char *complaint) {
    return error_set(error, ERROR_SCENARIO, "The bytes of an event do not make sense: %s.",
                     complaint);
}

/* An event has one form: the longer layout only where the shorter one would not do. */
static const char *extension_complaint(const uint8_t *bytes, const Event *event) {
    for (unsigned i = AT_RESERVED; i < AT_AMOUNT; i++)
        if (bytes[i] != 0) return "reserved bytes are not zero";
    return fits_layout_1(event) ? "layout 2 says nothing that layout 1 does not" : NULL;
}

bool event_decode(const uint8_t *bytes, size_t length, Event *event, Error *error) {
    size_t fixed = FIXED_BYTES;
    if (length < FIXED_BYTES || length > EVENT_MAX_BYTES || get32(bytes + AT_LENGTH) != length)
        return refuse(error, "length is wrong");
    if (bytes[AT_LAYOUT] == 2) fixed = FIXED_BYTES_2;
    if (bytes[AT_LAYOUT] != 1 && bytes[AT_LAYOUT] != 2) return refuse(error, "layout is unknown");
    if (length < fixed) return refuse(error, "length is wrong");
    get_fixed(bytes, event);
    const char *complaint = fixed_complaint(event);
    if (!complaint && bytes[AT_LAYOUT] == 2) complaint = extension_complaint(bytes, event);
    if (complaint) return refuse(error, complaint);
    size_t menu = (size_t)event->packages * event->issues;
    if (length < fixed + menu || length - fixed - menu > EVENT_MAX_TEXT)
        return refuse(error, "length is wrong");
    if (!get_menu(bytes + fixed, event)) return refuse(error, "menu is out of range");
    event->text_length = (uint16_t)(length - fixed - menu);
    memset(event->text, 0, sizeof event->text);
    memcpy(event->text, bytes + fixed + menu, event->text_length);
    return true;
}
