/* world.levers: — what seats may do by themselves, and the pulls that the scenario prescribes. */
#include <string.h>

#include "core/scenario/world_section.h"

enum { TITLE_MAX_BYTES = 200 };

typedef struct LeverDraft {
    Lever lever;
    const Node *seat, *effects, *pulls;
} LeverDraft;

#define LEVER(member) offsetof(LeverDraft, lever.member)

typedef struct PullDraft {
    const Node *at;
    double level;
} PullDraft;

static const Field pull_fields[] = {
    {"at", field_later, offsetof(PullDraft, at), MANDATORY, 0, 0,
     "when: a date, or a duration after the start", NULL, "60d", &shape_moment},
    {"level", field_number, offsetof(PullDraft, level), MANDATORY, -WORLD_MOST, WORLD_MOST,
     "the level to which it is moved", NULL, "0", NULL},
};
static const FieldTable pull_table = FIELD_TABLE("a pull", pull_fields);
static const Shape pull_shape = {.kind = SHAPE_MAP, .table = &pull_table};
static const Shape pulls_shape = {
    .kind = SHAPE_LIST, .least = 0, .most = WORLD_MAX_PULLS, .of = &pull_shape};

static const Field lever_fields[] = {
    {"title", field_text, LEVER(title), OPTIONAL, 0, TITLE_MAX_BYTES, "its name for people",
     "its id", "Military aid", NULL},
    {"seat", field_later, offsetof(LeverDraft, seat), MANDATORY, 0, 0, "the seat that moves it",
     NULL, "west", &shape_seat},
    {"start", field_number, LEVER(start), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "its level when the talks open", "0", "1", NULL},
    {"least", field_number, LEVER(least), OPTIONAL, -WORLD_MOST, WORLD_MOST, "its least level", "0",
     "0", NULL},
    {"most", field_number, LEVER(most), OPTIONAL, -WORLD_MOST, WORLD_MOST, "its most", "1", "2",
     NULL},
    {"cost", field_number, LEVER(cost), OPTIONAL, 0, 10,
     "what a unit of change costs its seat, in own utility", "0", "0.01", NULL},
    {"upkeep", field_number, LEVER(upkeep), OPTIONAL, -10, 10,
     "what a unit of level costs its seat a year, in own utility", "0", "0.02", NULL},
    {"delay", field_duration, LEVER(delay), OPTIONAL, 0, 0, "from the pull to its effects", "0s",
     "30d", NULL},
    {"effects", field_later, offsetof(LeverDraft, effects), OPTIONAL, 0, 0, "what it does", "none",
     "[{variable: supply, add: 1}]", &shape_effects},
    {"pulls", field_later, offsetof(LeverDraft, pulls), OPTIONAL, 0, 0,
     "moves of it that the scenario prescribes: policy, not strategy", "none",
     "[{at: 60d, level: 0}]", &pulls_shape},
};
static const FieldTable lever_table = FIELD_TABLE("a lever", lever_fields);
static const Shape lever_shape = {.kind = SHAPE_MAP, .table = &lever_table};
const Shape shape_levers = {
    .kind = SHAPE_ENTRIES, .least = 0, .most = NP_MAX_LEVERS, .name = "LEVER", .of = &lever_shape};

static bool level_is_within(Draft *draft, const Node *node, const Lever *lever, double level,
                            const char *what) {
    char shown[32], least[32], most[32];
    if (level >= lever->least && level <= lever->most) return true;
    if (lever->least >= lever->most) return true; /* that was complained of */
    complain(draft->complaints, node->at, "%s %s, outside %s to %s", what,
             text_double(shown, level), text_double(least, lever->least),
             text_double(most, lever->most));
    return false;
}

static void check_bounds(Draft *draft, const Node *node, const Lever *lever) {
    char least[32], most[32];
    if (lever->least >= lever->most) {
        complain(draft->complaints, node_place(node),
                 "its least, %s, must be less than its most, %s", text_double(least, lever->least),
                 text_double(most, lever->most));
        return;
    }
    const Node *start = node_get(node, "start");
    level_is_within(draft, start ? start : node->key, lever, lever->start, "it starts at");
}

/* Keeps them in order of time; of one moment, in the order of the file. */
static void insert_pull(WorldModel *world, Pull pull) {
    uint32_t i = world->pulls++;
    for (; i > 0 && world->pull[i - 1].at > pull.at; i--) world->pull[i] = world->pull[i - 1];
    world->pull[i] = pull;
}

static void read_pull(Draft *draft, const Node *node, uint8_t lever) {
    PullDraft read = {0};
    Pull pull = {.lever = lever};
    if (!fields_read(draft, node, &pull_table, &read)) return;
    pull.level = read.level;
    const Node *level = node_get(node, "level");
    if (level) level_is_within(draft, level, &draft->lever[lever], read.level, "the level is");
    if (!read.at || !moment_read(draft, read.at, &pull.at)) return;
    if (pull.at < 0) complain(draft->complaints, read.at->at, "this is before the talks open");
    insert_pull(draft->world, pull);
}

static void read_pulls(Draft *draft, const Node *node, uint8_t lever) {
    if (!node_expect(draft, node, NODE_LIST, "a list of pulls")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (draft->world->pulls == WORLD_MAX_PULLS) {
            complain(draft->complaints, child->at, "at most %d pulls in one world",
                     WORLD_MAX_PULLS);
            return;
        }
        read_pull(draft, child, lever);
    }
}

static void read_lever(Draft *draft, const Node *node, uint8_t number) {
    Lever *lever = &draft->lever[number];
    LeverModel *model = &draft->world->effect[number];
    LeverDraft read = {.lever = *lever};
    if (!fields_read(draft, node, &lever_table, &read)) return;
    *lever = read.lever;
    int seat = read.seat ? draft_find_seat(draft, read.seat) : -1;
    if (seat >= 0) lever->seat = (SeatId)seat;
    check_bounds(draft, node, lever);
    if (read.effects) model->consequences = effects_read(draft, read.effects, model->consequence);
    if (read.pulls) read_pulls(draft, read.pulls, number);
}

void levers_read(Draft *draft, const Node *node) {
    WorldModel *world = draft->world;
    if (!node_expect(draft, node, NODE_MAP, "a map of levers")) return;
    if (node->count > NP_MAX_LEVERS) {
        complain(draft->complaints, node_place(node), "a world has at most %d levers, not %u",
                 NP_MAX_LEVERS, node->count);
    }
    draft->lever = arena_new(draft->arena, NP_MAX_LEVERS * sizeof *draft->lever);
    world->lever = draft->lever;
    for (const Node *child = node->first; child && world->levers < NP_MAX_LEVERS;
         child = child->next) {
        const char *id = child->key->text;
        word_read(draft, child->key, ALPHABET_ID, &id);
        draft->lever[world->levers] = (Lever){.id = id, .title = id, .most = 1};
        read_lever(draft, child, world->levers++);
    }
}
