/* consent: and ratification: — who must say yes, at the table and at home. */
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/section.h"

enum { PERSON_NAME_MAX_BYTES = 200 };

/* --- consent --- */

typedef struct ConsentDraft {
    const Node *always, *provisions;
} ConsentDraft;

typedef struct ProvisionDraft {
    const Node *issue, *options, *needs;
} ProvisionDraft;

/* Options that a provision has named so far, a bit each. */
typedef struct Named {
    uint32_t options[NP_MAX_ISSUES];
} Named;

static void refuse_twice(Draft *draft, const Issue *issue, const Node *options, uint32_t twice) {
    const Node *word = options->kind == NODE_LIST ? options->first : options;
    for (; word; word = options->kind == NODE_LIST ? word->next : NULL) {
        int option = issue_find_option(issue, word->text);
        if (option < 0 || !(twice >> option & 1u)) continue;
        complain(draft->complaints, word->at, "an earlier provision names \"%s\" already",
                 word->text);
    }
}

static void settle_provision(Draft *draft, const ProvisionDraft *provision, Named *named) {
    Terms *terms = draft_terms(draft);
    uint32_t options = 0;
    SeatSet needs = terms->consent.all;
    if (!node_expect(draft, provision->issue, NODE_WORD, "an issue")) return;
    seats_read(draft, provision->needs, &needs);
    int issue = draft_find_issue(draft, provision->issue);
    if (issue < 0 || !options_read(draft, (uint8_t)issue, provision->options, &options)) return;
    refuse_twice(draft, &terms->domain.issue[issue], provision->options,
                 options & named->options[issue]);
    named->options[issue] |= options;
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
        if (options >> option & 1u) terms->consent.needs[issue][option] = needs;
    }
}

static const Field provision_fields[] = {
    {"issue", field_later, offsetof(ProvisionDraft, issue), MANDATORY, 0, 0, "the issue", NULL,
     "place", &shape_issue},
    {"options", field_later, offsetof(ProvisionDraft, options), MANDATORY, 0, 0,
     "the options concerned: one, or a list", NULL, "[mill, market]", &shape_options},
    {"needs", field_later, offsetof(ProvisionDraft, needs), MANDATORY, 0, 0,
     "the seats whose yes they need; [] for nobody", NULL, "[upper]", &shape_seats},
};
static const FieldTable provision_table = FIELD_TABLE("a provision", provision_fields);
static const Shape provision_shape = {.kind = SHAPE_MAP, .table = &provision_table};
static const Shape provisions_shape = {
    .kind = SHAPE_LIST, .least = 0, .most = YAML_MAX_ENTRIES, .of = &provision_shape};

static void read_provisions(Draft *draft, const Node *node) {
    Named named = {{0}};
    if (!node_expect(draft, node, NODE_LIST, "a list of provisions")) return;
    for (const Node *child = node->first; child; child = child->next) {
        ProvisionDraft provision = {0};
        if (!fields_read(draft, child, &provision_table, &provision)) continue;
        if (!provision.issue || !provision.options || !provision.needs) continue;
        settle_provision(draft, &provision, &named);
    }
}

static const Field consent_fields[] = {
    {"always", field_later, offsetof(ConsentDraft, always), OPTIONAL, 0, 0,
     "the seats that every complete package needs", "nobody", "[upper, lower]", &shape_seats},
    {"provisions", field_later, offsetof(ConsentDraft, provisions), OPTIONAL, 0, 0,
     "which options need whom; an option without a provision needs every seat", "none",
     "[{issue: place, options: mill, needs: [upper]}]", &provisions_shape},
};
static const FieldTable consent_table = FIELD_TABLE("\"consent\"", consent_fields);
const Shape shape_consent = {.kind = SHAPE_MAP, .table = &consent_table};

void section_consent(Draft *draft, const Node *node, const Field *field, void *into) {
    ConsentDraft consent = {0};
    (void)field, (void)into;
    draft->consent_node = node;
    if (!fields_read(draft, node, &consent_table, &consent)) return;
    if (consent.always) seats_read(draft, consent.always, &draft_terms(draft)->consent.always);
    if (consent.provisions) read_provisions(draft, consent.provisions);
}

/* --- ratification --- */

typedef struct RatifierDraft {
    const char *id, *name;
    const Node *seat;
    Utility threshold;
    double noise;
    SimTime after;
    const Node *when;
} RatifierDraft;

static void refuse_id_twice(Draft *draft, const Node *map, const char *id) {
    const Negotiation *negotiation = draft_negotiation(draft);
    for (uint32_t i = 0; i < negotiation->ratifiers; i++) {
        if (strcmp(negotiation->ratifier[i].id, id) != 0) continue;
        complain(draft->complaints, node_get(map, "id")->at, "ratifier \"%s\" is named twice", id);
    }
}

static void settle_ratifier(Draft *draft, const RatifierDraft *read) {
    Negotiation *negotiation = draft_negotiation(draft);
    Ratifier ratifier = {.id = read->id,
                         .name = read->name ? read->name : read->id,
                         .threshold = read->threshold,
                         .noise = read->noise,
                         .after = read->after,
                         .conditional = read->when != NULL};
    int seat = read->seat ? draft_find_seat(draft, read->seat) : -1;
    ratifier.seat = seat < 0 ? 0 : (SeatId)seat;
    if (read->when) condition_read(draft, read->when, NULL, &ratifier.when);
    negotiation->ratifier[negotiation->ratifiers++] = ratifier;
}

static const Field ratifier_fields[] = {
    {"id", field_id, offsetof(RatifierDraft, id), MANDATORY, 0, 0, "its id, which names its luck",
     NULL, "congress", NULL},
    {"name", field_text, offsetof(RatifierDraft, name), OPTIONAL, 0, PERSON_NAME_MAX_BYTES,
     "its name for people", "its id", "The town council", NULL},
    {"seat", field_later, offsetof(RatifierDraft, seat), MANDATORY, 0, 0,
     "the seat whose utility decides", NULL, "upper", &shape_seat},
    {"threshold", field_utility, offsetof(RatifierDraft, threshold), MANDATORY, -10, 10,
     "passes when that utility plus noise reaches it", NULL, "0.45", NULL},
    {"noise", field_number, offsetof(RatifierDraft, noise), OPTIONAL, 0, 10,
     "the standard deviation of the noise", "0", "0.05", NULL},
    {"after", field_duration, offsetof(RatifierDraft, after), OPTIONAL, 1, 0,
     "the time from signature to the vote", "1d", "30d", NULL},
    {"when", field_later, offsetof(RatifierDraft, when), OPTIONAL, 0, 0,
     "asked only for packages that meet this condition", "always asked", "{place: market}",
     &shape_condition},
};
static const FieldTable ratifier_table = FIELD_TABLE("a ratifier", ratifier_fields);
static const Shape ratifier_shape = {.kind = SHAPE_MAP, .table = &ratifier_table};
const Shape shape_ratification = {
    .kind = SHAPE_LIST, .least = 0, .most = NEGOTIATION_MAX_RATIFIERS, .of = &ratifier_shape};

static void read_ratifier(Draft *draft, const Node *node) {
    RatifierDraft read = {.id = "", .after = SIM_DAY};
    if (!fields_read(draft, node, &ratifier_table, &read)) return;
    if (read.id[0]) refuse_id_twice(draft, node, read.id);
    settle_ratifier(draft, &read);
}

void section_ratification(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    if (!node_expect(draft, node, NODE_LIST, "a list of ratifiers")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (draft_negotiation(draft)->ratifiers == NEGOTIATION_MAX_RATIFIERS) {
            complain(draft->complaints, child->at, "at most %d ratifiers",
                     NEGOTIATION_MAX_RATIFIERS);
            return;
        }
        read_ratifier(draft, child);
    }
}
