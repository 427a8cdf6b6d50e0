/* What GENIUS's evaluators say of an issue's options. */
#include <string.h>

#include "core/interchange/genius_parts.h"

/* An issue whose evaluations are all below it is worth nothing (EvaluatorDiscrete). */
#define LEAST_MAXIMUM 1e-5

/* --- discrete: a table --- */

typedef struct Evaluations {
    double of[NP_MAX_OPTIONS];
    bool given[NP_MAX_OPTIONS];
} Evaluations;

static void read_item(GeniusReader *reader, const XmlElement *item, const ForeignIssue *issue,
                      Evaluations *evaluations) {
    const char *name = genius_text(reader, item, "value");
    if (name == NULL) return;
    int option = foreign_find_option(issue, name);
    Mark at = xml_mark(reader->complaints, item, "value");
    if (option < 0) {
        complain_unknown(reader->complaints, at, "value", name, issue->option, issue->options);
        return;
    }
    if (evaluations->given[option])
        complain(reader->complaints, at, "value \"%.64s\" is given twice", name);
    evaluations->given[option] = true;
    genius_number(reader, item, "evaluation", 0, FOREIGN_MAX_NUMBER, &evaluations->of[option]);
}

static void read_table(GeniusReader *reader, const XmlElement *element, const ForeignIssue *issue,
                       double *value) {
    Evaluations evaluations = {0};
    double most = 0;
    for (const XmlElement *item = xml_next(element->first, "item"); item;
         item = xml_next(item->next, "item"))
        read_item(reader, item, issue, &evaluations);
    for (uint8_t i = 0; i < issue->options; i++) {
        if (evaluations.of[i] > most) most = evaluations.of[i];
        if (!evaluations.given[i])
            complain(reader->complaints, element->at, "no evaluation of \"%.64s\"",
                     issue->option[i]);
    }
    for (uint8_t i = 0; i < issue->options; i++)
        value[i] = most < LEAST_MAXIMUM ? 0 : evaluations.of[i] / most;
}

/* --- numbers: a function --- */

typedef struct Evaluator {
    const ForeignIssue *issue;
    double p[3];
    double origin; /* what is taken off the number first */
} Evaluator;

static double within_one(double value) {
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

static double linear(const Evaluator *evaluator, double x) {
    return within_one(evaluator->p[1] * (x - evaluator->origin) + evaluator->p[0]);
}

static double constant(const Evaluator *evaluator, double x) {
    (void)x;
    return within_one(evaluator->p[0]);
}

static double triangular(const Evaluator *evaluator, double x) {
    double low = evaluator->p[0], high = evaluator->p[1], top = evaluator->p[2];
    if (x < low) return 0;
    if (x < top) return (x - low) / (top - low);
    if (x < high) return 1 - (x - top) / (high - top);
    return 0;
}

typedef struct EvaluatorKind {
    const char *name;
    double (*value)(const Evaluator *evaluator, double x);
    uint32_t parameters;
} EvaluatorKind;

static const EvaluatorKind kinds[] = {
    {"linear", linear, 2}, {"constant", constant, 1}, {"triangular", triangular, 3}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const EvaluatorKind *find_kind(GeniusReader *reader, const XmlElement *element) {
    const char *names[KINDS], *name = xml_get(element, "ftype");
    if (name == NULL) return &kinds[0];
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        if (strcmp(name, kinds[i].name) == 0) return &kinds[i];
    }
    complain_unknown(reader->complaints, xml_mark(reader->complaints, element, "ftype"),
                     "kind of evaluator", name, names, KINDS);
    return NULL;
}

/* Issues of whole numbers have slope and offset, counted from the lower bound. */
static bool read_slope(GeniusReader *reader, const XmlElement *element, Evaluator *evaluator) {
    evaluator->origin = evaluator->issue->low;
    bool offset = genius_number(reader, element, "offset", -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER,
                                &evaluator->p[0]);
    return genius_number(reader, element, "slope", -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER,
                         &evaluator->p[1]) &&
           offset;
}

static bool read_parameters(GeniusReader *reader, const XmlElement *element, uint32_t count,
                            Evaluator *evaluator) {
    static const char *const names[] = {"parameter0", "parameter1", "parameter2"};
    bool good = true;
    for (uint32_t i = 0; i < count; i++)
        good = genius_number(reader, element, names[i], -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER,
                             &evaluator->p[i]) &&
               good;
    return good;
}

static bool is_triangle(const Evaluator *evaluator) {
    return evaluator->p[0] <= evaluator->p[2] && evaluator->p[2] <= evaluator->p[1] &&
           evaluator->p[0] < evaluator->p[1];
}

static void read_function(GeniusReader *reader, const XmlElement *element,
                          const ForeignIssue *issue, double *value) {
    Evaluator evaluator = {.issue = issue};
    const XmlElement *given = xml_next(element->first, "evaluator");
    if (given == NULL) {
        complain(reader->complaints, element->at, "no <evaluator> of issue \"%.64s\"", issue->name);
        return;
    }
    const EvaluatorKind *kind = find_kind(reader, given);
    if (kind == NULL) return;
    bool slope = kind->value == linear && issue->whole && !xml_get(given, "parameter1");
    if (slope ? !read_slope(reader, given, &evaluator)
              : !read_parameters(reader, given, kind->parameters, &evaluator))
        return;
    if (kind->value == triangular && !is_triangle(&evaluator)) {
        complain(
            reader->complaints, given->at,
            "a triangle has its lower end (parameter0), its top (parameter2) and its upper end "
            "(parameter1) in this order");
        return;
    }
    for (uint8_t i = 0; i < issue->options; i++)
        value[i] = kind->value(&evaluator, issue->number[i]);
}

/* --- either --- */

/* The bounds of a profile, where it has any, are those of the domain. */
static void check_range(GeniusReader *reader, const XmlElement *element,
                        const ForeignIssue *issue) {
    const XmlElement *range = genius_range(element);
    double low = issue->low, high = issue->high;
    if (xml_get(range, "lowerbound"))
        genius_number(reader, range, "lowerbound", -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER, &low);
    if (xml_get(range, "upperbound"))
        genius_number(reader, range, "upperbound", -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER, &high);
    if (low != issue->low || high != issue->high)
        complain(reader->complaints, range->at,
                 "the range of issue \"%.64s\" is another one in the domain", issue->name);
}

void genius_read_values(GeniusReader *reader, const XmlElement *element, const ForeignIssue *issue,
                        double *value) {
    bool numbers = strcmp(genius_type(element), "discrete") != 0;
    if (numbers != issue->numbers) {
        complain(reader->complaints, element->at, "issue \"%.64s\" is %s in the domain",
                 issue->name, issue->numbers ? "one of numbers" : "discrete");
    } else if (!numbers) {
        read_table(reader, element, issue, value);
    } else {
        check_range(reader, element, issue);
        read_function(reader, element, issue, value);
    }
}
