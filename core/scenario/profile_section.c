/* A seat's preferences: weights, values, linkages, red lines, reservation value, discount. */
#include <stdio.h>
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/section.h"

#define WEIGHT_TOLERANCE 1e-6

static Profile *profile_of(Draft *draft, SeatId seat) {
    return &draft_negotiation(draft)->profile[seat];
}

/* --- weights and values --- */

/* The names that a map should have and has not, as one complaint. */
static void complain_absent(Draft *draft, const Node *map, const char *what,
                            const char *const *names, size_t count) {
    char list[320] = "";
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list);
        if (node_get(map, names[i]) || used >= sizeof list - 1) continue;
        snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", names[i]);
    }
    if (list[0]) complain(draft->complaints, node_place(map), "no %s for %s", what, list);
}

static size_t issue_ids(const Domain *domain, const char **ids) {
    for (uint8_t i = 0; i < domain->issues; i++) ids[i] = domain->issue[i].id;
    return domain->issues;
}

static void check_sum(Draft *draft, const Node *node, const double *weight) {
    double sum = 0;
    for (uint8_t i = 0; i < draft_terms(draft)->domain.issues; i++) sum += weight[i];
    if (sum > 1 - WEIGHT_TOLERANCE && sum < 1 + WEIGHT_TOLERANCE) return;
    char shown[32];
    snprintf(shown, sizeof shown, "%.9g", sum);
    complain(draft->complaints, node_place(node), "the weights sum to %s, not 1", shown);
}

static void read_weights(Draft *draft, const Node *node, double *weight) {
    const Domain *domain = &draft_terms(draft)->domain;
    const char *ids[NP_MAX_ISSUES] = {0};
    if (!node_expect(draft, node, NODE_MAP, "a map of issues to weights")) return;
    bool good = true;
    for (const Node *child = node->first; child; child = child->next) {
        int issue = draft_find_issue(draft, child->key);
        good = issue >= 0 && number_read(draft, child, 0, 1, &weight[issue]) && good;
    }
    complain_absent(draft, node, "weight", ids, issue_ids(domain, ids));
    if (good && node->count == domain->issues) check_sum(draft, node, weight);
}

static void read_issue_values(Draft *draft, const Node *node, uint8_t issue, Profile *profile) {
    const Issue *known = &draft_terms(draft)->domain.issue[issue];
    if (!node_expect(draft, node, NODE_MAP, "a map of options to values")) return;
    for (const Node *child = node->first; child; child = child->next) {
        double value = 0;
        int option = draft_find_option(draft, issue, child->key);
        if (option < 0 || !number_read(draft, child, 0, 1, &value)) continue;
        profile->value[issue][option] = utility_from(profile->weight[issue] * value);
    }
    complain_absent(draft, node, "value", known->option, known->options);
}

static void read_values(Draft *draft, const Node *node, Profile *profile) {
    const Domain *domain = &draft_terms(draft)->domain;
    const char *ids[NP_MAX_ISSUES];
    if (!node_expect(draft, node, NODE_MAP, "a map of issues to values")) return;
    for (const Node *child = node->first; child; child = child->next) {
        int issue = draft_find_issue(draft, child->key);
        if (issue >= 0) read_issue_values(draft, child, (uint8_t)issue, profile);
    }
    complain_absent(draft, node, "values", ids, issue_ids(domain, ids));
}

/* --- linkages and red lines --- */

static void read_linkage(Draft *draft, const Node *node, Linkage *linkage) {
    static const Field fields[] = {
        {"when", condition_read, offsetof(Linkage, when), MANDATORY, 0, 0, "the combination"},
        {"bonus", field_utility, offsetof(Linkage, bonus), MANDATORY, -1, 1,
         "what it adds to the seat's utility"},
    };
    static const FieldTable table = FIELD_TABLE("a linkage", fields);
    fields_read(draft, node, &table, linkage);
}

static void read_linkages(Draft *draft, const Node *node, Profile *profile) {
    if (!node_expect(draft, node, NODE_LIST, "a list of linkages")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (profile->linkages == PROFILE_MAX_LINKAGES) {
            complain(draft->complaints, child->at, "at most %d linkages", PROFILE_MAX_LINKAGES);
            return;
        }
        read_linkage(draft, child, &profile->linkage[profile->linkages++]);
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

static void read_red_line(Draft *draft, const Node *node, RedLine *line) {
    static const Field fields[] = {
        {"when", condition_read, offsetof(RedLineDraft, when), MANDATORY, 0, 0, "the combination"},
        {"kind", field_later, offsetof(RedLineDraft, kind), MANDATORY, 0, 0, "hard or soft"},
        {"penalty", field_later, offsetof(RedLineDraft, penalty), OPTIONAL, 0, 1,
         "what crossing a soft red line takes off the seat's utility"},
    };
    static const FieldTable table = FIELD_TABLE("a red line", fields);
    static const char *const known[] = {"hard", "soft"};
    RedLineDraft read = {0};
    if (!fields_read(draft, node, &table, &read)) return;
    line->when = read.when;
    if (!read.kind || !node_expect(draft, read.kind, NODE_WORD, "hard or soft")) return;
    line->hard = strcmp(read.kind->text, "hard") == 0;
    if (!line->hard && strcmp(read.kind->text, "soft") != 0) {
        complain_unknown(draft->complaints, read.kind->at, "kind of red line", read.kind->text,
                         known, 2);
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

typedef struct DiscountDraft {
    double factor;
    SimTime every;
} DiscountDraft;

static void read_discount(Draft *draft, const Node *node, Profile *profile) {
    static const Field fields[] = {
        {"factor", field_number, offsetof(DiscountDraft, factor), MANDATORY, 0.001, 1,
         "what is left of a utility after each period"},
        {"every", field_duration, offsetof(DiscountDraft, every), MANDATORY, 1, 0, "the period"},
    };
    static const FieldTable table = FIELD_TABLE("\"discount\"", fields);
    DiscountDraft read = {1, SIM_DAY};
    if (!fields_read(draft, node, &table, &read)) return;
    profile->discount = read.factor;
    profile->discount_every = read.every;
}

void profile_settle(Draft *draft, const ProfileDraft *read) {
    Profile *profile = profile_of(draft, read->seat);
    profile->reservation = read->reservation;
    profile->discount = 1;
    profile->discount_every = SIM_DAY;
    if (read->discount) read_discount(draft, read->discount, profile);
    if (read->weights) read_weights(draft, read->weights, profile->weight);
    if (read->values) read_values(draft, read->values, profile);
    if (read->linkages) read_linkages(draft, read->linkages, profile);
    if (read->red_lines) read_red_lines(draft, read->red_lines, profile);
}
