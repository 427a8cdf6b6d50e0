#include "cli/world_words.h"

#include "cli/event_words.h"
#include "report/sentence.h"
#include "report/story.h"

/* --- phrases --- */

static void add_number(Text *out, int64_t billionths) {
    char digits[32];
    text_add(out, text_double(digits, utility_real(billionths)));
}

static void add_change(Text *out, const Event *event) {
    add_number(out, event->before);
    text_add(out, " -> ");
    add_number(out, event->amount);
}

static void add_known(Text *out, const char *id) {
    text_add_safe(out, id != NULL ? id : "?");
}

static void change_members(Json *json, const char *key, const Event *event) {
    utility_json(json, key, event->amount);
    utility_json(json, "before", event->before);
}

static const char *lever_id(const Terms *terms, const Event *event) {
    bool known = event->subject != 0 && event->subject <= terms->levers;
    return known ? terms->lever[event->subject - 1].id : NULL;
}

static const char *variable_id(const Terms *terms, const Event *event) {
    bool known = event->subject != 0 && event->subject <= terms->variables;
    return known ? terms->variable[event->subject - 1].id : NULL;
}

const char *table_word(const Terms *terms, uint8_t table) {
    bool closed = table != 0 && table < NP_MAX_TABLES && table <= terms->closed_tables;
    return closed ? terms->table[table].id : NULL;
}

/* --- before an agreement --- */

void lever_words(const Terms *terms, const Event *event, Text *out) {
    add_known(out, lever_id(terms, event));
    text_add(out, ": ");
    add_change(out, event);
}

void lever_members(Json *json, const Terms *terms, const Event *event) {
    json_string(json, "lever", lever_id(terms, event));
    change_members(json, "level", event);
    utility_json(json, "cost", event->demand);
}

/* An event that names no option has zeroes there, which are an option too: a statement that asks for one
 * always means it. */
static bool names_option(const Terms *terms, const Event *event) {
    bool asks = event->word == NP_SAY_DEMAND || event->word == NP_SAY_SIGNAL;
    return (asks || event->issue != 0 || event->option != 0) &&
           event->issue < terms->domain.issues &&
           event->option < terms->domain.issue[event->issue].options;
}

void statement_words(const Terms *terms, const Event *event, Text *out) {
    add_known(out, statement_name(event->word));
    if (names_option(terms, event)) {
        text_add(out, " ");
        phrase_option(out, &terms->domain, event->issue, event->option);
    }
    if (event->subject == 0) return;
    text_add(out, " ");
    add_known(out, lever_id(terms, event));
}

void statement_members(Json *json, const Terms *terms, const Event *event) {
    const Issue *issue = names_option(terms, event) ? &terms->domain.issue[event->issue] : NULL;
    json_string(json, "statement", statement_name(event->word));
    json_string(json, "issue", issue != NULL ? issue->id : NULL);
    json_string(json, "option", issue != NULL ? issue->option[event->option] : NULL);
    json_string(json, "lever", lever_id(terms, event));
}

void news_words(const Terms *terms, const Event *event, Text *out) {
    add_known(out, variable_id(terms, event));
    text_add(out, ": ");
    add_change(out, event);
}

void news_members(Json *json, const Terms *terms, const Event *event) {
    json_string(json, "variable", variable_id(terms, event));
    change_members(json, "value", event);
}

void appraisal_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    add_known(out, aspect_name(event->word));
    text_add(out, ": ");
    add_change(out, event);
}

void appraisal_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    json_string(json, "aspect", aspect_name(event->word));
    change_members(json, "value", event);
}

static long long type_number(const Event *event) {
    return (long long)(event->amount / UTILITY_ONE);
}

/* NULL for a type that the scenario does not have. */
static const char *type_id(const Negotiation *negotiation, const Event *event) {
    if (event->seat >= negotiation->terms.seats) return NULL;
    const SeatType *type = negotiation->type[event->seat];
    long long number = type_number(event), types = negotiation->terms.seat[event->seat].types;
    return type != NULL && number >= 0 && number < types ? type[number].id : NULL;
}

void type_words(const Negotiation *negotiation, const Event *event, Text *out) {
    const char *id = type_id(negotiation, event);
    text_addf(out, "%s: ", aspect_name(event->word));
    if (id != NULL)
        text_add_safe(out, id);
    else
        text_addf(out, "number %lld", type_number(event) + 1);
}

void type_members(Json *json, const Negotiation *negotiation, const Event *event) {
    json_string(json, "aspect", aspect_name(event->word));
    json_int(json, "type", type_number(event) + 1);
    json_string(json, "type_id", type_id(negotiation, event));
}

void leak_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    const char *kind = event_kind_name(event->word);
    text_add(out, kind != NULL ? kind : "?");
    if (event->offer != 0) text_addf(out, " #%u", (unsigned)event->offer);
}

void leak_members(Json *json, const Terms *terms, const Event *event) {
    json_string(json, "leaked", event_kind_name(event->word));
    if (event->offer != 0) json_int(json, "offer", event->offer);
    json_array(json, "menu");
    for (uint8_t k = 0; k < event->packages && k < NP_MAX_MENU; k++)
        package_json(json, NULL, &terms->domain, &event->menu[k]);
    json_end_array(json);
}

void cost_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    add_number(out, event->amount);
}

void cost_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    utility_json(json, "cost", event->amount);
}

/* --- after it --- */

void years_words(const Terms *terms, const Event *event, Text *out) {
    (void)terms;
    text_addf(out, "after %.2f years", utility_real(event->amount));
}

void years_members(Json *json, const Terms *terms, const Event *event) {
    (void)terms;
    utility_json(json, "years", event->amount);
}

void step_words(const Terms *terms, const Event *event, Text *out) {
    text_add(out, (event->flags & EVENT_PASSED) != 0 ? "yes: " : "no: ");
    story_package(&terms->domain, &event->menu[0], NULL, out);
}

void step_members(Json *json, const Terms *terms, const Event *event) {
    json_bool(json, "passed", (event->flags & EVENT_PASSED) != 0);
    package_json(json, "outcome", &terms->domain, &event->menu[0]);
}

void horizon_words(const Terms *terms, const Event *event, Text *out) {
    text_add(out, (event->flags & EVENT_PASSED) != 0 ? "held, " : "broke, ");
    years_words(terms, event, out);
}

void horizon_members(Json *json, const Terms *terms, const Event *event) {
    json_bool(json, "held", (event->flags & EVENT_PASSED) != 0);
    years_members(json, terms, event);
}
