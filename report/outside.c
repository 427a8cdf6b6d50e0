/* What moves outside the table, and what it does to those at the table, in sentences. */
#include "core/world/model.h"
#include "report/sentence.h"
#include "report/telling.h"

static void from_to(int64_t before, int64_t now, Text *out) {
    telling_number(before, out);
    text_add(out, " → ");
    telling_number(now, out);
}

/* Nobody decides a pull that the scenario prescribes: it has no time between deciding and doing. */
static bool is_prescribed(const Event *event) {
    return event->decided_at == event->at;
}

bool tell_lever(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " moves ");
    telling_lever(teller, event->subject, out);
    text_add(out, ": ");
    from_to(event->before, event->amount, out);
    if (is_prescribed(event)) text_add(out, ", as the scenario prescribes");
    if (event->demand == UTILITY_NONE || event->demand == 0) return true;
    text_add(out, " [costs it ");
    telling_number(event->demand, out);
    text_add(out, "]");
    return true;
}

/* --- statements --- */

static const struct StatementWords {
    const char *says;
    bool option, lever; /* which of the two it is about */
} statement_words[] = {
    [NP_SAY_DEMAND] = {"asks for ", true, false},
    [NP_SAY_SIGNAL] = {"signals that it could live with ", true, false},
    [NP_SAY_THREAT] = {"threatens", false, true},
    [NP_SAY_PROMISE] = {"promises", false, true},
    [NP_SAY_DENY] = {"denies that others may or can do what they say", false, false},
};

bool tell_statement(StoryTeller *teller, const Event *event, Text *out) {
    enum { WORDS = sizeof statement_words / sizeof statement_words[0] };
    const struct StatementWords *words = &statement_words[event->word < WORDS ? event->word : 0];
    telling_mover(teller, event, out);
    text_addf(out, " %s", words->says != NULL ? words->says : "says something");
    if (words->option) phrase_option(out, &teller->terms->domain, event->issue, event->option);
    if (words->lever && event->subject != 0) {
        text_add(out, " to move ");
        telling_lever(teller, event->subject, out);
    }
    /* Where none is meant an event has zeroes. */
    if (!words->option && (event->issue != 0 || event->option != 0)) {
        text_add(out, ", concerning ");
        phrase_option(out, &teller->terms->domain, event->issue, event->option);
    }
    telling_place(teller, event->table, out);
    return true;
}

/* --- the world --- */

bool tell_world(StoryTeller *teller, const Event *event, Text *out) {
    const Terms *terms = teller->terms;
    bool known = event->subject != 0 && event->subject <= terms->variables;
    const Variable *variable = known ? &terms->variable[event->subject - 1] : NULL;
    text_add(out, "News: ");
    telling_variable(teller, event->subject, out);
    text_add(out, " ");
    from_to(event->before, event->amount, out);
    if (variable != NULL && variable->unit != NULL && variable->unit[0] != '\0') {
        text_add(out, " ");
        text_add_safe(out, variable->unit);
    }
    if (variable == NULL || (variable->seen_by & terms->consent.all) == 0) return true;
    text_add(out, ", seen by ");
    telling_seats(teller, variable->seen_by, out);
    return true;
}

bool tell_shock(StoryTeller *teller, const Event *event, Text *out) {
    text_add(out, "Shock: ");
    telling_shock(teller, event, out);
    return true;
}

/* --- what it does to a seat's own numbers --- */

static const char *const aspect_words[] = {
    [NP_ASPECT_RESERVATION] = "walk-away value moves",
    [NP_ASPECT_AFTERMATH] = "value of a broken peace moves",
    [NP_ASPECT_EROSION] = "reluctance wears away:",
    [NP_ASPECT_HAZARD] = "view of the hazard of renewed war moves",
};

static void tell_type(const StoryTeller *teller, const Event *event, Text *out) {
    int64_t number = event->amount / UTILITY_ONE;
    const SeatType *type =
        event->seat < teller->terms->seats ? teller->negotiation->type[event->seat] : NULL;
    telling_mover(teller, event, out);
    text_add(out, " is of type ");
    if (type != NULL && number >= 0 && number < teller->terms->seat[event->seat].types)
        text_add_safe(out, type[number].id);
    else
        text_addf(out, "%lld", (long long)number + 1);
}

bool tell_appraisal(StoryTeller *teller, const Event *event, Text *out) {
    enum { ASPECTS = sizeof aspect_words / sizeof aspect_words[0] };
    if (event->word == NP_ASPECT_TYPE) {
        tell_type(teller, event, out);
        return true;
    }
    telling_possessive(teller, event->seat, out);
    text_addf(out, "%s ", event->word < ASPECTS ? aspect_words[event->word] : "numbers move");
    from_to(event->before, event->amount, out);
    text_addf(out, ", since event %llu", (unsigned long long)event->cause);
    return event->word == NP_ASPECT_RESERVATION || teller->all;
}

/* --- what it does to the table --- */

static const char *leaked_word(uint8_t kind) {
    if (kind == NP_EVENT_OFFER) return "offer";
    if (kind == NP_EVENT_ACCEPTANCE) return "acceptance of";
    return kind == NP_EVENT_STATEMENT ? "statement" : "move";
}

bool tell_leak(StoryTeller *teller, const Event *event, Text *out) {
    text_add(out, "Everybody comes to know of ");
    telling_possessive(teller, event->seat, out);
    text_add(out, leaked_word(event->word));
    if (event->offer != 0) text_addf(out, " #%u", (unsigned)event->offer);
    telling_place(teller, event->table, out);
    if (event->packages > 0) text_add(out, ": ");
    for (uint8_t k = 0; k < event->packages && k < NP_MAX_MENU; k++) {
        if (event->packages > 1) text_addf(out, "%s(%u) ", k > 0 ? "; " : "", k + 1u);
        story_package(&teller->terms->domain, &event->menu[k], NULL, out);
    }
    return true;
}

bool tell_authority(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " may sign from now on");
    return true;
}

bool tell_status_quo(StoryTeller *teller, const Event *event, Text *out) {
    const Domain *domain = &teller->terms->domain;
    text_add(out, "The status quo is now ");
    phrase_option(out, domain, event->issue, event->option);
    if (event->seat < teller->terms->seats) {
        text_add(out, ", by ");
        telling_mover(teller, event, out);
    }
    if (event->issue < domain->issues && event->option < domain->issue[event->issue].options)
        teller->status_quo.option[event->issue] = event->option;
    return true;
}

bool tell_audience_cost(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " pays ");
    telling_number(event->amount, out);
    text_add(out, " for breaking a public commitment");
    return true;
}
