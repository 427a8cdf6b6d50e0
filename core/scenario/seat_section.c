/* seats: — who sits at the table, with the terms that all may know. Preferences: profile_section.c. */
#include <string.h>

#include "core/scenario/section.h"
#include "core/scenario/strategy_spec.h"

enum { SEAT_NAME_MAX_BYTES = 200 };

typedef struct SeatDraft {
    const char *name;
    SimTime delivery, deliberation;
    const Node *strategy;
    ProfileDraft profile;
} SeatDraft;

/* The place of a part of a word, so that the caret stands under the parameter that is wrong. */
static Mark part_of(const Node *word, uint32_t from, uint32_t length) {
    Mark mark = word->at;
    uint32_t shift = from + (word->quoted ? 1 : 0);
    if (shift >= mark.length) return mark;
    mark.column += shift;
    mark.length = length < mark.length - shift ? length : mark.length - shift;
    return mark;
}

static void read_strategy(Draft *draft, SeatId seat, const Node *node) {
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    SpecFault fault;
    if (!node_expect(draft, node, NODE_WORD, "a strategy")) return;
    if (!spec_read(node->text, draft->catalogue, &strategy, arguments, &fault)) {
        complain(draft->complaints, part_of(node, fault.from, fault.length), "%s", fault.sentence);
        return;
    }
    draft->scenario->strategy[seat] = arena_text(draft->arena, node->text, strlen(node->text));
}

static void read_seat(Draft *draft, const Node *node, SeatId seat) {
    static const Field fields[] = {
        {"name", field_text, offsetof(SeatDraft, name), OPTIONAL, 0, SEAT_NAME_MAX_BYTES,
         "the seat's name for people"},
        {"delay", field_duration, offsetof(SeatDraft, delivery), OPTIONAL, 1, 0,
         "how long its messages take"},
        {"deliberation", field_duration, offsetof(SeatDraft, deliberation), OPTIONAL, 0, 0,
         "how long it thinks before its move goes out"},
        {"strategy", field_later, offsetof(SeatDraft, strategy), MANDATORY, 0, 0,
         "who plays it: name(parameter=value, ...)"},
        PROFILE_FIELDS(SeatDraft, profile),
    };
    static const FieldTable table = FIELD_TABLE("this seat", fields);
    Terms *terms = draft_terms(draft);
    SeatDraft read = {.delivery = draft->delay, .profile = {.seat = seat}};
    if (!fields_read(draft, node, &table, &read)) return;
    if (read.name) terms->seat[seat].name = read.name;
    bool turns = terms->mechanism && terms->mechanism->turns;
    terms->seat[seat].delay = turns ? draft->turn : read.delivery + read.deliberation;
    if (read.strategy) read_strategy(draft, seat, read.strategy);
    profile_settle(draft, &read.profile);
}

void section_seats(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    Terms *terms = draft_terms(draft);
    draft->seats_node = node;
    if (!node_expect(draft, node, NODE_MAP, "a map of seats")) return;
    if (node->count < 2 || node->count > NP_MAX_SEATS) {
        complain(draft->complaints, node_place(node), "a scenario has 2 to %d seats, not %u",
                 NP_MAX_SEATS, node->count);
    }
    for (const Node *child = node->first; child && terms->seats < NP_MAX_SEATS;
         child = child->next) {
        const char *id = child->key->text;
        word_read(draft, child->key, ALPHABET_ID, &id);
        terms->seat[terms->seats] = (SeatTerms){.id = id, .name = id, .delay = draft->delay};
        read_seat(draft, child, terms->seats++);
    }
    terms->consent.all = (SeatSet)((UINT64_C(1) << terms->seats) - 1);
}
