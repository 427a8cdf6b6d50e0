/* A seat's strategy: a specification, or a map of the parts of which one is composed, which is another way to
 * write the same: {bidding: linear, opponent: frequency} is boa(bidding=linear, opponent=frequency). */
#include <string.h>

#include "core/scenario/section.h"
#include "core/scenario/strategy_spec.h"

/* The strategy that is composed of parts. */
#define COMPOSED "boa"

/* The place of a part of a word, so that the caret stands under the parameter that is wrong. */
static Mark part_of(const Node *word, uint32_t from, uint32_t length) {
    Mark mark = word->at;
    uint32_t shift = from + (word->quoted ? 1 : 0);
    if (shift >= mark.length) return mark;
    mark.column += shift;
    mark.length = length < mark.length - shift ? length : mark.length - shift;
    return mark;
}

/* Between braces a comma ends a value, parentheses or not. */
static bool is_whole(Draft *draft, const Node *part) {
    if (!node_expect(draft, part, NODE_WORD, "a part of a strategy")) return false;
    const char *open = spec_unclosed(part->text);
    if (open == NULL) return true;
    complain(draft->complaints, part_of(part, (uint32_t)(open - part->text), 1),
             "this \"(\" is never closed; between { and } a value with commas needs quotes");
    return false;
}

static bool compose(Draft *draft, const Node *map, Text *spec) {
    text_add(spec, COMPOSED "(");
    for (const Node *part = map->first; part != NULL; part = part->next) {
        if (!is_whole(draft, part)) return false;
        text_addf(spec, "%s%s=%s", part == map->first ? "" : ", ", part->key->text, part->text);
    }
    text_add(spec, ")");
    return true;
}

/* Where in the map the byte of the specification comes from that `compose` has written. */
static Mark place_in_map(const Node *map, uint32_t from, uint32_t length) {
    uint32_t at = sizeof COMPOSED;
    for (const Node *part = map->first; part != NULL; part = part->next) {
        uint32_t key = (uint32_t)strlen(part->key->text), value = (uint32_t)strlen(part->text);
        if (from >= at && from < at + key) return part->key->at;
        if (from >= at && from <= at + key + 1 + value)
            return part_of(part, from - at - key - 1, length);
        at += key + 1 + value + 2;
    }
    return map->at;
}

static const char *written(Draft *draft, const Node *node) {
    if (node->kind != NODE_MAP)
        return node_expect(draft, node, NODE_WORD, "a strategy") ? node->text : NULL;
    Text text = {0};
    const char *spec = NULL;
    if (compose(draft, node, &text)) spec = arena_text(draft->arena, text_get(&text), text.length);
    text_finish(&text);
    return spec;
}

/* The specification as it is kept; NULL after a complaint. */
static const char *read_spec(Draft *draft, const Node *node) {
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    SpecFault fault;
    const char *spec = written(draft, node);
    if (spec == NULL) return NULL;
    if (!spec_read(spec, draft->catalogue, &strategy, arguments, &fault)) {
        Mark at = node->kind == NODE_MAP ? place_in_map(node, fault.from, fault.length)
                                         : part_of(node, fault.from, fault.length);
        complain(draft->complaints, at, "%s", fault.sentence);
        return NULL;
    }
    return arena_text(draft->arena, spec, strlen(spec));
}

void strategy_read(Draft *draft, SeatId seat, const Node *node) {
    const char *spec = read_spec(draft, node);
    if (spec != NULL) draft->scenario->strategy[seat] = spec;
}

void on_fault_read(Draft *draft, SeatId seat, const Node *node) {
    Negotiation *negotiation = draft_negotiation(draft);
    bool word = node->kind == NODE_WORD;
    if (word && strcmp(node->text, "breakdown") == 0) return;
    if (word && strcmp(node->text, "skip") == 0) {
        negotiation->on_fault[seat] = ON_FAULT_SKIP;
        return;
    }
    if (word && spec_kind(node->text) != SPEC_BUILT_IN) {
        complain(draft->complaints, node->at,
                 "who takes over must be built in: a file or a program may fail as well");
        return;
    }
    negotiation->substitute[seat] = read_spec(draft, node);
    negotiation->on_fault[seat] = ON_FAULT_SUBSTITUTE;
}
