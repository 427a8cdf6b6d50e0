/* A scenario: YAML in, one immutable value out. All errors of a file come in one pass, each with its
 * place, the line with a caret and the nearest known word. */
#ifndef CORE_SCENARIO_SCENARIO_H
#define CORE_SCENARIO_SCENARIO_H

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/negotiation/negotiation.h"

enum { SCENARIO_MAX_BYTES = 1 << 20, SCENARIO_MAX_DEPTH = 32, SCENARIO_MAX_STRATEGY = 1024 };

/* Known strategies, so that a file's strategy names and parameters can be checked without knowing
 * where they live. */
typedef struct StrategyCatalogue {
    const Strategy *const *strategy;
    size_t count;
} StrategyCatalogue;

/* A change to a value of the file: PATH=VALUE, path words joined by dots, "time.deadline",
 * "seats.russia.reservation", "issues.forces.status_quo". */
typedef struct Setting {
    const char *path;
    const char *value; /* YAML */
} Setting;

typedef struct Scenario {
    Negotiation negotiation;
    const char *title, *about;          /* for people; "" when absent */
    const char *strategy[NP_MAX_SEATS]; /* specification per seat, "boulware(e=0.2)" */
    Digest hash;                        /* of the file's bytes */
    Text source;                        /* the file's bytes, as recorded */
    uint32_t warnings;                  /* found while reading */
} Scenario;

typedef struct ScenarioRequest {
    const char *path; /* for messages; read when text is NULL */
    const char *text; /* the file's bytes, or NULL */
    size_t length;
    const Setting *settings;
    size_t setting_count;
    StrategyCatalogue catalogue; /* empty: strategy names are not checked */
} ScenarioRequest;

/* NULL on failure, with every complaint in `complaints` (one to four lines each, ending in a newline)
 * and the sum of them in `error`: ERROR_SCENARIO, or ERROR_NO_INPUT / ERROR_IO for the file itself.
 * Warnings (a package that nobody could conclude) go to `complaints` too. */
Scenario *scenario_read(const ScenarioRequest *request, Text *complaints, Error *error);
void scenario_destroy(Scenario *scenario);

/* Splits and checks "name(key=value, …)" against the catalogue: the strategy and its arguments in the
 * order of its parameters, initial values filled in. */
bool strategy_spec_parse(const char *spec, StrategyCatalogue catalogue, const Strategy **strategy,
                         Argument arguments[NP_MAX_PARAMETERS], Error *error);

/* What `check` prints of a good scenario. */
typedef struct ScenarioFacts {
    double raw, feasible; /* complete packages; feasible may be DOMAIN_UNCOUNTED */
    uint32_t warnings;
} ScenarioFacts;
ScenarioFacts scenario_facts(const Scenario *scenario);

#endif
