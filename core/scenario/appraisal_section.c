/* A seat's numbers that the world may change, and what they are when the talks open. */
#include "core/scenario/world_section.h"
#include "core/world/appraise.h"

/* --- reading --- */

/* One of the numbers: fixed, in the profile; or a form, in the seat's appraisal. */
static const Node *read_number(Draft *draft, const Node *node, double least, Utility *number,
                               Form *form) {
    double most = least < 0 ? 10 : 1;
    if (!node) return NULL;
    form_read(draft, node, least, most, form);
    if (form->terms == 0 && node->kind != NODE_MAP) *number = utility_from(form->constant);
    if (node->kind != NODE_MAP) return NULL;
    draft_need_world(draft);
    return node;
}

void appraisal_read(Draft *draft, SeatId seat, const AppraisalDraft *read) {
    Profile *profile = &draft_negotiation(draft)->profile[seat];
    Appraisal *appraisal = &draft->world->appraisal[seat];
    const Node *reservation =
        read_number(draft, read->reservation, -10, &profile->reservation, &appraisal->reservation);
    const Node *aftermath =
        read_number(draft, read->aftermath, -10, &profile->aftermath, &appraisal->aftermath);
    const Node *eroded = read_number(draft, read->eroded, 0, &profile->eroded, &appraisal->eroded);
    appraisal->uses_reservation = reservation != NULL;
    appraisal->uses_aftermath = aftermath != NULL;
    appraisal->uses_eroded = eroded != NULL;
    draft->reservation_node[seat] = reservation;
    draft->aftermath_node[seat] = aftermath ? aftermath : read->aftermath;
    draft->eroded_node[seat] = eroded ? eroded : read->eroded;
}

/* --- at the start --- */

/* Within the range, or a complaint: then the seat would begin with what it could never be told. */
static void check_start(Draft *draft, const World *world, const Form *form, const Node *node,
                        double least) {
    double most = least < 0 ? 10 : 1, value = form_value(form, world->value);
    char shown[32], low[32], high[32];
    if (value >= least && value <= most) return;
    complain(draft->complaints, node_place(node), "this begins at %s, outside %s to %s",
             text_double(shown, value), text_double(low, least), text_double(high, most));
}

static void check_starts(Draft *draft, const World *world, SeatId seat) {
    const Appraisal *own = &draft->world->appraisal[seat];
    if (own->uses_reservation)
        check_start(draft, world, &own->reservation, draft->reservation_node[seat], -10);
    if (own->uses_aftermath)
        check_start(draft, world, &own->aftermath, draft->aftermath_node[seat], -10);
    if (own->uses_eroded) check_start(draft, world, &own->eroded, draft->eroded_node[seat], 0);
}

static void settle_profile(const World *world, SeatId seat, Profile *profile) {
    world_appraise(world, seat,
                   &(OwnNumbers){&profile->reservation, &profile->aftermath, &profile->eroded,
                                 &profile->hazard});
}

/* Every profile of every seat: those of its types, too. */
static void settle_seat(Draft *draft, const World *world, SeatId seat) {
    Negotiation *negotiation = draft_negotiation(draft);
    check_starts(draft, world, seat);
    settle_profile(world, seat, &negotiation->profile[seat]);
    if (!negotiation->type[seat]) return;
    for (uint8_t k = 0; k < negotiation->terms.seat[seat].types; k++)
        settle_profile(world, seat, &negotiation->type[seat][k].profile);
}

void appraisal_settle(Draft *draft) {
    Terms *terms = draft_terms(draft);
    if (!draft->world_needed) return;
    Outcome status_quo = domain_status_quo(&terms->domain);
    World *world = arena_new(draft->arena, sizeof *world);
    world_open(world, draft->world, 0, 1, &status_quo);
    for (uint8_t i = 0; i < terms->variables; i++) {
        if (draft->world->dynamics[i].kind != VARIABLE_STATE)
            draft->variable[i].start = world->value[i];
    }
    for (SeatId seat = 0; seat < terms->seats; seat++) settle_seat(draft, world, seat);
}

void durability_attach(Draft *draft) {
    Negotiation *negotiation = draft_negotiation(draft);
    const Durability *durability = negotiation->terms.durability;
    if (!durability) return;
    durability_settle(draft->durability);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        negotiation->profile[seat].durability = durability;
        for (uint8_t k = 0; negotiation->type[seat] && k < negotiation->terms.seat[seat].types; k++)
            negotiation->type[seat][k].profile.durability = durability;
    }
}
