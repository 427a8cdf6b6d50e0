#include "report/story.h"

#include <string.h>

#include "report/sentence.h"

enum { DATE_COLUMNS = 17, STORY_INDENT = DATE_COLUMNS + 2 };

void story_begin(StoryTeller *teller, const Terms *terms, bool color, bool all) {
    memset(teller, 0, sizeof *teller);
    teller->terms = terms;
    teller->color = color;
    teller->all = all;
    teller->status_quo = domain_status_quo(&terms->domain);
}

/* --- phrases --- */

static void mover(const StoryTeller *teller, const Event *event, Text *out) {
    Text name = {0};
    phrase_seat(&name, teller->terms, event->seat);
    phrase_emphasis(out, teller->color, EMPHASIS_STRONG, text_get(&name));
    text_finish(&name);
}

/* The seat whose latest offer has that number, or NP_NO_SEAT. */
static SeatId offer_owner(const StoryTeller *teller, uint32_t number) {
    for (SeatId seat = 0; number != 0 && seat < teller->terms->seats; seat++)
        if (teller->offer[seat] == number) return seat;
    return NP_NO_SEAT;
}

static void possessive(const StoryTeller *teller, SeatId seat, Text *out) {
    phrase_seat(out, teller->terms, seat);
    bool ends_in_s = out->length > 0 && out->bytes[out->length - 1] == 's';
    text_add(out, ends_in_s ? "' " : "'s ");
}

/* "#4", "Ukraine's #4". */
static void whose_offer(const StoryTeller *teller, uint32_t number, Text *out) {
    SeatId owner = offer_owner(teller, number);
    if (owner != NP_NO_SEAT) possessive(teller, owner, out);
    text_addf(out, "#%u", (unsigned)number);
}

/* "package 2 of Ukraine's #4"; the package goes unsaid where the offer has but one. */
static void whose_package(const StoryTeller *teller, const Event *event, Text *out) {
    SeatId owner = offer_owner(teller, event->offer);
    bool single = owner == NP_NO_SEAT ? event->package == 0 : teller->packages[owner] == 1;
    if (!single) text_addf(out, "package %u of ", event->package + 1u);
    whose_offer(teller, event->offer, out);
}

static bool same_issues_named(const Domain *domain, const Outcome *a, const Outcome *b) {
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if ((a->option[issue] == NP_NO_OPTION) != (b->option[issue] == NP_NO_OPTION)) return false;
    return true;
}

static const char *option_name(const Issue *issue, uint8_t option) {
    return option < issue->options ? issue->option[option] : "?";
}

void story_package(const Domain *domain, const Outcome *outcome, const Outcome *except,
                   Text *out) {
    if (except != NULL && !same_issues_named(domain, outcome, except)) except = NULL;
    const char *comma = "";
    for (uint8_t k = 0; k < domain->issues; k++) {
        const Issue *issue = &domain->issue[k];
        uint8_t option = outcome->option[k];
        if (option == NP_NO_OPTION || (except != NULL && option == except->option[k])) continue;
        text_add(out, comma);
        text_add_safe(out, issue->id);
        text_add(out, " ");
        if (except != NULL) {
            text_add_safe(out, option_name(issue, except->option[k]));
            text_add(out, " → ");
        }
        text_add_safe(out, option_name(issue, option));
        comma = ", ";
    }
}

static void seat_list(const StoryTeller *teller, SeatSet seats, Text *out) {
    phrase_seats(out, teller->terms, seats & teller->terms->consent.all);
}

/* --- one sentence per kind of event; false when it is not worth one --- */

static bool tell_opening(StoryTeller *teller, const Event *event, Text *out) {
    (void)event;
    text_add(out, "The talks open: ");
    seat_list(teller, teller->terms->consent.all, out);
    text_add(out, " have until ");
    phrase_date(out, teller->terms, teller->terms->deadline);
    return true;
}

static bool menu_repeats(const StoryTeller *teller, const Event *event) {
    if (teller->offer[event->seat] == 0 || teller->packages[event->seat] != event->packages)
        return false;
    for (uint8_t k = 0; k < event->packages; k++)
        if (!outcome_equal(&teller->last[event->seat][k], &event->menu[k])) return false;
    return true;
}

static void remember_menu(StoryTeller *teller, const Event *event) {
    teller->offer[event->seat] = event->offer;
    teller->packages[event->seat] = event->packages;
    memcpy(teller->last[event->seat], event->menu, event->packages * sizeof(Outcome));
}

static void first_package(const StoryTeller *teller, const Event *event, Text *out) {
    const Outcome *before =
        teller->offer[event->seat] != 0 ? teller->last[event->seat] : NULL;
    if (before != NULL && outcome_equal(before, &event->menu[0]))
        text_add(out, "as before");
    else
        story_package(&teller->terms->domain, &event->menu[0], before, out);
}

/* Packages after the first are told by how they differ from it. */
static void menu_of_packages(const StoryTeller *teller, const Event *event, Text *out) {
    const Domain *domain = &teller->terms->domain;
    if (event->packages > 1) text_add(out, "(1) ");
    first_package(teller, event, out);
    for (uint8_t k = 1; k < event->packages; k++) {
        bool alike = same_issues_named(domain, &event->menu[k], &event->menu[0]);
        text_addf(out, "; (%u) %s", k + 1u, alike ? "but for " : "");
        story_package(domain, &event->menu[k], &event->menu[0], out);
    }
}

static void offer_remarks(const StoryTeller *teller, const Event *event, Text *out) {
    if (event->expires_at != 0 && event->expires_at != NP_NEVER) {
        text_add(out, "; open until ");
        phrase_date(out, teller->terms, event->expires_at);
    }
    if ((event->flags & EVENT_BREAKS_COMMITMENT) != 0)
        text_add(out, "; it had ruled this out");
    if (event->demand != UTILITY_NONE)
        text_addf(out, " [its demand %.2f]", utility_real(event->demand));
}

static bool tell_offer(StoryTeller *teller, const Event *event, Text *out) {
    if (event->seat >= teller->terms->seats || event->packages > NP_MAX_MENU) return false;
    bool repeats = menu_repeats(teller, event);
    mover(teller, event, out);
    text_add(out, repeats ? " repeats " : " tables ");
    if (event->packages > 1)
        text_addf(out, "%s menu of %u (#%u)", repeats ? "its" : "a", (unsigned)event->packages,
                  (unsigned)event->offer);
    else
        text_addf(out, "%s offer (#%u)", repeats ? "its" : "an", (unsigned)event->offer);
    if (!repeats) {
        text_add(out, ": ");
        menu_of_packages(teller, event, out);
    }
    offer_remarks(teller, event, out);
    remember_menu(teller, event);
    return !repeats || teller->all;
}

static bool tell_acceptance(StoryTeller *teller, const Event *event, Text *out) {
    const Terms *terms = teller->terms;
    mover(teller, event, out);
    text_add(out, " accepts ");
    whose_package(teller, event, out);
    if ((event->flags & EVENT_BREAKS_COMMITMENT) != 0) text_add(out, ", which it had ruled out");
    SeatSet needed = consent_needed(&terms->consent, &terms->domain, &teller->status_quo,
                                    &event->menu[0]) & ~event->seats;
    if (event->packages == 0 || needed == 0) return true;
    text_add(out, "; still needed: ");
    seat_list(teller, needed, out);
    return true;
}

static bool tell_rejection(StoryTeller *teller, const Event *event, Text *out) {
    mover(teller, event, out);
    text_add(out, " rejects ");
    whose_offer(teller, event->offer, out);
    return true;
}

static bool tell_withdrawal(StoryTeller *teller, const Event *event, Text *out) {
    bool own = offer_owner(teller, event->offer) == event->seat;
    mover(teller, event, out);
    if (own)
        text_addf(out, " withdraws its offer #%u", (unsigned)event->offer);
    else {
        text_add(out, " takes back its acceptance of ");
        whose_package(teller, event, out);
    }
    return true;
}

static bool tell_rule_out(StoryTeller *teller, const Event *event, Text *out) {
    mover(teller, event, out);
    text_add(out, " rules out ");
    phrase_option(out, &teller->terms->domain, event->issue, event->option);
    return true;
}

static bool tell_walk_out(StoryTeller *teller, const Event *event, Text *out) {
    mover(teller, event, out);
    text_add(out, " walks out of the talks");
    return true;
}

static bool tell_pass(StoryTeller *teller, const Event *event, Text *out) {
    mover(teller, event, out);
    text_add(out, " passes");
    return teller->all;
}

static const char *const refused_moves[] = {
    [NP_PASS] = "a pass",          [NP_OFFER] = "an offer",
    [NP_ACCEPT] = "an acceptance", [NP_REJECT] = "a rejection",
    [NP_WITHDRAW] = "a withdrawal", [NP_RULE_OUT] = "a ruling-out",
    [NP_WALK_OUT] = "a walk-out",
};

static const char *const refusal_reasons[] = {
    [NP_RULING_MALFORMED] = "it is malformed",
    [NP_RULING_NOT_YOUR_TURN] = "it is not its turn",
    [NP_RULING_INFEASIBLE] = "the domain excludes that combination",
    [NP_RULING_INCOMPLETE] = "it is silent on an issue that must be settled",
    [NP_RULING_STATUS_QUO] = "it changes nothing",
    [NP_RULING_CROSSES_RED_LINE] = "it crosses a hard red line of its own",
    [NP_RULING_NO_SUCH_OFFER] = "no such offer stands",
    [NP_RULING_ALREADY_SAID] = "it was said already",
    [NP_RULING_CONTRADICTS_ACCORD] = "it reopens what an accord has settled",
    [NP_RULING_TALKS_CLOSED] = "the talks are closed",
    [NP_RULING_MENU_TOO_LARGE] = "the menu is too large for this table",
};

static bool tell_refusal(StoryTeller *teller, const Event *event, Text *out) {
    enum { MOVES = sizeof refused_moves / sizeof refused_moves[0] };
    enum { REASONS = sizeof refusal_reasons / sizeof refusal_reasons[0] };
    const char *move = event->refused < MOVES ? refused_moves[event->refused] : "a move";
    const char *why = event->ruling < REASONS ? refusal_reasons[event->ruling] : NULL;
    mover(teller, event, out);
    text_addf(out, " is refused %s", move);
    if (event->offer != 0) {
        text_add(out, " of ");
        whose_offer(teller, event->offer, out);
    }
    if (why != NULL) text_addf(out, ": %s", why);
    return teller->all;
}

static bool tell_lapse(StoryTeller *teller, const Event *event, Text *out) {
    possessive(teller, event->seat, out);
    text_addf(out, "offer #%u lapses", (unsigned)event->offer);
    return true;
}

static bool tell_accord(StoryTeller *teller, const Event *event, Text *out) {
    seat_list(teller, event->seats, out);
    text_add(out, " conclude a partial accord: ");
    story_package(&teller->terms->domain, &event->menu[0], NULL, out);
    teller->status_quo =
        domain_fill(&teller->terms->domain, &event->menu[0], &teller->status_quo);
    return true;
}

static bool tell_signature(StoryTeller *teller, const Event *event, Text *out) {
    seat_list(teller, event->seats, out);
    text_add(out, " sign a package, which goes to ratification: ");
    story_package(&teller->terms->domain, &event->menu[0], NULL, out);
    return true;
}

static void event_words(const Event *event, Text *out) {
    char words[EVENT_MAX_TEXT + 1];
    size_t length = event->text_length < EVENT_MAX_TEXT ? event->text_length : EVENT_MAX_TEXT;
    memcpy(words, event->text, length);
    words[length] = '\0';
    text_add_safe(out, words);
}

static bool tell_ratification(StoryTeller *teller, const Event *event, Text *out) {
    bool passed = (event->flags & EVENT_PASSED) != 0;
    text_add(out, "Ratification in ");
    mover(teller, event, out);
    text_add(out, ": ");
    event_words(event, out);
    text_add(out, passed ? " votes yes" : " votes no");
    if (event->demand != UTILITY_NONE)
        text_addf(out, " [worth %.2f to it]", utility_real(event->demand));
    return true;
}

static bool tell_agreement(StoryTeller *teller, const Event *event, Text *out) {
    phrase_emphasis(out, teller->color, EMPHASIS_GOOD, "Agreement");
    text_add(out, ": ");
    seat_list(teller, event->seats, out);
    text_add(out, " have said yes to the same package");
    return true;
}

static const char *const breakdown_reasons[] = {
    [REASON_NONE] = "no reason is given",
    [REASON_WALK_OUT] = "a seat walked out",
    [REASON_DEADLINE] = "the deadline has come",
    [REASON_STALLED] = "nobody has moved for too long",
    [REASON_RATIFICATION_FAILED] = "ratification has failed",
    [REASON_AGENT_FAULT] = "an agent has failed",
};

static bool tell_breakdown(StoryTeller *teller, const Event *event, Text *out) {
    enum { REASONS = sizeof breakdown_reasons / sizeof breakdown_reasons[0] };
    phrase_emphasis(out, teller->color, EMPHASIS_BAD, "Breakdown");
    text_addf(out, ": %s", breakdown_reasons[event->reason < REASONS ? event->reason : 0]);
    return true;
}

static bool tell_fault(StoryTeller *teller, const Event *event, Text *out) {
    text_add(out, "The agent of ");
    mover(teller, event, out);
    text_add(out, " failed: ");
    event_words(event, out);
    return true;
}

static bool (*const tell[])(StoryTeller *, const Event *, Text *) = {
    [NP_EVENT_OPENING] = tell_opening,     [NP_EVENT_OFFER] = tell_offer,
    [NP_EVENT_ACCEPTANCE] = tell_acceptance, [NP_EVENT_REJECTION] = tell_rejection,
    [NP_EVENT_WITHDRAWAL] = tell_withdrawal, [NP_EVENT_RULE_OUT] = tell_rule_out,
    [NP_EVENT_WALK_OUT] = tell_walk_out,   [NP_EVENT_PASS] = tell_pass,
    [NP_EVENT_REFUSAL] = tell_refusal,     [NP_EVENT_LAPSE] = tell_lapse,
    [NP_EVENT_ACCORD] = tell_accord,       [NP_EVENT_SIGNATURE] = tell_signature,
    [NP_EVENT_RATIFICATION] = tell_ratification, [NP_EVENT_AGREEMENT] = tell_agreement,
    [NP_EVENT_BREAKDOWN] = tell_breakdown, [NP_EVENT_FAULT] = tell_fault,
};

static void dated_line(const StoryTeller *teller, SimTime at, const char *sentence, Text *out) {
    Text date = {0};
    phrase_date(&date, teller->terms, at);
    size_t width = date.length, column = width < DATE_COLUMNS ? STORY_INDENT : width + 2;
    phrase_emphasis(out, teller->color, EMPHASIS_FAINT, text_get(&date));
    sentence_pad(out, width, column);
    sentence_fold(out, sentence, column, STORY_INDENT);
    text_finish(&date);
}

void story_event(StoryTeller *teller, const Event *event, Text *out) {
    if (event->kind >= sizeof tell / sizeof tell[0] || tell[event->kind] == NULL) return;
    Text sentence = {0};
    if (tell[event->kind](teller, event, &sentence))
        dated_line(teller, event->at, text_get(&sentence), out);
    text_finish(&sentence);
}
