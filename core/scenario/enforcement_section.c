/* enforcement: — does a peace hold? Its hazard, what raises and lowers that, deterrence, probes. */
#include <stdio.h>
#include <string.h>

#include "core/scenario/world_section.h"

enum { MAX_COVARIATES = 64 };

/* --- the hazard --- */

static const Field hazard_fields[] = {
    {"base", field_number, offsetof(Durability, base), MANDATORY, 1e-9, 100,
     "the hazard of renewed war, a year, in the first year of a peace without covariates", NULL,
     "0.05", NULL},
    {"shape", field_number, offsetof(Durability, shape), OPTIONAL, 0.01, 10,
     "below 1 the hazard falls with the age of the peace (Weibull)", "1", "0.8", NULL},
};
static const FieldTable hazard_table = FIELD_TABLE("\"hazard\"", hazard_fields);
static const Shape hazard_shape = {.kind = SHAPE_MAP, .table = &hazard_table};

/* --- covariates --- */

typedef struct CovariateDraft {
    const char *id;
    double effect;
    const Node *issue, *values, *variable;
} CovariateDraft;

static const Shape value_shape = {.kind = SHAPE_NUMBER, .least = -1000, .most = 1000};
static const Shape values_shape = {.kind = SHAPE_ENTRIES,
                                   .least = 1,
                                   .most = NP_MAX_OPTIONS,
                                   .name = "OPTION",
                                   .of = &value_shape};

static const Field covariate_fields[] = {
    {"id", field_id, offsetof(CovariateDraft, id), MANDATORY, 0, 0, "its id", NULL, "guarantee",
     NULL},
    {"effect", field_number, offsetof(CovariateDraft, effect), MANDATORY, -DURABILITY_MOST_EFFECT,
     DURABILITY_MOST_EFFECT,
     "what a unit of its value adds to the log hazard; negative: it protects", NULL, "-2.5", NULL},
    {"issue", field_later, offsetof(CovariateDraft, issue), OPTIONAL, 0, 0,
     "the issue whose option in force gives its value", NULL, "security", &shape_issue},
    {"values", field_later, offsetof(CovariateDraft, values), OPTIONAL, 0, 0,
     "its value under each option; 0 under those that are not named", NULL,
     "{alliance: 0.8, pledge: 0.3}", &values_shape},
    {"variable", field_later, offsetof(CovariateDraft, variable), OPTIONAL, 0, 0,
     "instead of issue and values: the variable of the world that is its value", NULL, "balance",
     &shape_variable},
};
static const FieldTable covariate_table = FIELD_TABLE("a covariate", covariate_fields);
static const Shape covariate_shape = {.kind = SHAPE_MAP, .table = &covariate_table};
static const Shape covariates_shape = {
    .kind = SHAPE_LIST, .least = 0, .most = MAX_COVARIATES, .of = &covariate_shape};

static void add_package_effect(Draft *draft, const CovariateDraft *read) {
    double value[NP_MAX_OPTIONS] = {0};
    int issue = issue_read(draft, read->issue);
    if (issue < 0) return;
    option_numbers_read(draft, read->values, &value_shape, (uint8_t)issue, value);
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
        draft->durability->effect[issue][option] += utility_from(read->effect * value[option]);
}

static void add_world_effect(Draft *draft, const CovariateDraft *read) {
    WorldModel *world = draft_need_world(draft);
    int variable = draft_find_variable(draft, read->variable);
    if (variable < 0) return;
    if (world->hazard.terms == FORM_MAX_TERMS) {
        complain(draft->complaints, read->variable->at, "at most %d covariates are variables",
                 FORM_MAX_TERMS);
        return;
    }
    world->uses_hazard = true;
    world->hazard.kind = FORM_LINEAR;
    world->hazard.least = -DURABILITY_MOST_EFFECT;
    world->hazard.most = DURABILITY_MOST_EFFECT;
    world->hazard.slope = 1;
    world->hazard.variable[world->hazard.terms] = (uint8_t)variable;
    world->hazard.coefficient[world->hazard.terms++] = read->effect;
}

static void refuse_id_twice(Draft *draft, const Node *list, const Node *map) {
    const Node *id = node_get(map, "id");
    for (const Node *other = list->first; id && other != map; other = other->next) {
        const Node *earlier = node_get(other, "id");
        if (!earlier || strcmp(earlier->text, id->text) != 0) continue;
        complain(draft->complaints, id->at, "covariate \"%.64s\" is named twice", id->text);
    }
}

static void read_covariate(Draft *draft, const Node *node) {
    CovariateDraft read = {.id = ""};
    if (!fields_read(draft, node, &covariate_table, &read)) return;
    bool package = read.issue && read.values && !read.variable;
    bool world = read.variable && !read.issue && !read.values;
    if (package) add_package_effect(draft, &read);
    if (world) add_world_effect(draft, &read);
    if (package || world) return;
    complain(draft->complaints, node->at,
             "a covariate has either \"issue\" and \"values\", or a \"variable\"");
}

static void read_covariates(Draft *draft, const Node *node) {
    uint32_t count = 0;
    if (!node_expect(draft, node, NODE_LIST, "a list of covariates")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (count++ == MAX_COVARIATES) {
            complain(draft->complaints, child->at, "at most %d covariates", MAX_COVARIATES);
            return;
        }
        refuse_id_twice(draft, node, child);
        read_covariate(draft, child);
    }
}

/* --- deterrence --- */

typedef struct DeterrenceDraft {
    const Node *attacker, *attack, *issue, *credibility;
    double intervention;
} DeterrenceDraft;

static const Shape share_shape = {.kind = SHAPE_NUMBER, .least = 0, .most = 1};
static const Shape credibility_shape = {.kind = SHAPE_ENTRIES,
                                        .least = 1,
                                        .most = NP_MAX_OPTIONS,
                                        .name = "OPTION",
                                        .of = &share_shape};

static const Field deterrence_fields[] = {
    {"attacker", field_later, offsetof(DeterrenceDraft, attacker), MANDATORY, 0, 0,
     "the seat that attacks if it gains by it", NULL, "east", &shape_seat},
    {"attack", field_later, offsetof(DeterrenceDraft, attack), MANDATORY, -10, 10,
     "what a new war is worth to it if nobody intervenes, in own utility: a number or a form", NULL,
     "{lottery: {chance: p_win, prize: stake, cost: war_cost}}", &shape_form},
    {"intervention", field_number, offsetof(DeterrenceDraft, intervention), MANDATORY, 0, 10,
     "what an intervention would cost it, in own utility", NULL, "0.4", NULL},
    {"issue", field_later, offsetof(DeterrenceDraft, issue), MANDATORY, 0, 0,
     "the issue whose option says how credible an intervention is", NULL, "security", &shape_issue},
    {"credibility", field_later, offsetof(DeterrenceDraft, credibility), MANDATORY, 0, 0,
     "the chance of an intervention under each option; 0 under those that are not named", NULL,
     "{alliance: 0.8, pledge: 0.3}", &credibility_shape},
};
static const FieldTable deterrence_table = FIELD_TABLE("\"deterrence\"", deterrence_fields);
static const Shape deterrence_shape = {.kind = SHAPE_MAP, .table = &deterrence_table};

static void read_deterrence(Draft *draft, const Node *node) {
    Deterrence *deterrence = &draft_need_world(draft)->deterrence;
    DeterrenceDraft read = {0};
    if (!fields_read(draft, node, &deterrence_table, &read)) return;
    deterrence->on = true;
    deterrence->intervention = read.intervention;
    int seat = read.attacker ? draft_find_seat(draft, read.attacker) : -1;
    int issue = read.issue ? issue_read(draft, read.issue) : -1;
    if (seat >= 0) deterrence->attacker = (SeatId)seat;
    if (read.attack) form_read(draft, read.attack, -10, 10, &deterrence->attack);
    if (issue < 0) return;
    deterrence->issue = (uint8_t)issue;
    if (read.credibility) {
        option_numbers_read(draft, read.credibility, &share_shape, deterrence->issue,
                            deterrence->credibility);
    }
}

/* --- the section --- */

typedef struct EnforcementDraft {
    const Node *hazard, *covariates, *deterrence;
    double discount, horizon, probes;
    SimTime observe;
} EnforcementDraft;

static const Field enforcement_fields[] = {
    {"hazard", field_later, offsetof(EnforcementDraft, hazard), OPTIONAL, 0, 0,
     "how likely war is to be renewed", "a peace holds for sure", "{base: 0.05, shape: 0.8}",
     &hazard_shape},
    {"discount", field_number, offsetof(EnforcementDraft, discount), OPTIONAL, 0.01, 1,
     "what a year of peace counts beside the year before it", "1", "0.95", NULL},
    {"horizon", field_number, offsetof(EnforcementDraft, horizon), OPTIONAL, 0.01, 100,
     "the years of peace that count for a deal's value", "10", "10", NULL},
    {"covariates", field_later, offsetof(EnforcementDraft, covariates), OPTIONAL, 0, 0,
     "what raises and lowers the log hazard", "none",
     "[{id: guarantee, effect: -2.5, issue: security, values: {alliance: 0.8}}]",
     &covariates_shape},
    {"deterrence", field_later, offsetof(EnforcementDraft, deterrence), OPTIONAL, 0, 0,
     "who would renew the war on purpose, and what holds it back", "nobody",
     "{attacker: east, attack: 0.5, intervention: 0.4, issue: security, credibility: {alliance: "
     "0.8}}",
     &deterrence_shape},
    {"probes", field_number, offsetof(EnforcementDraft, probes), OPTIONAL, 0, 365,
     "tests of the peace a year, times 1 - credibility", "0", "2", NULL},
    {"observe", field_duration, offsetof(EnforcementDraft, observe), OPTIONAL, 0, 0,
     "how long to look on after an agreement", "0d", "730d", NULL},
};
static const FieldTable enforcement_table = FIELD_TABLE("\"enforcement\"", enforcement_fields);
const Shape shape_enforcement = {.kind = SHAPE_MAP, .table = &enforcement_table};

static void read_hazard(Draft *draft, const EnforcementDraft *read) {
    Durability *durability = draft->durability;
    durability->shape = 1;
    durability->discount = read->discount;
    durability->horizon = read->horizon;
    if (!fields_read(draft, read->hazard, &hazard_table, durability)) return;
    draft_terms(draft)->durability = durability;
}

void section_enforcement(Draft *draft, const Node *node, const Field *field, void *into) {
    static const char *const hazards[] = {"discount", "horizon", "covariates", NULL};
    EnforcementDraft read = {.discount = 1, .horizon = 10};
    (void)field, (void)into;
    draft->durability = arena_new(draft->arena, sizeof *draft->durability);
    if (!fields_read(draft, node, &enforcement_table, &read)) return;
    draft_need_world(draft)->probes = read.probes;
    draft_negotiation(draft)->observe = read.observe;
    if (read.hazard) read_hazard(draft, &read);
    if (!read.hazard) keys_refuse(draft, node, hazards, "without a \"hazard\" a peace holds");
    if (read.covariates) read_covariates(draft, read.covariates);
    if (read.deterrence) read_deterrence(draft, read.deterrence);
}
