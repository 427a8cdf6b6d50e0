#include "cli/form_words.h"

static const char *const names[] = {
    [FORM_LINEAR] = "linear",           [FORM_LOGISTIC] = "logistic",
    [FORM_SATURATING] = "saturating",   [FORM_THRESHOLD] = "threshold",
    [FORM_EXPONENTIAL] = "exponential", [FORM_PRODUCT] = "product",
    [FORM_LOTTERY] = "lottery",
};

/* What the midpoint and the slope are called, in which forms. */
static const struct Parameters {
    const char *midpoint, *slope;
} parameters[] = {
    [FORM_LOGISTIC] = {"midpoint", "slope"}, [FORM_SATURATING] = {"half", NULL},
    [FORM_THRESHOLD] = {"at", NULL},         [FORM_EXPONENTIAL] = {NULL, "rate"},
    [FORM_LOTTERY] = {NULL, NULL},
};

static const char *form_name(const Form *form) {
    return form->kind < sizeof names / sizeof names[0] ? names[form->kind] : "?";
}

static const char *variable_name(const WorldModel *world, const Form *form, uint8_t term) {
    uint8_t variable = form->variable[term];
    return variable < world->variables ? world->variable[variable].id : "?";
}

static void add_number(Text *out, double number) {
    char digits[32];
    text_add(out, text_double(digits, number));
}

static void add_term(const WorldModel *world, const Form *form, uint8_t term, bool first,
                     Text *out) {
    double coefficient = form->coefficient[term];
    bool minus = coefficient < 0 && !first;
    if (!first) text_add(out, minus ? " - " : " + ");
    if (minus) coefficient = -coefficient;
    if (coefficient != 1) {
        add_number(out, coefficient);
        text_add(out, " ");
    }
    text_add_safe(out, variable_name(world, form, term));
}

static void add_sum(const WorldModel *world, const Form *form, Text *out) {
    bool constant = form->constant != 0 || form->terms == 0;
    if (constant) add_number(out, form->constant);
    for (uint8_t i = 0; i < form->terms; i++) add_term(world, form, i, i == 0 && !constant, out);
}

static void add_factors(const WorldModel *world, const Form *form, Text *out) {
    bool plain = form->constant == 1;
    if (!plain) add_number(out, form->constant);
    for (uint8_t i = 0; i < form->terms; i++) {
        text_add(out, i > 0 || !plain ? " × " : "");
        text_add_safe(out, variable_name(world, form, i));
    }
}

static void add_lottery(const WorldModel *world, const Form *form, Text *out) {
    static const char *const parts[] = {"chance ", ", prize ", ", cost "};
    for (uint8_t i = 0; i < form->terms && i < 3; i++) {
        text_add(out, parts[i]);
        text_add_safe(out, variable_name(world, form, i));
    }
}

/* A linear form that is written without bounds has those of what it stands for: 10 for utilities, a million
 * for all else. */
static bool is_bounded(const Form *form) {
    bool written = form->least != -form->most || (form->most != 10 && form->most != 1e6);
    return form->kind != FORM_LINEAR || (form->terms > 0 && form->least < form->most && written);
}

static void add_parameter(const char *name, double number, Text *out) {
    if (name == NULL) return;
    text_addf(out, ", %s ", name);
    add_number(out, number);
}

void form_words(const WorldModel *world, const Form *form, Text *out) {
    if (form->kind == FORM_PRODUCT) {
        add_factors(world, form, out);
        return;
    }
    if (form->kind != FORM_LINEAR) text_addf(out, "%s of ", form_name(form));
    (form->kind == FORM_LOTTERY ? add_lottery : add_sum)(world, form, out);
    if (form->kind == FORM_LOTTERY || form->kind > FORM_LOTTERY || !is_bounded(form)) return;
    add_parameter("from", form->least, out);
    text_add(out, " to ");
    add_number(out, form->most);
    add_parameter(parameters[form->kind].midpoint, form->midpoint, out);
    add_parameter(parameters[form->kind].slope, form->slope, out);
}

static void terms_json(Json *json, const WorldModel *world, const Form *form) {
    json_object(json, "of");
    for (uint8_t i = 0; i < form->terms; i++)
        json_double(
            json, variable_name(world, form, i),
            form->kind == FORM_PRODUCT || form->kind == FORM_LOTTERY ? 1 : form->coefficient[i]);
    json_end_object(json);
}

static void lottery_json(Json *json, const WorldModel *world, const Form *form) {
    static const char *const parts[] = {"chance", "prize", "cost"};
    for (uint8_t i = 0; i < form->terms && i < 3; i++)
        json_string(json, parts[i], variable_name(world, form, i));
}

void form_json(Json *json, const char *key, const WorldModel *world, const Form *form) {
    json_object(json, key);
    json_string(json, "form", form_name(form));
    if (form->kind == FORM_LOTTERY)
        lottery_json(json, world, form);
    else {
        json_double(json, "constant", form->constant);
        terms_json(json, world, form);
    }
    if (form->kind < FORM_PRODUCT && is_bounded(form)) {
        json_double(json, "least", form->least);
        json_double(json, "most", form->most);
        if (parameters[form->kind].midpoint != NULL)
            json_double(json, parameters[form->kind].midpoint, form->midpoint);
        if (parameters[form->kind].slope != NULL)
            json_double(json, parameters[form->kind].slope, form->slope);
    }
    json_end_object(json);
}
