/* Functional forms: the short list of maps from variables of the world to a number. Each takes
 * z = constant + sum_i coefficient_i * variable_i, but for product and lottery. These two and linear are
 * kept within [least, most] where least < most. docs/model.md has the equations with their sources. */
#ifndef CORE_WORLD_FORM_H
#define CORE_WORLD_FORM_H

#include <stdint.h>

enum { FORM_MAX_TERMS = 8 };

typedef enum FormKind {
    FORM_LINEAR,      /* z; a constant has no terms */
    FORM_LOGISTIC,    /* least + (most - least) / (1 + e^(-slope (z - midpoint))) */
    FORM_SATURATING,  /* least + (most - least) z / (z + midpoint), z >= 0 (Michaelis-Menten) */
    FORM_THRESHOLD,   /* most where z >= midpoint, else least */
    FORM_EXPONENTIAL, /* least + (most - least) e^(-slope z), z >= 0 */
    FORM_PRODUCT,     /* constant * variable_1 * variable_2 * ... */
    FORM_LOTTERY      /* p V - c: variables are p, V, c (Fearon 1995); p kept within [0, 1] */
} FormKind;

typedef struct Form {
    uint8_t kind; /* FormKind */
    uint8_t terms;
    uint8_t variable[FORM_MAX_TERMS];
    double coefficient[FORM_MAX_TERMS];
    double constant;
    double least, most, midpoint, slope;
} Form;

/* The same bits on every machine; for finite variables finite and within +-9 10^9, whatever the
 * coefficients. Not rounded. */
double form_value(const Form *form, const double *variable);

#endif
