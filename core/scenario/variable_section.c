/* world.variables: — what moves, what is read off the package in force, what follows from these. */
#include <string.h>

#include "core/scenario/world_section.h"

enum { TITLE_MAX_BYTES = 200, UNIT_MAX_BYTES = 40 };

typedef struct VariableDraft {
    const char *title, *unit;
    double start;
    const Node *drift, *input, *is;
    SeatSet seen_by;
    VariableModel model;
} VariableDraft;

#define MODEL(member) offsetof(VariableDraft, model.member)

/* --- inputs --- */

static const Shape number_shape = {.kind = SHAPE_NUMBER, .least = -WORLD_MOST, .most = WORLD_MOST};
static const Shape values_shape = {.kind = SHAPE_ENTRIES,
                                   .least = 1,
                                   .most = NP_MAX_OPTIONS,
                                   .name = "OPTION",
                                   .of = &number_shape};

typedef struct InputDraft {
    const Node *issue, *values;
} InputDraft;

static const Field input_fields[] = {
    {"issue", field_later, offsetof(InputDraft, issue), MANDATORY, 0, 0,
     "the issue whose option in force it follows", NULL, "assets", &shape_issue},
    {"values", field_later, offsetof(InputDraft, values), MANDATORY, 0, 0,
     "its value under each option; 0 under those that are not named", NULL,
     "{to_them: 1, split: 0.5}", &values_shape},
};
static const FieldTable input_table = FIELD_TABLE("\"input\"", input_fields);
static const Shape input_shape = {.kind = SHAPE_MAP, .table = &input_table};

static void read_input(Draft *draft, const Node *node, VariableModel *model) {
    InputDraft read = {0};
    if (!fields_read(draft, node, &input_table, &read) || !read.issue) return;
    int issue = issue_read(draft, read.issue);
    if (issue < 0) return;
    model->issue = (uint8_t)issue;
    if (read.values)
        option_numbers_read(draft, read.values, &number_shape, model->issue, model->input);
}

/* --- all of them --- */

static const Field variable_fields[] = {
    {"title", field_text, offsetof(VariableDraft, title), OPTIONAL, 0, TITLE_MAX_BYTES,
     "its name for people", "its id", "Supply of shells", NULL},
    {"unit", field_text, offsetof(VariableDraft, unit), OPTIONAL, 0, UNIT_MAX_BYTES,
     "its unit, for people", "a pure number", "thousand", NULL},
    {"start", field_number, offsetof(VariableDraft, start), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "its value when the talks open; makes it a variable that moves by itself", NULL, "0.8", NULL},
    {"least", field_number, MODEL(least), OPTIONAL, -WORLD_MOST, WORLD_MOST, "its lower bound",
     "-1000000", "0", NULL},
    {"most", field_number, MODEL(most), OPTIONAL, -WORLD_MOST, WORLD_MOST, "its upper bound",
     "1000000", "1", NULL},
    {"drift", field_later, offsetof(VariableDraft, drift), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "how it moves on average, in its unit a day: a number or a form", "0",
     "{linear: {of: {tempo: 1.5}}}", &shape_form},
    {"noise", field_number, MODEL(noise), OPTIONAL, 0, WORLD_MOST,
     "the standard deviation of a day's step beside the drift, in its unit", "0", "0.02", NULL},
    {"input", field_later, offsetof(VariableDraft, input), OPTIONAL, 0, 0,
     "instead of start: it is read off the package in force, or the status quo", NULL,
     "{issue: assets, values: {to_them: 1}}", &input_shape},
    {"is", field_later, offsetof(VariableDraft, is), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "instead of start: it follows from variables above it, by a form", NULL,
     "{logistic: {of: {balance: 1}}}", &shape_form},
    {"seen_by", field_seats, offsetof(VariableDraft, seen_by), OPTIONAL, 0, 0,
     "the seats that are told of it", "nobody", "[east, west]", NULL},
    {"lag", field_duration, MODEL(lag), OPTIONAL, 0, 0, "how late they are told", "0s", "7d", NULL},
    {"error", field_number, MODEL(error), OPTIONAL, 0, WORLD_MOST,
     "the standard deviation of what they see around what is, in its unit", "0", "0.05", NULL},
    {"notice", field_number, MODEL(notice), OPTIONAL, 0, WORLD_MOST,
     "it is told of when it has moved by so much since it was last told of, in its unit; 0: never",
     "0", "0.1", NULL},
};
static const FieldTable variable_table = FIELD_TABLE("a variable", variable_fields);
static const Shape variable_shape = {.kind = SHAPE_MAP, .table = &variable_table};
const Shape shape_variables = {.kind = SHAPE_ENTRIES,
                               .least = 1,
                               .most = NP_MAX_VARIABLES,
                               .name = "VARIABLE",
                               .of = &variable_shape};

/* Which of the three it is; -1 and a complaint where that cannot be told. */
static int variable_kind(Draft *draft, const Node *node) {
    static const struct {
        const char *key;
        int kind;
    } kinds[] = {{"start", VARIABLE_STATE}, {"input", VARIABLE_INPUT}, {"is", VARIABLE_DERIVED}};
    int found = -1, count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!node_get(node, kinds[i].key)) continue;
        found = kinds[i].kind;
        count++;
    }
    if (count == 1) return found;
    complain(draft->complaints, node_place(node),
             count == 0 ? "variable \"%.64s\" needs one of \"start\", \"input\" and \"is\""
                        : "variable \"%.64s\" may have only one of \"start\", \"input\" and \"is\"",
             node->key->text);
    return -1;
}

static void check_state(Draft *draft, const Node *node, const VariableDraft *read) {
    char start[32], least[32], most[32];
    text_double(least, read->model.least);
    text_double(most, read->model.most);
    if (read->model.least >= read->model.most) {
        complain(draft->complaints, node_place(node),
                 "its least, %s, must be less than its most, %s", least, most);
    } else if (read->start < read->model.least || read->start > read->model.most) {
        complain(draft->complaints, node_get(node, "start")->at,
                 "it starts at %s, outside %s to %s", text_double(start, read->start), least, most);
    }
}

/* Keys that mean nothing for its kind, or while nobody sees it. */
static void refuse_keys(Draft *draft, const Node *node, int kind, SeatSet seen_by) {
    static const char *const moving[] = {"least", "most", "drift", "noise", NULL};
    static const char *const seeing[] = {"lag", "error", NULL};
    if (kind == VARIABLE_INPUT || kind == VARIABLE_DERIVED)
        keys_refuse(draft, node, moving, "only a variable with a \"start\" moves by itself");
    if (seen_by == 0 && !node_get(node, "seen_by"))
        keys_refuse(draft, node, seeing, "nobody is told of it; see \"seen_by\"");
}

static void read_variable(Draft *draft, const Node *node, uint8_t number) {
    VariableDraft read = {.model = {.least = -WORLD_MOST, .most = WORLD_MOST}};
    Variable *variable = &draft->variable[number];
    if (!fields_read(draft, node, &variable_table, &read)) return;
    if (read.title) variable->title = read.title;
    if (read.unit) variable->unit = read.unit;
    variable->start = read.start;
    variable->seen_by = read.seen_by;
    int kind = variable_kind(draft, node);
    refuse_keys(draft, node, kind, read.seen_by);
    if (kind < 0) return;
    read.model.kind = (uint8_t)kind;
    if (kind == VARIABLE_STATE) check_state(draft, node, &read);
    if (read.drift) form_read(draft, read.drift, -WORLD_MOST, WORLD_MOST, &read.model.drift);
    if (read.input) read_input(draft, read.input, &read.model);
    if (kind == VARIABLE_DERIVED) {
        draft->variables_usable = number;
        form_read(draft, read.is, -WORLD_MOST, WORLD_MOST, &read.model.form);
        draft->variables_usable = NP_MAX_VARIABLES;
    }
    draft->world->dynamics[number] = read.model;
}

void variables_announce(Draft *draft, const Node *node) {
    WorldModel *world = draft->world;
    if (!node_expect(draft, node, NODE_MAP, "a map of variables")) return;
    if (node->count > NP_MAX_VARIABLES) {
        complain(draft->complaints, node_place(node), "a world has at most %d variables, not %u",
                 NP_MAX_VARIABLES, node->count);
    }
    draft->variable = arena_new(draft->arena, NP_MAX_VARIABLES * sizeof *draft->variable);
    world->variable = draft->variable;
    draft->variables_usable = NP_MAX_VARIABLES;
    for (const Node *child = node->first; child && world->variables < NP_MAX_VARIABLES;
         child = child->next) {
        const char *id = child->key->text;
        word_read(draft, child->key, ALPHABET_ID, &id);
        draft->variable[world->variables] = (Variable){.id = id, .title = id, .unit = ""};
        /* Known before it is read: others may say how they depend on it, and effects that it is moved. */
        bool derived = node_get(child, "is") || node_get(child, "input");
        world->dynamics[world->variables].kind = derived ? VARIABLE_DERIVED : VARIABLE_STATE;
        world->variables++;
    }
}

void variables_read(Draft *draft, const Node *node) {
    uint8_t number = 0;
    for (const Node *child = node->first; child && number < draft->world->variables;
         child = child->next) {
        read_variable(draft, child, number++);
    }
}
