/* Dossiers: what version 2 added. Tables, levers, variables, durability, types. */
#include <string.h>

#include "core/negotiation/mechanism.h"
#include "proto/codec_dossier.h"

/* --- out --- */

static Nonpaper__Table *table_out(Arena *arena, const TableTerms *table) {
    Nonpaper__Table *wire = arena_new(arena, sizeof *wire);
    nonpaper__table__init(wire);
    wire->id = wire_string(table->id);
    wire->title = wire_string(table->title);
    wire->has_members = true;
    wire->members = table->members;
    wire->has_leak = (wire->leak = table->leak) != 0;
    return wire;
}

static Nonpaper__Lever *lever_out(Arena *arena, const Lever *lever) {
    Nonpaper__Lever *wire = arena_new(arena, sizeof *wire);
    nonpaper__lever__init(wire);
    wire->id = wire_string(lever->id);
    wire->title = wire_string(lever->title);
    wire->has_seat = wire->has_start = wire->has_least = wire->has_most = true;
    wire->seat = lever->seat;
    wire->start = lever->start;
    wire->least = lever->least;
    wire->most = lever->most;
    wire->has_cost = (wire->cost = lever->cost) != 0;
    wire->has_upkeep = (wire->upkeep = lever->upkeep) != 0;
    wire->has_delay = (wire->delay = lever->delay) != 0;
    return wire;
}

static Nonpaper__Variable *variable_out(Arena *arena, const Variable *variable) {
    Nonpaper__Variable *wire = arena_new(arena, sizeof *wire);
    nonpaper__variable__init(wire);
    wire->id = wire_string(variable->id);
    wire->title = wire_string(variable->title);
    wire->unit = wire_string(variable->unit);
    wire->has_start = wire->has_seen_by = true;
    wire->start = variable->start;
    wire->seen_by = variable->seen_by;
    return wire;
}

static Nonpaper__Durability *durability_out(Arena *arena, const Durability *durability,
                                            const Domain *domain) {
    Nonpaper__Durability *wire = arena_new(arena, sizeof *wire);
    nonpaper__durability__init(wire);
    wire->has_hazard = wire->has_shape = wire->has_discount = wire->has_horizon = true;
    wire->hazard = durability->base;
    wire->shape = durability->shape;
    wire->discount = durability->discount;
    wire->horizon = durability->horizon;
    wire->effect = arena_new(arena, dossier_options(domain) * sizeof *wire->effect);
    for (uint8_t k = 0; k < domain->issues; k++)
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            wire->effect[wire->n_effect++] = durability->effect[k][o];
    return wire;
}

static void outside_out(Arena *arena, const Terms *terms, Nonpaper__Terms *wire) {
    wire->n_lever = terms->levers;
    wire->lever = arena_new(arena, terms->levers * sizeof *wire->lever);
    for (uint8_t i = 0; i < terms->levers; i++) wire->lever[i] = lever_out(arena, &terms->lever[i]);
    wire->n_variable = terms->variables;
    wire->variable = arena_new(arena, terms->variables * sizeof *wire->variable);
    for (uint8_t i = 0; i < terms->variables; i++)
        wire->variable[i] = variable_out(arena, &terms->variable[i]);
    if (terms->durability)
        wire->durability = durability_out(arena, terms->durability, &terms->domain);
}

void world_out(Arena *arena, const Terms *terms, Nonpaper__Terms *wire) {
    wire->has_mediator = terms->mechanism->mediated;
    if (wire->has_mediator) wire->mediator = terms->mediator;
    wire->has_breaks_off = (wire->breaks_off = terms->breaks_off) != 0;
    wire->has_unauthorised = (wire->unauthorised = terms->unauthorised) != 0;
    wire->has_audience_base = (wire->audience_base = terms->audience_base) != 0;
    wire->has_audience_step = (wire->audience_step = terms->audience_step) != 0;
    wire->n_table = terms->closed_tables ? 1u + terms->closed_tables : 0;
    wire->table = arena_new(arena, wire->n_table * sizeof *wire->table);
    for (size_t i = 0; i < wire->n_table; i++) wire->table[i] = table_out(arena, &terms->table[i]);
    outside_out(arena, terms, wire);
}

bool library_out(FrameWriter *writer, const Brief *brief, Error *error) {
    for (SeatId seat = 0; seat < brief->terms->seats; seat++)
        for (uint8_t k = 0;
             brief->terms->seat[seat].types > 1 && k < brief->terms->seat[seat].types; k++) {
            const SeatType *type = &brief->library[seat][k];
            Nonpaper__SeatType wire = NONPAPER__SEAT_TYPE__INIT;
            wire.has_seat = wire.has_prior = true;
            wire.seat = seat;
            wire.id = wire_string(type->id);
            wire.prior = type->prior;
            wire.profile = profile_out(&writer->arena, &type->profile, &brief->terms->domain);
            if (!wire_add_message(writer, 4, &wire.base, error)) return false;
        }
    return true;
}

/* --- in --- */

static bool within(double number, double least, double most) {
    return number >= least && number <= most; /* false for what is no number */
}

static SeatSet outside(const Terms *terms) {
    return ~(SeatSet)0 << terms->seats;
}

/* Without closed tables the public one needs no words. */
static bool tables_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = &reading->dossier->terms;
    terms->table[0] = (TableTerms){"public", "the public table", ~outside(terms), 0};
    if (wire->n_table == 1 || wire->n_table > NP_MAX_TABLES)
        return dossier_refuse(reading, "too few or too many tables");
    terms->closed_tables = wire->n_table ? (uint8_t)(wire->n_table - 1) : 0;
    for (size_t i = 0; i < wire->n_table; i++) {
        const Nonpaper__Table *table = wire->table[i];
        if ((table->members & outside(terms)) != 0 || table->members == 0 ||
            !within(table->leak, 0, 1))
            return dossier_refuse(reading, "a table's members or leak are out of range");
        terms->table[i] = (TableTerms){.id = dossier_text(reading, table->id),
                                       .title = dossier_text(reading, table->title),
                                       .members = table->members,
                                       .leak = table->leak};
    }
    return true;
}

static const double most_level = 1e9; /* whose billionths fit an integer */

static bool proper_lever(const Terms *terms, const Nonpaper__Lever *wire) {
    return wire->seat < terms->seats && within(wire->least, -most_level, most_level) &&
           within(wire->most, wire->least, most_level) &&
           within(wire->start, wire->least, wire->most) &&
           within(wire->cost, -most_level, most_level) &&
           within(wire->upkeep, -most_level, most_level) && wire->delay >= 0;
}

static bool levers_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = &reading->dossier->terms;
    if (wire->n_lever > NP_MAX_LEVERS) return dossier_refuse(reading, "too many levers");
    Lever *lever = arena_new(reading->arena, wire->n_lever * sizeof *lever);
    for (size_t i = 0; i < wire->n_lever; i++) {
        const Nonpaper__Lever *one = wire->lever[i];
        if (!proper_lever(terms, one)) return dossier_refuse(reading, "a lever is out of range");
        lever[i] = (Lever){.id = dossier_text(reading, one->id),
                           .title = dossier_text(reading, one->title),
                           .seat = (SeatId)one->seat,
                           .start = one->start,
                           .least = one->least,
                           .most = one->most,
                           .cost = one->cost,
                           .upkeep = one->upkeep,
                           .delay = one->delay};
    }
    terms->levers = (uint8_t)wire->n_lever;
    terms->lever = lever;
    return true;
}

static bool variables_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = &reading->dossier->terms;
    if (wire->n_variable > NP_MAX_VARIABLES) return dossier_refuse(reading, "too many variables");
    Variable *variable = arena_new(reading->arena, wire->n_variable * sizeof *variable);
    for (size_t i = 0; i < wire->n_variable; i++) {
        const Nonpaper__Variable *one = wire->variable[i];
        if (!__builtin_isfinite(one->start) || (one->seen_by & outside(terms)) != 0)
            return dossier_refuse(reading, "a variable is out of range");
        variable[i] = (Variable){.id = dossier_text(reading, one->id),
                                 .title = dossier_text(reading, one->title),
                                 .unit = dossier_text(reading, one->unit),
                                 .start = one->start,
                                 .seen_by = one->seen_by};
    }
    terms->variables = (uint8_t)wire->n_variable;
    terms->variable = variable;
    return true;
}

static bool effects_in(const Reading *reading, const Nonpaper__Durability *wire,
                       Durability *durability) {
    const Domain *domain = &reading->dossier->terms.domain;
    const int64_t *next = wire->effect;
    if (wire->n_effect != dossier_options(domain))
        return dossier_refuse(reading, "durability does not know every option");
    for (uint8_t k = 0; k < domain->issues; k++)
        for (uint8_t o = 0; o < domain->issue[k].options; o++) {
            if (!wire_utility(*next)) return dossier_refuse(reading, "an effect is out of range");
            durability->effect[k][o] = *next++;
        }
    return true;
}

/* The shares are not sent: both ends have the same arithmetic. */
static bool durability_in(const Reading *reading, const Nonpaper__Durability *wire) {
    if (!wire) return true;
    Durability *durability = arena_new(reading->arena, sizeof *durability);
    if (!within(wire->hazard, 1e-9, 1e6) || !within(wire->shape, 1e-3, 100) ||
        !within(wire->discount, 1e-9, 1) || !within(wire->horizon, 1e-3, 1e4))
        return dossier_refuse(reading, "durability is out of range");
    durability->base = wire->hazard;
    durability->shape = wire->shape;
    durability->discount = wire->discount;
    durability->horizon = wire->horizon;
    if (!effects_in(reading, wire, durability)) return false;
    durability_settle(durability);
    reading->dossier->terms.durability = durability;
    return true;
}

bool world_in(const Reading *reading, const Nonpaper__Terms *wire) {
    Terms *terms = &reading->dossier->terms;
    bool seated = wire->mediator < terms->seats || !terms->mechanism->mediated;
    if (!seated || wire->mediator > NP_NO_SEAT || wire->breaks_off < 0 ||
        (wire->unauthorised & outside(terms)) != 0 || !wire_utility(wire->audience_base) ||
        !wire_utility(wire->audience_step))
        return dossier_refuse(reading, "a term is out of range");
    terms->mediator = (SeatId)wire->mediator;
    terms->breaks_off = wire->breaks_off;
    terms->unauthorised = wire->unauthorised;
    terms->audience_base = wire->audience_base;
    terms->audience_step = wire->audience_step;
    return tables_in(reading, wire) && levers_in(reading, wire) && variables_in(reading, wire) &&
           durability_in(reading, wire->durability);
}

static bool type_in(const Reading *reading, const Nonpaper__SeatType *wire, SeatId seat,
                    SeatType *type) {
    if (wire->seat != seat || !within(wire->prior, 0, 1))
        return dossier_refuse(reading, "a type's seat or prior is out of range");
    type->id = dossier_text(reading, wire->id);
    type->prior = wire->prior;
    return profile_in(reading, wire->profile, &type->profile);
}

bool library_in(const Reading *reading, const Nonpaper__Dossier *wire) {
    const Terms *terms = &reading->dossier->terms;
    size_t next = 0;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        uint8_t types = terms->seat[seat].types;
        if (types < 2) continue;
        if (wire->n_type - next < types) return dossier_refuse(reading, "a type is missing");
        SeatType *type = arena_new(reading->arena, types * sizeof *type);
        for (uint8_t k = 0; k < types; k++)
            if (!type_in(reading, wire->type[next++], seat, &type[k])) return false;
        reading->dossier->library[seat] = type;
    }
    return next == wire->n_type || dossier_refuse(reading, "there are too many types");
}
