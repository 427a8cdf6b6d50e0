/* What can still come of a partial package. */
#include <string.h>

#include "core/analysis/diagram_parts.h"

/* --- sums --- */

static void widen(Sums *least, Sums *most, bool first, const Sums *low, const Sums *high) {
    for (int term = 0; term < DIAGRAM_TERMS; term++) {
        if (first || low->term[term] < least->term[term]) least->term[term] = low->term[term];
        if (first || high->term[term] > most->term[term]) most->term[term] = high->term[term];
    }
}

/* False where nothing comes after the node. */
static bool bound_node(Diagram *diagram, uint8_t number, uint32_t node) {
    Layer *layer = &diagram->layer[number];
    const Layer *next = layer + 1;
    bool first = true;
    for (uint8_t option = 0; option < layer->options; option++) {
        uint32_t *child = &layer->child[(size_t)node * layer->options + option];
        if (*child == DIAGRAM_NOWHERE) continue;
        if (next->key[*child].dead) {
            *child = DIAGRAM_NOWHERE;
            continue;
        }
        Sums low = next->least[*child], high = next->most[*child];
        diagram_add(diagram, number, node, option, &low);
        diagram_add(diagram, number, node, option, &high);
        widen(&layer->least[node], &layer->most[node], first, &low, &high);
        first = false;
    }
    return !first;
}

static void bound_layer(Diagram *diagram, uint8_t number) {
    Layer *layer = &diagram->layer[number];
    layer->least = memory_new(layer->nodes, sizeof *layer->least);
    layer->most = memory_new(layer->nodes, sizeof *layer->most);
    if (number == diagram->issues) return;
    for (uint32_t node = 0; node < layer->nodes; node++)
        layer->key[node].dead = !bound_node(diagram, number, node);
}

void diagram_bound(Diagram *diagram) {
    for (uint8_t number = diagram->issues + 1; number-- > 0;) bound_layer(diagram, number);
    diagram->empty = diagram->layer[0].key[0].dead;
}

/* --- utilities --- */

Utility diagram_worth(const Diagram *diagram, SeatId seat, const Sums *sums) {
    const Profile *profile = &diagram->question->profile[seat];
    if (profile->durability == NULL) return sums->term[seat];
    return profile_weighted(profile, sums->term[seat],
                            profile_share(profile, sums->term[DIAGRAM_EFFECT]));
}

/* Utility rises with its sum. Above the aftermath it falls with the hazard, below it rises; whoever has the
 * choice between both has the aftermath itself, which lies between. */
static Utility worth_at(const Profile *profile, Utility sum, Utility above, Utility below) {
    if (profile->durability == NULL) return sum;
    Utility effect = sum >= profile->aftermath ? above : below;
    return profile_weighted(profile, sum, profile_share(profile, effect));
}

Utility diagram_most(const Diagram *diagram, SeatId seat, const Sums *sums, const Layer *layer,
                     uint32_t node) {
    Utility effect = sums->term[DIAGRAM_EFFECT];
    return worth_at(&diagram->question->profile[seat],
                    sums->term[seat] + layer->most[node].term[seat],
                    effect + layer->least[node].term[DIAGRAM_EFFECT],
                    effect + layer->most[node].term[DIAGRAM_EFFECT]);
}

Utility diagram_least(const Diagram *diagram, SeatId seat, const Sums *sums, const Layer *layer,
                      uint32_t node) {
    Utility effect = sums->term[DIAGRAM_EFFECT];
    return worth_at(&diagram->question->profile[seat],
                    sums->term[seat] + layer->least[node].term[seat],
                    effect + layer->most[node].term[DIAGRAM_EFFECT],
                    effect + layer->least[node].term[DIAGRAM_EFFECT]);
}

/* --- thresholds --- */

SeatSet diagram_demanding(const Diagram *diagram, const NodeKey *key) {
    return diagram->question->scope == SCOPE_ZONE ? key->needed | diagram->sure : 0;
}

bool diagram_hopeless(const Diagram *diagram, const Sums *sums, const Layer *layer, uint32_t node) {
    SeatSet demanding = diagram_demanding(diagram, &layer->key[node]);
    for (SeatId seat = 0; demanding != 0; seat++, demanding >>= 1)
        if ((demanding & 1u) != 0 && seat < diagram->seats &&
            diagram_most(diagram, seat, sums, layer, node) < diagram->question->threshold[seat])
            return true;
    return false;
}
