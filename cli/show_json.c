#include "cli/condition_json.h"
#include "cli/event_words.h"
#include "cli/output.h"
#include "cli/show.h"
#include "cli/show_world.h"
#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"

static void json_when(Json *json, const Terms *terms, const char *key, SimTime at) {
    char date[32];
    json_string(json, key, date_format(date, terms->epoch + at));
}

static void json_issue(Json *json, const Issue *issue) {
    bool named = issue->status_quo < issue->options;
    json_object(json, NULL);
    json_string(json, "id", issue->id);
    json_string(json, "title", issue->title);
    json_array(json, "options");
    for (uint8_t k = 0; k < issue->options; k++) json_string(json, NULL, issue->option[k]);
    json_end_array(json);
    json_string(json, "status_quo", named ? issue->option[issue->status_quo] : NULL);
    json_bool(json, "separable", issue->separable);
    json_end_object(json);
}

static void json_red_lines(Json *json, const Domain *domain, const Profile *profile) {
    json_array(json, "red_lines");
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        const RedLine *red_line = &profile->red_line[i];
        json_object(json, NULL);
        condition_json(json, "when", domain, &red_line->when);
        json_string(json, "kind", red_line->hard ? "hard" : "soft");
        if (!red_line->hard) utility_json(json, "penalty", red_line->penalty);
        json_end_object(json);
    }
    json_end_array(json);
}

static void json_seat(Json *json, const Scenario *scenario, SeatId seat) {
    const Terms *terms = &scenario->negotiation.terms;
    const Profile *profile = &scenario->negotiation.profile[seat];
    json_object(json, NULL);
    json_string(json, "id", terms->seat[seat].id);
    json_string(json, "name", terms->seat[seat].name);
    json_string(json, "strategy", scenario->strategy[seat]);
    utility_json(json, "reservation", profile->reservation);
    json_int(json, "delay_seconds", terms->seat[seat].delay);
    json_object(json, "weights");
    for (uint8_t k = 0; k < terms->domain.issues; k++)
        json_double(json, terms->domain.issue[k].id, profile->weight[k]);
    json_end_object(json);
    json_red_lines(json, &terms->domain, profile);
    json_end_object(json);
}

static void json_consent(Json *json, const Terms *terms) {
    json_object(json, "consent");
    json_bool(json, "unanimous", terms->consent.unanimous);
    seats_json(json, "always", terms, terms->consent.always);
    json_object(json, "needs");
    for (uint8_t k = 0; k < terms->domain.issues; k++) {
        const Issue *issue = &terms->domain.issue[k];
        json_object(json, issue->id);
        for (uint8_t option = 0; option < issue->options; option++)
            if (option != issue->status_quo)
                seats_json(json, issue->option[option], terms, terms->consent.needs[k][option]);
        json_end_object(json);
    }
    json_end_object(json);
    json_end_object(json);
}

static void json_exclusions(Json *json, const Domain *domain) {
    json_array(json, "exclusions");
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        json_object(json, NULL);
        condition_json(json, "when", domain, &domain->exclusion[i].when);
        json_string(json, "because", domain->exclusion[i].because);
        json_end_object(json);
    }
    json_end_array(json);
}

static void json_ratifier(Json *json, const Terms *terms, const Ratifier *ratifier) {
    json_object(json, NULL);
    json_string(json, "id", ratifier->id);
    json_string(json, "name", ratifier->name);
    json_string(json, "seat", terms->seat[ratifier->seat].id);
    utility_json(json, "threshold", ratifier->threshold);
    json_double(json, "noise", ratifier->noise);
    json_int(json, "after_seconds", ratifier->after);
    if (ratifier->conditional) condition_json(json, "when", &terms->domain, &ratifier->when);
    json_end_object(json);
}

static void json_lists(Json *json, const Scenario *scenario) {
    const Negotiation *negotiation = &scenario->negotiation;
    const Terms *terms = &negotiation->terms;
    json_array(json, "issues");
    for (uint8_t k = 0; k < terms->domain.issues; k++) json_issue(json, &terms->domain.issue[k]);
    json_end_array(json);
    json_array(json, "seats");
    for (SeatId seat = 0; seat < terms->seats; seat++) json_seat(json, scenario, seat);
    json_end_array(json);
    json_consent(json, terms);
    json_exclusions(json, &terms->domain);
    json_array(json, "ratification");
    for (uint32_t i = 0; i < negotiation->ratifiers; i++)
        json_ratifier(json, terms, &negotiation->ratifier[i]);
    json_end_array(json);
}

void show_scenario_json(const Scenario *scenario, Json *json) {
    const Terms *terms = &scenario->negotiation.terms;
    ScenarioFacts facts = scenario_facts(scenario);
    json_string(json, "scenario", terms->name);
    json_string(json, "title", scenario->title);
    json_string(json, "about", scenario->about);
    json_when(json, terms, "start", 0);
    json_when(json, terms, "deadline", terms->deadline);
    json_string(json, "mechanism", terms->mechanism->name);
    json_int(json, "menu", terms->menu_limit);
    json_lists(json, scenario);
    show_world_json(scenario, json);
    show_enforcement_json(scenario, json);
    output_json_count(json, "raw", facts.raw);
    output_json_count(json, "feasible", facts.feasible);
    show_yardstick_json(scenario, json);
}
