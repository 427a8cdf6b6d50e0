/* world: — what moves outside the talks. Its parts have files of their own. */
#include "core/scenario/world_section.h"
#include "core/base/sim_time.h"

typedef struct WorldDraft {
    SimTime tick;
    const Node *variables, *levers, *shocks, *steps;
} WorldDraft;

static const Field step_fields[] = {
    {"reservation", field_number, offsetof(WorldModel, reservation_step), OPTIONAL, 0, 1,
     "a seat is told of its reservation when it has changed by more than this", "0.001", "0.001",
     NULL},
    {"deal", field_number, offsetof(WorldModel, deal_step), OPTIONAL, 0, 1,
     "aftermath, erosion and hazard are rounded to multiples of this; 0: not at all", "0.02",
     "0.02", NULL},
};
static const FieldTable step_table = FIELD_TABLE("\"steps\"", step_fields);
static const Shape steps_shape = {.kind = SHAPE_MAP, .table = &step_table};

static const Field world_fields[] = {
    {"tick", field_duration, offsetof(WorldDraft, tick), OPTIONAL, 60, 0,
     "how long a step of the world is", "1d", "1d", NULL},
    {"variables", field_later, offsetof(WorldDraft, variables), OPTIONAL, 0, 0,
     "what moves, in order: derived ones after what they use", "none", "{supply: {start: 1}}",
     &shape_variables},
    {"levers", field_later, offsetof(WorldDraft, levers), OPTIONAL, 0, 0,
     "what seats may do by themselves, without anybody's consent", "none",
     "{aid: {seat: west, start: 1, effects: [{variable: supply, add: 1}]}}", &shape_levers},
    {"shocks", field_later, offsetof(WorldDraft, shocks), OPTIONAL, 0, 0, "what befalls the world",
     "none", "[{id: harvest, every: 400d, effects: [{variable: supply, add: -1}]}]", &shape_shocks},
    {"steps", field_later, offsetof(WorldDraft, steps), OPTIONAL, 0, 0,
     "how finely seats' own numbers follow the world", "{reservation: 0.001, deal: 0.02}",
     "{reservation: 0.001, deal: 0.02}", &steps_shape},
};
static const FieldTable world_table = FIELD_TABLE("\"world\"", world_fields);
const Shape shape_world = {.kind = SHAPE_MAP, .table = &world_table};

WorldModel *draft_need_world(Draft *draft) {
    draft->world_needed = true;
    return draft->world;
}

void world_begin(Draft *draft) {
    draft->world = arena_new(draft->arena, sizeof *draft->world);
    draft->world->tick = SIM_DAY;
    draft->world->reservation_step = 0.001;
    draft->world->deal_step = 0.02;
    draft->variables_usable = NP_MAX_VARIABLES;
}

void section_world(Draft *draft, const Node *node, const Field *field, void *into) {
    WorldModel *world = draft_need_world(draft);
    WorldDraft read = {.tick = world->tick};
    (void)field, (void)into;
    if (!fields_read(draft, node, &world_table, &read)) return;
    world->tick = read.tick;
    if (read.steps) fields_read(draft, read.steps, &step_table, world);
    if (read.variables) variables_announce(draft, read.variables);
    if (read.variables) variables_read(draft, read.variables);
    if (read.levers) levers_read(draft, read.levers);
    if (read.shocks) shocks_read(draft, read.shocks);
}

void world_settle(Draft *draft) {
    Terms *terms = draft_terms(draft);
    if (!draft->world_needed) return;
    WorldModel *world = draft->world;
    world->seats = terms->seats;
    terms->variables = world->variables;
    terms->variable = world->variable;
    terms->levers = world->levers;
    terms->lever = world->lever;
    draft_negotiation(draft)->world = world;
}
