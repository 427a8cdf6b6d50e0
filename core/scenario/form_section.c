/* FORM: a number, or one of the functional forms over variables of the world. */
#include <stdio.h>
#include <string.h>

#include "core/scenario/world_section.h"

/* --- variables by name --- */

int draft_find_variable(Draft *draft, const Node *word) {
    const char *known[NP_MAX_VARIABLES];
    const WorldModel *world = draft->world;
    double number;
    if (!node_expect(draft, word, NODE_WORD, "a variable")) return -1;
    if (scalar_number(word->text, &number)) {
        complain(draft->complaints, word->at,
                 "expected a variable, not the number %.40s: one with {is: %.40s} holds it",
                 word->text, word->text);
        return -1;
    }
    if (world->variables == 0) {
        complain(draft->complaints, word->at,
                 "unknown variable \"%.64s\"; the scenario's world has none", word->text);
        return -1;
    }
    for (uint8_t i = 0; i < world->variables; i++) {
        known[i] = world->variable[i].id;
        if (strcmp(known[i], word->text) != 0) continue;
        if (i < draft->variables_usable) return i;
        complain(draft->complaints, word->at,
                 "\"%.64s\" is not there yet: a derived variable uses those above it", word->text);
        return -1;
    }
    complain_unknown(draft->complaints, word->at, "variable", word->text, known, world->variables);
    return -1;
}

static void add_variable(Draft *draft, const Node *word, double coefficient, Form *form) {
    int variable = draft_find_variable(draft, word);
    if (variable < 0) return;
    if (form->terms == FORM_MAX_TERMS) {
        complain(draft->complaints, word->at, "a form may name at most %d variables",
                 FORM_MAX_TERMS);
        return;
    }
    form->variable[form->terms] = (uint8_t)variable;
    form->coefficient[form->terms++] = coefficient;
}

/* --- what the forms are made of --- */

static void read_terms(Draft *draft, const Node *node, const Field *field, void *into) {
    if (!node_expect(draft, node, NODE_MAP, "a map of variables to coefficients")) return;
    if (node->count == 0)
        complain(draft->complaints, node_place(node), "a form names at least one variable");
    for (const Node *child = node->first; child; child = child->next) {
        double coefficient = 0;
        const Shape *number = field->shape->of;
        number_read(draft, child, number->least, number->most, &coefficient);
        add_variable(draft, child->key, coefficient, into);
    }
}

static void read_factors(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    if (!node_expect(draft, node, NODE_LIST, "a list of variables")) return;
    if (node->count == 0)
        complain(draft->complaints, node_place(node), "a form names at least one variable");
    for (const Node *child = node->first; child; child = child->next)
        add_variable(draft, child, 1, into);
}

static void read_variable(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    add_variable(draft, node, 1, into);
}

static const Shape number_shape = {.kind = SHAPE_NUMBER, .least = -WORLD_MOST, .most = WORLD_MOST};
static const Shape terms_shape = {.kind = SHAPE_ENTRIES,
                                  .least = 1,
                                  .most = FORM_MAX_TERMS,
                                  .name = "VARIABLE",
                                  .of = &number_shape};
static const Shape factors_shape = {
    .kind = SHAPE_LIST, .least = 1, .most = FORM_MAX_TERMS, .of = &shape_variable};

/* clang-format off */
#define CONSTANT {"constant", field_number, offsetof(Form, constant), OPTIONAL, -WORLD_MOST, WORLD_MOST, \
     "what is added to the weighted sum", "0", "0.5", NULL}
#define OF {"of", read_terms, 0, MANDATORY, 0, 0, \
     "the variables that are summed, each with its coefficient", NULL, "{supply: 0.5, morale: -1}", &terms_shape}
#define LEAST(without) {"least", field_number, offsetof(Form, least), OPTIONAL, -WORLD_MOST, WORLD_MOST, \
     "the least that it gives", without, "0.1", NULL}
#define MOST(without) {"most", field_number, offsetof(Form, most), OPTIONAL, -WORLD_MOST, WORLD_MOST, \
     "the most that it gives", without, "0.9", NULL}

static const Field linear_fields[] = {CONSTANT, OF, LEAST("no bound"), MOST("no bound")};
static const Field logistic_fields[] = {
    CONSTANT, OF, LEAST("0"), MOST("1"),
    {"midpoint", field_number, offsetof(Form, midpoint), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "the sum at which it is halfway", "0", "1.5", NULL},
    {"slope", field_number, offsetof(Form, slope), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "how steeply it rises there; negative: it falls", "1", "2", NULL},
};
static const Field saturating_fields[] = {
    CONSTANT, OF, LEAST("0"), MOST("1"),
    {"half", field_number, offsetof(Form, midpoint), MANDATORY, 1e-9, WORLD_MOST,
     "the sum at which it has risen by half", NULL, "2", NULL},
};
static const Field threshold_fields[] = {
    CONSTANT, OF,
    {"at", field_number, offsetof(Form, midpoint), MANDATORY, -WORLD_MOST, WORLD_MOST,
     "the sum from which on it gives \"above\"", NULL, "0.3", NULL},
    {"below", field_number, offsetof(Form, least), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "what it gives where the sum is less", "0", "0.2", NULL},
    {"above", field_number, offsetof(Form, most), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "what it gives from there on", "1", "0.8", NULL},
};
static const Field exponential_fields[] = {
    CONSTANT, OF, LEAST("0"), MOST("1"),
    {"rate", field_number, offsetof(Form, slope), OPTIONAL, 0, WORLD_MOST,
     "how fast it falls from most to least as the sum grows", "1", "0.1", NULL},
};
static const Field product_fields[] = {
    {"times", field_number, offsetof(Form, constant), OPTIONAL, -WORLD_MOST, WORLD_MOST,
     "a factor", "1", "0.5", NULL},
    {"of", read_factors, 0, MANDATORY, 0, 0, "the variables that are multiplied", NULL,
     "[supply, morale]", &factors_shape},
};
/* In the order in which the form keeps them: p, V, c. */
static const Field lottery_fields[] = {
    {"chance", read_variable, 0, MANDATORY, 0, 0, "the variable that is the chance of winning", NULL,
     "p_win", &shape_variable},
    {"prize", read_variable, 0, MANDATORY, 0, 0, "the variable that is the worth of winning", NULL,
     "stake", &shape_variable},
    {"cost", read_variable, 0, MANDATORY, 0, 0, "the variable that is the cost of trying", NULL,
     "war_cost", &shape_variable},
};

#define FORM(name) static const FieldTable name##_table = FIELD_TABLE("\"" #name "\"", name##_fields); \
    static const Shape name##_shape = {.kind = SHAPE_MAP, .table = &name##_table}
FORM(linear);
FORM(logistic);
FORM(saturating);
FORM(threshold);
FORM(exponential);
FORM(product);
FORM(lottery);
#undef FORM

static FieldReader read_kind;

#define KIND(kind, name, says, shown) \
    [kind] = {#name, read_kind, 0, OPTIONAL, 0, 0, says, NULL, shown, &name##_shape}
static const Field kind_fields[] = {
    KIND(FORM_LINEAR, linear, "constant + the weighted sum, kept within least and most",
         "{constant: 1, of: {supply: 0.5}}"),
    KIND(FORM_LOGISTIC, logistic, "an S-curve from least to most: least + (most - least) / (1 + e^(-slope (sum - midpoint)))",
         "{least: 0.2, most: 0.8, of: {balance: 1}}"),
    KIND(FORM_SATURATING, saturating, "rises ever more slowly: least + (most - least) sum / (sum + half)",
         "{half: 2, of: {guns: 1}}"),
    KIND(FORM_THRESHOLD, threshold, "a step: above where the sum is at least \"at\", else below",
         "{at: 0.3, of: {supply: 1}}"),
    KIND(FORM_EXPONENTIAL, exponential, "falls ever more slowly: least + (most - least) e^(-rate sum)",
         "{rate: 0.1, of: {losses: 1}}"),
    KIND(FORM_PRODUCT, product, "a constant times variables", "{times: 0.5, of: [supply, morale]}"),
    KIND(FORM_LOTTERY, lottery, "chance x prize - cost: the value of fighting (Fearon 1995)",
         "{chance: p_win, prize: stake, cost: war_cost}"),
};
static const FieldTable kind_table = FIELD_TABLE("a form", kind_fields);
static const Shape kind_shape = {.kind = SHAPE_MAP, .table = &kind_table, .lone = true};
const Shape shape_form = {.kind = SHAPE_FORM, .of = &kind_shape};
/* clang-format on */

/* What holds where a form says nothing; linear ones are bounded by what is wanted. */
static Form form_unsaid(FormKind kind, double least, double most) {
    bool wide = kind == FORM_LINEAR || kind == FORM_PRODUCT || kind == FORM_LOTTERY;
    return (Form){.kind = (uint8_t)kind,
                  .constant = kind == FORM_PRODUCT ? 1 : 0,
                  .least = wide ? least : 0,
                  .most = wide ? most : 1,
                  .slope = 1};
}

static void read_kind(Draft *draft, const Node *node, const Field *field, void *into) {
    FormKind kind = (FormKind)(field - kind_fields);
    Form *form = into;
    *form = form_unsaid(kind, form->least, form->most);
    if (!fields_read(draft, node, field->shape->table, form)) return;
    /* Curves may as well run from more to less. */
    if (kind != FORM_LINEAR || form->least <= form->most) return;
    char least[32], most[32];
    complain(draft->complaints, node_place(node), "its least, %s, is more than its most, %s",
             text_double(least, form->least), text_double(most, form->most));
}

void form_read(Draft *draft, const Node *node, double least, double most, Form *form) {
    *form = form_unsaid(FORM_LINEAR, least, most);
    if (node->kind != NODE_MAP) {
        if (node->kind == NODE_LIST)
            node_expect(draft, node, NODE_MAP, "a number or a form");
        else
            number_read(draft, node, least, most, &form->constant);
        return;
    }
    if (node->count == 1) {
        fields_read(draft, node, &kind_table, form);
        return;
    }
    complain(draft->complaints, node_place(node),
             "a form is a number or a map with one key, not %u", node->count);
}

void field_form(Draft *draft, const Node *node, const Field *field, void *into) {
    form_read(draft, node, field->least, field->most, into);
}
