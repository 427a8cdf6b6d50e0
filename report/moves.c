/* What seats do at the table, in sentences. */
#include <string.h>

#include "report/sentence.h"
#include "report/telling.h"

static ToldOffer *latest(StoryTeller *teller, const Event *event) {
    return &teller->told[event->table < NP_MAX_TABLES ? event->table : 0][event->seat];
}

static bool menu_repeats(const ToldOffer *last, const Event *event) {
    if (last->number == 0 || last->packages != event->packages) return false;
    for (uint8_t k = 0; k < event->packages; k++)
        if (!outcome_equal(&last->menu[k], &event->menu[k])) return false;
    return true;
}

static void remember_menu(ToldOffer *last, const Event *event) {
    last->number = event->offer;
    last->packages = event->packages;
    memcpy(last->menu, event->menu, event->packages * sizeof(Outcome));
}

static void first_package(const StoryTeller *teller, const ToldOffer *last, const Event *event,
                          Text *out) {
    const Outcome *before = last->number != 0 ? last->menu : NULL;
    if (before != NULL && outcome_equal(before, &event->menu[0]))
        text_add(out, "as before");
    else
        story_package(&teller->terms->domain, &event->menu[0], before, out);
}

/* Packages after the first are told by how they differ from it. */
static void menu_of_packages(const StoryTeller *teller, const ToldOffer *last, const Event *event,
                             Text *out) {
    const Domain *domain = &teller->terms->domain;
    if (event->packages > 1) text_add(out, "(1) ");
    first_package(teller, last, event, out);
    for (uint8_t k = 1; k < event->packages; k++) {
        bool alike = telling_same_issues(domain, &event->menu[k], &event->menu[0]);
        text_addf(out, "; (%u) %s", k + 1u, alike ? "but for " : "");
        story_package(domain, &event->menu[k], &event->menu[0], out);
    }
}

static void offer_remarks(const StoryTeller *teller, const Event *event, Text *out) {
    if (event->expires_at != 0 && event->expires_at != NP_NEVER) {
        text_add(out, "; open until ");
        phrase_date(out, teller->terms, event->expires_at);
    }
    if ((event->flags & EVENT_BREAKS_COMMITMENT) != 0) text_add(out, "; it had ruled this out");
    if (event->demand != UTILITY_NONE)
        text_addf(out, " [its demand %.2f]", utility_real(event->demand));
}

bool tell_offer(StoryTeller *teller, const Event *event, Text *out) {
    if (event->seat >= teller->terms->seats || event->packages > NP_MAX_MENU) return false;
    ToldOffer *last = latest(teller, event);
    bool repeats = menu_repeats(last, event);
    telling_mover(teller, event, out);
    text_add(out, repeats ? " repeats " : " tables ");
    if (event->packages > 1)
        text_addf(out, "%s menu of %u (#%u)", repeats ? "its" : "a", (unsigned)event->packages,
                  (unsigned)event->offer);
    else
        text_addf(out, "%s offer (#%u)", repeats ? "its" : "an", (unsigned)event->offer);
    telling_place(teller, event->table, out);
    if (!repeats) {
        text_add(out, ": ");
        menu_of_packages(teller, last, event, out);
    }
    offer_remarks(teller, event, out);
    remember_menu(last, event);
    return !repeats || teller->all;
}

/* Who is no member of a closed table cannot accept there, so nothing is concluded without them. */
static void absent_there(const StoryTeller *teller, const Event *event, SeatSet needed, Text *out) {
    const Terms *terms = teller->terms;
    if (event->table == 0 || event->table > terms->closed_tables) return;
    SeatSet absent = needed & ~terms->table[event->table].members;
    if (absent == 0) return;
    text_add(out, ", absent there");
    if (absent == needed) return;
    text_add(out, ": ");
    telling_seats(teller, absent, out);
}

bool tell_acceptance(StoryTeller *teller, const Event *event, Text *out) {
    const Terms *terms = teller->terms;
    telling_mover(teller, event, out);
    text_add(out, " accepts ");
    telling_package(teller, event, out);
    telling_place(teller, event->table, out);
    if ((event->flags & EVENT_BREAKS_COMMITMENT) != 0) text_add(out, ", which it had ruled out");
    SeatSet needed =
        consent_needed(&terms->consent, &terms->domain, &teller->status_quo, &event->menu[0]) &
        ~event->seats;
    if (event->packages == 0 || needed == 0) return true;
    text_add(out, "; still needed: ");
    telling_seats(teller, needed, out);
    absent_there(teller, event, needed, out);
    return true;
}

bool tell_rejection(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " rejects ");
    telling_offer(teller, event->offer, out);
    telling_place(teller, event->table, out);
    return true;
}

bool tell_withdrawal(StoryTeller *teller, const Event *event, Text *out) {
    bool own = telling_owner(teller, event->offer) == event->seat;
    telling_mover(teller, event, out);
    if (own)
        text_addf(out, " withdraws its offer #%u", (unsigned)event->offer);
    else {
        text_add(out, " takes back its acceptance of ");
        telling_package(teller, event, out);
    }
    telling_place(teller, event->table, out);
    return true;
}

bool tell_rule_out(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " rules out ");
    phrase_option(out, &teller->terms->domain, event->issue, event->option);
    return true;
}

bool tell_walk_out(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " walks out of the talks");
    return true;
}

bool tell_pass(StoryTeller *teller, const Event *event, Text *out) {
    telling_mover(teller, event, out);
    text_add(out, " passes");
    return teller->all;
}

static const char *const refused_moves[] = {
    [NP_PASS] = "a pass",         [NP_OFFER] = "an offer",        [NP_ACCEPT] = "an acceptance",
    [NP_REJECT] = "a rejection",  [NP_WITHDRAW] = "a withdrawal", [NP_RULE_OUT] = "a ruling-out",
    [NP_WALK_OUT] = "a walk-out", [NP_LEVER] = "a lever",         [NP_STATEMENT] = "a statement",
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
    [NP_RULING_NOT_A_MEMBER] = "it is no member of that table",
    [NP_RULING_NOT_YOUR_LEVER] = "the lever is another seat's",
    [NP_RULING_OUT_OF_BOUNDS] = "the lever does not go so far",
    [NP_RULING_NOT_YOUR_ROLE] = "drafting is the mediator's, judging the parties'",
};

const char *telling_refusal(uint8_t ruling) {
    enum { REASONS = sizeof refusal_reasons / sizeof refusal_reasons[0] };
    return ruling < REASONS ? refusal_reasons[ruling] : NULL;
}

bool tell_refusal(StoryTeller *teller, const Event *event, Text *out) {
    enum { MOVES = sizeof refused_moves / sizeof refused_moves[0] };
    const char *move = event->refused < MOVES ? refused_moves[event->refused] : "a move";
    const char *why = telling_refusal(event->ruling);
    telling_mover(teller, event, out);
    text_addf(out, " is refused %s", move);
    if (event->offer != 0) {
        text_add(out, " of ");
        telling_offer(teller, event->offer, out);
    }
    if (why != NULL) text_addf(out, ": %s", why);
    return teller->all;
}
