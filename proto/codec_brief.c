/* Dossiers: the terms and a profile, which are the same in many runs. */
#include <assert.h>
#include <string.h>

#include "core/negotiation/mechanism.h"
#include "proto/codec_wire.h"

enum { HEAD = 8, MAX_OPTIONS = NP_MAX_ISSUES * NP_MAX_OPTIONS };

/* --- out --- */

static char *text_out(const char *text) {
    return (char *)(uintptr_t)(text ? text : "");
}

static uint32_t options_of(const Domain *domain) {
    uint32_t options = 0;
    for (uint8_t k = 0; k < domain->issues; k++) options += domain->issue[k].options;
    return options;
}

static Nonpaper__Condition *condition_out(Arena *arena, const Condition *condition) {
    Nonpaper__Condition *wire = arena_new(arena, sizeof *wire);
    nonpaper__condition__init(wire);
    wire->n_issue = wire->n_options = condition->terms;
    wire->issue = arena_new(arena, condition->terms * sizeof *wire->issue);
    wire->options = arena_new(arena, condition->terms * sizeof *wire->options);
    for (uint8_t i = 0; i < condition->terms; i++) {
        wire->issue[i] = condition->issue[i];
        wire->options[i] = condition->options[i];
    }
    return wire;
}

static Nonpaper__Issue *issue_out(Arena *arena, const Issue *issue) {
    Nonpaper__Issue *wire = arena_new(arena, sizeof *wire);
    nonpaper__issue__init(wire);
    wire->id = text_out(issue->id);
    wire->title = text_out(issue->title);
    wire->n_option = issue->options;
    wire->option = arena_new(arena, issue->options * sizeof *wire->option);
    for (uint8_t o = 0; o < issue->options; o++) wire->option[o] = text_out(issue->option[o]);
    wire->has_status_quo = (wire->status_quo = issue->status_quo) != NP_NO_OPTION;
    wire->has_separable = wire->separable = issue->separable;
    return wire;
}

static void domain_out(Arena *arena, const Domain *domain, Nonpaper__Terms *wire) {
    wire->n_issue = domain->issues;
    wire->issue = arena_new(arena, domain->issues * sizeof *wire->issue);
    for (uint8_t k = 0; k < domain->issues; k++)
        wire->issue[k] = issue_out(arena, &domain->issue[k]);
    wire->n_exclusion = domain->exclusions;
    wire->exclusion = arena_new(arena, domain->exclusions * sizeof *wire->exclusion);
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        Nonpaper__Exclusion *exclusion = arena_new(arena, sizeof *exclusion);
        nonpaper__exclusion__init(exclusion);
        exclusion->when = condition_out(arena, &domain->exclusion[i].when);
        exclusion->because = text_out(domain->exclusion[i].because);
        wire->exclusion[i] = exclusion;
    }
}

static Nonpaper__Consent *consent_out(Arena *arena, const Terms *terms) {
    Nonpaper__Consent *wire = arena_new(arena, sizeof *wire);
    nonpaper__consent__init(wire);
    wire->has_unanimous = wire->unanimous = terms->consent.unanimous;
    wire->has_all = wire->has_always = true;
    wire->all = terms->consent.all;
    wire->always = terms->consent.always;
    wire->needs = arena_new(arena, options_of(&terms->domain) * sizeof *wire->needs);
    for (uint8_t k = 0; k < terms->domain.issues; k++)
        for (uint8_t o = 0; o < terms->domain.issue[k].options; o++)
            wire->needs[wire->n_needs++] = terms->consent.needs[k][o];
    return wire;
}

static Nonpaper__Mechanism *mechanism_out(Arena *arena, const Mechanism *mechanism) {
    Nonpaper__Mechanism *wire = arena_new(arena, sizeof *wire);
    nonpaper__mechanism__init(wire);
    wire->name = text_out(mechanism->name);
    wire->has_turns = wire->turns = mechanism->turns;
    wire->has_unanimous = wire->unanimous = mechanism->unanimous;
    wire->has_menu_limit = true;
    wire->menu_limit = mechanism->menu_limit;
    return wire;
}

static void seats_out(Arena *arena, const Terms *terms, Nonpaper__Terms *wire) {
    wire->n_seat = terms->seats;
    wire->seat = arena_new(arena, terms->seats * sizeof *wire->seat);
    for (uint8_t s = 0; s < terms->seats; s++) {
        wire->seat[s] = arena_new(arena, sizeof *wire->seat[s]);
        nonpaper__seat__init(wire->seat[s]);
        wire->seat[s]->id = text_out(terms->seat[s].id);
        wire->seat[s]->name = text_out(terms->seat[s].name);
        wire->seat[s]->has_delay = true;
        wire->seat[s]->delay = terms->seat[s].delay;
    }
}

static Nonpaper__Terms *terms_out(Arena *arena, const Terms *terms) {
    Nonpaper__Terms *wire = arena_new(arena, sizeof *wire);
    nonpaper__terms__init(wire);
    wire->has_epoch = wire->has_deadline = wire->has_lookahead = true;
    wire->has_stall_window = wire->has_stall_epsilon = wire->has_menu_limit = true;
    wire->name = text_out(terms->name);
    wire->epoch = terms->epoch;
    wire->deadline = terms->deadline;
    wire->lookahead = terms->lookahead;
    wire->stall_window = terms->stall_window;
    wire->stall_epsilon = terms->stall_epsilon;
    wire->menu_limit = terms->menu_limit;
    wire->mechanism = mechanism_out(arena, terms->mechanism);
    wire->consent = consent_out(arena, terms);
    seats_out(arena, terms, wire);
    domain_out(arena, &terms->domain, wire);
    return wire;
}

static void linkages_out(Arena *arena, const Profile *profile, Nonpaper__Profile *wire) {
    wire->n_linkage = profile->linkages;
    wire->linkage = arena_new(arena, profile->linkages * sizeof *wire->linkage);
    for (uint32_t i = 0; i < profile->linkages; i++) {
        Nonpaper__Linkage *linkage = wire->linkage[i] = arena_new(arena, sizeof *linkage);
        nonpaper__linkage__init(linkage);
        linkage->when = condition_out(arena, &profile->linkage[i].when);
        linkage->has_bonus = true;
        linkage->bonus = profile->linkage[i].bonus;
    }
}

static void red_lines_out(Arena *arena, const Profile *profile, Nonpaper__Profile *wire) {
    wire->n_red_line = profile->red_lines;
    wire->red_line = arena_new(arena, profile->red_lines * sizeof *wire->red_line);
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        Nonpaper__RedLine *red_line = wire->red_line[i] = arena_new(arena, sizeof *red_line);
        nonpaper__red_line__init(red_line);
        red_line->when = condition_out(arena, &profile->red_line[i].when);
        red_line->has_hard = red_line->hard = profile->red_line[i].hard;
        red_line->has_penalty = (red_line->penalty = profile->red_line[i].penalty) != 0;
    }
}

static Nonpaper__Profile *profile_out(Arena *arena, const Profile *profile, const Domain *domain) {
    Nonpaper__Profile *wire = arena_new(arena, sizeof *wire);
    nonpaper__profile__init(wire);
    wire->value = arena_new(arena, options_of(domain) * sizeof *wire->value);
    wire->weight = arena_new(arena, domain->issues * sizeof *wire->weight);
    wire->n_weight = domain->issues;
    for (uint8_t k = 0; k < domain->issues; k++) {
        wire->weight[k] = profile->weight[k];
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            wire->value[wire->n_value++] = profile->value[k][o];
    }
    linkages_out(arena, profile, wire);
    red_lines_out(arena, profile, wire);
    wire->has_reservation = wire->has_discount = wire->has_discount_every = true;
    wire->reservation = profile->reservation;
    wire->discount = profile->discount;
    wire->discount_every = profile->discount_every;
    return wire;
}

bool dossier_pack(FrameWriter *scratch, const Terms *terms, const Profile *profile, Bytes *body,
                  Error *error) {
    frame_clear(scratch);
    size_t from = scratch->length;
    bool packed =
        wire_add_message(scratch, 2, &terms_out(&scratch->arena, terms)->base, error) &&
        wire_add_message(scratch, 3, &profile_out(&scratch->arena, profile, &terms->domain)->base,
                         error);
    if (packed) *body = (Bytes){scratch->bytes + from, scratch->length - from};
    return packed;
}

/* --- in --- */

/* What a dossier is being read into. */
typedef struct Reading {
    Arena *arena;
    Terms *terms;
    Profile *profile;
    Error *error;
} Reading;

static bool refuse(const Reading *reading, const char *what) {
    return error_set(reading->error, ERROR_PROTOCOL, "in a dossier: %s", what);
}

static const char *text_in(const Reading *reading, const char *text) {
    return text ? arena_text(reading->arena, text, strlen(text)) : "";
}

static bool condition_in(const Reading *reading, const Nonpaper__Condition *wire,
                         Condition *condition) {
    const Domain *domain = &reading->terms->domain;
    if (!wire || wire->n_issue == 0 || wire->n_issue > CONDITION_MAX_TERMS ||
        wire->n_options != wire->n_issue)
        return refuse(reading, "a condition has no proper terms");
    condition->terms = (uint8_t)wire->n_issue;
    for (uint8_t i = 0; i < condition->terms; i++) {
        if (wire->issue[i] >= domain->issues) return refuse(reading, "a condition names no issue");
        condition->issue[i] = (uint8_t)wire->issue[i];
        condition->options[i] = wire->options[i];
        if (wire->options[i] == 0 ||
            (uint64_t)wire->options[i] >> domain->issue[wire->issue[i]].options != 0)
            return refuse(reading, "a condition names no option");
    }
    return true;
}

static bool issue_in(const Reading *reading, const Nonpaper__Issue *wire, Issue *issue) {
    if (wire->n_option < 2 || wire->n_option > NP_MAX_OPTIONS)
        return refuse(reading, "an issue has too few or too many options");
    if (wire->status_quo >= wire->n_option && wire->status_quo != NP_NO_OPTION)
        return refuse(reading, "an issue's status quo is not an option");
    const char **option = arena_new(reading->arena, wire->n_option * sizeof *option);
    for (size_t o = 0; o < wire->n_option; o++) option[o] = text_in(reading, wire->option[o]);
    *issue = (Issue){text_in(reading, wire->id),
                     text_in(reading, wire->title),
                     (uint8_t)wire->n_option,
                     (uint8_t)wire->status_quo,
                     wire->separable,
                     option};
    return true;
}

static bool domain_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Domain *domain = &reading->terms->domain;
    if (wire->n_issue == 0 || wire->n_issue > NP_MAX_ISSUES)
        return refuse(reading, "too few or too many issues");
    if (wire->n_exclusion > DOMAIN_MAX_EXCLUSIONS) return refuse(reading, "too many exclusions");
    domain->issues = (uint8_t)wire->n_issue;
    for (uint8_t k = 0; k < domain->issues; k++)
        if (!issue_in(reading, wire->issue[k], &domain->issue[k])) return false;
    domain->exclusions = (uint32_t)wire->n_exclusion;
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        if (!condition_in(reading, wire->exclusion[i]->when, &domain->exclusion[i].when))
            return false;
        domain->exclusion[i].because = text_in(reading, wire->exclusion[i]->because);
    }
    return true;
}

static bool seats_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = reading->terms;
    if (wire->n_seat < 2 || wire->n_seat > NP_MAX_SEATS)
        return refuse(reading, "too few or too many seats");
    terms->seats = (uint8_t)wire->n_seat;
    for (uint8_t s = 0; s < terms->seats; s++) {
        if (wire->seat[s]->delay < 1)
            return refuse(reading, "a seat's delay is less than a second");
        terms->seat[s] = (SeatTerms){.id = text_in(reading, wire->seat[s]->id),
                                     .name = text_in(reading, wire->seat[s]->name),
                                     .delay = wire->seat[s]->delay};
    }
    return true;
}

static bool consent_in(const Reading *reading, const Nonpaper__Consent *wire) {
    const Domain *domain = &reading->terms->domain;
    Consent *consent = &reading->terms->consent;
    SeatSet outside = ~(SeatSet)0 << reading->terms->seats, named;
    if (!wire || wire->n_needs != options_of(domain))
        return refuse(reading, "consent is not given for every option");
    consent->unanimous = wire->unanimous;
    consent->all = wire->all;
    consent->always = wire->always;
    named = wire->all | wire->always;
    const uint32_t *next = wire->needs;
    for (uint8_t k = 0; k < domain->issues; k++)
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            named |= consent->needs[k][o] = *next++;
    return (named & outside) == 0 || refuse(reading, "consent names a seat that does not exist");
}

/* A mechanism that this program does not know still has a name and its flags. */
static const Mechanism *mechanism_in(const Reading *reading, const Nonpaper__Mechanism *wire) {
    const Mechanism *known = wire->name ? mechanism_find(wire->name) : NULL;
    if (known) return known;
    Mechanism *stub = arena_new(reading->arena, sizeof *stub);
    stub->name = text_in(reading, wire->name);
    stub->summary = "";
    stub->turns = wire->turns;
    stub->unanimous = wire->unanimous;
    stub->menu_limit = (uint8_t)wire->menu_limit;
    return stub;
}

static bool terms_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = reading->terms;
    if (!wire || !wire->mechanism) return refuse(reading, "there are no terms, or no mechanism");
    if (wire->menu_limit < 1 || wire->menu_limit > NP_MAX_MENU || wire->mechanism->menu_limit < 1 ||
        wire->mechanism->menu_limit > NP_MAX_MENU)
        return refuse(reading, "the menu limit is out of range");
    if (wire->lookahead < 1 || wire->deadline < 0 || wire->stall_window < 0)
        return refuse(reading, "a time is out of range");
    terms->name = text_in(reading, wire->name);
    terms->epoch = wire->epoch;
    terms->deadline = wire->deadline;
    terms->lookahead = wire->lookahead;
    terms->stall_window = wire->stall_window;
    terms->stall_epsilon = wire->stall_epsilon;
    terms->menu_limit = (uint8_t)wire->menu_limit;
    terms->mechanism = mechanism_in(reading, wire->mechanism);
    return seats_in(reading, wire) && domain_in(reading, wire) &&
           consent_in(reading, wire->consent);
}

static bool values_in(const Reading *reading, const Nonpaper__Profile *wire) {
    const Domain *domain = &reading->terms->domain;
    const int64_t *next = wire->value;
    if (wire->n_value != options_of(domain) || wire->n_weight != domain->issues)
        return refuse(reading, "the profile does not value every option");
    for (uint8_t k = 0; k < domain->issues; k++) {
        if (!__builtin_isfinite(wire->weight[k]))
            return refuse(reading, "a weight is not a number");
        reading->profile->weight[k] = wire->weight[k];
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            reading->profile->value[k][o] = *next++;
    }
    return true;
}

static bool linkages_in(const Reading *reading, const Nonpaper__Profile *wire) {
    Profile *profile = reading->profile;
    if (wire->n_linkage > PROFILE_MAX_LINKAGES) return refuse(reading, "too many linkages");
    profile->linkages = (uint32_t)wire->n_linkage;
    for (uint32_t i = 0; i < profile->linkages; i++) {
        profile->linkage[i].bonus = wire->linkage[i]->bonus;
        if (!condition_in(reading, wire->linkage[i]->when, &profile->linkage[i].when)) return false;
    }
    return true;
}

static bool red_lines_in(const Reading *reading, const Nonpaper__Profile *wire) {
    Profile *profile = reading->profile;
    if (wire->n_red_line > PROFILE_MAX_RED_LINES) return refuse(reading, "too many red lines");
    profile->red_lines = (uint32_t)wire->n_red_line;
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        const Nonpaper__RedLine *line = wire->red_line[i];
        if (line->penalty < 0) return refuse(reading, "a red line's penalty is negative");
        profile->red_line[i].hard = line->hard;
        profile->red_line[i].penalty = line->penalty;
        if (!condition_in(reading, line->when, &profile->red_line[i].when)) return false;
    }
    return true;
}

static bool profile_in(const Reading *reading, const Nonpaper__Profile *wire) {
    if (!wire) return refuse(reading, "there is no profile");
    if (!(wire->discount > 0 && wire->discount <= 1) || wire->discount_every < 1)
        return refuse(reading, "the discount is out of range");
    reading->profile->reservation = wire->reservation;
    reading->profile->discount = wire->discount;
    reading->profile->discount_every = wire->discount_every;
    return values_in(reading, wire) && linkages_in(reading, wire) && red_lines_in(reading, wire);
}

bool dossier_read(const DossierOnWire *dossier, Arena *arena, Terms *terms, Profile *profile,
                  Error *error) {
    const Nonpaper__Dossier *wire = dossier->wire;
    const Reading reading = {arena, terms, profile, error};
    *terms = (Terms){0};
    *profile = (Profile){0};
    return terms_in(&reading, wire->terms) && profile_in(&reading, wire->profile);
}
