/* The end of the story: the package, what it is worth to each seat, how far demands came together. */
#include <string.h>

#include "report/sentence.h"
#include "report/story.h"

/* --- the first line --- */

static void agreement_line(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    Text line = {0};
    phrase_emphasis(&line, teller->color, EMPHASIS_GOOD, "Agreement");
    text_add(&line, verdict->in_force == 0 ? ", signed and not in force, on " : " in force from ");
    phrase_date(&line, teller->terms, verdict->ended_at);
    text_add(&line, ", signed by ");
    phrase_seats(&line, teller->terms, verdict->signatories & teller->terms->consent.all);
    text_add(&line, ":");
    sentence_fold(out, text_get(&line), 0, 2);
    text_finish(&line);
}

static void breakdown_line(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    Text line = {0};
    phrase_emphasis(&line, teller->color, EMPHASIS_BAD, "No agreement");
    text_add(&line, ": ");
    phrase_reason(&line, teller->terms, (uint8_t)verdict->reason, verdict->seat, verdict->ended_at);
    text_add(&line, " on ");
    phrase_date(&line, teller->terms, verdict->ended_at);
    text_add(&line, ".");
    sentence_fold(out, text_get(&line), 0, 2);
    text_finish(&line);
}

/* --- the package, issue by issue --- */

static size_t safe_columns(const char *string) {
    Text safe = {0};
    text_add_safe(&safe, string);
    size_t columns = sentence_columns(text_get(&safe), safe.length);
    text_finish(&safe);
    return columns;
}

static void add_cell(Text *out, const char *string, size_t width) {
    text_add_safe(out, string);
    sentence_pad(out, safe_columns(string), width);
}

static void widen(size_t *width, const char *string) {
    size_t columns = safe_columns(string);
    if (columns > *width) *width = columns;
}

static void package_rows(const StoryTeller *teller, const Outcome *package, Text *out) {
    const Domain *domain = &teller->terms->domain;
    size_t issue_width = 0, option_width = 0;
    for (uint8_t k = 0; k < domain->issues; k++) {
        if (package->option[k] >= domain->issue[k].options) continue;
        widen(&issue_width, domain->issue[k].id);
        widen(&option_width, domain->issue[k].option[package->option[k]]);
    }
    for (uint8_t k = 0; k < domain->issues; k++) {
        const Issue *issue = &domain->issue[k];
        uint8_t option = package->option[k];
        if (option >= issue->options) continue;
        bool as_it_was = option == issue->status_quo;
        text_add(out, "  ");
        add_cell(out, issue->id, issue_width + 2);
        add_cell(out, issue->option[option], as_it_was ? option_width + 2 : 0);
        text_add(out, as_it_was ? "(as it was)\n" : "\n");
    }
}

static void accord_lines(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    for (uint32_t i = 0; i < verdict->accords && i < VERDICT_MAX_ACCORDS; i++) {
        Text line = {0};
        text_add(&line, "Partial accord before the end: ");
        story_package(&teller->terms->domain, &verdict->accord[i], NULL, &line);
        text_add(&line, ".");
        sentence_fold(out, text_get(&line), 0, 2);
        text_finish(&line);
    }
}

/* --- the seats --- */

static void add_number(Text *out, Utility utility, int width) {
    if (utility == UTILITY_NONE)
        text_addf(out, "%*s", width, "-");
    else
        text_addf(out, "%*.3f", width, utility_real(utility));
}

static void seat_name(const StoryTeller *teller, SeatId seat, Text *name) {
    text_clear(name);
    phrase_seat(name, teller->terms, seat);
}

static size_t names_width(const StoryTeller *teller, Text *name) {
    size_t width = strlen("seat");
    for (SeatId seat = 0; seat < teller->terms->seats; seat++) {
        seat_name(teller, seat, name);
        size_t columns = sentence_columns(text_get(name), name->length);
        if (columns > width) width = columns;
    }
    return width;
}

static bool anybody_pays(const StoryTeller *teller, const Verdict *verdict) {
    for (SeatId seat = 0; seat < teller->terms->seats; seat++)
        if (verdict->seat_result[seat].costs != 0) return true;
    return false;
}

static void seat_row(const Verdict *verdict, SeatId seat, bool costs, Text *out) {
    const SeatResult *result = &verdict->seat_result[seat];
    bool agreed = verdict->kind == VERDICT_AGREEMENT;
    if (agreed) add_number(out, result->utility, 9);
    add_number(out, result->reservation, 11);
    if (agreed) text_addf(out, "%+9.3f", utility_real(result->utility - result->reservation));
    add_number(out, result->first_demand, 14);
    add_number(out, result->last_demand, 13);
    text_addf(out, "%8u", (unsigned)result->offers);
    if (costs) add_number(out, result->costs, 8);
    text_add(out, "\n");
}

static void seat_rows(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    bool agreed = verdict->kind == VERDICT_AGREEMENT, costs = anybody_pays(teller, verdict);
    Text name = {0};
    size_t width = names_width(teller, &name);
    text_add(out, "  ");
    add_cell(out, "seat", width);
    text_add(out, agreed ? "  utility  walk-away     gain" : "  walk-away");
    text_add(out, "  first demand  last demand  offers");
    text_add(out, costs ? "   costs\n" : "\n");
    for (SeatId seat = 0; seat < teller->terms->seats; seat++) {
        seat_name(teller, seat, &name);
        text_add(out, "  ");
        text_add(out, text_get(&name));
        sentence_pad(out, sentence_columns(text_get(&name), name.length), width);
        seat_row(verdict, seat, costs, out);
    }
    text_finish(&name);
}

static void distance_line(const Verdict *verdict, Text *out) {
    if (verdict->first_distance == UTILITY_NONE || verdict->last_distance == UTILITY_NONE) {
        text_add(out, "Not every seat tabled a complete package, so no distance is measured.\n");
        return;
    }
    Utility moved = verdict->first_distance - verdict->last_distance;
    const char *how = moved > 0   ? "The demands came closer"
                      : moved < 0 ? "The demands moved apart"
                                  : "The demands stayed as far apart";
    text_addf(out, "%s: distance %.3f at first, %.3f at last (0: equal).\n", how,
              utility_real(verdict->first_distance), utility_real(verdict->last_distance));
}

/* --- who was what, and whether the peace held --- */

static void type_lines(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    Text line = {0};
    for (SeatId seat = 0; seat < teller->terms->seats; seat++) {
        uint8_t number = verdict->seat_result[seat].type;
        const SeatType *type = teller->negotiation->type[seat];
        if (type == NULL || number >= teller->terms->seat[seat].types) continue;
        text_add(&line, line.length > 0 ? "; " : "");
        phrase_seat(&line, teller->terms, seat);
        text_add(&line, " was of type ");
        text_add_safe(&line, type[number].id);
    }
    if (line.length > 0) {
        text_add(&line, ".");
        sentence_fold(out, text_get(&line), 0, 2);
    }
    text_finish(&line);
}

static void peace_lines(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    const Peace *peace = &verdict->peace;
    bool held = peace->broken_at == NP_NEVER;
    if (!peace->observed) return;
    Text line = {0};
    phrase_emphasis(&line, teller->color, held ? EMPHASIS_GOOD : EMPHASIS_BAD,
                    held ? "The peace held" : "The peace broke");
    text_add(&line, held ? " until " : " on ");
    phrase_date(&line, teller->terms, held ? peace->until : peace->broken_at);
    text_add(&line, held ? ", as far as was looked" : "");
    text_addf(&line, "; tests that it stood: %u.", (unsigned)peace->probes);
    sentence_fold(out, text_get(&line), 0, 2);
    text_clear(&line);
    if (peace->steps > 0) {
        text_addf(&line, "Later steps that entered into force: %u; in force at last: ",
                  (unsigned)peace->steps);
        story_package(&teller->terms->domain, &peace->in_force, NULL, &line);
        text_add(&line, ".");
        sentence_fold(out, text_get(&line), 0, 2);
    }
    text_finish(&line);
}

void story_verdict(const StoryTeller *teller, const Verdict *verdict, Text *out) {
    text_add(out, "\n");
    if (verdict->kind == VERDICT_OPEN) {
        text_add(out, "The talks are not over.\n");
        return;
    }
    if (verdict->kind == VERDICT_AGREEMENT) {
        agreement_line(teller, verdict, out);
        package_rows(teller, &verdict->agreement, out);
        text_add(out, "\n");
    } else
        breakdown_line(teller, verdict, out);
    accord_lines(teller, verdict, out);
    seat_rows(teller, verdict, out);
    distance_line(verdict, out);
    type_lines(teller, verdict, out);
    peace_lines(teller, verdict, out);
}
