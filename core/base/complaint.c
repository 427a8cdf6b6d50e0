#include "core/base/complaint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WINDOW = 96, WINDOW_BEFORE = 64, HINT_WORDS = 12 };

/* --- collecting --- */

static int place_order(Mark a, Mark b) {
    if (a.source != b.source) return a.source < b.source ? -1 : 1;
    if (a.line != b.line) return a.line < b.line ? -1 : 1;
    if (a.column != b.column) return a.column < b.column ? -1 : 1;
    return 0;
}

static uint32_t place_find(const Complaints *complaints, Mark at) {
    uint32_t i = 0;
    while (i < complaints->count && place_order(complaints->complaint[i].at, at) < 0) i++;
    return i;
}

/* Room for one more at its place, in order; the last one leaves a full list. NULL: nothing to keep. */
static Complaint *make_room(Complaints *complaints, Mark at) {
    uint32_t i = place_find(complaints, at);
    if (i == COMPLAINTS_MAX) return NULL;
    if (complaints->count < COMPLAINTS_MAX) complaints->count++;
    Complaint *here = &complaints->complaint[i];
    memmove(here + 1, here, (complaints->count - 1 - i) * sizeof *here);
    return here;
}

static void add(Complaints *complaints, Mark at, bool warning, const char *format, va_list list) {
    uint32_t i = place_find(complaints, at);
    bool taken = i < complaints->count && place_order(complaints->complaint[i].at, at) == 0;
    if (taken && !complaints->complaint[i].warning) return;
    *(warning ? &complaints->warnings : &complaints->errors) += 1;
    Complaint *complaint = make_room(complaints, at);
    if (!complaint) return;
    complaint->at = at;
    complaint->warning = warning;
    vsnprintf(complaint->sentence, sizeof complaint->sentence, format, list);
}

void complain(Complaints *complaints, Mark at, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add(complaints, at, false, format, list);
    va_end(list);
}

void complain_warning(Complaints *complaints, Mark at, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add(complaints, at, true, format, list);
    va_end(list);
}

static void hint_known(char *out, size_t size, const char *const *known, size_t count) {
    size_t used = (size_t)snprintf(out, size, "; known: ");
    for (size_t i = 0; i < count && i < HINT_WORDS && used < size; i++) {
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? ", " : "", known[i]);
    }
    if (count > HINT_WORDS && used < size) snprintf(out + used, size - used, ", ...");
}

void complaint_hint(char *out, size_t size, const char *word, const char *const *known,
                    size_t count) {
    out[0] = '\0';
    if (count == 0) return;
    const char *near = text_nearest(word, known, count);
    if (near) {
        snprintf(out, size, "; did you mean %s?", near);
    } else {
        hint_known(out, size, known, count);
    }
}

void complain_unknown(Complaints *complaints, Mark at, const char *what, const char *word,
                      const char *const *known, size_t count) {
    char hint[COMPLAINT_SENTENCE];
    complaint_hint(hint, sizeof hint, word, known, count);
    complain(complaints, at, "unknown %s \"%.64s\"%s", what, word, hint);
}

/* --- places --- */

Mark mark_of_byte(const Source *source, uint32_t number, size_t offset) {
    Mark mark = {number, 1, 1, 1};
    for (size_t i = 0; i < offset && i < source->length; i++) {
        unsigned char byte = (unsigned char)source->bytes[i];
        if (byte == '\n') {
            mark.line++;
            mark.column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

bool complain_unless_utf8(Complaints *complaints, uint32_t number) {
    const Source *source = &complaints->source[number];
    size_t good = 0, length = 1;
    while (good < source->length && length > 0) {
        length = text_utf8_length(source->bytes + good, source->length - good);
        good += length;
    }
    if (length > 0) return true;
    complain(complaints, mark_of_byte(source, number, good), "not valid UTF-8 text");
    return false;
}

/* --- showing --- */

typedef struct Line {
    const char *bytes;
    size_t length;
} Line;

static Line line_find(const Source *source, uint32_t number) {
    const char *at = source->bytes, *end = source->bytes + source->length;
    for (uint32_t line = 1; line < number && at < end; line++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        at = next ? next + 1 : end;
    }
    const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    Line line = {at, (size_t)((stop ? stop : end) - at)};
    if (line.length > 0 && line.bytes[line.length - 1] == '\r') line.length--;
    return line;
}

static bool continues(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The byte at which character `column` (from 0) begins, or the line's length. */
static size_t byte_of(Line line, uint32_t column) {
    size_t i = 0;
    for (; i < line.length && column > 0; column--) {
        i++;
        while (i < line.length && continues(line.bytes[i])) i++;
    }
    return i;
}

/* Adds a piece of a line, safe for terminals, tabs as one space; returns the columns it takes. */
static uint32_t add_piece(Text *out, const char *bytes, size_t length) {
    Text raw = {0}, shown = {0};
    text_add_bytes(&raw, bytes, length);
    for (size_t i = 0; i < raw.length; i++) {
        if (raw.bytes[i] == '\t') raw.bytes[i] = ' ';
    }
    text_add_safe(&shown, text_get(&raw));
    uint32_t columns = 0;
    for (size_t i = 0; i < shown.length; i++) columns += !continues(shown.bytes[i]);
    text_add(out, text_get(&shown));
    text_finish(&raw);
    text_finish(&shown);
    return columns;
}

static void add_repeated(Text *out, char what, uint32_t times) {
    for (uint32_t i = 0; i < times; i++) text_add_bytes(out, &what, 1);
}

/* The line and, under it, a caret with a tail as long as the word; long lines in a window. */
static void show_line(const Source *source, Mark at, const char *margin, Text *out) {
    Line line = line_find(source, at.line);
    uint32_t column = at.column - 1;
    uint32_t from = column > WINDOW_BEFORE ? column - WINDOW_BEFORE : 0;
    size_t begin = byte_of(line, from), word = byte_of(line, column);
    size_t tail = byte_of(line, column + at.length), end = byte_of(line, from + WINDOW);
    if (tail > end) tail = end;
    text_add(out, margin);
    uint32_t indent = add_piece(out, line.bytes + begin, word - begin);
    uint32_t length = add_piece(out, line.bytes + word, tail - word);
    add_piece(out, line.bytes + tail, end - tail);
    text_addf(out, "\n%s", margin);
    add_repeated(out, ' ', indent);
    text_add(out, "^");
    add_repeated(out, '~', length > 1 ? length - 1 : 0);
    text_add(out, "\n");
}

static void show(const Complaints *complaints, const Complaint *complaint, Text *out) {
    const Source *source = &complaints->source[complaint->at.source];
    text_add_safe(out, source->label);
    if (!source->setting) {
        if (complaint->at.line) text_addf(out, ":%u:%u", complaint->at.line, complaint->at.column);
        text_add(out, complaint->warning ? ": warning: " : ": error: ");
    } else {
        text_add(out, complaint->warning ? ": warning: " : ": ");
    }
    text_add_safe(out, complaint->sentence);
    text_add(out, "\n");
    if (complaint->at.line) show_line(source, complaint->at, "    ", out);
}

void complaints_print(const Complaints *complaints, Text *out) {
    for (uint32_t i = 0; i < complaints->count; i++)
        show(complaints, &complaints->complaint[i], out);
    uint32_t rest = complaints->errors + complaints->warnings - complaints->count;
    if (rest > 0) text_addf(out, "%s: and %u more\n", complaints->source[0].label, rest);
}
