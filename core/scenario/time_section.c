/* time: and mechanism: — when the talks are, and by which rules. */
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/section.h"

enum { MAX_ROUNDS = 1000000 };

/* --- time --- */

typedef struct TimeDraft {
    int64_t start;
    const Node *deadline;
    SimTime delay, breaks_off;
} TimeDraft;

typedef struct StalledDraft {
    SimTime window;
    Utility epsilon;
} StalledDraft;

static const Field stalled_fields[] = {
    {"window", field_duration, offsetof(StalledDraft, window), MANDATORY, 1, 0,
     "the time over which nothing moves", NULL, "60d", NULL},
    {"epsilon", field_utility, offsetof(StalledDraft, epsilon), OPTIONAL, 1e-9, 1,
     "the least fall of a seat's best own offer, in its utility, that counts as a move", "0.01",
     "0.01", NULL},
};
static const FieldTable stalled_table = FIELD_TABLE("\"stalled\"", stalled_fields);
static const Shape stalled_shape = {.kind = SHAPE_MAP, .table = &stalled_table};

static void read_stalled(Draft *draft, const Node *node, const Field *field, void *into) {
    StalledDraft stalled = {0, utility_from(0.01)};
    Terms *terms = draft_terms(draft);
    (void)field, (void)into;
    if (!fields_read(draft, node, &stalled_table, &stalled)) return;
    terms->stall_window = stalled.window;
    terms->stall_epsilon = stalled.epsilon;
}

static void settle_deadline(Draft *draft, const Node *node) {
    Terms *terms = draft_terms(draft);
    char start[32];
    if (!moment_read(draft, node, &terms->deadline) || terms->deadline > 0) return;
    complain(draft->complaints, node->at, "the deadline must come after the start, %s",
             date_format(start, terms->epoch));
}

static const Field time_fields[] = {
    {"start", field_date, offsetof(TimeDraft, start), MANDATORY, 0, 0,
     "the date on which the talks open", NULL, "2025-02-24", NULL},
    {"deadline", field_later, offsetof(TimeDraft, deadline), MANDATORY, 0, 0,
     "the last moment to sign: a date, or a duration after the start", NULL, "2025-12-31",
     &shape_moment},
    {"delay", field_duration, offsetof(TimeDraft, delay), OPTIONAL, 1, 0,
     "how long a message takes, unless a seat says otherwise", "1d", "12h", NULL},
    {"breaks_off", field_duration, offsetof(TimeDraft, breaks_off), OPTIONAL, 1, 0,
     "the mean time until the talks break off by chance", "never", "300d", NULL},
    {"stalled", read_stalled, 0, OPTIONAL, 0, 0, "when talks in which nothing moves break down",
     "never", "{window: 60d, epsilon: 0.01}", &stalled_shape},
};
static const FieldTable time_table = FIELD_TABLE("\"time\"", time_fields);
const Shape shape_time = {.kind = SHAPE_MAP, .table = &time_table};

void section_time(Draft *draft, const Node *node, const Field *field, void *into) {
    TimeDraft time = {.start = INT64_MIN, .delay = draft->delay};
    (void)field, (void)into;
    if (!fields_read(draft, node, &time_table, &time)) return;
    draft->delay = time.delay;
    draft_terms(draft)->breaks_off = time.breaks_off;
    if (time.start == INT64_MIN) return;
    draft_terms(draft)->epoch = time.start;
    if (time.deadline) settle_deadline(draft, time.deadline);
}

/* --- mechanism --- */

typedef struct MechanismDraft {
    const Node *kind, *turn, *rounds, *consent, *menu, *mediator;
} MechanismDraft;

static const Mechanism *find_mechanism(Draft *draft, const Node *node) {
    if (!node_expect(draft, node, NODE_WORD, "a mechanism")) return NULL;
    const Mechanism *found = mechanism_find(node->text);
    if (found) return found;
    const char *known[8];
    size_t count = 0;
    for (; mechanisms[count] && count < 8; count++) known[count] = mechanisms[count]->name;
    complain_unknown(draft->complaints, node->at, "mechanism", node->text, known, count);
    return NULL;
}

static void take_mechanism(Draft *draft, const Mechanism *mechanism) {
    Terms *terms = draft_terms(draft);
    terms->mechanism = mechanism;
    terms->menu_limit = mechanism->menu_limit;
    terms->consent.unanimous = mechanism->unanimous;
}

static const char *const consent_kinds[] = {"unanimous", "by-provision", NULL};

static void read_consent_kind(Draft *draft, const Node *node) {
    if (!node_expect(draft, node, NODE_WORD, "unanimous or by-provision")) return;
    for (size_t i = 0; consent_kinds[i]; i++) {
        if (strcmp(node->text, consent_kinds[i]) != 0) continue;
        draft_terms(draft)->consent.unanimous = i == 0;
        return;
    }
    complain_unknown(draft->complaints, node->at, "kind of consent", node->text, consent_kinds, 2);
}

static void read_menu(Draft *draft, const Node *node) {
    static const Field field = {.key = "menu", .least = 1, .most = NP_MAX_MENU};
    Terms *terms = draft_terms(draft);
    uint32_t menu = 1;
    field_count(draft, node, &field, &menu);
    if (menu > terms->mechanism->menu_limit) {
        complain(draft->complaints, node->at, "%s takes menus of at most %u package%s",
                 terms->mechanism->name, terms->mechanism->menu_limit,
                 terms->mechanism->menu_limit == 1 ? "" : "s");
        return;
    }
    terms->menu_limit = (uint8_t)menu;
}

/* Keys that only mechanisms with turns or rounds know. */
static void read_turns(Draft *draft, const Node *node, const MechanismDraft *mechanism) {
    static const Field rounds = {.key = "rounds", .least = 1, .most = MAX_ROUNDS};
    static const char *const keys[] = {"turn", "rounds", NULL};
    const Mechanism *kind = draft_terms(draft)->mechanism;
    if (!kind->turns && !kind->rounds) {
        keys_refuse(draft, node, keys, "this mechanism has no turns");
        return;
    }
    if (mechanism->turn) duration_read(draft, mechanism->turn, 1, &draft->turn);
    if (mechanism->rounds) field_count(draft, mechanism->rounds, &rounds, &draft->rounds);
}

/* Who drafts, where somebody does; `node` is the word or the map that names the mechanism. */
static void read_mediator(Draft *draft, const Node *node, const Node *mediator) {
    static const char *const key[] = {"mediator", NULL};
    Terms *terms = draft_terms(draft);
    if (!terms->mechanism->mediated) {
        keys_refuse(draft, node, key, "in this mechanism nobody drafts for the others");
    } else if (!mediator) {
        complain(draft->complaints, node_place(node),
                 "%s needs a \"mediator\": the seat that drafts", terms->mechanism->name);
    } else {
        int seat = draft_find_seat(draft, mediator);
        if (seat >= 0) terms->mediator = (SeatId)seat;
    }
}

static const Shape mechanism_kind_shape = {.kind = SHAPE_MECHANISM};
static const Shape turn_shape = {.kind = SHAPE_DURATION, .least = 1};
static const Shape rounds_shape = {.kind = SHAPE_COUNT, .least = 1, .most = MAX_ROUNDS};
static const Shape consent_kind_shape = {.kind = SHAPE_WORD, .words = consent_kinds};
static const Shape menu_shape = {.kind = SHAPE_COUNT, .least = 1, .most = NP_MAX_MENU};

static const Field mechanism_fields[] = {
    {"kind", field_later, offsetof(MechanismDraft, kind), MANDATORY, 0, 0,
     "by which rules the seats talk", NULL, "open-table", &mechanism_kind_shape},
    {"turn", field_later, offsetof(MechanismDraft, turn), OPTIONAL, 1, 0,
     "how long a turn or a round takes (mechanisms with turns or rounds)", "1d", "1d", &turn_shape},
    {"rounds", field_later, offsetof(MechanismDraft, rounds), OPTIONAL, 1, MAX_ROUNDS,
     "how often every seat may have its turn (mechanisms with turns or rounds)", "no limit", "100",
     &rounds_shape},
    {"consent", field_later, offsetof(MechanismDraft, consent), OPTIONAL, 0, 0,
     "whether every package needs every seat, or provisions say whom",
     "unanimous in alternating offers, by-provision elsewhere", "by-provision",
     &consent_kind_shape},
    {"menu", field_later, offsetof(MechanismDraft, menu), OPTIONAL, 1, NP_MAX_MENU,
     "the most packages in one offer", "the most that the kind takes", "1", &menu_shape},
    {"mediator", field_later, offsetof(MechanismDraft, mediator), OPTIONAL, 0, 0,
     "the seat that drafts: single text needs it, and nothing else has it", NULL, "us",
     &shape_seat},
};
static const FieldTable mechanism_table = FIELD_TABLE("\"mechanism\"", mechanism_fields);
static const Shape mechanism_map_shape = {.kind = SHAPE_MAP, .table = &mechanism_table};
const Shape shape_mechanism = {
    .kind = SHAPE_EITHER, .of = &mechanism_kind_shape, .other = &mechanism_map_shape};

static void read_mechanism_map(Draft *draft, const Node *node) {
    MechanismDraft mechanism = {0};
    if (!fields_read(draft, node, &mechanism_table, &mechanism) || !mechanism.kind) return;
    const Mechanism *kind = find_mechanism(draft, mechanism.kind);
    if (!kind) return;
    take_mechanism(draft, kind);
    read_turns(draft, node, &mechanism);
    read_mediator(draft, node, mechanism.mediator);
    if (mechanism.consent) read_consent_kind(draft, mechanism.consent);
    if (mechanism.menu) read_menu(draft, mechanism.menu);
}

void section_mechanism(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    if (node->kind == NODE_MAP) {
        read_mechanism_map(draft, node);
        return;
    }
    const Mechanism *kind = find_mechanism(draft, node);
    if (!kind) return;
    take_mechanism(draft, kind);
    read_mediator(draft, node, NULL);
}

void time_settle(Draft *draft) {
    Terms *terms = draft_terms(draft);
    SimTime limit = (SimTime)draft->rounds * draft->turn;
    if (terms->mechanism->turns) limit *= terms->seats;
    if (draft->rounds > 0 && limit < terms->deadline) terms->deadline = limit;
    terms->lookahead = terms->seat[0].delay;
    for (SeatId seat = 1; seat < terms->seats; seat++) {
        if (terms->seat[seat].delay < terms->lookahead) terms->lookahead = terms->seat[seat].delay;
    }
}
