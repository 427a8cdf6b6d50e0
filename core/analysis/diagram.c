#include "core/analysis/diagram.h"

#include <assert.h>
#include <string.h>

#include "core/analysis/diagram_parts.h"

/* --- one step --- */

/* What holds from now on; false where it may not. */
static bool settle(const Diagram *diagram, uint64_t closed, uint32_t word, NodeKey *to) {
    for (; closed != 0; closed &= closed - 1) {
        const Tie *tie = &diagram->tie[word * 64 + (uint32_t)__builtin_ctzll(closed)];
        if (tie->kind == TIE_EXCLUSION) return false;
        if (tie->kind == TIE_RED_LINE) to->crossed |= seat_bit(tie->seat);
    }
    return true;
}

static void ask_consent(const Diagram *diagram, uint8_t issue, uint8_t option, NodeKey *to) {
    const Question *question = diagram->question;
    if (question->scope == SCOPE_FEASIBLE || option == question->status_quo.option[issue]) return;
    SeatSet needs = question->terms->consent.needs[issue][option];
    to->changes = 1;
    to->needed |= needs & diagram->tracked;
}

bool diagram_step(const Diagram *diagram, uint8_t layer, const NodeKey *from, uint8_t option,
                  NodeKey *to) {
    uint8_t issue = diagram->layer[layer].issue;
    if ((diagram->never[issue] >> option & 1u) != 0) return false;
    *to = *from;
    to->crossed |= diagram->crosses[issue][option];
    for (uint32_t word = 0; word * 64 < diagram->ties; word++) {
        uint64_t closes = diagram->layer[layer].closes[word];
        to->alive[word] &= diagram->fits[issue][option][word];
        if (!settle(diagram, to->alive[word] & closes, word, to)) return false;
        to->alive[word] &= ~closes;
    }
    ask_consent(diagram, issue, option, to);
    if ((to->crossed & (to->needed | diagram->sure)) != 0) return false;
    bool ends = layer + 1 == diagram->issues;
    if (ends && diagram->question->scope != SCOPE_FEASIBLE && to->changes == 0) return false;
    to->crossed &= diagram->tracked; /* nobody asks the others */
    return true;
}

void diagram_add(const Diagram *diagram, uint8_t layer, uint32_t node, uint8_t option, Sums *sums) {
    const Layer *from = &diagram->layer[layer];
    Sums add = {{0}};
    for (SeatId seat = 0; seat < diagram->seats; seat++)
        add.term[seat] = diagram->value[seat][from->issue][option];
    for (uint32_t word = 0; word * 64 < diagram->ties; word++) {
        uint64_t closed = from->key[node].alive[word] & diagram->fits[from->issue][option][word] &
                          from->closes[word];
        for (; closed != 0; closed &= closed - 1) {
            const Tie *tie = &diagram->tie[word * 64 + (uint32_t)__builtin_ctzll(closed)];
            add.term[tie->seat] += tie->worth;
        }
    }
    if (diagram->durability != NULL)
        add.term[DIAGRAM_EFFECT] = diagram->durability->effect[from->issue][option];
    for (SeatId seat = 0; seat < diagram->seats; seat++) add.term[DIAGRAM_SUM] += add.term[seat];
    for (int term = 0; term < DIAGRAM_TERMS; term++) sums->term[term] += add.term[term];
}

/* --- layers --- */

/* Nodes of a layer by key: open addressing, twice as many places as there can be nodes. */
typedef struct Register {
    Layer *layer;
    uint32_t *place; /* node + 1; 0: free */
    uint32_t room, most;
} Register;

enum { REGISTER_PLACES = 4 * DIAGRAM_MOST_WIDE };

static uint32_t hash_of(const NodeKey *key) {
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ key->needed ^ (uint64_t)key->crossed << 20 ^
                    (uint64_t)key->changes << 40;
    for (int word = 0; word < DIAGRAM_WORDS; word++) {
        hash = (hash ^ key->alive[word]) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
    }
    return (uint32_t)hash % REGISTER_PLACES;
}

static uint32_t register_node(Register *known, const NodeKey *key) {
    Layer *layer = known->layer;
    uint32_t at = hash_of(key);
    for (; known->place[at] != 0; at = (at + 1) % REGISTER_PLACES)
        if (memcmp(&layer->key[known->place[at] - 1], key, sizeof *key) == 0)
            return known->place[at] - 1;
    if (layer->nodes == known->most) return DIAGRAM_NOWHERE;
    if (layer->nodes == known->room) {
        known->room = known->room == 0 ? 16 : 2 * known->room;
        layer->key = memory_grow(layer->key, known->room, sizeof *layer->key);
    }
    layer->key[layer->nodes] = *key;
    known->place[at] = ++layer->nodes;
    return layer->nodes - 1;
}

/* So many nodes that every layer to come can have as many choices. */
static uint32_t most_wide(const Diagram *diagram, uint8_t number) {
    if (number == diagram->issues) return DIAGRAM_MOST_WIDE;
    double choices = diagram->left / (diagram->issues - number);
    double nodes = choices / diagram->layer[number].options;
    if (nodes >= DIAGRAM_MOST_WIDE) return DIAGRAM_MOST_WIDE;
    return nodes > DIAGRAM_LEAST_WIDE ? (uint32_t)nodes : DIAGRAM_LEAST_WIDE;
}

static void lay_from(Diagram *diagram, uint8_t number, uint32_t *places) {
    Layer *from = &diagram->layer[number];
    diagram->left -= (double)from->nodes * from->options;
    Register next = {.layer = from + 1, .place = places, .most = most_wide(diagram, number + 1)};
    memset(places, 0, REGISTER_PLACES * sizeof *places);
    from->child = memory_new((size_t)from->nodes * from->options, sizeof *from->child);
    for (uint32_t node = 0; node < from->nodes; node++)
        for (uint8_t option = 0; option < from->options; option++) {
            NodeKey to;
            uint32_t *child = &from->child[(size_t)node * from->options + option];
            *child = DIAGRAM_NOWHERE;
            if (!diagram_step(diagram, number, &from->key[node], option, &to)) continue;
            *child = register_node(&next, &to);
            if (*child == DIAGRAM_NOWHERE) diagram->whole = false;
        }
}

static bool mentions(const Diagram *diagram, uint32_t tie, uint8_t issue) {
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
        if ((diagram->fits[issue][option][tie / 64] >> tie % 64 & 1u) == 0) return true;
    return false;
}

static void find_closing(Diagram *diagram) {
    for (uint32_t tie = 0; tie < diagram->ties; tie++) {
        uint8_t last = 0;
        for (uint8_t layer = 0; layer < diagram->issues; layer++)
            if (mentions(diagram, tie, diagram->layer[layer].issue)) last = layer;
        diagram->layer[last].closes[tie / 64] |= UINT64_C(1) << tie % 64;
    }
}

static void lay_out(Diagram *diagram) {
    const Domain *domain = &diagram->question->terms->domain;
    uint8_t order[NP_MAX_ISSUES];
    diagram_order(diagram, order);
    for (uint8_t i = 0; i < diagram->issues; i++) {
        diagram->layer[i].issue = order[i];
        diagram->layer[i].options = domain->issue[order[i]].options;
        diagram->layer[i].closes = memory_new(DIAGRAM_WORDS, sizeof(uint64_t));
    }
    find_closing(diagram);
    diagram->layer[0].key = memory_new(1, sizeof(NodeKey));
    diagram->layer[0].nodes = 1;
    for (uint32_t tie = 0; tie < diagram->ties; tie++)
        diagram->layer[0].key[0].alive[tie / 64] |= UINT64_C(1) << tie % 64;
    uint32_t *places = memory_new(REGISTER_PLACES, sizeof *places);
    for (uint8_t i = 0; i < diagram->issues; i++) lay_from(diagram, i, places);
    memory_free(places);
}

/* --- life --- */

static const Durability *durability_of(const Question *question) {
    const Durability *durability = NULL;
    for (SeatId seat = 0; seat < question->terms->seats; seat++) {
        const Durability *own = question->profile[seat].durability;
        assert(durability == NULL || own == NULL || durability == own);
        if (own != NULL) durability = own;
    }
    return durability;
}

Diagram *diagram_create(const Question *question) {
    Diagram *diagram = memory_new(1, sizeof *diagram);
    diagram->question = question;
    diagram->durability = durability_of(question);
    diagram->seats = question->terms->seats;
    diagram->issues = question->terms->domain.issues;
    diagram->whole = true;
    diagram->left = (double)question->budget;
    diagram_find_consent(diagram);
    diagram_enter_ties(diagram);
    diagram_relax_consent(diagram);
    lay_out(diagram);
    diagram_bound(diagram);
    if (!diagram->whole && (diagram->empty || question->scope == SCOPE_ZONE))
        diagram->apart = diagram_look_apart(diagram, &diagram->known);
    return diagram;
}

void diagram_destroy(Diagram *diagram) {
    if (diagram == NULL) return;
    for (uint8_t i = 0; i <= diagram->issues; i++) {
        memory_free(diagram->layer[i].key);
        memory_free(diagram->layer[i].child);
        memory_free(diagram->layer[i].least);
        memory_free(diagram->layer[i].most);
        memory_free(diagram->layer[i].closes);
    }
    memory_free(diagram);
}
