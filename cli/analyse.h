/* Inside nonpaper analyse: what is analysed, and its parts for people and for programs. Not for other commands. */
#ifndef CLI_ANALYSE_H
#define CLI_ANALYSE_H

#include "cli/grid.h"
#include "cli/options.h"
#include "cli/run_reference.h"
#include "cli/yardstick.h"
#include "core/analysis/improvement.h"
#include "core/analysis/requirement.h"
#include "core/analysis/stability.h"

/* A package that somebody tabled. */
typedef struct TabledPackage {
    uint64_t event;
    SimTime at;
    SeatId seat;
    uint32_t offer;
    uint8_t package, menu; /* which, from 0, of how many */
    uint32_t times;        /* in a row, by that seat */
    Outcome outcome;
    PackagePlace place;
} TabledPackage;

typedef struct TabledPackages {
    TabledPackage *package;
    size_t count, room;
    uint64_t partial; /* packages that are silent on some issue have no place */
} TabledPackages;

/* A package that is, or might be, agreed. */
typedef struct Settled {
    Outcome asked; /* may be partial */
    Requirement requirement;
    Outcome package; /* complete */
    PackagePlace place;
    Improvement improvement;
    uint32_t steps;
    StepGain step[NEGOTIATION_MAX_STEPS];
    StabilityReport *stability; /* NULL: the package changes nothing, or is not feasible */
} Settled;

typedef struct Analysis {
    const Options *options;
    const char *path;
    Scenario *own;     /* of a file; NULL for a record's */
    RunReference *run; /* of a record; NULL for a file */
    const Scenario *scenario;
    Yardstick yardstick;
    double feasible;       /* packages */
    TabledPackages tabled; /* of a record */
    bool ended;
    Outcome agreement; /* of a run that ended with one */
    Settled *settled;  /* the package that --package names, or else the agreement; NULL: none */
} Analysis;

static inline const Terms *analysis_terms(const Analysis *analysis) {
    return &analysis->scenario->negotiation.terms;
}

/* Every complete package that was tabled in the run, in order, with its place. */
bool analyse_tabled(Analysis *analysis, Error *error);

/* What is asked about a package; ERROR_USAGE for one that there is not. */
bool analyse_package(Analysis *analysis, Error *error);
void analyse_package_finish(Analysis *analysis);
void analyse_package_print(const Analysis *analysis, Text *out);
void analyse_package_json(const Analysis *analysis, Json *json);

void analyse_print(const Analysis *analysis, Text *out);
void analyse_json(const Analysis *analysis, Json *json);

#endif
