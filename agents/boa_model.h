/* What a seat believes of the others' preferences from what they have tabled: models that learn from one package after the
 * other and say what a package is worth to its owner, in [0, 1]. */
#ifndef AGENTS_BOA_MODEL_H
#define AGENTS_BOA_MODEL_H

#include "agents/boa_part.h"

enum { MODEL_ROOM = 2048 };

/* Where a model keeps what it has learnt. One model for each other seat, or, where there is no room for as many, one for
 * all of them together. */
typedef struct Models {
    const struct OpponentModel *kind;
    const double *parameter;
    uint8_t count;                 /* 0: nothing is modelled */
    uint16_t size;                 /* numbers of one model */
    uint16_t options;              /* of all issues together */
    uint16_t first[NP_MAX_ISSUES]; /* where the options of an issue begin among these */
    uint32_t heard[NP_MAX_SEATS];  /* packages that each model has learnt from */
    Outcome latest[NP_MAX_SEATS];  /* the last of these */
    double number[MODEL_ROOM];
} Models;

/* One model at work. */
typedef struct Learner {
    const Models *models;
    const Host *host;
    const double *parameter;
    double *number;      /* its own, `size` of them */
    uint32_t heard;      /* before this package */
    const Outcome *last; /* the package before; meaningless when there was none */
    double time;         /* share of the time that is over */
} Learner;

typedef struct OpponentModel {
    BoaPart part;
    /* How many numbers a model takes in this domain. NULL: it models nothing. */
    uint32_t (*size)(const Models *models, const Host *host);
    void (*begin)(const Learner *learner);
    void (*learn)(const Learner *learner, const Outcome *package);
    double (*utility)(const Models *models, const Host *host, const double *number,
                      const Outcome *package);
} OpponentModel;

void models_open(Models *models, const Host *host, const OpponentModel *kind,
                 const double *parameter);
/* A seat has tabled a complete package. */
void models_learn(Models *models, const Host *host, SeatId seat, const Outcome *package,
                  double time);
/* What it is worth to the one who has least of it; 0 where nothing has been learnt. */
double models_least(const Models *models, const Host *host, const Outcome *package);
bool models_know(const Models *models);

extern const OpponentModel opponent_none, opponent_frequency, opponent_smoothed_frequency;
extern const OpponentModel opponent_bayesian, opponent_scalable_bayesian;

#endif
