/* What a seat is given or asks for that nothing else in the scenario uses: warnings. */
#include "core/scenario/section.h"

static void check_authority(Draft *draft, SeatId seat) {
    const char *id = draft_terms(draft)->seat[seat].id;
    const Node *required = draft->authority_node[seat], *grant = draft->grant_node[seat];
    if (required && !grant) {
        complain_warning(draft->complaints, node_place(required),
                         "no lever and no shock ever gives %s authority: it can never sign", id);
    } else if (grant && !required) {
        complain_warning(draft->complaints, grant->at, "%s has authority from the beginning", id);
    }
}

static bool has_soft_lines(const Profile *profile) {
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (!profile->red_line[i].hard) return true;
    return false;
}

static bool erodes_something(const Negotiation *negotiation, SeatId seat) {
    const SeatType *type = negotiation->type[seat];
    if (!type) return has_soft_lines(&negotiation->profile[seat]);
    for (uint8_t k = 0; k < negotiation->terms.seat[seat].types; k++)
        if (has_soft_lines(&type[k].profile)) return true;
    return false;
}

void standing_check(Draft *draft) {
    const Negotiation *negotiation = draft_negotiation(draft);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        check_authority(draft, seat);
        const Node *eroded = draft->eroded_node[seat], *aftermath = draft->aftermath_node[seat];
        if (eroded && !erodes_something(negotiation, seat)) {
            complain_warning(draft->complaints, node_place(eroded),
                             "there is nothing to erode: this seat has no soft red lines");
        }
        if (aftermath && !negotiation->terms.durability) {
            complain_warning(
                draft->complaints, node_place(aftermath),
                "a peace holds for sure here: the scenario has no \"enforcement\" with "
                "a \"hazard\"");
        }
    }
}
