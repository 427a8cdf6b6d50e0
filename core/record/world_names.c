#include "core/record/world_names.h"

#include <string.h>

#include "core/base/json.h"
#include "core/world/model.h"

/* --- out --- */

static bool has_types(const Negotiation *negotiation) {
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        if (negotiation->terms.seat[seat].types > 1) return true;
    return false;
}

static void begin(Json *json, const char *id, const char *title) {
    json_object(json, NULL);
    json_string(json, "id", id);
    json_string(json, "title", title);
}

static void describe_tables(const Terms *terms, Json *json) {
    json_array(json, "tables");
    for (uint8_t i = 0; terms->closed_tables > 0 && i <= terms->closed_tables; i++) {
        begin(json, terms->table[i].id, terms->table[i].title);
        json_array(json, "members");
        for (SeatId seat = 0; seat < terms->seats; seat++)
            if (seat_in(terms->table[i].members, seat))
                json_string(json, NULL, terms->seat[seat].id);
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
}

static void describe_levers(const Terms *terms, Json *json) {
    json_array(json, "levers");
    for (uint8_t i = 0; i < terms->levers; i++) {
        SeatId seat = terms->lever[i].seat;
        begin(json, terms->lever[i].id, terms->lever[i].title);
        json_string(json, "seat", seat < terms->seats ? terms->seat[seat].id : NULL);
        json_end_object(json);
    }
    json_end_array(json);
}

static void describe_variables(const Terms *terms, Json *json) {
    json_array(json, "variables");
    for (uint8_t i = 0; i < terms->variables; i++) {
        begin(json, terms->variable[i].id, terms->variable[i].title);
        json_string(json, "unit", terms->variable[i].unit);
        json_end_object(json);
    }
    json_end_array(json);
}

static void describe_shocks(const WorldModel *world, Json *json) {
    json_array(json, "shocks");
    for (uint8_t i = 0; world && i < world->shocks; i++) {
        begin(json, world->shock[i].id, world->shock[i].title);
        json_end_object(json);
    }
    json_end_array(json);
}

/* Every seat, so that its place in the list is its number; none for one that has only one type. */
static void describe_types(const Negotiation *negotiation, Json *json) {
    json_array(json, "types");
    for (SeatId seat = 0; has_types(negotiation) && seat < negotiation->terms.seats; seat++) {
        const SeatTerms *terms = &negotiation->terms.seat[seat];
        begin(json, terms->id, terms->name);
        json_array(json, "types");
        for (uint8_t k = 0; terms->types > 1 && k < terms->types; k++)
            json_string(json, NULL, negotiation->type[seat][k].id);
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
}

bool world_names_describe(const Negotiation *negotiation, Text *out) {
    const Terms *terms = &negotiation->terms;
    const WorldModel *world = negotiation->world;
    bool any = terms->closed_tables > 0 || terms->levers > 0 || terms->variables > 0 ||
               (world && world->shocks > 0) || has_types(negotiation);
    if (!any) return false;
    Json json = {.text = out};
    json_object(&json, NULL);
    describe_tables(terms, &json);
    describe_levers(terms, &json);
    describe_variables(terms, &json);
    describe_shocks(world, &json);
    describe_types(negotiation, &json);
    json_end_object(&json);
    return true;
}

/* --- in --- */

void world_names_init(WorldNames *names, int64_t world) {
    memset(names, 0, sizeof *names);
    names->world = world;
    arena_init(&names->arena);
}

void world_names_finish(WorldNames *names) {
    arena_finish(&names->arena);
}

static bool append(WorldNames *names, const char **list, uint8_t *count, uint8_t most,
                   const char *name) {
    if (*count == most) return false;
    list[(*count)++] = arena_text(&names->arena, name, strlen(name));
    return true;
}

bool world_names_add(WorldNames *names, const char *list, int place, const char *name, int types) {
    if (strcmp(list, "tables") == 0)
        return append(names, names->table, &names->tables, NP_MAX_TABLES, name);
    if (strcmp(list, "levers") == 0)
        return append(names, names->lever, &names->levers, NP_MAX_LEVERS, name);
    if (strcmp(list, "variables") == 0)
        return append(names, names->variable, &names->variables, NP_MAX_VARIABLES, name);
    if (strcmp(list, "shocks") == 0)
        return append(names, names->shock, &names->shocks, NP_MAX_VARIABLES, name);
    if (strcmp(list, "types") != 0 || place >= NP_MAX_SEATS || types > NEGOTIATION_MAX_TYPES)
        return false;
    names->types[place] = (uint8_t)types;
    return true;
}
