/* seats: — who sits at the table, with the terms that all may know. Preferences: profile_section.c. */
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/world_section.h"

enum { SEAT_NAME_MAX_BYTES = 200 };

typedef struct SeatDraft {
    const char *name;
    SimTime delivery, deliberation;
    const Node *strategy, *on_fault, *discount, *types;
    uint8_t authority; /* index into authority_words */
    AppraisalDraft appraisal;
    ProfileDraft profile;
} SeatDraft;

static const char *const authority_words[] = {"given", "required", NULL};
static const char *const on_fault_words[] = {"breakdown", "skip", NULL};
static const Shape authority_shape = {.kind = SHAPE_WORD, .words = authority_words};
static const Shape specification = {.kind = SHAPE_STRATEGY};
static const Shape parts = {.kind = SHAPE_ENTRIES,
                            .least = 1,
                            .most = NP_MAX_PARAMETERS,
                            .name = "PART",
                            .of = &specification};
static const Shape on_fault_word = {.kind = SHAPE_WORD, .words = on_fault_words};
static const Shape on_fault_shape = {
    .kind = SHAPE_EITHER, .of = &on_fault_word, .other = &specification};
static const Shape strategy_shape = {.kind = SHAPE_EITHER, .of = &specification, .other = &parts};

/* Laid out by hand where rows come from elsewhere. */
static const Field seat_fields[] = {
    {"name", field_text, offsetof(SeatDraft, name), OPTIONAL, 0, SEAT_NAME_MAX_BYTES,
     "its name for people", "its id", "Upper Town", NULL},
    {"delay", field_duration, offsetof(SeatDraft, delivery), OPTIONAL, 1, 0,
     "how long its messages take (mechanisms without turns)", "time.delay", "12h", NULL},
    {"deliberation", field_duration, offsetof(SeatDraft, deliberation), OPTIONAL, 0, 0,
     "how long it thinks before its move goes out (mechanisms without turns)", "0s", "3d", NULL},
    {"strategy", field_later, offsetof(SeatDraft, strategy), MANDATORY, 0, 0,
     "who plays it: name(parameter=value, ...), or a map of the parts of which it is composed; see "
     "nonpaper strategy list",
     NULL, "boulware(e=0.5)", &strategy_shape},
    {"on_fault", field_later, offsetof(SeatDraft, on_fault), OPTIONAL, 0, 0,
     "what follows when its agent has failed and does not come back: breakdown, skip (it says "
     "nothing "
     "more), or the built-in strategy that takes over",
     "breakdown", "boulware(e=1)", &on_fault_shape},
    {"reservation", field_later, offsetof(SeatDraft, appraisal.reservation), MANDATORY_UNLESS, -10,
     10, "its utility of walking away: a number, or a form of the world", NULL, "0.3", &shape_form},
    {"aftermath", field_later, offsetof(SeatDraft, appraisal.aftermath), OPTIONAL, -10, 10,
     "its utility once a peace has broken: a number, or a form of the world", "0", "0.1",
     &shape_form},
    {"eroded", field_later, offsetof(SeatDraft, appraisal.eroded), OPTIONAL, 0, 1,
     "the share of its soft red lines' penalties that is worn away: a number, or a form of the "
     "world",
     "0", "{exponential: {least: 1, most: 0, of: {losses: 0.1}}}", &shape_form},
    {"loss_aversion", field_number, offsetof(SeatDraft, profile.loss_aversion), OPTIONAL, 1, 10,
     "how many times what is less than the status quo counts, issue by issue", "1", "2.25", NULL},
    {"authority", field_word, offsetof(SeatDraft, authority), OPTIONAL, 0, 0,
     "required: its acceptance counts for a signature only after an effect has given it authority",
     "given", "required", &authority_shape},
    {"discount", field_later, offsetof(SeatDraft, discount), OPTIONAL, 0, 0, "what waiting costs",
     "nothing", "{factor: 0.98, every: 30d}", &shape_discount},
    {"types", field_later, offsetof(SeatDraft, types), OPTIONAL, 0, 0,
     "the types of which it may be one: it knows which, others know the priors", "one type",
     "[{id: hard, prior: 0.5, reservation: 0.5}, {id: mild, prior: 0.5, reservation: 0.2}]",
     &shape_types},
    PROFILE_FIELDS(SeatDraft, profile, MANDATORY_UNLESS),
};
static const FieldTable seat_table = {"this seat", seat_fields,
                                      sizeof seat_fields / sizeof seat_fields[0], "types"};
static const Shape seat_shape = {.kind = SHAPE_MAP, .table = &seat_table};
const Shape shape_seats_section = {
    .kind = SHAPE_ENTRIES, .least = 2, .most = NP_MAX_SEATS, .name = "SEAT", .of = &seat_shape};

/* What all types of a seat share. */
static void begin_profile(Draft *draft, SeatId seat, const SeatDraft *read) {
    Profile *profile = &draft_negotiation(draft)->profile[seat];
    profile->discount = 1;
    profile->discount_every = SIM_DAY;
    if (read->discount) discount_read(draft, read->discount, profile);
    appraisal_read(draft, seat, &read->appraisal);
}

static void read_seat(Draft *draft, const Node *node, SeatId seat) {
    Terms *terms = draft_terms(draft);
    SeatDraft read = {.delivery = draft->delay, .profile = {.loss_aversion = 1, .weights_sum = 1}};
    if (!fields_read(draft, node, &seat_table, &read)) return;
    if (read.name) terms->seat[seat].name = read.name;
    bool turns = terms->mechanism && (terms->mechanism->turns || terms->mechanism->rounds);
    terms->seat[seat].delay = turns ? draft->turn : read.delivery + read.deliberation;
    if (read.strategy) strategy_read(draft, seat, read.strategy);
    if (read.on_fault) on_fault_read(draft, seat, read.on_fault);
    if (read.authority == 1) {
        terms->unauthorised |= seat_bit(seat);
        draft->authority_node[seat] = node_get(node, "authority");
    }
    begin_profile(draft, seat, &read);
    if (read.types)
        types_read(draft, seat, read.types, &read.profile);
    else
        profile_read(draft, &read.profile, &draft_negotiation(draft)->profile[seat]);
}

void seats_announce(Draft *draft, const Node *node) {
    Terms *terms = draft_terms(draft);
    for (const Node *child = node && node->kind == NODE_MAP ? node->first : NULL;
         child && terms->seats < NP_MAX_SEATS; child = child->next) {
        const char *id = child->key->text;
        word_read(draft, child->key, ALPHABET_ID, &id);
        terms->seat[terms->seats++] = (SeatTerms){.id = id, .name = id, .types = 1};
    }
    terms->consent.all = (SeatSet)((UINT64_C(1) << terms->seats) - 1);
    terms->table[0] = (TableTerms){"public", "the public table", terms->consent.all, 0};
}

void section_seats(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    SeatId seat = 0;
    draft->seats_node = node;
    if (!node_expect(draft, node, NODE_MAP, "a map of seats")) return;
    if (node->count < 2 || node->count > NP_MAX_SEATS) {
        complain(draft->complaints, node_place(node), "a scenario has 2 to %d seats, not %u",
                 NP_MAX_SEATS, node->count);
    }
    for (const Node *child = node->first; child && seat < draft_terms(draft)->seats;
         child = child->next) {
        read_seat(draft, child, seat++);
    }
}
