/* Dossiers, in: nothing is believed before it was held against its bounds. */
#include <string.h>

#include "core/negotiation/mechanism.h"
#include "proto/codec_dossier.h"

bool dossier_refuse(const Reading *reading, const char *what) {
    return error_set(reading->error, ERROR_PROTOCOL, "in a dossier: %s", what);
}

const char *dossier_text(const Reading *reading, const char *text) {
    return text ? arena_text(reading->arena, text, strlen(text)) : "";
}

static bool condition_in(const Reading *reading, const Nonpaper__Condition *wire,
                         Condition *condition) {
    const Domain *domain = &reading->dossier->terms.domain;
    if (!wire || wire->n_issue == 0 || wire->n_issue > CONDITION_MAX_TERMS ||
        wire->n_options != wire->n_issue)
        return dossier_refuse(reading, "a condition has no proper terms");
    condition->terms = (uint8_t)wire->n_issue;
    for (uint8_t i = 0; i < condition->terms; i++) {
        if (wire->issue[i] >= domain->issues)
            return dossier_refuse(reading, "a condition names no issue");
        condition->issue[i] = (uint8_t)wire->issue[i];
        condition->options[i] = wire->options[i];
        if (wire->options[i] == 0 ||
            (uint64_t)wire->options[i] >> domain->issue[wire->issue[i]].options != 0)
            return dossier_refuse(reading, "a condition names no option");
    }
    return true;
}

static bool issue_in(const Reading *reading, const Nonpaper__Issue *wire, Issue *issue) {
    if (wire->n_option < 2 || wire->n_option > NP_MAX_OPTIONS)
        return dossier_refuse(reading, "an issue has too few or too many options");
    if (wire->status_quo >= wire->n_option && wire->status_quo != NP_NO_OPTION)
        return dossier_refuse(reading, "an issue's status quo is not an option");
    const char **option = arena_new(reading->arena, wire->n_option * sizeof *option);
    for (size_t o = 0; o < wire->n_option; o++) option[o] = dossier_text(reading, wire->option[o]);
    *issue = (Issue){dossier_text(reading, wire->id),
                     dossier_text(reading, wire->title),
                     (uint8_t)wire->n_option,
                     (uint8_t)wire->status_quo,
                     wire->separable,
                     option};
    return true;
}

static bool domain_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Domain *domain = &reading->dossier->terms.domain;
    if (wire->n_issue == 0 || wire->n_issue > NP_MAX_ISSUES)
        return dossier_refuse(reading, "too few or too many issues");
    if (wire->n_exclusion > DOMAIN_MAX_EXCLUSIONS)
        return dossier_refuse(reading, "too many exclusions");
    domain->issues = (uint8_t)wire->n_issue;
    for (uint8_t k = 0; k < domain->issues; k++)
        if (!issue_in(reading, wire->issue[k], &domain->issue[k])) return false;
    domain->exclusions = (uint32_t)wire->n_exclusion;
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        if (!condition_in(reading, wire->exclusion[i]->when, &domain->exclusion[i].when))
            return false;
        domain->exclusion[i].because = dossier_text(reading, wire->exclusion[i]->because);
    }
    return true;
}

static bool seats_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = &reading->dossier->terms;
    if (wire->n_seat < 2 || wire->n_seat > NP_MAX_SEATS)
        return dossier_refuse(reading, "too few or too many seats");
    terms->seats = (uint8_t)wire->n_seat;
    for (uint8_t s = 0; s < terms->seats; s++) {
        uint32_t types = wire->seat[s]->has_types ? wire->seat[s]->types : 1;
        if (types < 1 || types > NEGOTIATION_MAX_TYPES)
            return dossier_refuse(reading, "a seat has too few or too many types");
        if (wire->seat[s]->delay < 1)
            return dossier_refuse(reading, "a seat's delay is less than a second");
        terms->seat[s] = (SeatTerms){.id = dossier_text(reading, wire->seat[s]->id),
                                     .name = dossier_text(reading, wire->seat[s]->name),
                                     .delay = wire->seat[s]->delay,
                                     .types = (uint8_t)types};
    }
    return true;
}

static bool consent_in(const Reading *reading, const Nonpaper__Consent *wire) {
    const Domain *domain = &reading->dossier->terms.domain;
    Consent *consent = &reading->dossier->terms.consent;
    SeatSet outside = ~(SeatSet)0 << reading->dossier->terms.seats, named;
    if (!wire || wire->n_needs != dossier_options(domain))
        return dossier_refuse(reading, "consent is not given for every option");
    consent->unanimous = wire->unanimous;
    consent->all = wire->all;
    consent->always = wire->always;
    named = wire->all | wire->always;
    const uint32_t *next = wire->needs;
    for (uint8_t k = 0; k < domain->issues; k++)
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            named |= consent->needs[k][o] = *next++;
    return (named & outside) == 0 ||
           dossier_refuse(reading, "consent names a seat that does not exist");
}

/* A mechanism that this program does not know still has a name and its flags. */
static const Mechanism *mechanism_in(const Reading *reading, const Nonpaper__Mechanism *wire) {
    const Mechanism *known = wire->name ? mechanism_find(wire->name) : NULL;
    if (known) return known;
    Mechanism *stub = arena_new(reading->arena, sizeof *stub);
    stub->name = dossier_text(reading, wire->name);
    stub->summary = "";
    stub->turns = wire->turns;
    stub->unanimous = wire->unanimous;
    stub->rounds = wire->rounds;
    stub->mediated = wire->mediated;
    stub->closed_tables = wire->closed_tables;
    stub->menu_limit = (uint8_t)wire->menu_limit;
    return stub;
}

static bool terms_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = &reading->dossier->terms;
    if (!wire || !wire->mechanism)
        return dossier_refuse(reading, "there are no terms, or no mechanism");
    if (wire->menu_limit < 1 || wire->menu_limit > NP_MAX_MENU || wire->mechanism->menu_limit < 1 ||
        wire->mechanism->menu_limit > NP_MAX_MENU)
        return dossier_refuse(reading, "the menu limit is out of range");
    if (wire->lookahead < 1 || wire->deadline < 0 || wire->stall_window < 0)
        return dossier_refuse(reading, "a time is out of range");
    terms->name = dossier_text(reading, wire->name);
    terms->epoch = wire->epoch;
    terms->deadline = wire->deadline;
    terms->lookahead = wire->lookahead;
    terms->stall_window = wire->stall_window;
    terms->stall_epsilon = wire->stall_epsilon;
    terms->menu_limit = (uint8_t)wire->menu_limit;
    terms->mechanism = mechanism_in(reading, wire->mechanism);
    return seats_in(reading, wire) && domain_in(reading, wire) &&
           consent_in(reading, wire->consent) && world_in(reading, wire);
}

static bool values_in(const Reading *reading, const Nonpaper__Profile *wire, Profile *profile) {
    const Domain *domain = &reading->dossier->terms.domain;
    const int64_t *next = wire->value;
    if (wire->n_value != dossier_options(domain) || wire->n_weight != domain->issues)
        return dossier_refuse(reading, "the profile does not value every option");
    for (uint8_t k = 0; k < domain->issues; k++) {
        if (!__builtin_isfinite(wire->weight[k]))
            return dossier_refuse(reading, "a weight is not a number");
        profile->weight[k] = wire->weight[k];
        for (uint8_t o = 0; o < domain->issue[k].options; o++) profile->value[k][o] = *next++;
    }
    return true;
}

static bool linkages_in(const Reading *reading, const Nonpaper__Profile *wire, Profile *profile) {
    if (wire->n_linkage > PROFILE_MAX_LINKAGES) return dossier_refuse(reading, "too many linkages");
    profile->linkages = (uint32_t)wire->n_linkage;
    for (uint32_t i = 0; i < profile->linkages; i++) {
        profile->linkage[i].bonus = wire->linkage[i]->bonus;
        if (!condition_in(reading, wire->linkage[i]->when, &profile->linkage[i].when)) return false;
    }
    return true;
}

static bool red_lines_in(const Reading *reading, const Nonpaper__Profile *wire, Profile *profile) {
    if (wire->n_red_line > PROFILE_MAX_RED_LINES)
        return dossier_refuse(reading, "too many red lines");
    profile->red_lines = (uint32_t)wire->n_red_line;
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        const Nonpaper__RedLine *line = wire->red_line[i];
        if (line->penalty < 0) return dossier_refuse(reading, "a red line's penalty is negative");
        profile->red_line[i].hard = line->hard;
        profile->red_line[i].penalty = line->penalty;
        if (!condition_in(reading, line->when, &profile->red_line[i].when)) return false;
    }
    return true;
}

/* What only a negotiation with a world, or with durability, moves; zero without. */
static bool state_in(const Reading *reading, const Nonpaper__Profile *wire, Profile *profile) {
    if (wire->eroded < 0 || wire->eroded > UTILITY_ONE || !wire_utility(wire->meanwhile) ||
        !wire_utility(wire->aftermath) || !wire_utility(wire->hazard))
        return dossier_refuse(reading, "a profile's number is out of range");
    profile->meanwhile = wire->meanwhile;
    profile->eroded = wire->eroded;
    profile->aftermath = wire->aftermath;
    profile->hazard = wire->hazard;
    return true;
}

bool profile_in(const Reading *reading, const Nonpaper__Profile *wire, Profile *profile) {
    if (!wire) return dossier_refuse(reading, "there is no profile");
    if (!(wire->discount > 0 && wire->discount <= 1) || wire->discount_every < 1)
        return dossier_refuse(reading, "the discount is out of range");
    profile->reservation = wire->reservation;
    profile->discount = wire->discount;
    profile->discount_every = wire->discount_every;
    profile->durability = reading->dossier->terms.durability;
    return values_in(reading, wire, profile) && linkages_in(reading, wire, profile) &&
           red_lines_in(reading, wire, profile) && state_in(reading, wire, profile);
}

bool dossier_read(const DossierOnWire *wire, Arena *arena, Dossier *dossier, Error *error) {
    const Nonpaper__Dossier *body = wire->wire;
    const Reading reading = {arena, dossier, error};
    memset(dossier, 0, sizeof *dossier);
    return terms_in(&reading, body->terms) &&
           profile_in(&reading, body->profile, &dossier->profile) && library_in(&reading, body);
}
