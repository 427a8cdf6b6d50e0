/* time: and mechanism: — when the talks are, and by which rules. */
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/section.h"

enum { MAX_ROUNDS = 1000000 };

/* --- time --- */

typedef struct TimeDraft {
    int64_t start;
    const Node *deadline;
    SimTime delay;
} TimeDraft;

typedef struct StalledDraft {
    SimTime window;
    Utility epsilon;
} StalledDraft;

static void read_stalled(Draft *draft, const Node *node, const Field *field, void *into) {
    static const Field fields[] = {
        {"window", field_duration, offsetof(StalledDraft, window), MANDATORY, 1, 0,
         "the time over which nothing moves"},
        {"epsilon", field_utility, offsetof(StalledDraft, epsilon), OPTIONAL, 1e-9, 1,
         "the least fall of a seat's best own offer, in its utility, that counts as a move"},
    };
    static const FieldTable table = FIELD_TABLE("\"stalled\"", fields);
    StalledDraft stalled = {0, utility_from(0.01)};
    Terms *terms = draft_terms(draft);
    (void)field, (void)into;
    if (!fields_read(draft, node, &table, &stalled)) return;
    terms->stall_window = stalled.window;
    terms->stall_epsilon = stalled.epsilon;
}

static void settle_deadline(Draft *draft, const Node *node) {
    Terms *terms = draft_terms(draft);
    int64_t end;
    if (!node_expect(draft, node, NODE_WORD, "a date or a duration")) return;
    if (date_parse(node->text, &end)) {
        terms->deadline = end - terms->epoch;
    } else if (!duration_parse(node->text, &terms->deadline)) {
        complain(draft->complaints, node->at,
                 "expected a date such as 2025-12-31 or a duration such as 30d, not \"%.40s\"",
                 node->text);
        return;
    }
    if (terms->deadline <= 0) {
        char start[32];
        complain(draft->complaints, node->at, "the deadline must come after the start, %s",
                 date_format(start, terms->epoch));
    }
}

void section_time(Draft *draft, const Node *node, const Field *field, void *into) {
    static const Field fields[] = {
        {"start", field_date, offsetof(TimeDraft, start), MANDATORY, 0, 0,
         "the date on which the talks open"},
        {"deadline", field_later, offsetof(TimeDraft, deadline), MANDATORY, 0, 0,
         "the last moment to sign: a date, or a duration after the start"},
        {"delay", field_duration, offsetof(TimeDraft, delay), OPTIONAL, 1, 0,
         "how long a message takes, unless a seat says otherwise"},
        {"stalled", read_stalled, 0, OPTIONAL, 0, 0,
         "when talks in which nothing moves break down"},
    };
    static const FieldTable table = FIELD_TABLE("\"time\"", fields);
    TimeDraft time = {.start = INT64_MIN, .delay = draft->delay};
    (void)field, (void)into;
    if (!fields_read(draft, node, &table, &time)) return;
    draft->delay = time.delay;
    if (time.start == INT64_MIN) return;
    draft_terms(draft)->epoch = time.start;
    if (time.deadline) settle_deadline(draft, time.deadline);
}

/* --- mechanism --- */

typedef struct MechanismDraft {
    const Node *kind, *turn, *rounds, *consent, *menu;
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

static void read_consent_kind(Draft *draft, const Node *node) {
    static const char *const known[] = {"unanimous", "by-provision"};
    if (!node_expect(draft, node, NODE_WORD, "unanimous or by-provision")) return;
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(node->text, known[i]) != 0) continue;
        draft_terms(draft)->consent.unanimous = i == 0;
        return;
    }
    complain_unknown(draft->complaints, node->at, "kind of consent", node->text, known, 2);
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

/* Keys that only mechanisms with turns know. */
static void read_turns(Draft *draft, const MechanismDraft *mechanism) {
    static const Field rounds = {.key = "rounds", .least = 1, .most = MAX_ROUNDS};
    const Node *given[] = {mechanism->turn, mechanism->rounds};
    const Mechanism *kind = draft_terms(draft)->mechanism;
    for (size_t i = 0; i < 2 && !kind->turns; i++) {
        if (!given[i]) continue;
        complain(draft->complaints, given[i]->key->at, "\"%s\" has no meaning at an %s: no turns",
                 given[i]->key->text, kind->name);
    }
    if (!kind->turns) return;
    if (mechanism->turn) duration_read(draft, mechanism->turn, 1, &draft->turn);
    if (mechanism->rounds) field_count(draft, mechanism->rounds, &rounds, &draft->rounds);
}

static void read_mechanism_map(Draft *draft, const Node *node) {
    static const Field fields[] = {
        {"kind", field_later, offsetof(MechanismDraft, kind), MANDATORY, 0, 0,
         "open-table or stacked-alternating-offers"},
        {"turn", field_later, offsetof(MechanismDraft, turn), OPTIONAL, 1, 0,
         "how long a turn takes (mechanisms with turns)"},
        {"rounds", field_later, offsetof(MechanismDraft, rounds), OPTIONAL, 1, MAX_ROUNDS,
         "how often every seat may have its turn (mechanisms with turns)"},
        {"consent", field_later, offsetof(MechanismDraft, consent), OPTIONAL, 0, 0,
         "unanimous or by-provision"},
        {"menu", field_later, offsetof(MechanismDraft, menu), OPTIONAL, 1, NP_MAX_MENU,
         "the most packages in one offer"},
    };
    static const FieldTable table = FIELD_TABLE("\"mechanism\"", fields);
    MechanismDraft mechanism = {0};
    if (!fields_read(draft, node, &table, &mechanism) || !mechanism.kind) return;
    const Mechanism *kind = find_mechanism(draft, mechanism.kind);
    if (!kind) return;
    take_mechanism(draft, kind);
    read_turns(draft, &mechanism);
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
    if (kind) take_mechanism(draft, kind);
}

void time_settle(Draft *draft) {
    Terms *terms = draft_terms(draft);
    SimTime limit = (SimTime)draft->rounds * terms->seats * draft->turn;
    if (draft->rounds > 0 && limit < terms->deadline) terms->deadline = limit;
    terms->lookahead = terms->seat[0].delay;
    for (SeatId seat = 1; seat < terms->seats; seat++) {
        if (terms->seat[seat].delay < terms->lookahead) terms->lookahead = terms->seat[seat].delay;
    }
}
