#include "cli/event_words.h"

#include <string.h>

#include "cli/world_words.h"
#include "core/base/sim_time.h"
#include "report/sentence.h"
#include "report/story.h"

/* --- phrases --- */

static void add_packages(const Terms *terms, const Event *event, Text *out) {
    for (uint8_t k = 0; k < event->packages && k < NP_MAX_MENU; k++) {
        text_add(out, k == 0 ? ": " : " | ");
        story_package(&terms->domain, &event->menu[k], NULL, out);
    }
}

static void offer_words(const Terms *terms, const Event *event, Text *out) {
    text_addf(out, "#%u", (unsigned)event->offer);
    add_packages(terms, event, out);
    if (event->demand != UTILITY_NONE)
        text_addf(out, " [demand %.3f]", utility_real(event->demand));
}

static void acceptance_words(const Terms *terms, const Event *event, Text *out) {
    text_addf(out, "#%u package %u", (unsigned)event->offer, event->package + 1u);
    add_packages(terms, event, out);
}

static void number_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    text_addf(out, "#%u", (unsigned)event->offer);
}

static void rule_out_words(const Terms *terms, const Event *event, Text *out) {
    phrase_option(out, &terms->domain, event->issue, event->option);
}

static void refusal_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    const char *move = action_kind_name(event->refused), *why = ruling_name(event->ruling);
    text_add(out, move != NULL ? move : "?");
    if (event->offer != 0) text_addf(out, " #%u", (unsigned)event->offer);
    text_addf(out, ": %s", why != NULL ? why : "?");
}

static void conclusion_words(const Terms *terms, const Event *event, Text *out) {
    phrase_seats(out, terms, event->seats & terms->consent.all);
    add_packages(terms, event, out);
}

static const char *copy_text(const Event *event, char out[EVENT_MAX_TEXT + 1]) {
    size_t length = event->text_length < EVENT_MAX_TEXT ? event->text_length : EVENT_MAX_TEXT;
    memcpy(out, event->text, length);
    out[length] = '\0';
    return out;
}

static void ratification_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    char words[EVENT_MAX_TEXT + 1];
    text_add_safe(out, copy_text(event, words));
    text_add(out, (event->flags & EVENT_PASSED) != 0 ? ": yes" : ": no");
}

static void breakdown_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    const char *reason = reason_name(event->reason);
    text_add(out, reason != NULL ? reason : "?");
}

static void text_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    char words[EVENT_MAX_TEXT + 1];
    text_add_safe(out, copy_text(event, words));
}

static void fault_words(const Terms *terms, const Event *event, Text *out) {
    text_words(terms, event, out);
    if (event->word != ON_FAULT_BREAKDOWN) text_addf(out, " (%s)", on_fault_name(event->word));
}

static void no_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms, (void)event;
    text_add(out, "-");
}

/* --- members --- */

void package_json(Json *json, const char *key, const Domain *domain, const Outcome *outcome) {
    json_object(json, key);
    for (uint8_t k = 0; k < domain->issues; k++)
        if (outcome->option[k] < domain->issue[k].options)
            json_string(json, domain->issue[k].id, domain->issue[k].option[outcome->option[k]]);
    json_end_object(json);
}

void seats_json(Json *json, const char *key, const Terms *terms, SeatSet seats) {
    json_array(json, key);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(seats, seat)) json_string(json, NULL, terms->seat[seat].id);
    json_end_array(json);
}

void utility_json(Json *json, const char *key, Utility utility) {
    if (utility == UTILITY_NONE)
        json_null(json, key);
    else
        json_double(json, key, utility_real(utility));
}

static void offer_members(Json *json, const Terms *terms, const Event *event) {
    char date[32];
    bool expires = event->expires_at != NP_NEVER && event->expires_at != 0;
    json_int(json, "offer", event->offer);
    json_array(json, "menu");
    for (uint8_t k = 0; k < event->packages && k < NP_MAX_MENU; k++)
        package_json(json, NULL, &terms->domain, &event->menu[k]);
    json_end_array(json);
    json_string(json, "expires_at",
                expires ? date_format(date, terms->epoch + event->expires_at) : NULL);
    json_bool(json, "breaks_commitment", (event->flags & EVENT_BREAKS_COMMITMENT) != 0);
    utility_json(json, "demand", event->demand);
    utility_json(json, "distance", event->distance);
}

static void acceptance_members(Json *json, const Terms *terms, const Event *event) {
    json_int(json, "offer", event->offer);
    json_int(json, "package", event->package + 1);
    package_json(json, "outcome", &terms->domain, &event->menu[0]);
    seats_json(json, "accepted_by", terms, event->seats);
    json_bool(json, "breaks_commitment", (event->flags & EVENT_BREAKS_COMMITMENT) != 0);
}

static void number_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    json_int(json, "offer", event->offer);
}

static void withdrawal_members(Json *json, const Terms *terms, const Event *event) {
    number_members(json, terms, event);
    json_int(json, "package", event->package + 1);
}

static void rule_out_members(Json *json, const Terms *terms, const Event *event) {
    const Domain *domain = &terms->domain;
    bool known =
        event->issue < domain->issues && event->option < domain->issue[event->issue].options;
    json_string(json, "issue", known ? domain->issue[event->issue].id : NULL);
    json_string(json, "option", known ? domain->issue[event->issue].option[event->option] : NULL);
}

static void refusal_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    json_string(json, "refused", action_kind_name(event->refused));
    json_string(json, "ruling", ruling_name(event->ruling));
    if (event->offer != 0) json_int(json, "offer", event->offer);
}

static void conclusion_members(Json *json, const Terms *terms, const Event *event) {
    seats_json(json, "signatories", terms, event->seats);
    package_json(json, "outcome", &terms->domain, &event->menu[0]);
}

static void ratification_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    char words[EVENT_MAX_TEXT + 1];
    json_string(json, "ratifier", copy_text(event, words));
    json_bool(json, "passed", (event->flags & EVENT_PASSED) != 0);
    utility_json(json, "utility", event->demand);
}

static void breakdown_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    json_string(json, "reason", reason_name(event->reason));
}

static void fault_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    char words[EVENT_MAX_TEXT + 1];
    json_string(json, "text", copy_text(event, words));
    if (event->word != ON_FAULT_BREAKDOWN) json_string(json, "then", on_fault_name(event->word));
}

static void shock_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    char words[EVENT_MAX_TEXT + 1];
    json_string(json, "shock", copy_text(event, words));
}

static void no_members(Json *json, const Terms *terms, const Event *event) {
    (void)json, (void)terms, (void)event;
}

/* --- both, by kind --- */

static const struct Wording {
    void (*words)(const Terms *, const Event *, Text *);
    void (*members)(Json *, const Terms *, const Event *);
} wording[] = {
    [0] = {no_words, no_members},
    [NP_EVENT_OPENING] = {no_words, no_members},
    [NP_EVENT_OFFER] = {offer_words, offer_members},
    [NP_EVENT_ACCEPTANCE] = {acceptance_words, acceptance_members},
    [NP_EVENT_REJECTION] = {number_words, number_members},
    [NP_EVENT_WITHDRAWAL] = {number_words, withdrawal_members},
    [NP_EVENT_RULE_OUT] = {rule_out_words, rule_out_members},
    [NP_EVENT_WALK_OUT] = {no_words, no_members},
    [NP_EVENT_PASS] = {no_words, no_members},
    [NP_EVENT_REFUSAL] = {refusal_words, refusal_members},
    [NP_EVENT_LAPSE] = {number_words, number_members},
    [NP_EVENT_ACCORD] = {conclusion_words, conclusion_members},
    [NP_EVENT_SIGNATURE] = {conclusion_words, conclusion_members},
    [NP_EVENT_RATIFICATION] = {ratification_words, ratification_members},
    [NP_EVENT_AGREEMENT] = {conclusion_words, conclusion_members},
    [NP_EVENT_BREAKDOWN] = {breakdown_words, breakdown_members},
    [NP_EVENT_FAULT] = {fault_words, fault_members},
    [NP_EVENT_LEVER] = {lever_words, lever_members},
    [NP_EVENT_STATEMENT] = {statement_words, statement_members},
    [NP_EVENT_WORLD] = {news_words, news_members},
    [NP_EVENT_SHOCK] = {text_words, shock_members},
    [NP_EVENT_APPRAISAL] = {appraisal_words, appraisal_members},
    [NP_EVENT_LEAK] = {leak_words, leak_members},
    [NP_EVENT_AUTHORITY] = {no_words, no_members},
    [NP_EVENT_STATUS_QUO] = {rule_out_words, rule_out_members},
    [NP_EVENT_AUDIENCE_COST] = {cost_words, cost_members},
    [NP_EVENT_IMPLEMENTATION] = {no_words, no_members},
    [NP_EVENT_PROBE] = {years_words, years_members},
    [NP_EVENT_RENEWED_WAR] = {years_words, years_members},
    [NP_EVENT_STEP] = {step_words, step_members},
    [NP_EVENT_HORIZON] = {horizon_words, horizon_members},
};

static const struct Wording *wording_of(const Event *event) {
    return &wording[event->kind < sizeof wording / sizeof wording[0] ? event->kind : 0];
}

/* The terms know how many types a seat has; what they are called stands beside them. */
static bool tells_type(const Event *event) {
    return event->kind == NP_EVENT_APPRAISAL && event->word == NP_ASPECT_TYPE;
}

void event_words(const Negotiation *negotiation, const Event *event, Text *out) {
    const Terms *terms = &negotiation->terms;
    const char *table = table_word(terms, event->table);
    if (table != NULL) {
        text_add(out, "at ");
        text_add_safe(out, table);
        text_add(out, ": ");
    }
    if (tells_type(event))
        type_words(negotiation, event, out);
    else
        wording_of(event)->words(terms, event, out);
}

void event_json(Json *json, const char *key, const Negotiation *negotiation, const Event *event) {
    const Terms *terms = &negotiation->terms;
    char date[32];
    json_object(json, key);
    json_int(json, "event", (int64_t)event->id);
    json_int(json, "cause", (int64_t)event->cause);
    json_string(json, "at", date_format(date, terms->epoch + event->at));
    json_string(json, "seat", event->seat < terms->seats ? terms->seat[event->seat].id : NULL);
    json_string(json, "kind", event_kind_name(event->kind));
    if (event->table != 0) json_string(json, "table", table_word(terms, event->table));
    if (tells_type(event))
        type_members(json, negotiation, event);
    else
        wording_of(event)->members(json, terms, event);
    json_end_object(json);
}
