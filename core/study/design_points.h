/* Where the numbers in [0, 1) of a design come from: what its files share. */
#ifndef CORE_STUDY_DESIGN_POINTS_H
#define CORE_STUDY_DESIGN_POINTS_H

#include "core/base/rng.h"
#include "core/study/design.h"
#include "core/study/sobol_sequence.h"

/* Of a Latin hypercube: points times dimensions, four bytes each. */
enum { DESIGN_MOST_STRATA = 1 << 26 };

/* Half of a dimension of a Sobol' design. */
typedef struct SobolAxis {
    SobolColumn column;
    uint64_t shift; /* 53 bits */
} SobolAxis;

/* One dimension of points, with luck of the factor's name: no other factor changes it. */
typedef struct Axis {
    RngKey within;     /* LHS: where in their strata points lie */
    uint32_t *stratum; /* LHS: the stratum of each point */
    SobolAxis a, b;    /* SOBOL */
} Axis;

struct Design {
    DesignKind kind;
    const Factor *factor;
    uint32_t factors;
    uint64_t points, seed, cells;
    uint32_t dimensions;                 /* of all factors */
    uint32_t first[DESIGN_MOST_FACTORS]; /* where each factor's dimensions begin */
    Axis *axis;                          /* of every dimension; NULL for a grid */
};

/* The key of stream "study/<what>/<path>/<number>" of the study's seed. */
RngKey design_key(const Design *design, const char *what, const char *path, uint64_t number);

void lhs_open(Design *design);
void lhs_close(Design *design);
double lhs_unit(const Design *design, uint32_t dimension, uint64_t cell);

void sobol_open(Design *design);
double sobol_unit(const Design *design, uint32_t factor, uint32_t dimension, uint64_t cell);

#endif
