/* Preferences, a seat's or a type's: weights, values, linkages, red lines, discount. */
#include <stdio.h>
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/section.h"

#define WEIGHT_TOLERANCE 1e-6

/* --- weights and values --- */

static const Shape share_shape = {.kind = SHAPE_NUMBER, .least = 0, .most = 1};
static const Shape option_values_shape = {.kind = SHAPE_ENTRIES,
                                          .least = 2,
                                          .most = NP_MAX_OPTIONS,
                                          .name = "OPTION",
                                          .of = &share_shape};
const Shape shape_weights = {
    .kind = SHAPE_ENTRIES, .least = 1, .most = NP_MAX_ISSUES, .name = "ISSUE", .of = &share_shape};
const Shape shape_values = {.kind = SHAPE_ENTRIES,
                            .least = 1,
                            .most = NP_MAX_ISSUES,
                            .name = "ISSUE",
                            .of = &option_values_shape};

static size_t issue_ids(const Domain *domain, const char **ids) {
    for (uint8_t i = 0; i < domain->issues; i++) ids[i] = domain->issue[i].id;
    return domain->issues;
}

static void check_sum(Draft *draft, const Node *node, double expected, const double *weight) {
    double sum = 0;
    for (uint8_t i = 0; i < draft_terms(draft)->domain.issues; i++) sum += weight[i];
    if (sum > expected - WEIGHT_TOLERANCE && sum < expected + WEIGHT_TOLERANCE) return;
    char shown[32], wanted[32];
    snprintf(shown, sizeof shown, "%.9g", sum);
    snprintf(wanted, sizeof wanted, "%.9g", expected);
    complain(draft->complaints, node_place(node), "the weights sum to %s, not %s", shown, wanted);
}

static void read_weights(Draft *draft, const Node *node, double sum, double *weight) {
    const Domain *domain = &draft_terms(draft)->domain;
    const char *ids[NP_MAX_ISSUES] = {0};
    if (!node_expect(draft, node, NODE_MAP, "a map of issues to weights")) return;
    bool good = true;
    for (const Node *child = node->first; child; child = child->next) {
        int issue = draft_find_issue(draft, child->key);
        good = issue >= 0 && number_read(draft, child, 0, 1, &weight[issue]) && good;
    }
    complain_absent(draft, node, "weight", ids, issue_ids(domain, ids));
    if (good && node->count == domain->issues) check_sum(draft, node, sum, weight);
}

/* Losses against the status quo loom larger than gains (Tversky and Kahneman 1991). */
static double value_felt(const Issue *issue, const double *value, uint8_t option, double aversion) {
    if (issue->status_quo == NP_NO_OPTION) return value[option];
    double reference = value[issue->status_quo];
    if (aversion == 1 || value[option] >= reference) return value[option];
    return reference - aversion * (reference - value[option]);
}

static void read_issue_values(Draft *draft, const Node *node, uint8_t issue, double aversion,
                              Profile *profile) {
    const Issue *known = &draft_terms(draft)->domain.issue[issue];
    double value[NP_MAX_OPTIONS] = {0};
    if (!node_expect(draft, node, NODE_MAP, "a map of options to values")) return;
    for (const Node *child = node->first; child; child = child->next) {
        double read = 0;
        int option = draft_find_option(draft, issue, child->key);
        if (option >= 0 && number_read(draft, child, 0, 1, &read)) value[option] = read;
    }
    for (uint8_t option = 0; option < known->options; option++) {
        double felt = value_felt(known, value, option, aversion);
        profile->value[issue][option] = utility_from(profile->weight[issue] * felt);
    }
    complain_absent(draft, node, "value", known->option, known->options);
}

static void read_values(Draft *draft, const Node *node, double aversion, Profile *profile) {
    const Domain *domain = &draft_terms(draft)->domain;
    const char *ids[NP_MAX_ISSUES];
    if (!node_expect(draft, node, NODE_MAP, "a map of issues to values")) return;
    for (const Node *child = node->first; child; child = child->next) {
        int issue = draft_find_issue(draft, child->key);
        if (issue >= 0) read_issue_values(draft, child, (uint8_t)issue, aversion, profile);
    }
    complain_absent(draft, node, "values", ids, issue_ids(domain, ids));
}

/* --- linkages and red lines --- */

static const Field linkage_fields[] = {
    {"when", condition_read, offsetof(Linkage, when), MANDATORY, 0, 0, "the combination", NULL,
     "{place: mill, cost: shared}", &shape_condition},
    {"bonus", field_utility, offsetof(Linkage, bonus), MANDATORY, -1, 1,
     "what it adds to the seat's utility", NULL, "0.1", NULL},
};
static const FieldTable linkage_table = FIELD_TABLE("a linkage", linkage_fields);
static const Shape linkage_shape = {.kind = SHAPE_MAP, .table = &linkage_table};
const Shape shape_linkages = {
    .kind = SHAPE_LIST, .least = 0, .most = PROFILE_MAX_LINKAGES, .of = &linkage_shape};

static void read_linkages(Draft *draft, const Node *node, Profile *profile) {
    if (!node_expect(draft, node, NODE_LIST, "a list of linkages")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (profile->linkages == PROFILE_MAX_LINKAGES) {
            complain(draft->complaints, child->at, "at most %d linkages", PROFILE_MAX_LINKAGES);
            return;
        }
        fields_read(draft, child, &linkage_table, &profile->linkage[profile->linkages++]);
    }
}

typedef struct RedLineDraft {
    Condition when;
    const Node *kind, *penalty;
} RedLineDraft;

static void read_penalty(Draft *draft, const Node *map, const RedLineDraft *read, RedLine *line) {
    double penalty = 0;
    if (line->hard && read->penalty) {
        complain(draft->complaints, read->penalty->key->at, "a hard red line has no penalty");
    } else if (!line->hard && !read->penalty) {
        complain(draft->complaints, node_place(map), "a soft red line needs a \"penalty\"");
    } else if (read->penalty && number_read(draft, read->penalty, 0, 1, &penalty)) {
        line->penalty = utility_from(penalty);
    }
}

static const char *const red_line_kinds[] = {"hard", "soft", NULL};
static const Shape red_line_kind_shape = {.kind = SHAPE_WORD, .words = red_line_kinds};
static const Shape penalty_shape = {.kind = SHAPE_NUMBER, .least = 0, .most = 1};

static const Field red_line_fields[] = {
    {"when", condition_read, offsetof(RedLineDraft, when), MANDATORY, 0, 0, "the combination", NULL,
     "{place: market}", &shape_condition},
    {"kind", field_later, offsetof(RedLineDraft, kind), MANDATORY, 0, 0,
     "hard: never accepted; soft: accepted at a penalty", NULL, "hard", &red_line_kind_shape},
    {"penalty", field_later, offsetof(RedLineDraft, penalty), OPTIONAL, 0, 1,
     "what crossing a soft red line takes off the seat's utility; soft ones need it", NULL, "0.2",
     &penalty_shape},
};
static const FieldTable red_line_table = FIELD_TABLE("a red line", red_line_fields);
static const Shape red_line_shape = {.kind = SHAPE_MAP, .table = &red_line_table};
const Shape shape_red_lines = {
    .kind = SHAPE_LIST, .least = 0, .most = PROFILE_MAX_RED_LINES, .of = &red_line_shape};

static void read_red_line(Draft *draft, const Node *node, RedLine *line) {
    RedLineDraft read = {0};
    if (!fields_read(draft, node, &red_line_table, &read)) return;
    line->when = read.when;
    if (!read.kind || !node_expect(draft, read.kind, NODE_WORD, "hard or soft")) return;
    line->hard = strcmp(read.kind->text, "hard") == 0;
    if (!line->hard && strcmp(read.kind->text, "soft") != 0) {
        complain_unknown(draft->complaints, read.kind->at, "kind of red line", read.kind->text,
                         red_line_kinds, 2);
        return;
    }
    read_penalty(draft, node, &read, line);
}

static void read_red_lines(Draft *draft, const Node *node, Profile *profile) {
    if (!node_expect(draft, node, NODE_LIST, "a list of red lines")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (profile->red_lines == PROFILE_MAX_RED_LINES) {
            complain(draft->complaints, child->at, "at most %d red lines", PROFILE_MAX_RED_LINES);
            return;
        }
        read_red_line(draft, child, &profile->red_line[profile->red_lines++]);
    }
}

/* --- discount --- */

static const Field discount_fields[] = {
    {"factor", field_number, offsetof(Profile, discount), MANDATORY, 0.001, 1,
     "what is left after each period of what a deal is worth more than waiting", NULL, "0.98",
     NULL},
    {"every", field_duration, offsetof(Profile, discount_every), MANDATORY, 1, 0, "the period",
     NULL, "30d", NULL},
    {"meanwhile", field_utility, offsetof(Profile, meanwhile), OPTIONAL, -10, 10,
     "its own utility while the talks go on", "0", "0.4", NULL},
};
static const FieldTable discount_table = FIELD_TABLE("\"discount\"", discount_fields);
const Shape shape_discount = {.kind = SHAPE_MAP, .table = &discount_table};

void discount_read(Draft *draft, const Node *node, Profile *profile) {
    fields_read(draft, node, &discount_table, profile);
}

void profile_read(Draft *draft, const ProfileDraft *read, Profile *profile) {
    if (read->weights) read_weights(draft, read->weights, read->weights_sum, profile->weight);
    if (read->values) read_values(draft, read->values, read->loss_aversion, profile);
    if (read->linkages) read_linkages(draft, read->linkages, profile);
    if (read->red_lines) read_red_lines(draft, read->red_lines, profile);
}
