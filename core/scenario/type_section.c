/* seats.SEAT.types: — of which types a seat may be. What a type leaves out is the seat's. */
#include <stdio.h>
#include <string.h>

#include "core/scenario/section.h"

#define PRIOR_TOLERANCE 1e-6

typedef struct TypeDraft {
    const char *id;
    double prior;
    const Node *reservation;
    ProfileDraft profile;
} TypeDraft;

static const Shape reservation_shape = {.kind = SHAPE_NUMBER, .least = -10, .most = 10};

static const Field type_fields[] = {
    {"id", field_id, offsetof(TypeDraft, id), MANDATORY, 0, 0, "its id", NULL, "hard", NULL},
    {"prior", field_number, offsetof(TypeDraft, prior), MANDATORY, 0, 1,
     "how likely the seat is of this type; those of a seat sum to 1", NULL, "0.5", NULL},
    {"reservation", field_later, offsetof(TypeDraft, reservation), OPTIONAL, -10, 10,
     "its utility of walking away", "the seat's", "0.3", &reservation_shape},
    PROFILE_FIELDS(TypeDraft, profile, OPTIONAL),
};
static const FieldTable type_table = FIELD_TABLE("a type", type_fields);
static const Shape type_shape = {.kind = SHAPE_MAP, .table = &type_table};
const Shape shape_types = {
    .kind = SHAPE_LIST, .least = 2, .most = NEGOTIATION_MAX_TYPES, .of = &type_shape};

/* What neither the type nor its seat says, as one complaint. */
static void complain_unsaid(Draft *draft, const Node *node, const char *id, bool reservation,
                            const ProfileDraft *all) {
    char list[96];
    snprintf(list, sizeof list, "%s%s%s", reservation ? "" : ", \"reservation\"",
             all->weights ? "" : ", \"weights\"", all->values ? "" : ", \"values\"");
    if (!list[0]) return;
    complain(draft->complaints, node->at, "type \"%.64s\" lacks %s, and so does its seat", id,
             list + 2);
}

static void read_reservation(Draft *draft, SeatId seat, const Node *node, Profile *profile) {
    double number = 0;
    if (draft->reservation_node[seat]) {
        complain(draft->complaints, node_place(node),
                 "the seat's reservation is a form, which all its types share");
    } else if (number_read(draft, node, reservation_shape.least, reservation_shape.most, &number)) {
        profile->reservation = utility_from(number);
    }
}

static void read_type(Draft *draft, SeatId seat, const Node *node, const ProfileDraft *own,
                      SeatType *type) {
    const Node *seats = node_get(draft->seats_node, draft_terms(draft)->seat[seat].id);
    TypeDraft read = {.id = "", .prior = -1, .profile = *own};
    type->profile = draft_negotiation(draft)->profile[seat];
    if (!fields_read(draft, node, &type_table, &read)) return;
    type->id = read.id;
    type->prior = read.prior;
    if (read.reservation) read_reservation(draft, seat, read.reservation, &type->profile);
    profile_read(draft, &read.profile, &type->profile);
    complain_unsaid(draft, node, read.id, read.reservation || node_get(seats, "reservation"),
                    &read.profile);
}

static void check_types(Draft *draft, const Node *node, const SeatType *type) {
    double sum = 0;
    const Node *child = node->first;
    for (uint32_t i = 0; i < node->count; i++, child = child->next) {
        sum += type[i].prior;
        for (uint32_t k = 0; k < i; k++) {
            if (!type[i].id[0] || strcmp(type[i].id, type[k].id) != 0) continue;
            complain(draft->complaints, node_get(child, "id")->at, "type \"%s\" is named twice",
                     type[i].id);
        }
        if (type[i].prior < 0 || type[i].prior > 1) return; /* that was complained of */
    }
    if (sum > 1 - PRIOR_TOLERANCE && sum < 1 + PRIOR_TOLERANCE) return;
    complain(draft->complaints, node_place(node), "the priors sum to %.9g, not 1", sum);
}

void types_read(Draft *draft, SeatId seat, const Node *node, const ProfileDraft *own) {
    Negotiation *negotiation = draft_negotiation(draft);
    if (!node_expect(draft, node, NODE_LIST, "a list of types")) return;
    if (node->count < 2 || node->count > NEGOTIATION_MAX_TYPES) {
        complain(draft->complaints, node_place(node), "a seat has 2 to %d types, not %u",
                 NEGOTIATION_MAX_TYPES, node->count);
        return;
    }
    SeatType *type = arena_new(draft->arena, node->count * sizeof *type);
    uint8_t number = 0;
    for (const Node *child = node->first; child; child = child->next) {
        type[number] = (SeatType){.id = "", .prior = -1};
        read_type(draft, seat, child, own, &type[number++]);
    }
    check_types(draft, node, type);
    negotiation->type[seat] = type;
    negotiation->terms.seat[seat].types = number;
    negotiation->profile[seat] = type[0].profile;
}
