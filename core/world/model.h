/* The world outside the talks, as a scenario describes it: what moves by itself, what befalls it, what
 * seats can do to it, and what it does to them. Fixed before a run; general: it knows of no conflict. */
#ifndef CORE_WORLD_MODEL_H
#define CORE_WORLD_MODEL_H

#include "core/base/vocabulary.h"
#include "core/world/form.h"

enum {
    WORLD_MAX_CONSEQUENCES = 8, /* of one lever or shock */
    WORLD_MAX_SHOCKS = 32,
    WORLD_MAX_PULLS = 32 /* scripted ones, of all levers */
};

typedef enum VariableKind {
    VARIABLE_STATE, /* dx = drift dt + noise dB, within its bounds (Euler-Maruyama, one step a tick) */
    VARIABLE_DERIVED, /* a form of variables that come before it */
    VARIABLE_INPUT    /* read off the package in force, or the status quo: one number an option */
} VariableKind;

typedef struct VariableModel {
    uint8_t kind;
    double least, most; /* bounds, of every kind; none where least == most */
    Form drift;         /* STATE: units a day */
    double noise;       /* STATE: standard deviation of a day's step */
    Form form;          /* DERIVED */
    uint8_t issue;      /* INPUT */
    double input[NP_MAX_OPTIONS];
    SimTime lag;   /* seats hear of it so late */
    double error;  /* ... and wrong by so much, one standard deviation */
    double notice; /* it is told of when it has moved by this since it was last told; 0: never */
} VariableModel;

/* What a lever or a shock does. */
typedef enum ConsequenceKind {
    CONSEQUENCE_ADD,   /* variable += amount * change of level */
    CONSEQUENCE_DRIFT, /* the variable's drift += amount * change of level, a day, for `lasting` */
    CONSEQUENCE_OPTION, /* the status quo of issue becomes option (a lever's: when its level rises) */
    CONSEQUENCE_AUTHORITY, /* seat may sign from now on (a lever's: when its level rises) */
    CONSEQUENCE_END        /* the talks break off, as at a deadline */
} ConsequenceKind;

typedef struct Consequence {
    uint8_t kind, variable, issue, option;
    SeatId seat;
    double amount;
    SimTime lasting; /* DRIFT; 0: for ever */
} Consequence;

/* Beside the lever as everybody knows it (nonpaper_lever). */
typedef struct LeverModel {
    uint8_t consequences;
    Consequence consequence[WORLD_MAX_CONSEQUENCES];
} LeverModel;

/* A pull that the scenario prescribes: policy, not strategy. */
typedef struct Pull {
    SimTime at;
    uint8_t lever;
    double level;
} Pull;

typedef struct Shock {
    const char *id; /* names the random stream "shock/<id>" */
    const char *title;
    SimTime at;    /* scripted, or NP_NEVER */
    SimTime every; /* by chance, mean time between two (Poisson); 0: not by chance */
    uint32_t most; /* times; 0: no limit */
    bool
        conditional; /* befalls when variable is at least (below: less than) threshold at a tick, once unless
                          `most` says otherwise; with `at` or `every`: only if so then */
    bool below;
    uint8_t variable;
    double threshold;
    SeatSet seen_by;
    uint8_t consequences;
    Consequence consequence[WORLD_MAX_CONSEQUENCES];
} Shock;

/* What the world does to a seat's own numbers; a form that is not used leaves the profile's number alone. */
typedef struct Appraisal {
    bool uses_reservation, uses_aftermath, uses_eroded;
    Form reservation, aftermath, eroded;
} Appraisal;

/* Renewed war on purpose: the attacker compares a_t - q(x) c with its value of the peace (Huth and Russett
 * 1984; q: credibility of who would intervene under the package, c: what intervention would cost it). */
typedef struct Deterrence {
    bool on;
    SeatId attacker;
    Form attack;
    double intervention;
    uint8_t issue;
    double credibility[NP_MAX_OPTIONS];
} Deterrence;

typedef struct WorldModel {
    SimTime tick; /* a day unless said otherwise */
    uint8_t variables, levers, shocks;
    const Variable *variable; /* [variables]: names, start values, who sees them */
    VariableModel dynamics[NP_MAX_VARIABLES];
    const Lever *lever; /* [levers] */
    LeverModel effect[NP_MAX_LEVERS];
    uint32_t pulls;
    Pull pull[WORLD_MAX_PULLS]; /* in order of time */
    Shock shock[WORLD_MAX_SHOCKS];
    uint8_t seats;
    Appraisal appraisal[NP_MAX_SEATS];
    bool uses_hazard;
    Form hazard;             /* what the world adds to the log hazard of renewed war */
    double reservation_step; /* told when changed by more than this: 10^-3 */
    double deal_step;        /* aftermath, erosion and hazard are rounded to multiples of this */
    Deterrence deterrence;
    double probes; /* tests of a peace a year, times (1 - q) */
} WorldModel;

#endif
