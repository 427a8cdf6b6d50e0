#include "cli/diff_words.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/run_words.h"
#include "core/base/sim_time.h"
#include "report/story.h"

static int seat_of(const RunRow *row, const char *seat) {
    for (int i = 0; i < row->seats; i++)
        if (strcmp(row->seat_id[i], seat) == 0) return i;
    return -1;
}

const char *diff_strategy(const RunRow *row, const char *seat) {
    int at = seat_of(row, seat);
    return at < 0 ? NULL : row->strategy[at];
}

Utility diff_utility(const RunRow *row, const char *seat) {
    int at = seat_of(row, seat);
    return at < 0 || !row->ended ? UTILITY_NONE : row->result[at].utility;
}

size_t diff_seats(const Comparison *comparison, const char *seat[2 * NP_MAX_SEATS]) {
    const RunRow *first = &comparison->run[0].row, *second = &comparison->run[1].row;
    size_t count = 0;
    for (int i = 0; i < first->seats; i++) seat[count++] = first->seat_id[i];
    for (int i = 0; i < second->seats; i++)
        if (seat_of(first, second->seat_id[i]) < 0) seat[count++] = second->seat_id[i];
    return count;
}

/* --- a line, both sides --- */

enum { NAME_COLUMNS = 26, SIDE_COLUMNS = 38 };

static void pad(Text *text, size_t from, size_t columns) {
    size_t width = 0;
    for (size_t i = from; i < text->length; i++) width += (text->bytes[i] & 0xC0) != 0x80;
    for (; width < columns; width++) text_add(text, " ");
}

static void add_line(Text *text, const char *name, const char *const side[2]) {
    text_add(text, "  ");
    size_t from = text->length;
    text_add_safe(text, name);
    pad(text, from, NAME_COLUMNS);
    text_add(text, "  ");
    from = text->length;
    text_add_safe(text, side[0] != NULL ? side[0] : "-");
    pad(text, from, SIDE_COLUMNS);
    text_add(text, "  ");
    text_add_safe(text, side[1] != NULL ? side[1] : "-");
    text_add(text, "\n");
}

static bool add_if_different(Text *text, const char *name, const char *const side[2]) {
    if (side[0] != NULL && side[1] != NULL && strcmp(side[0], side[1]) == 0) return false;
    add_line(text, name, side);
    return true;
}

/* --- what they were given --- */

static bool add_strategies(const Comparison *comparison, Text *text) {
    const char *seat[2 * NP_MAX_SEATS];
    size_t seats = diff_seats(comparison, seat);
    bool any = false;
    for (size_t i = 0; i < seats; i++) {
        const char *side[2] = {diff_strategy(&comparison->run[0].row, seat[i]),
                               diff_strategy(&comparison->run[1].row, seat[i])};
        any |= add_if_different(text, seat[i], side);
    }
    return any;
}

static void add_given(const Comparison *comparison, Text *text) {
    const RunRow *first = &comparison->run[0].row, *second = &comparison->run[1].row;
    char hex[2][DIGEST_HEX], seed[2][32];
    snprintf(seed[0], sizeof seed[0], "%llu", (unsigned long long)first->seed);
    snprintf(seed[1], sizeof seed[1], "%llu", (unsigned long long)second->seed);
    digest_hex(hex[0], &first->scenario_hash)[12] = '\0';
    digest_hex(hex[1], &second->scenario_hash)[12] = '\0';
    size_t before = text->length;
    add_if_different(text, "scenario", (const char *[]){first->scenario, second->scenario});
    add_if_different(text, "scenario's text", (const char *[]){hex[0], hex[1]});
    add_if_different(text, "seed", (const char *[]){seed[0], seed[1]});
    for (size_t i = 0; i < comparison->settings; i++)
        add_line(text, comparison->setting[i].path, comparison->setting[i].value);
    add_strategies(comparison, text);
    add_if_different(text, "version", (const char *[]){first->version, second->version});
    add_if_different(text, "lane", (const char *[]){first->lane, second->lane});
    if (text->length == before) text_add(text, "  nothing: both were given the same\n");
}

/* --- where they part --- */

static void add_side(const Comparison *comparison, int at, Text *text) {
    const PartingSide *side = &comparison->difference.side[at];
    const RunRow *row = &comparison->run[at].row;
    text_addf(text, "  %s: ", at == 0 ? "first" : "second");
    if (!side->there) {
        text_add(text, row->ended ? "the run is over\n" : "the run was cut short\n");
        return;
    }
    text_addf(text, "%s", side->told.length > 0 ? text_get(&side->told) : "\n");
    if (side->caused)
        text_addf(text, "    because of event %llu: %s", (unsigned long long)side->event.cause,
                  text_get(&side->cause_told));
}

static void add_parting(const Comparison *comparison, Text *text) {
    const Difference *difference = &comparison->difference;
    if (difference->event == 0) {
        text_addf(text, "\nAll %llu events are the same.\n", (unsigned long long)difference->same);
        return;
    }
    text_addf(text, "\nThe first %llu events are the same. They part at event %llu:\n",
              (unsigned long long)difference->same, (unsigned long long)difference->event);
    add_side(comparison, 0, text);
    add_side(comparison, 1, text);
}

/* --- how they ended --- */

static void add_utilities(const Comparison *comparison, Text *text) {
    const char *seat[2 * NP_MAX_SEATS];
    size_t seats = diff_seats(comparison, seat);
    for (size_t i = 0; i < seats; i++) {
        char number[2][32], name[96];
        for (int at = 0; at < 2; at++) {
            Utility utility = diff_utility(&comparison->run[at].row, seat[i]);
            snprintf(number[at], sizeof number[at], "-");
            if (utility != UTILITY_NONE)
                snprintf(number[at], sizeof number[at], "%.3f", utility_real(utility));
        }
        snprintf(name, sizeof name, "worth to %.64s", seat[i]);
        add_line(text, name, (const char *[]){number[0], number[1]});
    }
}

static void add_agreement(const Comparison *comparison, Text *text) {
    for (int at = 0; at < 2; at++) {
        const RunReference *run = &comparison->run[at];
        if (run->row.kind != VERDICT_AGREEMENT) continue;
        text_addf(text, "  agreed in the %s: ", at == 0 ? "first" : "second");
        story_package(&run->scenario->negotiation.terms.domain,
                      &comparison->difference.side[at].agreement, NULL, text);
        text_add(text, "\n");
    }
}

static void add_peace(const Comparison *comparison, Text *text) {
    char peace[2][64];
    bool any = false;
    for (int at = 0; at < 2; at++) {
        const RunRow *row = &comparison->run[at].row;
        char date[48];
        snprintf(peace[at], sizeof peace[at], "-");
        if (!row->ended || !row->observed) continue;
        bool held = row->peace_broken_at == NP_NEVER;
        any = true;
        snprintf(peace[at], sizeof peace[at], "%s %s", held ? "held until" : "broke on",
                 date_say(date, row->epoch + (held ? row->peace_until : row->peace_broken_at)));
    }
    if (any) add_line(text, "peace", (const char *[]){peace[0], peace[1]});
}

static void add_outcomes(const Comparison *comparison, Text *text) {
    char verdict[2][128], ended[2][48], events[2][32];
    for (int at = 0; at < 2; at++) {
        const RunRow *row = &comparison->run[at].row;
        run_verdict_words(verdict[at], sizeof verdict[at], row);
        snprintf(ended[at], sizeof ended[at], "-");
        if (row->ended) date_say(ended[at], row->epoch + row->ended_at);
        snprintf(events[at], sizeof events[at], "%llu", (unsigned long long)row->events);
    }
    text_add(text, "\nHow they ended:\n");
    add_line(text, "verdict", (const char *[]){verdict[0], verdict[1]});
    add_line(text, "on", (const char *[]){ended[0], ended[1]});
    add_line(text, "events", (const char *[]){events[0], events[1]});
    add_peace(comparison, text);
    add_utilities(comparison, text);
    add_agreement(comparison, text);
}

void diff_words(const Comparison *comparison) {
    Text text = {0};
    for (int at = 0; at < 2; at++) {
        text_addf(&text, "%s run %llu of ",
                  at == 0 ? "First: " : "Second:", (unsigned long long)comparison->run[at].row.run);
        text_add_safe(&text, comparison->run[at].path);
        text_add(&text, "\n");
    }
    text_add(&text, "\nWhat they were given that differs (first, second):\n");
    add_given(comparison, &text);
    add_parting(comparison, &text);
    add_outcomes(comparison, &text);
    output_result(&text);
    text_finish(&text);
}
