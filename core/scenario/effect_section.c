/* What a lever or a shock does: to a variable, to the status quo, to a seat's authority, to the talks. */
#include <stdio.h>
#include <string.h>

#include "core/scenario/world_section.h"

typedef struct EffectDraft {
    const Node *variable, *issue, *option, *authority;
    Consequence consequence;
    double add, drift;
    bool end;
} EffectDraft;

static const Field effect_fields[] = {
    {"variable", field_later, offsetof(EffectDraft, variable), OPTIONAL, 0, 0,
     "the variable that it moves: one with a start", NULL, "supply", &shape_variable},
    {"add", field_number, offsetof(EffectDraft, add), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "what it adds to the variable at once; a lever: per unit of change of its level", NULL, "-0.5",
     NULL},
    {"drift", field_number, offsetof(EffectDraft, drift), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "what it adds to the variable's drift, a day; a lever: per unit of change of its level", NULL,
     "-0.1", NULL},
    {"lasting", field_duration, offsetof(EffectDraft, consequence.lasting), OPTIONAL, 1, 0,
     "how long the drift lasts", "for ever", "90d", NULL},
    {"issue", field_later, offsetof(EffectDraft, issue), OPTIONAL, 0, 0,
     "the issue whose status quo it moves; a lever: when its level rises", NULL, "assets",
     &shape_issue},
    {"option", field_later, offsetof(EffectDraft, option), OPTIONAL, 0, 0,
     "the option that becomes the status quo", NULL, "to_them", &shape_option},
    {"authority", field_later, offsetof(EffectDraft, authority), OPTIONAL, 0, 0,
     "the seat that may sign from then on; a lever: when its level rises", NULL, "east",
     &shape_seat},
    {"end", field_flag, offsetof(EffectDraft, end), OPTIONAL, 0, 0,
     "the talks break off, as at their deadline", "false", "true", NULL},
};
static const FieldTable effect_table = FIELD_TABLE("an effect", effect_fields);
static const Shape effect_shape = {.kind = SHAPE_MAP, .table = &effect_table};
const Shape shape_effects = {
    .kind = SHAPE_LIST, .least = 0, .most = WORLD_MAX_CONSEQUENCES, .of = &effect_shape};

/* An effect is of one kind: its head says of which, and these keys go with it. */
static const struct {
    const char *head, *with[3];
} kinds[] = {
    {"variable", {"add", "drift", "lasting"}},
    {"issue", {"option"}},
    {"authority", {NULL}},
    {"end", {NULL}},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static bool goes_with(size_t kind, const char *key) {
    for (size_t i = 0; i < 3 && kinds[kind].with[i]; i++)
        if (strcmp(kinds[kind].with[i], key) == 0) return true;
    return false;
}

/* The kind, or -1 and a complaint: it names none, or two. */
static int effect_kind(Draft *draft, const Node *node) {
    char list[128] = "";
    int found = -1;
    for (int kind = 0; kind < KINDS; kind++) {
        if (!node_get(node, kinds[kind].head)) continue;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s\"%s\"", used ? " and " : "",
                 kinds[kind].head);
        found = used ? KINDS : kind;
    }
    if (found >= 0 && found < KINDS) return found;
    complain(draft->complaints, node->at,
             "an effect names one of \"variable\", \"issue\", \"authority\" and \"end\"%s%s",
             found < 0 ? "" : ", not ", list);
    return -1;
}

static void refuse_keys(Draft *draft, const Node *node, int kind) {
    for (const Node *child = node->first; child; child = child->next) {
        const char *key = child->key->text;
        for (size_t other = 0; other < KINDS; other++) {
            if ((int)other == kind || !goes_with(other, key)) continue;
            complain(draft->complaints, child->key->at, "\"%s\" goes with \"%s\", not with \"%s\"",
                     key, kinds[other].head, kinds[kind].head);
        }
    }
}

static void settle_variable(Draft *draft, const Node *node, const EffectDraft *read,
                            Consequence *consequence) {
    bool add = node_get(node, "add") != NULL, drift = node_get(node, "drift") != NULL;
    if (add == drift) {
        complain(draft->complaints, node->at, "an effect on a variable needs %s",
                 add ? "either \"add\" or \"drift\", not both" : "\"add\" or \"drift\"");
    }
    if (add) {
        static const char *const lasting[] = {"lasting", NULL};
        keys_refuse(draft, node, lasting, "what is added stays");
    }
    consequence->kind = add ? CONSEQUENCE_ADD : CONSEQUENCE_DRIFT;
    consequence->amount = add ? read->add : read->drift;
    int variable = draft_find_variable(draft, read->variable);
    if (variable < 0) return;
    consequence->variable = (uint8_t)variable;
    if (draft->world->dynamics[variable].kind == VARIABLE_STATE) return;
    complain(draft->complaints, read->variable->at,
             "\"%.64s\" follows from others; an effect moves a variable with a \"start\"",
             read->variable->text);
}

/* A warning only: by then the status quo may be another. */
static void warn_impossible(Draft *draft, const Node *word, const Consequence *consequence) {
    const Domain *domain = &draft_terms(draft)->domain;
    Outcome moved = domain_status_quo(domain);
    moved.option[consequence->issue] = consequence->option;
    const Exclusion *exclusion = domain_excludes(domain, &moved);
    if (!exclusion) return;
    complain_warning(draft->complaints, word->at,
                     "with \"%.64s\" the status quo as it begins would be infeasible: %.200s",
                     word->text, exclusion->because);
}

static void settle_option(Draft *draft, const Node *node, const EffectDraft *read,
                          Consequence *consequence) {
    consequence->kind = CONSEQUENCE_OPTION;
    int issue = issue_read(draft, read->issue);
    if (!read->option) {
        complain(draft->complaints, node->at, "an effect on an issue needs an \"option\"");
        return;
    }
    int option = issue < 0 ? -1 : draft_find_option(draft, (uint8_t)issue, read->option);
    if (option < 0) return;
    consequence->issue = (uint8_t)issue;
    consequence->option = (uint8_t)option;
    warn_impossible(draft, read->option, consequence);
}

static void settle_authority(Draft *draft, const Node *word, Consequence *consequence) {
    int seat = draft_find_seat(draft, word);
    consequence->kind = CONSEQUENCE_AUTHORITY;
    if (seat < 0) return;
    consequence->seat = (SeatId)seat;
    draft->grant_node[seat] = word;
}

static void read_effect(Draft *draft, const Node *node, Consequence *consequence) {
    EffectDraft read = {0};
    if (!fields_read(draft, node, &effect_table, &read)) return;
    int kind = effect_kind(draft, node);
    if (kind < 0) return;
    refuse_keys(draft, node, kind);
    *consequence = read.consequence;
    consequence->seat = NP_NO_SEAT;
    if (read.variable) settle_variable(draft, node, &read, consequence);
    if (read.issue) settle_option(draft, node, &read, consequence);
    if (read.authority) settle_authority(draft, read.authority, consequence);
    if (kind != KINDS - 1) return;
    consequence->kind = CONSEQUENCE_END;
    if (!read.end)
        complain(draft->complaints, node_get(node, "end")->at,
                 "leave out an \"end\" that is false");
}

uint8_t effects_read(Draft *draft, const Node *node, Consequence consequence[]) {
    uint8_t count = 0;
    if (!node_expect(draft, node, NODE_LIST, "a list of effects")) return 0;
    for (const Node *child = node->first; child; child = child->next) {
        if (count == WORLD_MAX_CONSEQUENCES) {
            complain(draft->complaints, child->at, "at most %d effects", WORLD_MAX_CONSEQUENCES);
            return count;
        }
        read_effect(draft, child, &consequence[count++]);
    }
    return count;
}
