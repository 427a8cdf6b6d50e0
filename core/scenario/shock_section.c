/* world.shocks: — what befalls the world: at a time, by chance, or when a variable says so. */
#include <string.h>

#include "core/scenario/world_section.h"

enum { TITLE_MAX_BYTES = 200, MOST_TIMES = 1000000 };

typedef struct ShockDraft {
    Shock shock;
    const Node *at, *when, *effects;
} ShockDraft;

#define SHOCK(member) offsetof(ShockDraft, shock.member)

/* --- when: --- */

typedef struct WhenDraft {
    const Node *variable;
    double below, above;
} WhenDraft;

static const Field when_fields[] = {
    {"variable", field_later, offsetof(WhenDraft, variable), MANDATORY, 0, 0, "the variable", NULL,
     "supply", &shape_variable},
    {"below", field_number, offsetof(WhenDraft, below), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "it is less than this", NULL, "0.3", NULL},
    {"above", field_number, offsetof(WhenDraft, above), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "it is at least this", NULL, "0.9", NULL},
};
static const FieldTable when_table = FIELD_TABLE("\"when\"", when_fields);
static const Shape when_shape = {.kind = SHAPE_MAP, .table = &when_table};

static void read_when(Draft *draft, const Node *node, Shock *shock) {
    WhenDraft read = {0};
    if (!fields_read(draft, node, &when_table, &read)) return;
    bool below = node_get(node, "below") != NULL, above = node_get(node, "above") != NULL;
    if (below == above) {
        complain(draft->complaints, node_place(node), "\"when\" needs %s",
                 below ? "either \"below\" or \"above\", not both" : "\"below\" or \"above\"");
    }
    shock->conditional = true;
    shock->below = below;
    shock->threshold = below ? read.below : read.above;
    int variable = read.variable ? draft_find_variable(draft, read.variable) : -1;
    if (variable >= 0) shock->variable = (uint8_t)variable;
}

/* --- shocks --- */

static const Field shock_fields[] = {
    {"id", field_id, SHOCK(id), MANDATORY, 0, 0, "its id, which names its luck", NULL, "pipeline",
     NULL},
    {"title", field_text, SHOCK(title), OPTIONAL, 0, TITLE_MAX_BYTES, "its name for people",
     "its id", "The pipeline breaks", NULL},
    {"at", field_later, offsetof(ShockDraft, at), OPTIONAL, 0, 0,
     "when: a date, or a duration after the start", NULL, "2025-06-01", &shape_moment},
    {"every", field_duration, SHOCK(every), OPTIONAL, 1, 0, "by chance: the mean time between two",
     NULL, "400d", NULL},
    {"most", field_count, SHOCK(most), OPTIONAL, 0, MOST_TIMES, "how often at most; 0: no limit",
     "1; with \"every\" no limit", "1", NULL},
    {"when", field_later, offsetof(ShockDraft, when), OPTIONAL, 0, 0,
     "when a variable says so at a tick; with \"at\" or \"every\": only if it says so then", NULL,
     "{variable: supply, below: 0.3}", &when_shape},
    {"seen_by", field_seats, SHOCK(seen_by), OPTIONAL, 0, 0, "the seats that are told of it",
     "nobody", "[east, west]", NULL},
    {"effects", field_later, offsetof(ShockDraft, effects), OPTIONAL, 0, 0, "what it does", "none",
     "[{variable: shells, add: -1}]", &shape_effects},
};
static const FieldTable shock_table = FIELD_TABLE("a shock", shock_fields);
static const Shape shock_shape = {.kind = SHAPE_MAP, .table = &shock_table};
const Shape shape_shocks = {
    .kind = SHAPE_LIST, .least = 0, .most = WORLD_MAX_SHOCKS, .of = &shock_shape};

static void refuse_id_twice(Draft *draft, const Node *map, const char *id) {
    const WorldModel *world = draft->world;
    for (uint8_t i = 0; i < world->shocks; i++) {
        if (strcmp(world->shock[i].id, id) != 0) continue;
        complain(draft->complaints, node_get(map, "id")->at, "shock \"%s\" is named twice", id);
    }
}

static void check_occasion(Draft *draft, const Node *node) {
    bool at = node_get(node, "at") != NULL, every = node_get(node, "every") != NULL;
    if (at && every) {
        complain(draft->complaints, node->at,
                 "a shock befalls \"at\" a time or by chance, \"every\" so often, not both");
    } else if (!at && !every && !node_get(node, "when")) {
        complain(draft->complaints, node->at,
                 "a shock needs one of \"at\", \"every\" and \"when\": when it befalls");
    }
}

static void read_shock(Draft *draft, const Node *node, Shock *shock) {
    ShockDraft read = {.shock = {.id = "", .at = NP_NEVER, .most = MOST_TIMES + 1}};
    if (!fields_read(draft, node, &shock_table, &read)) return;
    check_occasion(draft, node);
    if (read.shock.id[0]) refuse_id_twice(draft, node, read.shock.id);
    if (!read.shock.title) read.shock.title = read.shock.id;
    if (read.shock.most > MOST_TIMES) read.shock.most = read.shock.every > 0 ? 0 : 1;
    if (read.when) read_when(draft, read.when, &read.shock);
    if (read.at && moment_read(draft, read.at, &read.shock.at) && read.shock.at < 0)
        complain(draft->complaints, read.at->at, "this is before the talks open");
    if (read.effects)
        read.shock.consequences = effects_read(draft, read.effects, read.shock.consequence);
    *shock = read.shock;
}

void shocks_read(Draft *draft, const Node *node) {
    WorldModel *world = draft->world;
    if (!node_expect(draft, node, NODE_LIST, "a list of shocks")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (world->shocks == WORLD_MAX_SHOCKS) {
            complain(draft->complaints, child->at, "at most %d shocks", WORLD_MAX_SHOCKS);
            return;
        }
        Shock *shock = &world->shock[world->shocks];
        *shock = (Shock){.id = "", .title = "", .at = NP_NEVER};
        read_shock(draft, child, shock);
        world->shocks++;
    }
}
