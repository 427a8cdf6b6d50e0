#include "report/story.h"

#include <string.h>

#include "report/sentence.h"
#include "report/telling.h"

enum { DATE_COLUMNS = 17, STORY_INDENT = DATE_COLUMNS + 2 };

void story_begin(StoryTeller *teller, const Negotiation *negotiation, bool color, bool all) {
    memset(teller, 0, sizeof *teller);
    teller->negotiation = negotiation;
    teller->terms = &negotiation->terms;
    teller->color = color;
    teller->all = all;
    teller->status_quo = domain_status_quo(&negotiation->terms.domain);
    teller->in_force = teller->status_quo;
}

/* --- what is not a move, a sentence each --- */

static bool tell_opening(StoryTeller *teller, const Event *event, Text *out) {
    (void)event;
    text_add(out, "The talks open: ");
    telling_seats(teller, teller->terms->consent.all, out);
    text_add(out, " have until ");
    phrase_date(out, teller->terms, teller->terms->deadline);
    return true;
}

static bool tell_lapse(StoryTeller *teller, const Event *event, Text *out) {
    telling_possessive(teller, event->seat, out);
    text_addf(out, "offer #%u lapses", (unsigned)event->offer);
    telling_place(teller, event->table, out);
    return true;
}

static bool tell_accord(StoryTeller *teller, const Event *event, Text *out) {
    telling_seats(teller, event->seats, out);
    text_add(out, " conclude a partial accord: ");
    story_package(&teller->terms->domain, &event->menu[0], NULL, out);
    teller->status_quo = domain_fill(&teller->terms->domain, &event->menu[0], &teller->status_quo);
    return true;
}

static bool tell_signature(StoryTeller *teller, const Event *event, Text *out) {
    telling_seats(teller, event->seats, out);
    text_add(out, " sign a package, which goes to ratification: ");
    story_package(&teller->terms->domain, &event->menu[0], NULL, out);
    return true;
}

static bool tell_ratification(StoryTeller *teller, const Event *event, Text *out) {
    bool passed = (event->flags & EVENT_PASSED) != 0;
    text_add(out, "Ratification in ");
    telling_mover(teller, event, out);
    text_add(out, ": ");
    telling_words(event, out);
    text_add(out, passed ? " votes yes" : " votes no");
    if (event->demand != UTILITY_NONE)
        text_addf(out, " [worth %.2f to it]", utility_real(event->demand));
    return true;
}

static bool tell_agreement(StoryTeller *teller, const Event *event, Text *out) {
    phrase_emphasis(out, teller->color, EMPHASIS_GOOD, "Agreement");
    text_add(out, ": ");
    telling_seats(teller, event->seats, out);
    text_add(out, " have said yes to the same package");
    if (event->packages > 0) teller->in_force = event->menu[0];
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
    bool early = event->reason == REASON_DEADLINE && event->at < teller->terms->deadline;
    text_addf(out, ": %s",
              early ? "the talks have broken off ahead of their deadline"
                    : breakdown_reasons[event->reason < REASONS ? event->reason : 0]);
    return true;
}

static void tell_what_follows(const StoryTeller *teller, const Event *event, Text *out) {
    bool known = event->seat < teller->terms->seats;
    const char *substitute = known ? teller->negotiation->substitute[event->seat] : NULL;
    if (event->word == ON_FAULT_SKIP) text_add(out, "; its seat says nothing more");
    if (event->word != ON_FAULT_SUBSTITUTE) return;
    text_add(out, "; ");
    text_add_safe(out, substitute != NULL ? substitute : "another strategy");
    text_add(out, " plays on");
}

static bool tell_fault(StoryTeller *teller, const Event *event, Text *out) {
    text_add(out, "The agent of ");
    telling_mover(teller, event, out);
    text_add(out, " failed: ");
    telling_words(event, out);
    tell_what_follows(teller, event, out);
    return true;
}

/* --- every kind of event --- */

static bool (*const tell[])(StoryTeller *, const Event *, Text *) = {
    [NP_EVENT_OPENING] = tell_opening,
    [NP_EVENT_OFFER] = tell_offer,
    [NP_EVENT_ACCEPTANCE] = tell_acceptance,
    [NP_EVENT_REJECTION] = tell_rejection,
    [NP_EVENT_WITHDRAWAL] = tell_withdrawal,
    [NP_EVENT_RULE_OUT] = tell_rule_out,
    [NP_EVENT_WALK_OUT] = tell_walk_out,
    [NP_EVENT_PASS] = tell_pass,
    [NP_EVENT_REFUSAL] = tell_refusal,
    [NP_EVENT_LAPSE] = tell_lapse,
    [NP_EVENT_ACCORD] = tell_accord,
    [NP_EVENT_SIGNATURE] = tell_signature,
    [NP_EVENT_RATIFICATION] = tell_ratification,
    [NP_EVENT_AGREEMENT] = tell_agreement,
    [NP_EVENT_BREAKDOWN] = tell_breakdown,
    [NP_EVENT_FAULT] = tell_fault,
    [NP_EVENT_LEVER] = tell_lever,
    [NP_EVENT_STATEMENT] = tell_statement,
    [NP_EVENT_WORLD] = tell_world,
    [NP_EVENT_SHOCK] = tell_shock,
    [NP_EVENT_APPRAISAL] = tell_appraisal,
    [NP_EVENT_LEAK] = tell_leak,
    [NP_EVENT_AUTHORITY] = tell_authority,
    [NP_EVENT_STATUS_QUO] = tell_status_quo,
    [NP_EVENT_AUDIENCE_COST] = tell_audience_cost,
    [NP_EVENT_IMPLEMENTATION] = tell_implementation,
    [NP_EVENT_PROBE] = tell_probe,
    [NP_EVENT_RENEWED_WAR] = tell_renewed_war,
    [NP_EVENT_STEP] = tell_step,
    [NP_EVENT_HORIZON] = tell_horizon,
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

bool story_sentence(StoryTeller *teller, const Event *event, Text *out) {
    if (event->kind >= sizeof tell / sizeof tell[0] || tell[event->kind] == NULL) return false;
    return tell[event->kind](teller, event, out);
}

void story_event(StoryTeller *teller, const Event *event, Text *out) {
    Text sentence = {0};
    if (story_sentence(teller, event, &sentence))
        dated_line(teller, event->at, text_get(&sentence), out);
    text_finish(&sentence);
}
