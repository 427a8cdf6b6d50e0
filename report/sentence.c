#include "report/sentence.h"

#include <stdint.h>
#include <string.h>

#include "core/base/sim_time.h"

static const char *const codes[] = {
    [EMPHASIS_FAINT] = "\x1b[2m",
    [EMPHASIS_STRONG] = "\x1b[1m",
    [EMPHASIS_GOOD] = "\x1b[1;32m",
    [EMPHASIS_BAD] = "\x1b[1;33m",
};

void phrase_emphasis(Text *out, bool color, Emphasis emphasis, const char *safe) {
    if (color) text_add(out, codes[emphasis]);
    text_add(out, safe);
    if (color) text_add(out, "\x1b[0m");
}

void phrase_seat(Text *out, const Terms *terms, SeatId seat) {
    if (seat >= terms->seats) {
        text_add(out, "an unknown seat");
        return;
    }
    const SeatTerms *known = &terms->seat[seat];
    text_add_safe(out, known->name != NULL && known->name[0] != '\0' ? known->name : known->id);
}

static unsigned count_seats(SeatSet seats) {
    unsigned count = 0;
    for (; seats != 0; seats &= seats - 1) count++;
    return count;
}

void phrase_seats(Text *out, const Terms *terms, SeatSet seats) {
    unsigned left = count_seats(seats);
    if (left == 0) text_add(out, "nobody");
    for (SeatId seat = 0; left > 0; seat++) {
        if (!seat_in(seats, seat)) continue;
        phrase_seat(out, terms, seat);
        left--;
        if (left > 0) text_add(out, left == 1 ? " and " : ", ");
    }
}

void phrase_date(Text *out, const Terms *terms, SimTime at) {
    char date[48];
    text_add(out, date_say(date, terms->epoch + at));
}

void phrase_option(Text *out, const Domain *domain, uint8_t issue, uint8_t option) {
    if (issue >= domain->issues || option >= domain->issue[issue].options) {
        text_add(out, "an unknown option");
        return;
    }
    text_add_safe(out, domain->issue[issue].id);
    text_add(out, " ");
    text_add_safe(out, domain->issue[issue].option[option]);
}

static void add_options(Text *out, const Issue *issue, uint32_t options) {
    const char *between = " ";
    for (uint8_t k = 0; k < issue->options; k++) {
        if ((options >> k & 1u) == 0) continue;
        text_add(out, between);
        text_add_safe(out, issue->option[k]);
        between = " or ";
    }
}

void phrase_condition(Text *out, const Domain *domain, const Condition *condition) {
    for (uint8_t i = 0; i < condition->terms; i++) {
        const Issue *issue = &domain->issue[condition->issue[i]];
        if (i > 0) text_add(out, ", with ");
        text_add_safe(out, issue->id);
        add_options(out, issue, condition->options[i]);
    }
}

/* The parts around the name of the seat that a breakdown names. */
static const struct ReasonWords {
    const char *before, *after;
    bool names_seat;
} reason_words[] = {
    [REASON_NONE] = {"the talks ended", "", false},
    [REASON_WALK_OUT] = {"", " walked out", true},
    [REASON_DEADLINE] = {"the deadline came", "", false},
    [REASON_STALLED] = {"the talks stalled, with no new concession or acceptance", "", false},
    [REASON_RATIFICATION_FAILED] = {"the signed package was not ratified in ", "", true},
    [REASON_AGENT_FAULT] = {"the agent of ", " failed", true},
};

void phrase_reason(Text *out, const Terms *terms, uint8_t reason, SeatId seat, SimTime at) {
    if (reason == REASON_DEADLINE && at < terms->deadline) {
        text_add(out, "the talks broke off ahead of their deadline");
        return;
    }
    enum { REASONS = sizeof reason_words / sizeof reason_words[0] };
    const struct ReasonWords *words = &reason_words[reason < REASONS ? reason : REASON_NONE];
    text_add(out, words->before);
    if (words->names_seat) phrase_seat(out, terms, seat);
    text_add(out, words->after);
}

void phrase_span(Text *out, SimTime span) {
    char words[32];
    if (span < SIM_DAY)
        text_add(out, duration_format(words, span));
    else if (span % SIM_DAY == 0)
        text_addf(out, "%lldd", (long long)(span / SIM_DAY));
    else
        text_addf(out, "%.1f days", (double)span / SIM_DAY);
}

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

size_t sentence_columns(const char *bytes, size_t length) {
    size_t columns = 0;
    bool escape = false; /* only our own emphasis can begin one */
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\x1b') escape = true;
        if (!escape && !is_continuation(bytes[i])) columns++;
        if (bytes[i] == 'm') escape = false;
    }
    return columns;
}

void sentence_pad(Text *out, size_t width, size_t column) {
    for (; width < column; width++) text_add(out, " ");
}

/* "from → to" and a remark in brackets stay in one piece. */
static size_t word_length(const char *sentence) {
    enum { LONGEST_REMARK = 32 };
    static const char arrow[] = " → ";
    const char *end = sentence[0] == '[' ? strchr(sentence, ']') : NULL;
    if (end != NULL && end - sentence < LONGEST_REMARK) return (size_t)(end - sentence) + 1;
    size_t length = strcspn(sentence, " ");
    while (strncmp(sentence + length, arrow, sizeof arrow - 1) == 0) {
        length += sizeof arrow - 1;
        length += strcspn(sentence + length, " ");
    }
    return length;
}

void sentence_fold(Text *out, const char *sentence, size_t column, size_t indent) {
    bool first = true;
    for (size_t length; *sentence != '\0'; sentence += length) {
        sentence += strspn(sentence, " ");
        length = word_length(sentence);
        size_t width = sentence_columns(sentence, length);
        if (!first && column + 1 + width > PAGE_WIDTH) {
            text_add(out, "\n");
            sentence_pad(out, 0, indent);
            column = indent;
        } else if (!first) {
            text_add(out, " ");
            column++;
        }
        text_add_bytes(out, sentence, length);
        column += width;
        first = false;
    }
    text_add(out, "\n");
}
