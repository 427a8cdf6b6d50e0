/* Dossiers, out: the terms and a profile, which are the same in many runs. */
#include <assert.h>
#include <string.h>

#include "core/negotiation/mechanism.h"
#include "proto/codec_dossier.h"

uint32_t dossier_options(const Domain *domain) {
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
    wire->id = wire_string(issue->id);
    wire->title = wire_string(issue->title);
    wire->n_option = issue->options;
    wire->option = arena_new(arena, issue->options * sizeof *wire->option);
    for (uint8_t o = 0; o < issue->options; o++) wire->option[o] = wire_string(issue->option[o]);
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
        exclusion->because = wire_string(domain->exclusion[i].because);
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
    wire->needs = arena_new(arena, dossier_options(&terms->domain) * sizeof *wire->needs);
    for (uint8_t k = 0; k < terms->domain.issues; k++)
        for (uint8_t o = 0; o < terms->domain.issue[k].options; o++)
            wire->needs[wire->n_needs++] = terms->consent.needs[k][o];
    return wire;
}

static Nonpaper__Mechanism *mechanism_out(Arena *arena, const Mechanism *mechanism) {
    Nonpaper__Mechanism *wire = arena_new(arena, sizeof *wire);
    nonpaper__mechanism__init(wire);
    wire->name = wire_string(mechanism->name);
    wire->has_turns = wire->turns = mechanism->turns;
    wire->has_unanimous = wire->unanimous = mechanism->unanimous;
    wire->has_menu_limit = true;
    wire->menu_limit = mechanism->menu_limit;
    wire->has_rounds = wire->rounds = mechanism->rounds;
    wire->has_mediated = wire->mediated = mechanism->mediated;
    return wire;
}

static void seats_out(Arena *arena, const Terms *terms, Nonpaper__Terms *wire) {
    wire->n_seat = terms->seats;
    wire->seat = arena_new(arena, terms->seats * sizeof *wire->seat);
    for (uint8_t s = 0; s < terms->seats; s++) {
        wire->seat[s] = arena_new(arena, sizeof *wire->seat[s]);
        nonpaper__seat__init(wire->seat[s]);
        wire->seat[s]->id = wire_string(terms->seat[s].id);
        wire->seat[s]->name = wire_string(terms->seat[s].name);
        wire->seat[s]->has_delay = true;
        wire->seat[s]->delay = terms->seat[s].delay;
        if (terms->seat[s].types > 1) wire->seat[s]->has_types = true;
        if (terms->seat[s].types > 1) wire->seat[s]->types = terms->seat[s].types;
    }
}

static Nonpaper__Terms *terms_out(Arena *arena, const Terms *terms) {
    Nonpaper__Terms *wire = arena_new(arena, sizeof *wire);
    nonpaper__terms__init(wire);
    wire->has_epoch = wire->has_deadline = wire->has_lookahead = true;
    wire->has_stall_window = wire->has_stall_epsilon = wire->has_menu_limit = true;
    wire->name = wire_string(terms->name);
    wire->epoch = terms->epoch;
    wire->deadline = terms->deadline;
    wire->lookahead = terms->lookahead;
    wire->stall_window = terms->stall_window;
    wire->stall_epsilon = terms->stall_epsilon;
    wire->menu_limit = terms->menu_limit;
    wire->mechanism = mechanism_out(arena, terms->mechanism);
    wire->mechanism->has_closed_tables = wire->mechanism->closed_tables = terms->closed_tables > 0;
    wire->consent = consent_out(arena, terms);
    seats_out(arena, terms, wire);
    domain_out(arena, &terms->domain, wire);
    world_out(arena, terms, wire);
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

static void state_out(const Profile *profile, Nonpaper__Profile *wire) {
    wire->has_meanwhile = (wire->meanwhile = profile->meanwhile) != 0;
    wire->has_eroded = (wire->eroded = profile->eroded) != 0;
    wire->has_aftermath = (wire->aftermath = profile->aftermath) != 0;
    wire->has_hazard = (wire->hazard = profile->hazard) != 0;
}

Nonpaper__Profile *profile_out(Arena *arena, const Profile *profile, const Domain *domain) {
    Nonpaper__Profile *wire = arena_new(arena, sizeof *wire);
    nonpaper__profile__init(wire);
    wire->value = arena_new(arena, dossier_options(domain) * sizeof *wire->value);
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
    state_out(profile, wire);
    return wire;
}

bool dossier_pack(FrameWriter *scratch, const Brief *brief, Bytes *body, Error *error) {
    frame_clear(scratch);
    const Terms *terms = brief->terms;
    size_t from = scratch->length;
    bool packed = wire_add_message(scratch, 2, &terms_out(&scratch->arena, terms)->base, error) &&
                  wire_add_message(
                      scratch, 3,
                      &profile_out(&scratch->arena, brief->profile, &terms->domain)->base, error) &&
                  library_out(scratch, brief, error);
    if (packed) *body = (Bytes){scratch->bytes + from, scratch->length - from};
    return packed;
}
