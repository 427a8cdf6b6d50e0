/* issues: and infeasible: — what is negotiated, and what cannot be. */
#include <string.h>

#include "core/scenario/section.h"

enum { TITLE_MAX_BYTES = 200, REASON_MAX_BYTES = 400 };

typedef struct IssueDraft {
    const char *title;
    const Node *options, *status_quo;
    bool separable;
} IssueDraft;

static void read_option(Draft *draft, uint8_t number, const Node *node, const char **names) {
    Issue *issue = &draft_terms(draft)->domain.issue[number];
    const char *name = "";
    if (!word_read(draft, node, ALPHABET_OPTION, &name)) return;
    if (issue_find_option(issue, name) >= 0) {
        complain(draft->complaints, node->at, "option \"%s\" is named twice", name);
        return;
    }
    draft->option_node[number][issue->options] = node;
    names[issue->options++] = name;
}

static void read_options(Draft *draft, uint8_t number, const Node *node) {
    Issue *issue = &draft_terms(draft)->domain.issue[number];
    if (!node_expect(draft, node, NODE_LIST, "a list of options")) return;
    if (node->count < 2 || node->count > NP_MAX_OPTIONS) {
        complain(draft->complaints, node_place(node), "an issue has 2 to %d options, not %u",
                 NP_MAX_OPTIONS, node->count);
    }
    const char **names = arena_new(draft->arena, NP_MAX_OPTIONS * sizeof *names);
    issue->option = names;
    for (const Node *word = node->first; word && issue->options < NP_MAX_OPTIONS;
         word = word->next) {
        read_option(draft, number, word, names);
    }
}

static const Shape options_shape = {
    .kind = SHAPE_LIST, .least = 2, .most = NP_MAX_OPTIONS, .of = &shape_option};

static const Field issue_fields[] = {
    {"title", field_text, offsetof(IssueDraft, title), OPTIONAL, 0, TITLE_MAX_BYTES,
     "its name for people", "its id", "Where the bridge stands", NULL},
    {"options", field_later, offsetof(IssueDraft, options), MANDATORY, 2, NP_MAX_OPTIONS,
     "the names of its options", NULL, "[mill, market]", &options_shape},
    {"status_quo", field_later, offsetof(IssueDraft, status_quo), OPTIONAL, 0, 0,
     "the option that holds while nothing is agreed", NULL, "mill", &shape_option},
    {"separable", field_flag, offsetof(IssueDraft, separable), OPTIONAL, 0, 0,
     "may be settled on its own, as a partial accord", "false", "true", NULL},
};
static const FieldTable issue_table = FIELD_TABLE("an issue", issue_fields);
static const Shape issue_shape = {.kind = SHAPE_MAP, .table = &issue_table};
const Shape shape_issues = {
    .kind = SHAPE_ENTRIES, .least = 1, .most = NP_MAX_ISSUES, .name = "ISSUE", .of = &issue_shape};

static void read_issue(Draft *draft, const Node *node, uint8_t number) {
    Issue *issue = &draft_terms(draft)->domain.issue[number];
    IssueDraft read = {0};
    if (!fields_read(draft, node, &issue_table, &read)) return;
    issue->title = read.title ? read.title : issue->id;
    issue->separable = read.separable;
    if (read.options) read_options(draft, number, read.options);
    if (!read.status_quo || issue->options == 0) return;
    int option = draft_find_option(draft, number, read.status_quo);
    if (option >= 0) issue->status_quo = (uint8_t)option;
}

void section_issues(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    Domain *domain = &draft_terms(draft)->domain;
    if (!node_expect(draft, node, NODE_MAP, "a map of issues")) return;
    if (node->count < 1 || node->count > NP_MAX_ISSUES) {
        complain(draft->complaints, node_place(node), "a scenario has 1 to %d issues, not %u",
                 NP_MAX_ISSUES, node->count);
    }
    for (const Node *child = node->first; child && domain->issues < NP_MAX_ISSUES;
         child = child->next) {
        const char *id = child->key->text;
        word_read(draft, child->key, ALPHABET_ID, &id);
        domain->issue[domain->issues] = (Issue){.id = id, .title = id, .status_quo = NP_NO_OPTION};
        read_issue(draft, child, domain->issues++);
    }
}

static const Field exclusion_fields[] = {
    {"when", condition_read, offsetof(Exclusion, when), MANDATORY, 0, 0, "the combination", NULL,
     "{place: market, cost: lower}", &shape_condition},
    {"because", field_text, offsetof(Exclusion, because), MANDATORY, 0, REASON_MAX_BYTES,
     "why it cannot be", NULL, "Lower Town cannot pay for it", NULL},
};
static const FieldTable exclusion_table =
    FIELD_TABLE("an infeasible combination", exclusion_fields);
static const Shape exclusion_shape = {.kind = SHAPE_MAP, .table = &exclusion_table};
const Shape shape_infeasible = {
    .kind = SHAPE_LIST, .least = 0, .most = DOMAIN_MAX_EXCLUSIONS, .of = &exclusion_shape};

static void read_exclusion(Draft *draft, const Node *node, Exclusion *exclusion) {
    exclusion->because = "";
    fields_read(draft, node, &exclusion_table, exclusion);
}

void section_infeasible(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    Domain *domain = &draft_terms(draft)->domain;
    if (!node_expect(draft, node, NODE_LIST, "a list of combinations")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (domain->exclusions == DOMAIN_MAX_EXCLUSIONS) {
            complain(draft->complaints, child->at, "at most %d infeasible combinations",
                     DOMAIN_MAX_EXCLUSIONS);
            return;
        }
        draft->exclusion_node[domain->exclusions] = child;
        read_exclusion(draft, child, &domain->exclusion[domain->exclusions++]);
    }
}
