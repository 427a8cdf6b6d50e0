/* Words that name issues, options and seats, and conditions made of them. */
#include <stdio.h>
#include <string.h>

#include "core/scenario/field.h"

int draft_find_issue(Draft *draft, const Node *word) {
    const Domain *domain = &draft_terms(draft)->domain;
    const char *known[NP_MAX_ISSUES];
    int found = domain_find_issue(domain, word->text);
    if (found >= 0 || domain->issues == 0) return found;
    for (uint8_t i = 0; i < domain->issues; i++) known[i] = domain->issue[i].id;
    complain_unknown(draft->complaints, word->at, "issue", word->text, known, domain->issues);
    return -1;
}

int issue_read(Draft *draft, const Node *node) {
    return node_expect(draft, node, NODE_WORD, "an issue") ? draft_find_issue(draft, node) : -1;
}

int draft_find_option(Draft *draft, uint8_t issue, const Node *word) {
    const Issue *known = &draft_terms(draft)->domain.issue[issue];
    if (!node_expect(draft, word, NODE_WORD, "an option")) return -1;
    int found = issue_find_option(known, word->text);
    if (found >= 0 || known->options == 0) return found;
    char what[64];
    snprintf(what, sizeof what, "option of %s", known->id);
    complain_unknown(draft->complaints, word->at, what, word->text, known->option, known->options);
    return -1;
}

int draft_find_seat(Draft *draft, const Node *word) {
    const Terms *terms = draft_terms(draft);
    const char *known[NP_MAX_SEATS];
    if (!node_expect(draft, word, NODE_WORD, "a seat")) return -1;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        known[seat] = terms->seat[seat].id;
        if (strcmp(known[seat], word->text) == 0) return seat;
    }
    if (terms->seats > 0) {
        complain_unknown(draft->complaints, word->at, "seat", word->text, known, terms->seats);
    }
    return -1;
}

bool seats_read(Draft *draft, const Node *node, SeatSet *seats) {
    if (!node_expect(draft, node, NODE_LIST, "a list of seats")) return false;
    bool good = true;
    *seats = 0;
    for (const Node *word = node->first; word; word = word->next) {
        int seat = draft_find_seat(draft, word);
        good = good && seat >= 0;
        if (seat < 0) continue;
        if (seat_in(*seats, (SeatId)seat)) {
            complain(draft->complaints, word->at, "seat \"%s\" is named twice", word->text);
        }
        *seats |= seat_bit((SeatId)seat);
    }
    return good;
}

static void add_option(Draft *draft, uint8_t issue, const Node *word, uint32_t *options) {
    int option = draft_find_option(draft, issue, word);
    if (option < 0) return;
    if (*options >> option & 1u) {
        complain(draft->complaints, word->at, "option \"%s\" is named twice", word->text);
    }
    *options |= UINT32_C(1) << option;
}

bool options_read(Draft *draft, uint8_t issue, const Node *node, uint32_t *options) {
    *options = 0;
    if (node->kind == NODE_WORD) add_option(draft, issue, node, options);
    if (node->kind != NODE_LIST) return node_expect(draft, node, NODE_WORD, "one option or a list");
    if (node->count == 0) complain(draft->complaints, node->at, "the list of options is empty");
    for (const Node *word = node->first; word; word = word->next) {
        add_option(draft, issue, word, options);
    }
    return *options != 0;
}

static void add_term(Draft *draft, const Node *node, Condition *condition) {
    int issue = draft_find_issue(draft, node->key);
    if (issue < 0) return;
    if (condition->terms == CONDITION_MAX_TERMS) {
        complain(draft->complaints, node->key->at, "a condition may name at most %d issues",
                 CONDITION_MAX_TERMS);
        return;
    }
    uint8_t term = condition->terms++;
    condition->issue[term] = (uint8_t)issue;
    options_read(draft, (uint8_t)issue, node, &condition->options[term]);
}

void condition_read(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    Condition *condition = into;
    *condition = (Condition){0};
    if (!node_expect(draft, node, NODE_MAP, "a map of issues to options")) return;
    if (node->count == 0)
        complain(draft->complaints, node->at, "a condition names at least one issue");
    for (const Node *term = node->first; term; term = term->next) add_term(draft, term, condition);
}

void option_numbers_read(Draft *draft, const Node *node, const Shape *number, uint8_t issue,
                         double *value) {
    if (!node_expect(draft, node, NODE_MAP, "a map of options to numbers")) return;
    if (node->count == 0) complain(draft->complaints, node_place(node), "it names no option");
    for (const Node *child = node->first; child; child = child->next) {
        double read = 0;
        int option = draft_find_option(draft, issue, child->key);
        if (number_read(draft, child, number->least, number->most, &read) && option >= 0)
            value[option] = read;
    }
}
