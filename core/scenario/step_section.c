/* later_steps: — what may become of a deal that is in force. */
#include <string.h>

#include "core/scenario/section.h"

enum { TITLE_MAX_BYTES = 200, SEARCH_NODES = 50000 };

static const Shape to_shape = {
    .kind = SHAPE_ENTRIES, .least = 1, .most = NP_MAX_ISSUES, .name = "ISSUE", .of = &shape_option};

static void read_to(Draft *draft, const Node *node, const Field *field, void *into) {
    Outcome *to = into;
    (void)field;
    if (!node_expect(draft, node, NODE_MAP, "a map of issues to options")) return;
    if (node->count == 0) complain(draft->complaints, node_place(node), "a step changes an issue");
    for (const Node *child = node->first; child; child = child->next) {
        int issue = draft_find_issue(draft, child->key);
        int option = issue < 0 ? -1 : draft_find_option(draft, (uint8_t)issue, child);
        if (option >= 0) to->option[issue] = (uint8_t)option;
    }
}

static const Field step_fields[] = {
    {"id", field_id, offsetof(LaterStep, id), MANDATORY, 0, 0, "its id, which names its luck", NULL,
     "upgrade", NULL},
    {"title", field_text, offsetof(LaterStep, title), OPTIONAL, 0, TITLE_MAX_BYTES,
     "its name for people", "its id", "The pledge becomes an alliance", NULL},
    {"when", condition_read, offsetof(LaterStep, when), MANDATORY, 0, 0,
     "the packages in force that it may follow", NULL, "{security: pledge}", &shape_condition},
    {"to", read_to, offsetof(LaterStep, to), MANDATORY, 0, 0, "the options that change", NULL,
     "{security: alliance}", &to_shape},
    {"after", field_duration, offsetof(LaterStep, after), MANDATORY, 1, 0,
     "how long after entry into force", NULL, "730d", NULL},
    {"chance", field_number, offsetof(LaterStep, chance), OPTIONAL, 0, 1,
     "the chance that it is put to those whose consent it needs", "1", "0.3", NULL},
};
static const FieldTable step_table = FIELD_TABLE("a later step", step_fields);
static const Shape step_shape = {.kind = SHAPE_MAP, .table = &step_table};
const Shape shape_later_steps = {
    .kind = SHAPE_LIST, .least = 0, .most = NEGOTIATION_MAX_STEPS, .of = &step_shape};

static void refuse_id_twice(Draft *draft, const Node *map, const char *id) {
    const Negotiation *negotiation = draft_negotiation(draft);
    for (uint32_t i = 0; i < negotiation->steps; i++) {
        if (strcmp(negotiation->step[i].id, id) != 0) continue;
        complain(draft->complaints, node_get(map, "id")->at, "step \"%s\" is named twice", id);
    }
}

void section_later_steps(Draft *draft, const Node *node, const Field *field, void *into) {
    Negotiation *negotiation = draft_negotiation(draft);
    (void)field, (void)into;
    if (!node_expect(draft, node, NODE_LIST, "a list of later steps")) return;
    for (const Node *child = node->first; child; child = child->next) {
        if (negotiation->steps == NEGOTIATION_MAX_STEPS) {
            complain(draft->complaints, child->at, "at most %d later steps", NEGOTIATION_MAX_STEPS);
            return;
        }
        LaterStep step = {.id = "", .to = outcome_empty(), .chance = 1};
        fields_read(draft, child, &step_table, &step);
        if (!step.title) step.title = step.id;
        if (step.id[0]) refuse_id_twice(draft, child, step.id);
        draft->step_node[negotiation->steps] = child;
        negotiation->step[negotiation->steps++] = step;
    }
}

/* --- can it ever be taken? --- */

typedef struct StepSearch {
    const Domain *domain;
    const LaterStep *step;
    Outcome before, after;
    uint32_t nodes;
} StepSearch;

static bool may_have(const Condition *when, uint8_t issue, uint8_t option) {
    for (uint8_t term = 0; term < when->terms; term++)
        if (when->issue[term] == issue && !(when->options[term] >> option & 1u)) return false;
    return true;
}

/* A feasible package that the step may follow and that it makes another feasible one. */
static bool search_from(StepSearch *search, uint8_t issue) {
    if (++search->nodes > SEARCH_NODES) return false;
    if (domain_excludes(search->domain, &search->before)) return false;
    if (domain_excludes(search->domain, &search->after)) return false;
    if (issue == search->domain->issues) return !outcome_equal(&search->before, &search->after);
    uint8_t to = search->step->to.option[issue];
    for (uint8_t option = 0; option < search->domain->issue[issue].options; option++) {
        if (!may_have(&search->step->when, issue, option)) continue;
        search->before.option[issue] = option;
        search->after.option[issue] = to != NP_NO_OPTION ? to : option;
        if (search_from(search, issue + 1)) return true;
    }
    search->before.option[issue] = search->after.option[issue] = NP_NO_OPTION;
    return false;
}

void steps_check(Draft *draft) {
    const Negotiation *negotiation = draft_negotiation(draft);
    for (uint32_t i = 0; i < negotiation->steps; i++) {
        StepSearch search = {.domain = &negotiation->terms.domain,
                             .step = &negotiation->step[i],
                             .before = outcome_empty(),
                             .after = outcome_empty()};
        if (search_from(&search, 0) || search.nodes > SEARCH_NODES) continue;
        complain(draft->complaints, draft->step_node[i]->at,
                 "this step could never be taken: no feasible package that it may follow becomes "
                 "another feasible one");
    }
}
